import { test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { unloggableService } from '../../../src/engine/unloggable-service.ts';
import { parseAddress } from '../../../src/net/address.ts';
import type { Packet } from '../../../src/net/packet.ts';
import { packets } from '../../support/arbitraries.ts';
import { buildVpc } from '../../support/build-vpc.ts';
import { vpc } from '../../support/ids.ts';

const { snapshot } = buildVpc()
  .cidr('10.0.0.0/16', '10.9.0.0/16', '2001:db8::/56')
  .subnet('app', '10.0.1.0/24', '2001:db8::/64')
  .build();
const main = snapshot.vpcs.get(vpc('main'))!;
const subnets = [...snapshot.subnets.values()];

const RESOLVER = 'the Amazon DNS resolver';
const METADATA = 'the instance metadata service';
const TIME = 'the Amazon Time Sync Service';

function packetTo(to: string, protocol = 17, port?: number): Packet {
  const source = parseAddress(to.includes(':') ? '2001:db8::10' : '10.0.1.10')!;
  const ports = port === undefined ? {} : { sourcePort: 40_000, destinationPort: port };
  return { protocol, source, destination: parseAddress(to)!, ...ports };
}

it.each([
  { to: '10.0.0.2', protocol: 17, port: 53, service: RESOLVER },
  { to: '10.0.0.2', protocol: 6, port: 53, service: RESOLVER },
  { to: '169.254.169.253', protocol: 17, port: 53, service: RESOLVER },
  { to: 'fd00:ec2::253', protocol: 17, port: 53, service: RESOLVER },
  { to: '10.0.0.2', protocol: 17, port: 5353, service: undefined },
  { to: '10.0.0.3', protocol: 17, port: 53, service: undefined },
  { to: '10.0.1.2', protocol: 17, port: 53, service: undefined },
  { to: '10.9.0.2', protocol: 17, port: 53, service: undefined },
  { to: '8.8.8.8', protocol: 17, port: 53, service: undefined },
  { to: '169.254.169.254', protocol: 6, port: 80, service: METADATA },
  { to: 'fd00:ec2::254', protocol: 6, port: 80, service: METADATA },
  { to: '169.254.169.123', protocol: 17, port: 123, service: TIME },
  { to: 'fd00:ec2::123', protocol: 17, port: 123, service: TIME },
  { to: '8.8.8.8', protocol: 17, port: 123, service: undefined },
  { to: '169.254.170.2', protocol: 6, port: 80, service: 'the ECS task metadata endpoint' },
  { to: '169.254.169.250', protocol: 6, port: 1688, service: 'Windows licence activation' },
  { to: '10.0.1.1', protocol: 1, port: undefined, service: 'the VPC router' },
  { to: '10.0.1.3', protocol: 1, port: undefined, service: undefined },
])(
  'protocol $protocol to $to port $port: $service (EVAL-17..19, FLOW-76, FLOW-77)',
  ({ to, protocol, port, service }) => {
    expect(unloggableService(packetTo(to, protocol, port), main, subnets)).toBe(service);
  },
);

it('knows the answer as well as the question', () => {
  expect(unloggableService(answerTo(packetTo('10.0.0.2', 17, 53)), main)).toBe(RESOLVER);
});

test.prop([packets()])('says of every answer what it says of the question', (packet) => {
  expect(unloggableService(answerTo(packet), main, subnets)).toBe(unloggableService(packet, main, subnets));
});

function answerTo({ source, destination, sourcePort, destinationPort, ...rest }: Packet): Packet {
  if (sourcePort === undefined || destinationPort === undefined) {
    return { ...rest, source: destination, destination: source };
  }
  return {
    ...rest,
    source: destination,
    destination: source,
    sourcePort: destinationPort,
    destinationPort: sourcePort,
  };
}

it.each([
  { protocol: 17, sourcePort: 68, destinationPort: 67, service: 'DHCP' },
  { protocol: 17, sourcePort: 67, destinationPort: 68, service: 'DHCP' },
  { protocol: 17, sourcePort: 546, destinationPort: 547, service: 'DHCP' },
  { protocol: 6, sourcePort: 68, destinationPort: 67, service: undefined },
  { protocol: 17, sourcePort: 68, destinationPort: 68, service: undefined },
  { protocol: 17, sourcePort: 40_000, destinationPort: 67, service: undefined },
])('protocol $protocol from port $sourcePort to $destinationPort: $service', ({ service, ...body }) => {
  const { source, destination } = packetTo('10.0.1.20');

  expect(unloggableService({ source, destination, ...body }, main, subnets)).toBe(service);
});

it('cannot tell the router without the subnets', () => {
  expect(unloggableService(packetTo('10.0.1.1', 1), main)).toBeUndefined();
});

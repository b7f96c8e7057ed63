import { describe, expect, it } from 'vitest';
import { setScene } from '../../../src/engine/scene.ts';
import { anyFlow, situateSilence } from '../../../src/engine/situate-silence.ts';
import type { FlowKey } from '../../../src/engine/finding.ts';
import { formatAddress } from '../../../src/net/address.ts';
import { inputOf, type Asked } from '../../support/ask-why.ts';
import { buildVpc, type VpcBuilder } from '../../support/build-vpc.ts';
import { allow, tcp, udp, type GroupRule } from '../../support/rules.ts';
import type { InterfacePlan } from '../../support/vpc-plan.ts';

interface World {
  readonly inbound?: readonly GroupRule[];
  readonly outbound?: readonly GroupRule[];
  readonly plan?: Partial<InterfacePlan>;
}

/** A database at 10.0.2.9 that lets everything in and out unless told otherwise. */
function database({ inbound = [allow(tcp(), '0.0.0.0/0')], outbound, plan = {} }: World = {}): VpcBuilder {
  return buildVpc()
    .cidr('10.0.0.0/16', '2001:db8:1::/56')
    .subnet('db', '10.0.2.0/24', '2001:db8:1:2::/64')
    .securityGroup('db', { ingress: inbound, ...(outbound && { egress: outbound }) })
    .interface('db', { subnet: 'db', address: '10.0.2.9', ipv6: '2001:db8:1:2::9', groups: ['db'], ...plan });
}

type Question = Omit<Asked, 'of'>;
const sceneOf = (vpc: VpcBuilder, asked: Question) => setScene(inputOf(vpc, { of: 'db', ...asked }));
const situationsOf = (asked: Question, vpc = database()) => situateSilence(sceneOf(vpc, asked));

const written = ({ direction, protocol, source, destination, destinationPort }: FlowKey): string =>
  `${direction} ${protocol} ${formatAddress(source)} -> ${formatAddress(destination)} ${destinationPort}`;
const flowsOf = (asked: Question, vpc?: VpcBuilder) =>
  situationsOf(asked, vpc).map((situation) => situation.asked && written(situation.asked.flow));

describe('the packet that was asked about', () => {
  it.each([
    ['comes in by TCP unless told otherwise', { from: '10.0.1.5', port: 5432 }, 'ingress 6 10.0.1.5 -> 10.0.2.9 5432'],
    [
      'has the protocol that was told',
      { from: '10.0.1.5', port: 53, protocol: 'udp' },
      'ingress 17 10.0.1.5 -> 10.0.2.9 53',
    ],
    ['may have no port', { from: '10.0.1.5' }, 'ingress 6 10.0.1.5 -> 10.0.2.9 undefined'],
    [
      'has none where the protocol has none',
      { from: '10.0.1.5', port: 8, protocol: 'icmp' },
      'ingress 1 10.0.1.5 -> 10.0.2.9 undefined',
    ],
    ['may be told by a block of one address', { from: '10.0.1.5/32', port: 22 }, 'ingress 6 10.0.1.5 -> 10.0.2.9 22'],
    [
      'goes to the address of its own family',
      { from: '2001:db8:9::5', port: 22 },
      'ingress 6 2001:db8:9::5 -> 2001:db8:1:2::9 22',
    ],
  ])('%s', (_, asked, flow) => {
    const vpc = database({ inbound: [allow(tcp(), '0.0.0.0/0'), allow(udp(), '0.0.0.0/0')] });

    expect(flowsOf(asked, vpc)[0]).toBe(flow);
  });

  it('goes out as well where the rules deny that', () => {
    expect(flowsOf({ from: '10.0.1.5', port: 5432 }, database({ outbound: [] }))).toEqual([
      'ingress 6 10.0.1.5 -> 10.0.2.9 5432',
      'egress 6 10.0.2.9 -> 10.0.1.5 5432',
    ]);
  });

  it.each([
    ['no address', { port: 5432 }],
    ['a block of addresses', { from: '10.0.1.0/24', port: 5432 }],
  ])('is none where the question tells %s', (_, asked) => {
    expect(situationsOf(asked)).toEqual([expect.not.objectContaining({ asked: expect.anything() })]);
  });

  it('is none where the interface has no address of that family', () => {
    const ipv4Only = database({ plan: { ipv6: [] } });

    expect(flowsOf({ from: '2001:db8:9::5', port: 22 }, ipv4Only)).toEqual([undefined]);
  });
});

describe('what no log ever shows (FLOW-76)', () => {
  it.each([
    ['the resolver, which the interface asks', { from: '10.0.0.2', port: 53, protocol: 'udp' }, ['egress']],
    ['instance metadata, whichever way', { from: '169.254.169.254', port: 80 }, ['ingress']],
    ['the router of the subnet, whichever way', { from: '10.0.2.1', protocol: 'icmp' }, ['ingress']],
  ] as const)('is %s', (_, asked, directions) => {
    const vpc = database({ inbound: [allow(tcp(), '0.0.0.0/0'), allow({ protocol: 'all' }, '0.0.0.0/0')] });
    const situations = situationsOf(asked, vpc);

    expect(situations.map((situation) => situation.asked?.flow.direction)).toEqual(directions);
    expect(situations[0]).toHaveProperty('notLoggable');
  });

  it.each([
    ['the router of another subnet', database()],
    ['the router of a subnet that was not read', database().raw({ Subnets: undefined })],
    ['anything of a VPC that was not read', database().raw({ Vpcs: undefined })],
  ])('is not %s', (name, vpc) => {
    const from = name.includes('another') ? '10.0.9.1' : '10.0.2.1';

    expect(situationsOf({ from, port: 22 }, vpc)[0]).not.toHaveProperty('notLoggable');
  });
});

describe('what stands for a flow where none was asked about', () => {
  it.each([
    ['anybody who comes by TCP', {}, 'ingress 6 0.0.0.0 -> 10.0.2.9 undefined'],
    ['anybody who comes to that port', { port: 5432 }, 'ingress 6 0.0.0.0 -> 10.0.2.9 5432'],
    ['anybody by that protocol', { protocol: 'udp' }, 'ingress 17 0.0.0.0 -> 10.0.2.9 undefined'],
  ])('is %s', (_, asked, flow) => {
    expect(anyFlow(sceneOf(database(), asked))).toMatchObject({ leg: 'forward' });
    expect(written(anyFlow(sceneOf(database(), asked)))).toBe(flow);
  });

  it('is of IPv6 where the interface has no IPv4 address', () => {
    const ipv6Only = buildVpc()
      .cidr('10.0.0.0/16', '2001:db8:1::/56')
      .subnet('db', '10.0.2.0/24', '2001:db8:1:2::/64')
      .interface('db', { subnet: 'db', ipv6: '2001:db8:1:2::9' });

    expect(written(anyFlow(sceneOf(ipv6Only, {})))).toBe('ingress 6 :: -> 2001:db8:1:2::9 undefined');
  });

  it('has no port where none was told', () => {
    expect(anyFlow(sceneOf(database(), {}))).not.toHaveProperty('destinationPort');
  });
});

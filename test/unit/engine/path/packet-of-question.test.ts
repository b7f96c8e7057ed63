import { describe, expect, it } from 'vitest';
import { answerPacket, requestPacket } from '../../../../src/engine/path/packet-of-question.ts';
import type { PathQuestion } from '../../../../src/engine/path/path.ts';
import { pathWorld } from '../../../../src/engine/path/path-world.ts';
import { resolveEnds } from '../../../../src/engine/path/resolve-ends.ts';
import { parseAddress } from '../../../../src/net/address.ts';
import type { Packet } from '../../../../src/net/packet.ts';
import { ICMP, ICMPV6, TCP, UDP } from '../../../../src/net/protocol.ts';
import { buildVpc } from '../../../support/build-vpc.ts';
import { eni } from '../../../support/ids.ts';

const GRE = 47;
const CLIENT = parseAddress('10.0.1.5')!;
const SERVER = parseAddress('10.0.2.9')!;
const THERE = { source: CLIENT, destination: SERVER };
const BACK = { source: SERVER, destination: CLIENT };

type Asked = Pick<PathQuestion, 'protocol' | 'destinationPort' | 'icmp'>;

function request(asked: Asked, clientPort?: number): Packet {
  const from = { kind: 'address', address: CLIENT } as const;
  return requestPacket({ ...asked, from, to: { kind: 'address', address: SERVER } }, clientPort, THERE);
}

describe('the request', () => {
  it.each<[string, Asked, number | undefined, Omit<Packet, 'source' | 'destination'>]>([
    [
      'TCP: both ports',
      { protocol: TCP, destinationPort: 443 },
      40_000,
      { protocol: TCP, sourcePort: 40_000, destinationPort: 443 },
    ],
    ['UDP without the port of the service', { protocol: UDP }, 40_000, { protocol: UDP, sourcePort: 40_000 }],
    [
      'UDP without the port of the client',
      { protocol: UDP, destinationPort: 53 },
      undefined,
      { protocol: UDP, destinationPort: 53 },
    ],
    ['another protocol: no ports', { protocol: GRE, destinationPort: 443 }, 40_000, { protocol: GRE }],
    ['ICMP: a ping', { protocol: ICMP, destinationPort: 443 }, 40_000, { protocol: ICMP, icmp: { type: 8, code: 0 } }],
    ['ICMPv6: a ping', { protocol: ICMPV6 }, undefined, { protocol: ICMPV6, icmp: { type: 128, code: 0 } }],
    [
      'ICMP: the type that was asked about',
      { protocol: ICMP, icmp: { type: 3, code: 4 } },
      undefined,
      { protocol: ICMP, icmp: { type: 3, code: 4 } },
    ],
  ])('%s', (...[, asked, clientPort, packet]) => {
    expect(request(asked, clientPort)).toStrictEqual({ ...packet, ...THERE });
  });

  it('holds nothing of its ends but their addresses', () => {
    const { snapshot } = buildVpc()
      .subnet('app', '10.0.1.0/24')
      .interface('app', { subnet: 'app', address: '10.0.1.5' })
      .build();
    const question = {
      from: { kind: 'interface', id: eni('app') },
      to: { kind: 'address', address: SERVER },
      protocol: GRE,
    } as const;

    expect(requestPacket(question, undefined, resolveEnds(question, pathWorld(snapshot)))).toStrictEqual({
      protocol: GRE,
      ...THERE,
    });
  });
});

describe('the answer', () => {
  it.each<[string, Packet, Omit<Packet, 'source' | 'destination'>]>([
    [
      'turns the ports round',
      { protocol: TCP, ...THERE, sourcePort: 40_000, destinationPort: 443 },
      { protocol: TCP, sourcePort: 443, destinationPort: 40_000 },
    ],
    ['has no port that nobody told', { protocol: UDP, ...THERE }, { protocol: UDP }],
    ['is of the same protocol', { protocol: GRE, ...THERE }, { protocol: GRE }],
    [
      'to a ping is an echo reply',
      { protocol: ICMP, ...THERE, icmp: { type: 8, code: 0 } },
      { protocol: ICMP, icmp: { type: 0, code: 0 } },
    ],
    [
      'to a timestamp is a timestamp reply',
      { protocol: ICMP, ...THERE, icmp: { type: 13, code: 0 } },
      { protocol: ICMP, icmp: { type: 14, code: 0 } },
    ],
    [
      'to an IPv6 ping is an echo reply',
      { protocol: ICMPV6, ...THERE, icmp: { type: 128, code: 0 } },
      { protocol: ICMPV6, icmp: { type: 129, code: 0 } },
    ],
  ])('%s', (...[, asked, packet]) => {
    expect(answerPacket(asked)).toStrictEqual({ ...packet, ...BACK });
  });

  it('does not come to an error message, or to ICMP of no type', () => {
    expect(answerPacket({ protocol: ICMP, ...THERE, icmp: { type: 3, code: 4 } })).toBeUndefined();
    expect(answerPacket({ protocol: ICMP, ...THERE })).toBeUndefined();
  });
});

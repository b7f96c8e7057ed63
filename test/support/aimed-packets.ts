import fc from 'fast-check';
import { parseAddress } from '../../src/net/address.ts';
import { lastOf, parseCidr } from '../../src/net/cidr.ts';
import type { Direction } from '../../src/net/direction.ts';
import type { Packet } from '../../src/net/packet.ts';
import { ICMP, ICMPV6, TCP, hasPorts, isIcmp } from '../../src/net/protocol.ts';
import { packetsAtSubject, type EniConfiguration, type PacketAtInterface } from './arbitraries.ts';
import type { GroupRule, Traffic } from './rules.ts';

/** Something in a configuration that a packet may be aimed at. */
interface Target {
  readonly direction: Direction;
  readonly traffic: Traffic;
  /** Absent for prefix lists and groups. */
  readonly cidr?: string;
}

/** Packets at the interface `subject`, most of them aimed at one of its rules or entries. */
export function packetsAimedAt(configuration: EniConfiguration): fc.Arbitrary<PacketAtInterface> {
  const targets = targetsOf(configuration);
  if (targets.length === 0) return packetsAtSubject();
  const aimed = fc
    .tuple(fc.constantFrom(...targets), packetsAtSubject(), fc.boolean())
    .map(([target, stray, atEnd]) => aim(target, stray, atEnd));
  return fc.oneof({ weight: 3, arbitrary: aimed }, { weight: 1, arbitrary: packetsAtSubject() });
}

function targetsOf({ subjectGroups, rules, entries }: EniConfiguration): readonly Target[] {
  const groups = Object.entries(rules).filter(([name]) => subjectGroups.includes(name));
  return [
    ...groups.flatMap(([, { ingress }]) => ingress.map((rule) => targetOf('ingress', rule))),
    ...groups.flatMap(([, { egress }]) => egress.map((rule) => targetOf('egress', rule))),
    ...entries.map(({ egress, traffic, cidr }) => ({
      direction: egress ? ('egress' as const) : ('ingress' as const),
      traffic,
      cidr,
    })),
  ];
}

function targetOf(direction: Direction, { traffic, peer }: GroupRule): Target {
  return { direction, traffic, ...(typeof peer === 'string' && { cidr: peer }) };
}

const LOCAL = { ipv4: parseAddress('10.0.0.10')!, ipv6: parseAddress('2001:db8::10')! };

/** At the first or the last of what the target speaks of; what it leaves open stays as in the stray packet. */
function aim({ direction, traffic, cidr }: Target, stray: PacketAtInterface, atEnd: boolean): PacketAtInterface {
  const block = cidr === undefined ? undefined : parseCidr(cidr)!;
  const strayRemote = stray.direction === 'ingress' ? stray.packet.source : stray.packet.destination;
  const remote = block === undefined ? strayRemote : { family: block.family, bits: atEnd ? lastOf(block) : block.base };
  const local = LOCAL[remote.family];
  const [source, destination] = direction === 'ingress' ? [remote, local] : [local, remote];
  return { direction, packet: { ...bodyOf(traffic, stray.packet, atEnd), source, destination } };
}

function bodyOf(traffic: Traffic, stray: Packet, atEnd: boolean): Omit<Packet, 'source' | 'destination'> {
  const { protocol } = traffic;
  if (protocol === 'all') return { protocol: TCP, sourcePort: 40_000, destinationPort: stray.destinationPort ?? 443 };
  if (hasPorts(protocol)) {
    return { protocol, sourcePort: 40_000, destinationPort: (atEnd ? traffic.to : traffic.from) ?? 443 };
  }
  if (!isIcmp(protocol) || (stray.protocol !== ICMP && stray.protocol !== ICMPV6)) return { protocol };
  const [type, code] = [traffic.from ?? -1, traffic.to ?? -1];
  return { protocol, icmp: { type: Math.max(type, 0), code: Math.max(code, 0) } };
}

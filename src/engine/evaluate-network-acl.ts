import type { Address } from '../net/address.ts';
import { cidrContains } from '../net/cidr.ts';
import type { Direction } from '../net/direction.ts';
import type { Packet } from '../net/packet.ts';
import type { PortRange } from '../net/port-range.ts';
import { hasPorts } from '../net/protocol.ts';
import type { NetworkAclEntry } from '../vpc/network-acl.ts';
import type { MissedField, NearMiss, NetworkAclDecision } from './decision.ts';
import { serviceGap } from './match-service.ts';
import { addressDistance, missedService, nearMisses, portDistance, type Comparison } from './near-misses.ts';
import type { CompiledEntry, NetworkAclFilters, NetworkAclTable } from './network-acl-table.ts';
import { remoteOf } from './remote-of.ts';

/**
 * The lowest-numbered entry that matches decides, allow or deny, and nothing after it is read. Entries that match only
 * perhaps leave the answer open unless all of them agree with the first that surely does.
 * NACL-1, NACL-14, FLOW-81. https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
 */
export function evaluateNetworkAcl(
  { networkAcl }: NetworkAclFilters,
  direction: Direction,
  packet: Packet,
): NetworkAclDecision {
  if ('gap' in networkAcl) return { kind: 'undetermined', gaps: [networkAcl.gap] };
  return decide(networkAcl[direction], packet, remoteOf(direction, packet));
}

/** What the ACL says of each part of a range of destination ports, in ascending order; neighbours differ. */
export interface PortsDecision {
  readonly ports: PortRange;
  readonly decision: NetworkAclDecision;
}

/** Replies go to a client's port that often nobody told: some ports may pass and others not (NACL-17, NACL-18). */
export function evaluateNetworkAclForPorts(
  filters: NetworkAclFilters,
  direction: Direction,
  { packet, ports }: { readonly packet: Packet; readonly ports: PortRange },
): readonly PortsDecision[] {
  const parts = hasPorts(packet.protocol) ? splitAtRules(filters, direction, ports) : [ports];
  return parts
    .map((part) => ({
      ports: part,
      decision: evaluateNetworkAcl(filters, direction, { ...packet, destinationPort: part.from }),
    }))
    .reduce<readonly PortsDecision[]>(joinEqualNeighbours, []);
}

function splitAtRules({ networkAcl }: NetworkAclFilters, direction: Direction, ports: PortRange): readonly PortRange[] {
  if ('gap' in networkAcl) return [ports];
  const ranges = networkAcl[direction].numbered.flatMap(({ entry }) => entry.ports ?? []);
  const starts = new Set([ports.from, ...ranges.flatMap(({ from, to }) => [from, to + 1])]);
  const sorted = [...starts].filter((start) => start >= ports.from && start <= ports.to).sort((a, b) => a - b);
  return sorted.map((from, index) => ({ from, to: (sorted[index + 1] ?? ports.to + 1) - 1 }));
}

function joinEqualNeighbours(joined: readonly PortsDecision[], next: PortsDecision): readonly PortsDecision[] {
  const previous = joined.at(-1);
  if (previous === undefined || !decideAlike(previous.decision, next.decision)) return [...joined, next];
  return [
    ...joined.slice(0, -1),
    { decision: previous.decision, ports: { from: previous.ports.from, to: next.ports.to } },
  ];
}

function decideAlike(a: NetworkAclDecision, b: NetworkAclDecision): boolean {
  const [byOfA, byOfB] = [a, b].map((decision) => ('by' in decision ? decision.by : undefined));
  return a.kind === b.kind && byOfA === byOfB;
}

function decide(table: NetworkAclTable, packet: Packet, remote: Address): NetworkAclDecision {
  const { entry, isContested } = table.decidingOf(packet, remote);
  if (isContested) return { kind: 'undetermined', gaps: [serviceGap(packet)] };
  return entry.action === 'allow' ? { kind: 'allowed', by: entry } : new Denied(table, packet, entry);
}

/** Most decisions are only counted: near misses are worked out when somebody looks at them. */
class Denied {
  readonly kind = 'denied';
  readonly by: NetworkAclEntry;
  readonly #table: NetworkAclTable;
  readonly #packet: Packet;

  constructor(table: NetworkAclTable, packet: Packet, by: NetworkAclEntry) {
    this.by = by;
    this.#table = table;
    this.#packet = packet;
  }

  get nearMisses(): readonly NearMiss<NetworkAclEntry>[] {
    return missesOf(this.#table, this.#packet, this.by);
  }
}

function missesOf(
  table: NetworkAclTable,
  packet: Packet,
  deciding: NetworkAclEntry,
): readonly NearMiss<NetworkAclEntry>[] {
  const allowing = table.numbered.filter(({ entry }) => entry.action === 'allow');
  return nearMisses(allowing.map((compiled) => compare(compiled, packet, deciding)));
}

function compare(
  { entry, addresses }: CompiledEntry,
  packet: Packet,
  deciding: NetworkAclEntry,
): Comparison<NetworkAclEntry> {
  const remote = remoteOf(deciding.direction, packet);
  return {
    rule: entry,
    failedOn: [
      ...missedService(entry, packet),
      ...missedAddress(entry, remote),
      ...(entry.ruleNumber > deciding.ruleNumber ? (['overridden'] as const) : []),
    ],
    addressDistance: addressDistance(addresses, remote),
    portDistance: portDistance(entry, packet),
  };
}

/** No IPv4 entry ever matches an IPv6 packet, nor the other way round (NACL-16). */
function missedAddress({ cidr }: NetworkAclEntry, remote: Address): readonly MissedField[] {
  if (cidr.family !== remote.family) return ['family'];
  return cidrContains(cidr, remote) ? [] : ['address'];
}

import { isNonEmpty } from '../lang/non-empty.ts';
import type { Address } from '../net/address.ts';
import type { Direction } from '../net/direction.ts';
import type { Packet } from '../net/packet.ts';
import type { SecurityGroupRule } from '../vpc/security-group.ts';
import { holdsAddress } from './address-set.ts';
import type { MissedField, NearMiss, SecurityGroupDecision } from './decision.ts';
import { addressDistance, missedService, nearMisses, portDistance, type Comparison } from './near-misses.ts';
import { remoteOf } from './remote-of.ts';
import type { ResolvedPeer } from './rule-peer.ts';
import type { CompiledRule, SecurityGroupFilters, SecurityGroupTable } from './security-group-table.ts';

/**
 * The rules of all groups form one set that only allows: any match admits, no match denies, and a rule whose match
 * cannot be told leaves the answer open.
 * SG-1..SG-3. https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
export function evaluateSecurityGroups(
  filters: SecurityGroupFilters,
  direction: Direction,
  packet: Packet,
): SecurityGroupDecision {
  const table = filters.securityGroups[direction];
  return table === 'not-applicable' ? { kind: 'not-applicable' } : decide(table, packet, remoteOf(direction, packet));
}

function decide(table: SecurityGroupTable, packet: Packet, remote: Address): SecurityGroupDecision {
  const { admitting, gaps, stated } = table.cellOf(packet, remote);
  if (isNonEmpty(admitting)) {
    return { kind: 'allowed', by: admitting, ...(!stated && { restsOnInference: ['SG-18'] as const }) };
  }
  return {
    ...(isNonEmpty(gaps) ? { kind: 'undetermined', gaps } : { kind: 'denied-by-default' }),
    /** Most decisions are only counted: the misses are worked out when somebody looks at them. */
    get nearMisses(): readonly NearMiss<SecurityGroupRule>[] {
      return nearMisses(table.rules.map((compiled) => compare(compiled, packet, remote)));
    },
  };
}

function compare(
  { rule, selector, peer }: CompiledRule,
  packet: Packet,
  remote: Address,
): Comparison<SecurityGroupRule> {
  const distance = addressDistance(peer.addresses, remote);
  return {
    rule,
    failedOn: [...missedService(selector, packet), ...missedAddress(peer, remote)],
    ...(distance !== undefined && { addressDistance: distance }),
    portDistance: portDistance(selector, packet),
  };
}

/** A doubtful address is not a miss: it is a gap. */
function missedAddress(peer: ResolvedPeer, remote: Address): readonly MissedField[] {
  const sets = [peer.addresses, ...peer.doubtful.map(({ addresses }) => addresses)];
  if (sets.some((set) => holdsAddress(set, remote))) return [];
  return [isOfOtherFamily(peer, remote) ? 'family' : peer.missedOn];
}

/** A block or prefix list that holds addresses, and none of the packet's family. */
function isOfOtherFamily({ addresses, missedOn }: ResolvedPeer, { family }: Address): boolean {
  const other = family === 'ipv4' ? 'ipv6' : 'ipv4';
  return missedOn === 'address' && addresses[family].first.length === 0 && addresses[other].first.length > 0;
}

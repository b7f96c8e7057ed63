import { isNonEmpty, type NonEmpty } from '../lang/non-empty.ts';
import type { Address } from '../net/address.ts';
import type { Direction } from '../net/direction.ts';
import type { Packet } from '../net/packet.ts';
import type { Gap } from '../vpc/gap.ts';
import type { SecurityGroupRule } from '../vpc/security-group.ts';
import { holdsAddress } from './address-set.ts';
import type { MissedField, NearMiss, SecurityGroupDecision } from './decision.ts';
import { addressDistance, missedService, nearMisses, portDistance, type Comparison } from './near-misses.ts';
import { remoteOf } from './remote-of.ts';
import type { ResolvedPeer } from './rule-peer.ts';
import {
  securityGroupTable,
  type CompiledRule,
  type SecurityGroupFilters,
  type SecurityGroupTable,
} from './security-group-table.ts';

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
  const { allowed, gaps } = table.cellOf(packet, remote);
  if (allowed !== undefined) return allowed;
  const beside = { table, packet, remote };
  return isNonEmpty(gaps) ? new Undetermined(gaps, beside) : new DeniedByDefault(beside);
}

/** A packet that no rule admits, and the rules to compare it with. */
interface Beside {
  readonly table: SecurityGroupTable;
  readonly packet: Packet;
  readonly remote: Address;
}

/** Most decisions are only counted: near misses are worked out when somebody looks at them. */
class NotAllowed {
  readonly #beside: Beside;

  constructor(beside: Beside) {
    this.#beside = beside;
  }

  get nearMisses(): readonly NearMiss<SecurityGroupRule>[] {
    const { table, packet, remote } = this.#beside;
    return nearMisses(table.rules.map((compiled) => compare(compiled, packet, remote)));
  }
}

class DeniedByDefault extends NotAllowed {
  /** With the last object of a class V8 forgets what it compiled for it. This one stays: a bot that rested is quick. */
  static readonly kept = new DeniedByDefault(besideNothing());
  readonly kind = 'denied-by-default';
}

function besideNothing(): Beside {
  const remote: Address = { family: 'ipv4', bits: 0n };
  const packet = { protocol: 0, source: remote, destination: remote };
  return { table: securityGroupTable([], []), packet, remote };
}

class Undetermined extends NotAllowed {
  readonly kind = 'undetermined';
  readonly gaps: NonEmpty<Gap>;

  constructor(gaps: NonEmpty<Gap>, beside: Beside) {
    super(beside);
    this.gaps = gaps;
  }
}

function compare({ rule, peer }: CompiledRule, packet: Packet, remote: Address): Comparison<SecurityGroupRule> {
  return {
    rule,
    failedOn: [...missedService(rule, packet), ...missedAddress(peer, remote)],
    addressDistance: addressDistance(peer.addresses, remote),
    portDistance: portDistance(rule, packet),
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

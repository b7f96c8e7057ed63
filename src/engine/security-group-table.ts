import { isNonEmpty } from '../lang/non-empty.ts';
import type { Address, Family } from '../net/address.ts';
import type { Direction } from '../net/direction.ts';
import type { Packet } from '../net/packet.ts';
import type { Gap } from '../vpc/gap.ts';
import type { SecurityGroupRule } from '../vpc/security-group.ts';
import { boundariesOf, holdsAddress, lastAtOrBelow, lastNumberAtOrBelow } from './address-set.ts';
import type { SecurityGroupDecision } from './decision.ts';
import { distinctGaps } from './find-gap.ts';
import { lazily } from './lazily.ts';
import { matchService, serviceGap, type ServiceMatch } from './match-service.ts';
import { perService } from './per-service.ts';
import type { ResolvedPeer } from './rule-peer.ts';

/** A rule with everything looked up that evaluation needs. */
export interface CompiledRule {
  readonly rule: SecurityGroupRule;
  readonly peer: ResolvedPeer;
}

/** All rules of one direction, of all groups of an interface. */
export interface SecurityGroupTable {
  readonly rules: readonly CompiledRule[];
  /** What the rules say of every packet that is like this one. */
  readonly cellOf: (packet: Packet, remote: Address) => Cell;
}

/** `not-applicable` where no group has a say: SG-46, ENI-18. */
export interface SecurityGroupFilters {
  readonly securityGroups: Readonly<Record<Direction, SecurityGroupTable | 'not-applicable'>>;
}

/**
 * Packets of one protocol, between two neighbouring port boundaries and two neighbouring address boundaries, meet
 * exactly the same rules: they share one cell.
 */
interface Cell {
  /** Present when some rule admits the packets. */
  readonly allowed?: AllowedByGroups;
  /** What would have to be known to say more. */
  readonly gaps: readonly Gap[];
}

type AllowedByGroups = Extract<SecurityGroupDecision, { kind: 'allowed' }>;

/** `gaps`: groups of the interface whose rules are not known. Cells are worked out when a packet first falls into one: a question touches few of them. */
export function securityGroupTable(rules: readonly CompiledRule[], gaps: readonly Gap[]): SecurityGroupTable {
  const slabOf = perService(
    rules.map(({ rule }) => rule),
    (packet) => slabFor({ rules, gaps }, packet),
  );
  return { rules, cellOf: (packet, remote) => slabOf(packet)[remote.family](remote.bits) };
}

interface KnownRules {
  readonly rules: readonly CompiledRule[];
  readonly gaps: readonly Gap[];
}

type CellsOfFamily = (bits: bigint) => Cell;
/** The rules that agree on the service, whatever the address. */
type Slab = Readonly<Record<Family, CellsOfFamily>>;

interface Candidate extends CompiledRule {
  readonly service: Extract<ServiceMatch, 'match' | 'unknown'>;
}

interface Candidates {
  readonly rules: readonly Candidate[];
  readonly gaps: readonly Gap[];
  readonly serviceGap: Gap;
}

function slabFor({ rules, gaps }: KnownRules, packet: Packet): Slab {
  const candidates = {
    rules: rules.flatMap((compiled): readonly Candidate[] => {
      const service = matchService(compiled.rule, packet);
      return service === 'match' || service === 'unknown' ? [{ ...compiled, service }] : [];
    }),
    gaps,
    serviceGap: serviceGap(packet),
  };
  return { ipv4: cellsOfFamily(candidates, 'ipv4'), ipv6: cellsOfFamily(candidates, 'ipv6') };
}

function cellsOfFamily(candidates: Candidates, family: Family): CellsOfFamily {
  const starts = addressBoundaries(candidates.rules, family);
  const cellAt = lazily((index) => cellFor(candidates, { family, bits: starts[index] ?? 0n }));
  if (family === 'ipv6') return (bits) => cellAt(lastAtOrBelow(starts, bits));
  const numbers = Float64Array.from(starts, Number);
  return (bits) => cellAt(lastNumberAtOrBelow(numbers, Number(bits)));
}

function addressBoundaries(candidates: readonly Candidate[], family: Family): readonly bigint[] {
  const sets = candidates.flatMap(({ peer }) => [
    peer.addresses,
    peer.stated,
    ...peer.doubtful.map(({ addresses }) => addresses),
  ]);
  return ascending(sets.flatMap((set) => boundariesOf(set[family])));
}

/** Each boundary once, with zero as the first. */
function ascending(boundaries: readonly bigint[]): readonly bigint[] {
  return [...new Set([0n, ...boundaries])].sort((a, b) => (a < b ? -1 : Number(a > b)));
}

function cellFor(candidates: Candidates, address: Address): Cell {
  const speaking = candidates.rules.filter(({ peer }) => holdsAddress(peer.addresses, address));
  const admitting = speaking.filter(({ service }) => service === 'match');
  const doubts = candidates.rules.flatMap(({ peer }) => peer.doubtful);
  const allowed = allowedBy(admitting, address);
  return {
    ...(allowed !== undefined && { allowed }),
    gaps: distinctGaps([
      ...candidates.gaps,
      ...doubts.filter(({ addresses }) => holdsAddress(addresses, address)).map(({ gap }) => gap),
      ...(speaking.length > admitting.length ? [candidates.serviceGap] : []),
    ]),
  };
}

/** One rule that admits by an address AWS states leaves nothing to infer (SG-18). */
function allowedBy(admitting: readonly Candidate[], address: Address): AllowedByGroups | undefined {
  const by = admitting.map(({ rule }) => rule);
  if (!isNonEmpty(by)) return undefined;
  const isStated = admitting.some(({ peer }) => holdsAddress(peer.stated, address));
  return isStated ? { kind: 'allowed', by } : { kind: 'allowed', by, restsOnInference: ['SG-18'] };
}

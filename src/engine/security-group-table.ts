import { isNonEmpty } from '../lang/non-empty.ts';
import type { Address } from '../net/address.ts';
import type { Direction } from '../net/direction.ts';
import type { Packet } from '../net/packet.ts';
import type { Gap } from '../vpc/gap.ts';
import type { SecurityGroupRule } from '../vpc/security-group.ts';
import { holdsAddress, type AddressSet } from './address-set.ts';
import type { SecurityGroupDecision } from './decision.ts';
import { distinctGaps } from './find-gap.ts';
import { matchService, serviceGap, type ServiceMatch } from './match-service.ts';
import { perAddress } from './per-address.ts';
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
  /** Set when some rule admits the packets. */
  readonly allowed: AllowedByGroups | undefined;
  /** What would have to be known to say more. */
  readonly gaps: readonly Gap[];
}

type AllowedByGroups = Extract<SecurityGroupDecision, { kind: 'allowed' }>;

/** `gaps`: groups of the interface whose rules are not known. Cells are worked out when a packet first falls into one: a question touches few of them. */
export function securityGroupTable(rules: readonly CompiledRule[], gaps: readonly Gap[]): SecurityGroupTable {
  const cellsOf = perService(
    rules.map(({ rule }) => rule),
    (packet) => cellsFor({ rules, gaps }, packet),
  );
  return { rules, cellOf: (packet, remote) => cellsOf(packet)(remote) };
}

interface KnownRules {
  readonly rules: readonly CompiledRule[];
  readonly gaps: readonly Gap[];
}

interface Candidate extends CompiledRule {
  readonly service: Extract<ServiceMatch, 'match' | 'unknown'>;
}

interface Candidates {
  readonly rules: readonly Candidate[];
  readonly gaps: readonly Gap[];
  readonly serviceGap: Gap;
}

/** The rules that agree on the service, whatever the address, by the addresses they speak of. */
function cellsFor({ rules, gaps }: KnownRules, packet: Packet): (remote: Address) => Cell {
  const candidates = {
    rules: rules.flatMap((compiled): readonly Candidate[] => {
      const service = matchService(compiled.rule, packet);
      return service === 'match' || service === 'unknown' ? [{ ...compiled, service }] : [];
    }),
    gaps,
    serviceGap: serviceGap(packet),
  };
  return perAddress(candidates.rules.flatMap(setsOf), (address) => cellFor(candidates, address));
}

function setsOf({ peer }: Candidate): readonly AddressSet[] {
  return [peer.addresses, peer.stated, ...peer.doubtful.map(({ addresses }) => addresses)];
}

function cellFor(candidates: Candidates, address: Address): Cell {
  const speaking = candidates.rules.filter(({ peer }) => holdsAddress(peer.addresses, address));
  const admitting = speaking.filter(({ service }) => service === 'match');
  const doubts = candidates.rules.flatMap(({ peer }) => peer.doubtful);
  const allowed = allowedBy(admitting, address);
  const gaps = distinctGaps([
    ...candidates.gaps,
    ...doubts.filter(({ addresses }) => holdsAddress(addresses, address)).map(({ gap }) => gap),
    ...(speaking.length > admitting.length ? [candidates.serviceGap] : []),
  ]);
  return allowed === undefined && gaps.length === 0 ? SILENCE : { allowed, gaps };
}

/** What most cells hold: one for all of them stays at hand in the processor. */
const SILENCE: Cell = { allowed: undefined, gaps: [] };

/** One rule that admits by an address AWS states leaves nothing to infer (SG-18). */
function allowedBy(admitting: readonly Candidate[], address: Address): AllowedByGroups | undefined {
  const by = admitting.map(({ rule }) => rule);
  if (!isNonEmpty(by)) return undefined;
  const isStated = admitting.some(({ peer }) => holdsAddress(peer.stated, address));
  return isStated ? { kind: 'allowed', by } : { kind: 'allowed', by, restsOnInference: ['SG-18'] };
}

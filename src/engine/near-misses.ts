import { isNonEmpty } from '../lang/non-empty.ts';
import type { Address } from '../net/address.ts';
import type { Packet } from '../net/packet.ts';
import { lastAtOrBelow, type AddressSet } from './address-set.ts';
import type { MissedField, NearMiss } from './decision.ts';
import { matchService, type ServiceSelector } from './match-service.ts';

/** A rule beside a packet, and in what they differ. */
export interface Comparison<Rule> {
  readonly rule: Rule;
  readonly failedOn: readonly MissedField[];
  /** How far the packet's address is from the nearest one the rule speaks of; none in another family. */
  readonly addressDistance: bigint | undefined;
  readonly portDistance: number;
}

const SHOWN = 5;

/**
 * Best first: one differing field before two, then by which field it is, then by how little it differs. A rule for
 * another protocol with something else besides is not near.
 * DEC-3. https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
export function nearMisses<Rule>(comparisons: readonly Comparison<Rule>[]): readonly NearMiss<Rule>[] {
  return comparisons
    .filter(isNear)
    .sort(byNearness)
    .slice(0, SHOWN)
    .flatMap(({ rule, failedOn }) => (isNonEmpty(failedOn) ? [{ rule, failedOn }] : []));
}

/** In what a rule's service differs from the packet's; ports are compared across protocols too. */
export function missedService(selector: ServiceSelector, packet: Packet): readonly MissedField[] {
  const match = matchService(selector, packet);
  if (match === 'match' || match === 'unknown') return [];
  return match === 'protocol' && portDistance(selector, packet) > 0 ? ['protocol', 'port'] : [match];
}

export function portDistance({ ports }: ServiceSelector, { destinationPort: port }: Packet): number {
  if (ports === undefined || port === undefined) return 0;
  return Math.max(ports.from - port, port - ports.to, 0);
}

/** Zero inside the set, absent where the set holds nothing of the family. */
export function addressDistance(set: AddressSet, { family, bits }: Address): bigint | undefined {
  const { first, last } = set[family];
  const index = lastAtOrBelow(first, bits);
  const [below, above] = [last[index], first[index + 1]];
  const distances = [
    ...(below === undefined ? [] : [bits > below ? bits - below : 0n]),
    ...(above === undefined ? [] : [above - bits]),
  ];
  return distances.reduce<bigint | undefined>(
    (least, each) => (least === undefined || each < least ? each : least),
    undefined,
  );
}

function isNear({ failedOn }: Comparison<unknown>): boolean {
  return failedOn.length === 1 || (failedOn.length === 2 && !failedOn.includes('protocol'));
}

const RANK: Readonly<Record<MissedField, number>> = {
  overridden: 0,
  stale: 1,
  family: 2,
  address: 3,
  membership: 4,
  'icmp-type': 5,
  port: 6,
  protocol: 7,
};

function byNearness(a: Comparison<unknown>, b: Comparison<unknown>): number {
  return (
    a.failedOn.length - b.failedOn.length ||
    rankOf(a) - rankOf(b) ||
    compareDistances(a.addressDistance, b.addressDistance) ||
    a.portDistance - b.portDistance
  );
}

function rankOf({ failedOn }: Comparison<unknown>): number {
  return Math.min(...failedOn.map((field) => RANK[field]));
}

function compareDistances(a: bigint | undefined, b: bigint | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return a < b ? -1 : Number(a > b);
}

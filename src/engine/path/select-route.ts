import type { Address } from '../../net/address.ts';
import { cidrContains, type Cidr } from '../../net/cidr.ts';
import { isNonEmpty, type NonEmpty } from '../../lang/non-empty.ts';
import type { Gap } from '../../vpc/gap.ts';
import type { PrefixListId } from '../../vpc/ids.ts';
import type { Route, RouteTable } from '../../vpc/route-table.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import { findGap } from '../find-gap.ts';

export type RouteSelection =
  | { readonly kind: 'route'; readonly route: Route }
  | { readonly kind: 'no-route' }
  | { readonly kind: 'undetermined'; readonly gaps: NonEmpty<Gap> };

/**
 * The longest prefix that holds the destination wins, whatever its state: a blackhole drops what it attracts. Of equal
 * prefixes a static route comes before a prefix list's and that before a propagated one.
 * RT-3, RT-4, RT-6, RT-12, RT-13. https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
 */
export function selectRoute(table: RouteTable, destination: Address, snapshot: Snapshot): RouteSelection {
  const usable = table.routes.filter(({ state }) => state !== 'filtered');
  const candidates = usable.flatMap((route) => candidatesOf(route, destination, snapshot));
  const best = bestOf(candidates);
  const unread = unreadLists(usable, snapshot);
  if (isNonEmpty(unread) && best[0]?.isLocal !== true) return { kind: 'undetermined', gaps: unread };
  if (!isNonEmpty(best)) return { kind: 'no-route' };
  return isAmbiguous(best) ? overlapping(table, best) : { kind: 'route', route: best[0].route };
}

interface Candidate {
  readonly route: Route;
  readonly prefixLength: number;
  readonly rank: number;
  readonly isLocal: boolean;
}

function candidatesOf(route: Route, destination: Address, snapshot: Snapshot): readonly Candidate[] {
  return blocksOf(route, snapshot)
    .filter((cidr) => cidrContains(cidr, destination))
    .map(({ prefixLength }) => ({ route, prefixLength, rank: rankOf(route), isLocal: route.origin === 'local' }));
}

function blocksOf({ destination }: Route, snapshot: Snapshot): readonly Cidr[] {
  return destination.kind === 'cidr' ? [destination.cidr] : (snapshot.prefixLists.get(destination.id)?.cidrs ?? []);
}

/** RT-4: the lower comes first. A route server's routes are treated as propagated ones. */
function rankOf({ origin, destination }: Route): number {
  if (origin === 'local' || origin === 'static') return destination.kind === 'prefix-list' ? 1 : 0;
  return 2;
}

function bestOf(candidates: readonly Candidate[]): readonly Candidate[] {
  const longest = Math.max(...candidates.map(({ prefixLength }) => prefixLength));
  const specific = candidates.filter(({ prefixLength }) => prefixLength === longest);
  const first = Math.min(...specific.map(({ rank }) => rank));
  return specific.filter(({ rank }) => rank === first);
}

/** A list that could not be read may hold a longer prefix than any other route. */
function unreadLists(routes: readonly Route[], snapshot: Snapshot): readonly Gap[] {
  return routes.flatMap(({ destination }) =>
    destination.kind === 'prefix-list' && !snapshot.prefixLists.has(destination.id)
      ? [findGap(snapshot, 'prefix-list', destination.id satisfies PrefixListId)]
      : [],
  );
}

/**
 * Between prefix lists that overlap and lead elsewhere AWS picks one at random; between equal routes of any other kind
 * nothing is written.
 * RT-7. https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
 */
function isAmbiguous(best: readonly Candidate[]): boolean {
  return new Set(best.map(({ route }) => JSON.stringify(route.target))).size > 1;
}

function overlapping({ id }: RouteTable, best: NonEmpty<Candidate>): RouteSelection {
  const propagated = best.every(({ route }) => route.origin === 'propagated' || route.origin === 'advertised');
  return {
    kind: 'undetermined',
    gaps: [{ fact: 'path', about: id, because: propagated ? 'not-found' : 'not-modelled' }],
  };
}

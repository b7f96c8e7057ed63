import type { Address } from '../../net/address.ts';
import { isNonEmpty, type NonEmpty } from '../../lang/non-empty.ts';
import type { Gap } from '../../vpc/gap.ts';
import type { Route, RouteTable } from '../../vpc/route-table.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import { routeIndexOf } from './route-index.ts';

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
  const { longestPrefix, unread } = routeIndexOf(table, snapshot);
  const best = firstInRank(longestPrefix(destination));
  if (isNonEmpty(unread) && best[0]?.origin !== 'local') return { kind: 'undetermined', gaps: unread };
  if (!isNonEmpty(best)) return { kind: 'no-route' };
  return isAmbiguous(best) ? overlapping(table, best) : { kind: 'route', route: best[0] };
}

function firstInRank(routes: readonly Route[]): readonly Route[] {
  if (routes.length < 2) return routes;
  const first = Math.min(...routes.map(rankOf));
  return routes.filter((route) => rankOf(route) === first);
}

/** RT-4: the lower comes first. A route server's routes are treated as propagated ones. */
function rankOf({ origin, destination }: Route): number {
  if (origin === 'local' || origin === 'static') return destination.kind === 'prefix-list' ? 1 : 0;
  return 2;
}

/**
 * Between prefix lists that overlap and lead elsewhere AWS picks one at random; between equal routes of any other kind
 * nothing is written.
 * RT-7. https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
 */
function isAmbiguous(best: readonly Route[]): boolean {
  return best.length > 1 && new Set(best.map(({ target }) => JSON.stringify(target))).size > 1;
}

function overlapping({ id }: RouteTable, best: NonEmpty<Route>): RouteSelection {
  const propagated = best.every(({ origin }) => origin === 'propagated' || origin === 'advertised');
  return {
    kind: 'undetermined',
    gaps: [{ fact: 'path', about: id, because: propagated ? 'not-found' : 'not-modelled' }],
  };
}

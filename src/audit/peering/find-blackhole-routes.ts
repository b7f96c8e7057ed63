import { isNonEmpty } from '../../lang/non-empty.ts';
import type { Route, RouteTable, RouteTarget } from '../../vpc/route-table.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { AuditFinding, AuditObject } from '../audit-finding.ts';
import type { AuditRule } from '../audit-rule.ts';
import { standingTables, type StandingTable } from '../tables-in-use.ts';
import { vpcInventories } from '../vpc-inventory.ts';
import { distinctObjects, peeringFinding, tableObject } from './peering-finding.ts';
import { peeringObject, peeringRoutes, type PeeringRoute } from './peering-situation.ts';

/**
 * Routes outlive the connection they name, and drop what they attract.
 * PEER-24, RT-10. https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
 */
export const FIND_ROUTES_TO_DELETED_PEERINGS: AuditRule = {
  kind: 'peering-deleted-but-routed',
  family: 'peering',
  needs: ['Vpcs', 'Subnets', 'VpcPeeringConnections', 'RouteTables'],
  check: ({ snapshot }) =>
    [...peeringRoutes(snapshot).values()].flatMap((routes) =>
      routesToDeleted(
        routes.filter(({ route }) => isLeftBehind(route, snapshot)),
        snapshot,
      ),
    ),
};

function routesToDeleted(left: readonly PeeringRoute[], snapshot: Snapshot): readonly AuditFinding[] {
  const [first] = left;
  const routes = left.map(({ route }) => route);
  if (first === undefined || !isNonEmpty(routes)) return [];
  const { peeringId } = first;
  const peering = snapshot.peerings.get(peeringId);
  const fault = {
    kind: 'peering-deleted-but-routed',
    peeringId,
    routes,
    ...(peering !== undefined && { peering }),
  } as const;
  const tables = left.map(({ table }) => tableObject(table, snapshot));
  const own: AuditObject =
    peering === undefined ? { ...tableObject(first.table, snapshot), id: peeringId } : peeringObject(peering, snapshot);
  return [
    peeringFinding(fault, { severity: severityOf(left), objects: distinctObjects(own, tables), of: [peeringId] }),
  ];
}

/** A connection that the API has forgotten was deleted before; one that is not shown to us still works (PEER-22). */
function isLeftBehind({ target, state }: Route, { peerings }: Snapshot): boolean {
  if (target.kind !== 'peering') return false;
  const peering = peerings.get(target.id);
  return peering === undefined ? state === 'blackhole' : peering.status === 'deleted' || peering.status === 'deleting';
}

/** Requests that came to nothing tell of their routes themselves. */
const TELLS_ITSELF: ReadonlySet<string> = new Set(['expired', 'rejected', 'failed']);

/**
 * The target is gone or cannot be used; the route still wins and drops what it attracts.
 * RT-10, RT-12. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html
 */
export const FIND_BLACKHOLE_ROUTES: AuditRule = {
  kind: 'blackhole-routes',
  family: 'peering',
  needs: ['Vpcs', 'Subnets', 'RouteTables', 'VpcPeeringConnections'],
  check: ({ snapshot }) =>
    vpcInventories(snapshot)
      .flatMap(standingTables)
      .flatMap((standing) => blackholesIn(standing, snapshot)),
};

function blackholesIn(standing: StandingTable, snapshot: Snapshot): readonly AuditFinding[] {
  const { table } = standing;
  return blackholesByTarget(table, snapshot).flatMap((routes) => {
    const [first] = routes;
    if (first === undefined || !isNonEmpty(routes)) return [];
    const { target } = first;
    const fault = { kind: 'blackhole-routes', target, routes } as const;
    const objects = [tableObject(table, snapshot)] as const;
    return [peeringFinding(fault, { severity: severityOf([standing]), objects, of: [table.id, targetId(target)] })];
  });
}

function blackholesByTarget({ routes }: RouteTable, snapshot: Snapshot): readonly (readonly Route[])[] {
  const byTarget = new Map<string, Route[]>();
  for (const route of routes.filter(({ state }) => state === 'blackhole')) {
    if (isLeftBehind(route, snapshot) || isOfEndedRequest(route, snapshot)) continue;
    const key = targetId(route.target);
    byTarget.set(key, [...(byTarget.get(key) ?? []), route]);
  }
  return [...byTarget.values()];
}

function isOfEndedRequest({ target }: Route, { peerings }: Snapshot): boolean {
  return target.kind === 'peering' && TELLS_ITSELF.has(peerings.get(target.id)?.status ?? '');
}

function targetId(target: RouteTarget): string {
  return target.kind === 'local' ? 'local' : target.id;
}

/** A table that nobody uses drops nothing. */
function severityOf(standings: readonly StandingTable[]): 'high' | 'low' {
  return standings.some(({ isInUse }) => isInUse) ? 'high' : 'low';
}

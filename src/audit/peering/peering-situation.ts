import type { Cidr } from '../../net/cidr.ts';
import type { Gap } from '../../vpc/gap.ts';
import type { PeeringConnectionId, VpcId } from '../../vpc/ids.ts';
import type { Route } from '../../vpc/route-table.ts';
import type { PeeringConnection, PeeringSide, Snapshot } from '../../vpc/snapshot.ts';
import type { AuditObject } from '../audit-finding.ts';
import { isGapOf } from '../needed-members.ts';
import { standingTables, type StandingTable } from '../tables-in-use.ts';
import { vpcInventories, wasCollected, type VpcInventory } from '../vpc-inventory.ts';
import type { VpcSide } from './peering-fault.ts';

/** A connection, what was read of its two VPCs, and every route that names it. */
export interface PeeringSituation {
  readonly peering: PeeringConnection;
  readonly object: AuditObject;
  readonly requester: PeeringEnd;
  readonly accepter: PeeringEnd;
  readonly routes: readonly PeeringRoute[];
}

export interface PeeringEnd {
  readonly side: VpcSide;
  readonly told: PeeringSide;
  /** Of the VPC itself where it was read, else as the connection tells (PEER-20). */
  readonly cidrs: readonly Cidr[];
  readonly inventory?: VpcInventory;
  /** Absent: not all of the VPC's tables were read. */
  readonly routing?: EndRouting;
}

interface EndRouting {
  /** Those in use. */
  readonly tables: readonly StandingTable[];
  /** Routes of theirs that work and name this connection. */
  readonly routes: readonly PeeringRoute[];
}

export interface PeeringRoute extends StandingTable {
  readonly route: Route;
  readonly peeringId: PeeringConnectionId;
  /** What the route is for. Absent: a prefix list that was not read. */
  readonly blocks?: readonly Cidr[];
}

export function peeringSituations(snapshot: Snapshot): readonly PeeringSituation[] {
  const ground = survey(snapshot);
  return [...snapshot.peerings.values()].map((peering) => ({
    peering,
    object: peeringObject(peering, snapshot),
    requester: endOf(peering, peering.requester, ground),
    accepter: endOf(peering, peering.accepter, ground),
    routes: ground.routes.get(peering.id) ?? [],
  }));
}

/** Only an active connection carries traffic (PEER-1). */
export function activePeerings(snapshot: Snapshot): readonly PeeringSituation[] {
  return peeringSituations(snapshot).filter(({ peering }) => peering.status === 'active');
}

/** A connection as one of its ends sees it. */
export interface Facing {
  readonly situation: PeeringSituation;
  readonly near: PeeringEnd;
  readonly far: PeeringEnd;
}

export function bothWays(situation: PeeringSituation): readonly [Facing, Facing] {
  const { requester, accepter } = situation;
  return [
    { situation, near: requester, far: accepter },
    { situation, near: accepter, far: requester },
  ];
}

/** By the connection they name, whether the API still knows it or not. */
export function peeringRoutes(snapshot: Snapshot): ReadonlyMap<PeeringConnectionId, readonly PeeringRoute[]> {
  return survey(snapshot).routes;
}

interface Ground {
  readonly snapshot: Snapshot;
  readonly inventories: ReadonlyMap<VpcId, VpcInventory>;
  readonly tables: ReadonlyMap<VpcId, readonly StandingTable[]>;
  readonly routes: ReadonlyMap<PeeringConnectionId, readonly PeeringRoute[]>;
}

function survey(snapshot: Snapshot): Ground {
  const inventories = new Map(vpcInventories(snapshot).map((inventory) => [inventory.vpc.id, inventory]));
  const tables = new Map([...inventories].map(([id, inventory]) => [id, standingTables(inventory)]));
  const routes = new Map<PeeringConnectionId, PeeringRoute[]>();
  for (const standing of [...tables.values()].flat()) {
    for (const route of peeringRoutesOf(standing, snapshot)) {
      const others = routes.get(route.peeringId);
      if (others === undefined) routes.set(route.peeringId, [route]);
      else others.push(route);
    }
  }
  return { snapshot, inventories, tables, routes };
}

function peeringRoutesOf(standing: StandingTable, snapshot: Snapshot): readonly PeeringRoute[] {
  return standing.table.routes.flatMap((route) => {
    if (route.target.kind !== 'peering') return [];
    const blocks = blocksOf(route, snapshot);
    return [{ ...standing, route, peeringId: route.target.id, ...(blocks !== undefined && { blocks }) }];
  });
}

export function blocksOf({ destination }: Route, { prefixLists }: Snapshot): readonly Cidr[] | undefined {
  return destination.kind === 'cidr' ? [destination.cidr] : prefixLists.get(destination.id)?.cidrs;
}

function endOf({ id }: PeeringConnection, told: PeeringSide, ground: Ground): PeeringEnd {
  const inventory = told.vpcId === undefined ? undefined : ground.inventories.get(told.vpcId);
  if (inventory === undefined) return { side: sideOf(told), told, cidrs: told.cidrs };
  const { vpc } = inventory;
  const end = { side: { ...sideOf(vpc), vpcId: vpc.id }, told, cidrs: vpc.cidrs, inventory };
  if (!allTablesRead(inventory, ground.snapshot)) return end;
  const own = (ground.routes.get(id) ?? []).filter(({ table }) => table.vpcId === vpc.id);
  const tables = (ground.tables.get(vpc.id) ?? []).filter(({ isInUse }) => isInUse);
  return {
    ...end,
    routing: { tables, routes: own.filter(({ route, isInUse }) => route.state === 'active' && isInUse) },
  };
}

function sideOf({ vpcId, accountId, region }: VpcSide): VpcSide {
  return {
    ...(vpcId !== undefined && { vpcId }),
    ...(accountId !== undefined && { accountId }),
    ...(region !== undefined && { region }),
  };
}

/** Every VPC has a main table, so none means that its tables were not read (RT-1). */
function allTablesRead(inventory: VpcInventory, { gaps }: Snapshot): boolean {
  const { scope, routeTables } = inventory;
  if (!wasCollected(inventory, 'RouteTables') || !routeTables.some(({ isMain }) => isMain)) return false;
  return !gaps.some((gap) => isGapOf(['RouteTables'], gap) && isOf(gap, scope));
}

function isOf(gap: Gap, scope: VpcInventory['scope']): boolean {
  return (
    (gap.accountId === undefined || gap.accountId === scope?.accountId) &&
    (gap.region === undefined || gap.region === scope?.region)
  );
}

/** Named as the side that was read sees it; tags of the other side are not shared (PEER-25). */
export function peeringObject({ id, name, requester, accepter }: PeeringConnection, { scopes }: Snapshot): AuditObject {
  const own = [requester, accepter].find((side) =>
    scopes.some(({ accountId, region }) => side.accountId === accountId && side.region === region),
  );
  return { id, ...(name !== undefined && { name }), ...(own !== undefined && sideOf(own)) };
}

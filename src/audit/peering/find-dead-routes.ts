import { isNonEmpty } from '../../lang/non-empty.ts';
import { isAnywhere, type Cidr } from '../../net/cidr.ts';
import type { VpcId } from '../../vpc/ids.ts';
import type { Route, RouteTarget } from '../../vpc/route-table.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { AuditFinding, AuditObject } from '../audit-finding.ts';
import type { AuditRule } from '../audit-rule.ts';
import { overlapsAny } from './block-pairs.ts';
import type { Beyond } from './peering-fault.ts';
import { destinationId, distinctObjects, peeringFinding, tableObject } from './peering-finding.ts';
import {
  activePeerings,
  blocksOf,
  bothWays,
  type Facing,
  type PeeringEnd,
  type PeeringRoute,
  type PeeringSituation,
} from './peering-situation.ts';

/**
 * A connection passes only what is for the VPC at its far end.
 * PEER-12. https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html
 */
export const FIND_ROUTES_OUTSIDE_PEER: AuditRule = {
  kind: 'peering-route-outside-peer',
  family: 'peering',
  needs: ['Vpcs', 'Subnets', 'RouteTables', 'VpcPeeringConnections'],
  check: ({ snapshot }) =>
    deadRoutes(snapshot).flatMap((dead) => (beyondOf(dead, snapshot) === undefined ? outsidePeer(dead, snapshot) : [])),
};

/**
 * A VPC is no bridge to a third one, nor to gateways of its own.
 * PEER-8, PEER-9. https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
 */
export const FIND_TRANSIT_ATTEMPTS: AuditRule = {
  kind: 'peering-transit-attempt',
  family: 'peering',
  needs: ['Vpcs', 'Subnets', 'RouteTables', 'VpcPeeringConnections'],
  check: ({ snapshot }) => deadRoutes(snapshot).flatMap((dead) => transitAttempt(dead, snapshot)),
};

interface DeadRoute extends Facing {
  readonly via: PeeringRoute;
  readonly blocks: readonly Cidr[];
  /** Other active connections of the far VPC. */
  readonly onward: readonly PeeringSituation[];
}

/** What leads outside the peer VPC, or everywhere. */
function deadRoutes(snapshot: Snapshot): readonly DeadRoute[] {
  const situations = activePeerings(snapshot);
  const byVpc = situationsByVpc(situations);
  return situations.flatMap(bothWays).flatMap((facing) => {
    const { situation, near, far } = facing;
    const others = far.side.vpcId === undefined ? [] : (byVpc.get(far.side.vpcId) ?? []);
    const onward = others.filter(({ peering }) => peering.id !== situation.peering.id);
    return situation.routes
      .filter(({ table, route }) => table.vpcId === near.side.vpcId && route.state === 'active')
      .flatMap((via) => deadRoute(facing, via, onward));
  });
}

function situationsByVpc(situations: readonly PeeringSituation[]): ReadonlyMap<VpcId, readonly PeeringSituation[]> {
  const byVpc = new Map<VpcId, PeeringSituation[]>();
  for (const situation of situations) {
    for (const vpcId of [situation.requester.side.vpcId, situation.accepter.side.vpcId]) {
      if (vpcId !== undefined) byVpc.set(vpcId, [...(byVpc.get(vpcId) ?? []), situation]);
    }
  }
  return byVpc;
}

function deadRoute(facing: Facing, via: PeeringRoute, onward: DeadRoute['onward']): readonly DeadRoute[] {
  const { blocks = [] } = via;
  const { cidrs } = facing.far;
  const isDead = blocks.some(isAnywhere) || !blocks.some((block) => overlapsAny(block, cidrs));
  return blocks.length > 0 && cidrs.length > 0 && isDead ? [{ ...facing, via, blocks, onward }] : [];
}

function outsidePeer({ situation, far, via }: DeadRoute, snapshot: Snapshot): readonly AuditFinding[] {
  const peerBlocks = far.cidrs;
  if (!isNonEmpty(peerBlocks)) return [];
  const { peering } = situation;
  const { route } = via;
  const fault = { kind: 'peering-route-outside-peer', peering, far: far.side, route, peerBlocks } as const;
  return [peeringFinding(fault, placeOf(via, situation, snapshot))];
}

function transitAttempt(dead: DeadRoute, snapshot: Snapshot): readonly AuditFinding[] {
  const beyond = beyondOf(dead, snapshot);
  if (beyond === undefined) return [];
  const { situation, far, via } = dead;
  const { peering } = situation;
  const fault = { kind: 'peering-transit-attempt', peering, far: far.side, route: via.route, beyond } as const;
  return [peeringFinding(fault, placeOf(via, situation, snapshot))];
}

function placeOf({ table, route, isInUse }: PeeringRoute, { object }: PeeringSituation, snapshot: Snapshot) {
  const objects: readonly [AuditObject, ...AuditObject[]] = distinctObjects(tableObject(table, snapshot), [object]);
  const severity: AuditFinding['severity'] = isInUse ? 'high' : 'low';
  return { objects, severity, of: [table.id, destinationId(route.destination)] };
}

/** What lies behind the peer VPC at this destination, as far as it was read. */
function beyondOf({ blocks, far, onward }: DeadRoute, snapshot: Snapshot): Beyond | undefined {
  const target = edgeOf(blocks, far, snapshot);
  if (blocks.some(isAnywhere)) return edgeTo(target);
  const next = onward.find((other) => overlapsSome(blocks, otherEnd(other, far).cidrs));
  if (next !== undefined) {
    const { vpcId } = otherEnd(next, far).side;
    return { kind: 'vpc', peeringId: next.peering.id, ...(vpcId !== undefined && { vpcId }) };
  }
  return target === undefined ? undefined : edgeTo(target);
}

function edgeTo(target: RouteTarget | undefined): Beyond {
  return { kind: 'edge', ...(target !== undefined && { target }) };
}

function otherEnd({ requester, accepter }: PeeringSituation, end: PeeringEnd): PeeringEnd {
  return requester.side.vpcId === end.side.vpcId ? accepter : requester;
}

/** Where the far VPC itself sends such packets. */
function edgeOf(blocks: readonly Cidr[], { routing }: PeeringEnd, snapshot: Snapshot): RouteTarget | undefined {
  const routes = (routing?.tables ?? []).flatMap(({ table }) => table.routes);
  return routes.find((route) => isGateway(route.target) && leadsToAny(route, blocks, snapshot))?.target;
}

function leadsToAny(route: Route, blocks: readonly Cidr[], snapshot: Snapshot): boolean {
  const own = blocksOf(route, snapshot) ?? [];
  return own.some((cidr) => isAnywhere(cidr) === blocks.some(isAnywhere) && overlapsAny(cidr, blocks));
}

function overlapsSome(blocks: readonly Cidr[], others: readonly Cidr[]): boolean {
  return blocks.some((block) => overlapsAny(block, others));
}

function isGateway({ kind }: RouteTarget): boolean {
  return kind !== 'local' && kind !== 'peering';
}

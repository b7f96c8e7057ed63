import { isNonEmpty } from '../../lang/non-empty.ts';
import { cidrCovers, formatCidr, type Cidr } from '../../net/cidr.ts';
import type { Gap } from '../../vpc/gap.ts';
import type { NatGatewayId, SubnetId } from '../../vpc/ids.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { AuditFinding } from '../audit-finding.ts';
import type { AuditRule } from '../audit-rule.ts';
import { overlapsAny } from './block-pairs.ts';
import { distinctObjects, peeringFinding, tableObject, vpcObjects } from './peering-finding.ts';
import {
  activePeerings,
  bothWays,
  type Facing,
  type PeeringEnd,
  type PeeringRoute,
  type PeeringSituation,
} from './peering-situation.ts';

/**
 * Each owner routes to the other's blocks, or packets go one way only.
 * PEER-11. https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html
 */
export const FIND_ONE_SIDED_ROUTES: AuditRule = {
  kind: 'peering-routed-on-one-side',
  family: 'peering',
  needs: ['Vpcs', 'Subnets', 'RouteTables', 'VpcPeeringConnections'],
  check: ({ snapshot }) =>
    activePeerings(snapshot)
      .flatMap(bothWays)
      .flatMap((facing) => oneSidedRoutes(facing, snapshot)),
  gaps: ({ snapshot }) => activePeerings(snapshot).flatMap((situation) => unreadEnds(situation).map(routingGap)),
};

function oneSidedRoutes(facing: Facing, snapshot: Snapshot): readonly AuditFinding[] {
  const { situation, near, far } = facing;
  const stranded = strandedBlocks(facing);
  const isBare = far.routing?.routes.length === 0;
  const blocks = isBare ? vpcBlocksOf(near, stranded) : distinctBlocks(stranded);
  if (far.routing === undefined || !isNonEmpty(blocks)) return [];
  const { peering } = situation;
  const lacking = far.routing.tables.filter(({ table }) => !leadsBack(table.id, facing, blocks));
  const natGateways = natGatewaysIn(stranded, snapshot);
  const fault = {
    kind: 'peering-routed-on-one-side',
    peering,
    routed: near.side,
    unrouted: far.side,
    blocks,
    tables: lacking.map(({ table }) => table.id),
    isBare,
    natGateways: [...natGateways.values()],
  } as const;
  const objects = distinctObjects(situation.object, [
    ...vpcObjects(far),
    ...lacking.map(({ table }) => tableObject(table, snapshot)),
    ...vpcObjects(near),
  ]);
  const isAnsweredAnyway = stranded.every(({ subnetId }) => subnetId !== undefined && natGateways.has(subnetId));
  const severity = isAnsweredAnyway ? 'medium' : 'high';
  return [peeringFinding(fault, { severity, objects, of: [peering.id, far.side.vpcId ?? ''] })];
}

/** Addresses that send through the connection. */
export interface Sender {
  readonly block: Cidr;
  /** Absent where the VPC's subnets were not read. */
  readonly subnetId?: SubnetId;
}

/** Those of this end to which no route of the far one leads back. */
export function strandedBlocks({ near, far }: Facing): readonly Sender[] {
  const back = far.routing?.routes;
  if (near.routing === undefined || back === undefined) return [];
  if (back.some(({ blocks }) => blocks === undefined)) return [];
  const answered = back.flatMap(({ blocks = [] }) => blocks);
  return near.routing.routes
    .flatMap((route) => sendersOf(route, near, far))
    .filter(({ block }) => !overlapsAny(block, answered));
}

/** Only what can arrive counts: blocks of the far VPC, and senders of the same family. */
function sendersOf({ blocks = [], subnets }: PeeringRoute, near: PeeringEnd, far: PeeringEnd): readonly Sender[] {
  const useful = blocks.filter((block) => far.cidrs.length === 0 || overlapsAny(block, far.cidrs));
  const families = new Set(useful.map(({ family }) => family));
  const senders =
    subnets.length === 0
      ? near.cidrs.map((block) => ({ block }))
      : subnets.flatMap(({ id, cidrs }) => cidrs.map((block) => ({ block, subnetId: id })));
  return senders.filter(({ block }) => families.has(block.family));
}

function vpcBlocksOf(end: PeeringEnd, senders: readonly Sender[]): readonly Cidr[] {
  return end.cidrs.filter((cidr) => senders.some(({ block }) => cidrCovers(cidr, block)));
}

function distinctBlocks(senders: readonly Sender[]): readonly Cidr[] {
  return [...new Map(senders.map(({ block }) => [formatCidr(block), block])).values()];
}

function leadsBack(tableId: string, { far }: Facing, blocks: readonly Cidr[]): boolean {
  const routes = (far.routing?.routes ?? []).filter(({ table }) => table.id === tableId);
  return routes.some((route) => (route.blocks ?? []).some((block) => overlapsAny(block, blocks)));
}

/**
 * Replies find their way back to a NAT gateway without a route.
 * RT-28. https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
 */
function natGatewaysIn(senders: readonly Sender[], snapshot: Snapshot): ReadonlyMap<SubnetId, NatGatewayId> {
  const subnetIds = new Set(senders.map(({ subnetId }) => subnetId));
  return new Map(
    [...snapshot.natGateways.values()].flatMap(({ id, subnetId, state }) =>
      subnetId !== undefined && state === 'available' && subnetIds.has(subnetId) ? [[subnetId, id] as const] : [],
    ),
  );
}

/** Whose account cannot be read is asked for a role, not guessed (PEER-21). */
function unreadEnds({ requester, accepter }: PeeringSituation): readonly PeeringEnd[] {
  const unread = [requester, accepter].filter(({ routing }) => routing === undefined);
  return unread.length === 2 ? [] : unread;
}

function routingGap({ side: { vpcId, accountId, region } }: PeeringEnd): Gap {
  return {
    fact: 'route-table',
    because: 'not-collected',
    action: 'ec2:DescribeRouteTables',
    ...(vpcId !== undefined && { about: vpcId }),
    ...(accountId !== undefined && { accountId }),
    ...(region !== undefined && { region }),
  };
}

/** Nothing can pass, or nobody wants it to. */
export const FIND_UNUSED_PEERINGS: AuditRule = {
  kind: 'peering-unused',
  family: 'peering',
  needs: ['Vpcs', 'Subnets', 'RouteTables', 'VpcPeeringConnections'],
  check: ({ snapshot }) => activePeerings(snapshot).flatMap(unusedPeering),
};

function unusedPeering({ peering, object, requester, accepter }: PeeringSituation): readonly AuditFinding[] {
  const ends = [requester, accepter];
  const read = ends.filter(({ routing }) => routing !== undefined);
  const unrouted = read.map(({ side }) => side);
  if (!isNonEmpty(unrouted) || read.some(({ routing }) => routing?.routes.length !== 0)) return [];
  const fault = { kind: 'peering-unused', peering, unrouted } as const;
  const gaps = ends.filter(({ routing }) => routing === undefined).map(routingGap);
  const objects = distinctObjects(object, read.flatMap(vpcObjects));
  return [peeringFinding(fault, { severity: 'low', objects, of: [peering.id], gaps })];
}

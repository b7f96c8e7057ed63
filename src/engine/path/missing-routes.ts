import { sameAddress, type Address } from '../../net/address.ts';
import { cidrContains, type Cidr } from '../../net/cidr.ts';
import type { Packet } from '../../net/packet.ts';
import type { VpcId } from '../../vpc/ids.ts';
import type { NetworkInterface } from '../../vpc/network-interface.ts';
import type { RouteTable } from '../../vpc/route-table.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import { farSides } from '../address-kind.ts';
import type { LinkTarget, RouteChange } from '../fix/fix.ts';
import type { PathAnalysis } from './path.ts';
import { pathWorld } from './path-world.ts';
import type { Ends } from './resolve-ends.ts';

interface Unrouted {
  readonly snapshot: Snapshot;
  readonly analysis: PathAnalysis;
  readonly ends: Ends;
  readonly packet: Packet;
  readonly tableId: string | undefined;
}

/**
 * A route to the block of the subnet where the destination is, through each connection that could lead there; one that
 * the path uses already comes first. A gateway's own table takes no such route.
 * PEER-11, RT-42. https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html
 * RT-14. https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html
 */
export function missingRoutes(unrouted: Unrouted): readonly RouteChange[] {
  const { snapshot, analysis, tableId } = unrouted;
  const table = [...snapshot.routeTables.values()].find(({ id }) => id === tableId);
  if (table === undefined || table.gatewayIds.length > 0) return [];
  const crossed = new Set([...analysis.forward.hops, ...analysis.return.hops].map(({ id }) => id));
  return linksFrom(table.vpcId, snapshot)
    .flatMap((link) => routeBy(link, table, unrouted))
    .toSorted((a, b) => Number(crossed.has(b.target.id)) - Number(crossed.has(a.target.id)));
}

/** A way from a VPC to another. */
interface Link {
  readonly target: LinkTarget;
  readonly far: VpcId;
}

function linksFrom(vpcId: VpcId, snapshot: Snapshot): readonly Link[] {
  return [...peeringLinks(vpcId, snapshot), ...transitGatewayLinks(vpcId, snapshot)];
}

/** PEER-1. https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html */
function peeringLinks(vpcId: VpcId, { peerings }: Snapshot): readonly Link[] {
  return [...peerings.values()]
    .filter(({ status }) => status === 'active')
    .flatMap((peering) => farSides(peering, vpcId).map(({ vpcId: far }) => ({ id: peering.id, far })))
    .flatMap(({ id, far }) => (far === undefined ? [] : [{ target: { kind: 'peering', id }, far }]));
}

/** Whether the attachments are in force and routed, following the path again tells. */
function transitGatewayLinks(vpcId: VpcId, { transitGatewayAttachments, vpcs }: Snapshot): readonly Link[] {
  const attachments = [...transitGatewayAttachments.values()].filter(({ resourceType }) => resourceType === 'vpc');
  const own = attachments.filter(({ resourceId }) => resourceId === vpcId);
  return own.flatMap(({ transitGatewayId: id }) =>
    attachments
      .filter(({ transitGatewayId, resourceId }) => transitGatewayId === id && resourceId !== vpcId)
      .flatMap(({ resourceId }) => [...vpcs.values()].filter((vpc) => vpc.id === resourceId))
      .map(({ id: far }) => ({ target: { kind: 'transit-gateway', id }, far })),
  );
}

function routeBy({ target, far }: Link, table: RouteTable, unrouted: Unrouted): readonly RouteChange[] {
  const { snapshot, packet } = unrouted;
  const at = pathWorld(snapshot).interfaceAt(far, packet.destination);
  if (at === undefined || !isMeant(at, unrouted)) return [];
  const cidr = subnetBlock(at, packet.destination, snapshot);
  return cidr === undefined || hasRouteTo(table, cidr) ? [] : [{ kind: 'add-route', tableId: table.id, cidr, target }];
}

/**
 * Several VPCs may use one address: the route must lead to the end that was asked about. An answer goes by the link
 * that the request came by.
 */
function isMeant(at: NetworkInterface, { ends: { goal }, packet: { destination } }: Unrouted): boolean {
  const isGoals = goal?.addresses.some(({ address }) => sameAddress(address, destination)) === true;
  return !isGoals || at.id === goal.id;
}

function subnetBlock({ subnetId }: NetworkInterface, address: Address, { subnets }: Snapshot): Cidr | undefined {
  const blocks = subnetId === undefined ? [] : (subnets.get(subnetId)?.cidrs ?? []);
  return blocks.find((cidr) => cidrContains(cidr, address));
}

/** One that is not usable: AWS takes no second one to the same block. */
function hasRouteTo({ routes }: RouteTable, { base, prefixLength }: Cidr): boolean {
  return routes.some(
    ({ destination: to }) => to.kind === 'cidr' && to.cidr.base === base && to.cidr.prefixLength === prefixLength,
  );
}

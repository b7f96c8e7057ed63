import type { Address } from '../../net/address.ts';
import { cidrContains } from '../../net/cidr.ts';
import type { VpnGateway } from '../../vpc/gateway.ts';
import type { GatewayId, VpcId } from '../../vpc/ids.ts';
import { findGap } from '../find-gap.ts';
import type { Guide, Journey, RoutingStand, Step } from './journey.ts';
import { passedAt, placeBehind, stoppedAt, unknownAt } from './journey.ts';
import type { Leg, Obstacle } from './path.ts';
import type { PathWorld } from './path-world.ts';

/**
 * A virtual private gateway carries IPv4 between its VPC and the far side. Where to the far side reaches, only static
 * routes and routes it propagated tell.
 * RT-50. https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html
 */
export function leaveByVpnGateway(
  { world }: Guide,
  { leg, packet }: Journey,
  { from, id }: { readonly from: RoutingStand; readonly id: GatewayId },
): Step {
  const hop = { kind: 'vpn-gateway', id, vpcId: from.vpcId } as const;
  const gateway = world.snapshot.vpnGateways.get(id);
  if (gateway === undefined) return unknownAt(hop, findGap(world.snapshot, 'vpn-gateway', id));
  const [obstacle] = [...notAttached(gateway, leg, from.vpcId), ...onlyIpv4(gateway, leg, packet.destination)];
  if (obstacle !== undefined) return stoppedAt(hop, obstacle);
  const leads = leadsTo(world, id, { vpcId: from.vpcId, destination: packet.destination });
  if (leads === 'no') {
    return stoppedAt(hop, { kind: 'gateway', leg, id, reason: 'no-vpn-route', address: packet.destination });
  }
  if (leads === 'unknown') return unknownAt(hop, findGap(world.snapshot, 'vpn-gateway', id));
  return {
    hops: [passedAt(hop)],
    crossing: { kind: 'vpn-gateway', id, from: from.vpcId },
    place: { kind: 'arrived', at: { kind: 'on-premises', gatewayId: id } },
  };
}

function notAttached({ id, attachments }: VpnGateway, leg: Leg, vpcId: VpcId): readonly Obstacle[] {
  const isAttached = attachments.some((each) => each.vpcId === vpcId && each.state === 'attached');
  return isAttached ? [] : [{ kind: 'gateway', leg, id, reason: 'not-attached', code: 'BAD_STATE_ATTACHMENT' }];
}

function onlyIpv4({ id }: VpnGateway, leg: Leg, { family }: Address): readonly Obstacle[] {
  if (family === 'ipv4') return [];
  return [{ kind: 'gateway', leg, id, reason: 'unsupported-protocol', code: 'PROTOCOL_RESTRICTION' }];
}

interface Towards {
  readonly vpcId: VpcId;
  readonly destination: Address;
}

/** With BGP, and behind Direct Connect, only propagated routes show what the far side announced. */
function leadsTo(world: PathWorld, id: GatewayId, { vpcId, destination }: Towards): 'yes' | 'no' | 'unknown' {
  const { vpnConnections } = world.snapshot;
  const connections = [...vpnConnections.values()].filter(({ gatewayId, state }) => gatewayId === id && isUsed(state));
  const isIn = connections.some(({ routes }) => routes.some((cidr) => cidrContains(cidr, destination)));
  if (isIn || isPropagated(world, id, { vpcId, destination })) return 'yes';
  const allStatic = connections.length > 0 && connections.every(({ isStaticOnly }) => isStaticOnly);
  return allStatic && world.isWhole('VpnConnections', vpcId) ? 'no' : 'unknown';
}

function isUsed(state: string): boolean {
  return state !== 'deleted' && state !== 'deleting';
}

function isPropagated({ snapshot }: PathWorld, id: GatewayId, { vpcId, destination }: Towards): boolean {
  return [...snapshot.routeTables.values()]
    .filter((table) => table.vpcId === vpcId)
    .flatMap(({ routes }) => routes)
    .some(
      ({ origin, target, destination: to }) =>
        origin === 'propagated' &&
        target.kind === 'vpn-gateway' &&
        target.id === id &&
        to.kind === 'cidr' &&
        cidrContains(to.cidr, destination),
    );
}

/** In from the far side: to addresses of the VPC and no others (RT-50). */
export function enterByVpnGateway({ world }: Guide, { leg, packet }: Journey, gateway: VpnGateway): Step {
  const { id } = gateway;
  const vpcId = gateway.attachments.find(({ state }) => state === 'attached')?.vpcId;
  const hop = { kind: 'vpn-gateway', id, ...(vpcId !== undefined && { vpcId }) } as const;
  if (vpcId === undefined) {
    return stoppedAt(hop, { kind: 'gateway', leg, id, reason: 'not-attached', code: 'BAD_STATE_ATTACHMENT' });
  }
  const vpc = world.snapshot.vpcs.get(vpcId);
  if (vpc === undefined) return unknownAt(hop, findGap(world.snapshot, 'vpc', vpcId));
  if (!vpc.cidrs.some((cidr) => cidrContains(cidr, packet.destination))) {
    const code = 'VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS';
    return stoppedAt(hop, { kind: 'gateway', leg, id, reason: 'no-route', code, address: packet.destination });
  }
  return {
    hops: [passedAt(hop)],
    crossing: { kind: 'vpn-gateway', id, to: vpcId },
    place: placeBehind(world, id, vpcId),
  };
}

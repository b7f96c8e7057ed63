import { assertNever } from '../../lang/exhaustive.ts';
import type { TransitGatewayAttachment } from '../../vpc/transit-gateway.ts';
import type { TransitGatewayId, VpcId } from '../../vpc/ids.ts';
import type { NetworkInterface } from '../../vpc/network-interface.ts';
import type { Subnet } from '../../vpc/snapshot.ts';
import { findGap } from '../find-gap.ts';
import { crossFilters } from './cross-filters.ts';
import type { Guide, Journey, RoutingStand, Step } from './journey.ts';
import { passedAt, stoppedAt, unknownAt } from './journey.ts';
import type { Hop, Leg, Obstacle } from './path.ts';
import type { PathWorld } from './path-world.ts';
import { selectTransitGatewayRoute } from './select-transit-gateway-route.ts';

/**
 * From a VPC into the transit gateway: by an attachment of that VPC with a subnet in the sender's own zone.
 * RT-42, RT-46, RT-49. https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
 */
export function crossTransitGateway(
  guide: Guide,
  journey: Journey,
  { from, id }: { readonly from: RoutingStand; readonly id: TransitGatewayId },
): Step {
  const { world } = guide;
  const hop = { kind: 'transit-gateway', id, vpcId: from.vpcId } as const;
  const attachment = attachmentOfVpc(world, id, from.vpcId);
  if (attachment === undefined) {
    return world.isWhole('TransitGatewayAttachments', from.vpcId)
      ? stoppedAt(hop, notAttached(id, journey.leg))
      : unknownAt(hop, findGap(world.snapshot, 'transit-gateway', id));
  }
  const [obstacle] = [...notInForce(attachment, journey.leg), ...otherZone(world, journey.leg, { attachment, from })];
  if (obstacle !== undefined) return stoppedAt(hop, obstacle);
  const zone = from.availabilityZone;
  return {
    hops: [...filtersOf(guide, journey, { attachment, direction: 'ingress', zone }), passedAt(hop)],
    crossing: { kind: 'transit-gateway', id, from: from.vpcId },
    place: { kind: 'at-transit-gateway', attachmentId: attachment.id, ...(zone !== undefined && { zone }) },
  };
}

function attachmentOfVpc(world: PathWorld, id: TransitGatewayId, vpcId: VpcId): TransitGatewayAttachment | undefined {
  return [...world.snapshot.transitGatewayAttachments.values()].find(
    ({ transitGatewayId, resourceType, resourceId }) =>
      transitGatewayId === id && resourceType === 'vpc' && resourceId === vpcId,
  );
}

function notAttached(id: TransitGatewayId, leg: Leg): Obstacle {
  return { kind: 'transit-gateway', leg, id, reason: 'not-attached', code: 'BAD_STATE_ATTACHMENT' };
}

/** Only `available` and `modifying` carry traffic (RT-49 [I]). */
const IN_FORCE: ReadonlySet<string> = new Set(['available', 'modifying']);

function notInForce({ transitGatewayId, state }: TransitGatewayAttachment, leg: Leg): readonly Obstacle[] {
  return IN_FORCE.has(state) ? [] : [notAttached(transitGatewayId, leg)];
}

/** RT-46. https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html */
function otherZone(
  { snapshot }: PathWorld,
  leg: Leg,
  { attachment, from }: { readonly attachment: TransitGatewayAttachment; readonly from: RoutingStand },
): readonly Obstacle[] {
  const zones = (attachment.vpc?.subnetIds ?? []).map((id) => snapshot.subnets.get(id)?.availabilityZone);
  const isTold = zones.length > 0 && zones.every((zone) => zone !== undefined) && from.availabilityZone !== undefined;
  if (!isTold || zones.includes(from.availabilityZone)) return [];
  const id = attachment.transitGatewayId;
  return [{ kind: 'transit-gateway', leg, id, reason: 'az-not-attached', code: 'TGW_ROUTE_AZ_RESTRICTION' }];
}

/**
 * The ACL of the attachment's own subnet: inbound entries for what enters the gateway, outbound ones for what leaves.
 * EVAL-10. https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html
 */
function filtersOf(guide: Guide, journey: Journey, met: MetAttachment): readonly Hop[] {
  const at = interfaceOf(guide.world, met);
  return at === undefined ? [] : crossFilters(guide, journey, { at, direction: met.direction });
}

interface MetAttachment {
  readonly attachment: TransitGatewayAttachment;
  readonly direction: 'ingress' | 'egress';
  readonly zone: string | undefined;
}

function interfaceOf({ snapshot }: PathWorld, { attachment, zone }: MetAttachment): NetworkInterface | undefined {
  const subnets = attachment.vpc?.subnetIds ?? [];
  const own = [...snapshot.interfaces.values()].filter(
    ({ interfaceType, subnetId }) =>
      interfaceType === 'transit_gateway' && subnetId !== undefined && subnets.includes(subnetId),
  );
  return own.find((each) => each.availabilityZone === zone) ?? own[0];
}

/**
 * The one table that the attachment is associated with decides by the longest prefix where the packet leaves.
 * RT-42..RT-45. https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
 */
export function routeThroughTransitGateway(
  guide: Guide,
  journey: Journey,
  { attachmentId, zone }: { readonly attachmentId: string; readonly zone?: string },
): Step {
  const { snapshot } = guide.world;
  const entered = [...snapshot.transitGatewayAttachments.values()].find(({ id }) => id === attachmentId);
  if (entered === undefined)
    return unknownAt({ kind: 'transit-gateway' }, findGap(snapshot, 'transit-gateway', attachmentId));
  const { leg } = journey;
  const { transitGatewayId: id, routeTableId } = entered;
  const gateway = { kind: 'transit-gateway', id } as const;
  if (routeTableId === undefined) {
    const code = 'TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION';
    return stoppedAt(gateway, { kind: 'transit-gateway', leg, id, reason: 'no-association', code });
  }
  const hop = { kind: 'transit-gateway-route-table', id: routeTableId } as const;
  const selection = selectTransitGatewayRoute(guide.world, routeTableId, journey.packet.destination);
  switch (selection.kind) {
    case 'undetermined':
      return unknownAt(hop, ...selection.gaps);
    case 'no-route':
    case 'blackhole':
      return stoppedAt(hop, {
        kind: 'transit-gateway-route',
        leg,
        id: routeTableId,
        reason: selection.kind,
        code: selection.kind === 'blackhole' ? 'TGW_RTB_BAD_STATE_ROUTE' : 'TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT',
        address: journey.packet.destination,
      });
    case 'attachment':
      return leaveTo(guide, journey, { hop: passedAt(hop), attachment: selection.attachment, zone });
    default:
      return assertNever(selection);
  }
}

interface Leaving {
  readonly hop: Hop;
  readonly attachment: TransitGatewayAttachment;
  readonly zone: string | undefined;
}

/** Beyond a VPN, Direct Connect or another Region's gateway nothing is to be seen from here (RT-53). */
function leaveTo(guide: Guide, journey: Journey, leaving: Leaving): Step {
  const { hop, attachment } = leaving;
  const { resourceType, resourceId, transitGatewayId: id, state } = attachment;
  const gateway = { kind: 'transit-gateway', id } as const;
  if (!IN_FORCE.has(state)) {
    return {
      ...stoppedAt(gateway, notAttached(id, journey.leg)),
      hops: [hop, ...stoppedAt(gateway, notAttached(id, journey.leg)).hops],
    };
  }
  if (resourceType === 'vpc') return enterVpc(guide, journey, leaving);
  if (resourceType === 'vpn' || resourceType === 'direct-connect-gateway') {
    const gatewayId = resourceId ?? attachment.id;
    return {
      hops: [hop],
      crossing: { kind: 'transit-gateway', id },
      place: { kind: 'arrived', at: { kind: 'on-premises', gatewayId } },
    };
  }
  const beyond = unknownAt(gateway, { fact: 'path', about: attachment.id, because: 'not-modelled' });
  return { ...beyond, hops: [hop, ...beyond.hops] };
}

/** The table of the attachment's subnet leads on inside the VPC (RT-47). */
function enterVpc(guide: Guide, journey: Journey, { hop, attachment, zone }: Leaving): Step {
  const { snapshot } = guide.world;
  const vpc = [...snapshot.vpcs.values()].find(({ id }) => id === attachment.resourceId);
  if (vpc === undefined) return unreadVpc(guide, hop, attachment);
  const subnets = (attachment.vpc?.subnetIds ?? []).flatMap((id) => snapshot.subnets.get(id) ?? []);
  const subnet = subnets.find(({ availabilityZone }) => availabilityZone === zone) ?? subnets[0];
  return {
    hops: [hop, ...filtersOf(guide, journey, { attachment, direction: 'egress', zone: subnet?.availabilityZone })],
    crossing: { kind: 'transit-gateway', id: attachment.transitGatewayId, to: vpc.id },
    place: { kind: 'routing', from: standIn(vpc.id, subnet) },
  };
}

function unreadVpc({ world }: Guide, hop: Hop, { id, resourceId, resourceOwnerId }: TransitGatewayAttachment): Step {
  const gap = findGap(world.snapshot, 'vpc', resourceId ?? id);
  const owner = resourceOwnerId === undefined ? {} : { accountId: resourceOwnerId };
  const far = unknownAt({ kind: 'other', id: resourceId ?? id }, { ...gap, ...owner });
  return { ...far, hops: [hop, ...far.hops] };
}

function standIn(vpcId: VpcId, subnet: Subnet | undefined): RoutingStand {
  if (subnet === undefined) return { vpcId };
  const { id, availabilityZone } = subnet;
  return { vpcId, subnetId: id, ...(availabilityZone !== undefined && { availabilityZone }) };
}

import { isIcmp, TCP, UDP } from '../../net/protocol.ts';
import type { NatGateway, NatGatewayAddress } from '../../vpc/gateway.ts';
import type { NatGatewayId } from '../../vpc/ids.ts';
import type { NetworkInterface } from '../../vpc/network-interface.ts';
import { findGap } from '../find-gap.ts';
import { crossFilters } from './cross-filters.ts';
import type { Crossing, Guide, Journey, RoutingStand, Step } from './journey.ts';
import { stoppedAt, translated, unknownAt } from './journey.ts';
import type { Hop, Obstacle } from './path.ts';

/**
 * A NAT gateway stands in a subnet with an ACL and a route table of its own; what it sends bears its own address.
 * RT-23..RT-27. https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
 */
export function crossNatGateway(
  guide: Guide,
  journey: Journey,
  { from, id }: { readonly from: RoutingStand; readonly id: NatGatewayId },
): Step {
  const { world } = guide;
  const nat = world.snapshot.natGateways.get(id);
  const hop = { kind: 'nat-gateway', id, vpcId: from.vpcId, ...subnetOf(nat) } as const;
  if (nat === undefined) return unknownAt(hop, findGap(world.snapshot, 'nat-gateway', id));
  const refused = refusal(nat, journey);
  if (refused !== undefined) return stoppedAt(hop, refused);
  const own = addressFor(nat, from);
  if (own?.privateAddress === undefined || journey.packet.source.family === 'ipv6') {
    return unknownAt(hop, { fact: 'nat-gateway', about: id, because: 'not-modelled' });
  }
  const source = { before: journey.packet.source, after: own.privateAddress };
  const { sourcePort: clientPort } = journey.packet;
  const packet = {
    ...journey.packet,
    source: source.after,
    ...(clientPort !== undefined && guide.natPort !== undefined && { sourcePort: guide.natPort }),
  };
  return {
    hops: [
      ...filtersOfNat(guide, journey, { own, direction: 'ingress' }),
      { ...hop, outcome: { kind: 'passed', by: translated('source', source) } },
      ...filtersOfNat(guide, { ...journey, packet }, { own, direction: 'egress' }),
    ],
    packet,
    crossing: { kind: 'nat-gateway', id, source, ...(clientPort !== undefined && { clientPort }) },
    place: { kind: 'routing', from: standOf(guide, nat) },
  };
}

function subnetOf(nat: NatGateway | undefined): { readonly subnetId?: string } {
  return nat?.subnetId === undefined ? {} : { subnetId: nat.subnetId };
}

/** RT-23, RT-24, and RT-26: a table that leads back to the gateway itself leads nowhere. */
function refusal({ id, state }: NatGateway, { leg, packet, crossed }: Journey): Obstacle | undefined {
  const at = { kind: 'gateway', leg, id } as const;
  if (crossed.some((crossing) => crossing.id === id)) return { ...at, reason: 'no-internet-route' };
  if (state !== 'available') return { ...at, reason: 'not-available', code: 'BAD_STATE' };
  const carries = packet.protocol === TCP || packet.protocol === UDP || isIcmp(packet.protocol);
  return carries ? undefined : { ...at, reason: 'unsupported-protocol', code: 'PROTOCOL_RESTRICTION' };
}

/** A regional gateway has addresses in every zone (RT-27). */
function addressFor({ addresses }: NatGateway, { availabilityZone }: RoutingStand): NatGatewayAddress | undefined {
  return addresses.find((each) => each.availabilityZone === availabilityZone) ?? addresses[0];
}

function standOf({ world }: Guide, { vpcId, subnetId, routeTableId }: NatGateway): RoutingStand {
  const table = routeTableId === undefined ? undefined : world.snapshot.routeTables.get(routeTableId);
  const zone = subnetId === undefined ? undefined : world.snapshot.subnets.get(subnetId)?.availabilityZone;
  return {
    vpcId,
    ...(subnetId !== undefined && { subnetId }),
    ...(zone !== undefined && { availabilityZone: zone }),
    ...(table !== undefined && { table }),
  };
}

/** Only the ACL of its subnet: a NAT gateway has no groups (RT-23). */
function filtersOfNat(
  guide: Guide,
  journey: Journey,
  { own, direction }: { readonly own: NatGatewayAddress; readonly direction: 'ingress' | 'egress' },
): readonly Hop[] {
  const at = own.interfaceId === undefined ? undefined : guide.world.snapshot.interfaces.get(own.interfaceId);
  if (at !== undefined) return crossFilters(guide, journey, { at, direction });
  const gap = findGap(guide.world.snapshot, 'network-interface', own.interfaceId ?? 'nat-gateway');
  return own.interfaceId === undefined || direction === 'egress'
    ? []
    : [{ kind: 'network-acl', direction, outcome: { kind: 'unknown', gaps: [gap] } }];
}

/**
 * What is sent to a NAT gateway itself, from inside the VPC too, it drops: it takes nothing but answers.
 * FLOW-71. https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html
 */
export function refuseUnsolicited({ world }: Guide, { leg, packet }: Journey, at: NetworkInterface): Step | undefined {
  const nat = [...world.snapshot.natGateways.values()].find(({ addresses }) =>
    addresses.some(({ interfaceId }) => interfaceId === at.id),
  );
  if (nat === undefined) {
    if (at.interfaceType !== 'nat_gateway') return undefined;
    return unknownAt({ kind: 'nat-gateway', vpcId: at.vpcId }, findGap(world.snapshot, 'nat-gateway', at.id));
  }
  const hop = { kind: 'nat-gateway', id: nat.id, vpcId: nat.vpcId, ...subnetOf(nat) } as const;
  const address = packet.destination;
  return stoppedAt(hop, { kind: 'gateway', leg, id: nat.id, reason: 'unsolicited-inbound', address });
}

/** An answer that reaches the gateway's own address gets the client's back, and goes on from the gateway's subnet. */
export function returnThroughNatGateway(guide: Guide, journey: Journey, sent: Crossing): Step {
  const nat = [...guide.world.snapshot.natGateways.values()].find(({ id }) => id === sent.id);
  const { packet } = journey;
  const hop = { kind: 'nat-gateway', id: sent.id, ...subnetOf(nat) } as const;
  const own = nat?.addresses.find(({ privateAddress }) => privateAddress?.bits === packet.destination.bits);
  if (nat === undefined || own === undefined || sent.source === undefined) {
    return unknownAt(hop, findGap(guide.world.snapshot, 'nat-gateway', sent.id));
  }
  const destination = { before: packet.destination, after: sent.source.before };
  const { clientPort } = sent;
  const onward = {
    ...packet,
    destination: destination.after,
    ...(clientPort !== undefined && { destinationPort: clientPort }),
  };
  return {
    hops: [
      ...filtersOfNat(guide, journey, { own, direction: 'ingress' }),
      { ...hop, vpcId: nat.vpcId, outcome: { kind: 'passed', by: translated('destination', destination) } },
      ...filtersOfNat(guide, { ...journey, packet: onward }, { own, direction: 'egress' }),
    ],
    packet: onward,
    place: { kind: 'routing', from: standOf(guide, nat) },
  };
}

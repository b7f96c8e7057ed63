import { cidrContains } from '../../net/cidr.ts';
import type { PeeringConnectionId, VpcId } from '../../vpc/ids.ts';
import type { RouteTarget } from '../../vpc/route-table.ts';
import type { PeeringSide } from '../../vpc/snapshot.ts';
import { findGap } from '../find-gap.ts';
import type { Guide, Journey, RoutingStand, Step } from './journey.ts';
import { passedAt, unknownAt } from './journey.ts';
import type { Obstacle } from './path.ts';
import type { PathWorld } from './path-world.ts';

/**
 * An active connection carries what is addressed to the far VPC, and nothing further.
 * PEER-1, PEER-8, PEER-9, PEER-12. https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
 */
export function crossPeering(
  { world }: Guide,
  journey: Journey,
  { from, target }: { readonly from: RoutingStand; readonly target: Extract<RouteTarget, { kind: 'peering' }> },
): Step {
  const { id } = target;
  const hop = { kind: 'peering', id } as const;
  const peering = world.snapshot.peerings.get(id);
  if (peering === undefined) return unknownAt(hop, findGap(world.snapshot, 'peering-connection', id));
  const far = peering.requester.vpcId === from.vpcId ? peering.accepter : peering.requester;
  const inactive = peering.status === 'active' ? [] : [notActive(id, journey)];
  const beyond = reaches(world, far, journey) ? [] : [noTransit(id, journey)];
  const [first, ...more] = [...inactive, ...beyond];
  if (beyond.length > 0 && first !== undefined) {
    return { hops: [{ ...hop, outcome: { kind: 'blocked', obstacles: [first, ...more] } }], place: { kind: 'lost' } };
  }
  const farVpc = far.vpcId;
  if (farVpc === undefined || !world.snapshot.vpcs.has(farVpc)) {
    return { hops: [passedAt(hop, inactive), ...unreadVpc(world, far)], place: { kind: 'lost' } };
  }
  return {
    hops: [passedAt(hop, inactive)],
    crossing: { kind: 'peering', id, by: target, from: from.vpcId, to: farVpc },
    place: { kind: 'delivering', vpcId: farVpc },
  };
}

function notActive(id: PeeringConnectionId, { leg }: Journey): Obstacle {
  return { kind: 'peering', leg, id, reason: 'not-active', code: 'BAD_STATE' };
}

function noTransit(id: PeeringConnectionId, { leg, packet }: Journey): Obstacle {
  const code = 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR';
  return { kind: 'peering', leg, id, reason: 'no-transit', code, address: packet.destination };
}

/** Blocks are told while the connection is active (PEER-20); a VPC that was read tells them always. */
function reaches({ snapshot }: PathWorld, far: PeeringSide, { packet }: Journey): boolean {
  const blocks = (far.vpcId === undefined ? undefined : snapshot.vpcs.get(far.vpcId)?.cidrs) ?? far.cidrs;
  return blocks.length === 0 || blocks.some((cidr) => cidrContains(cidr, packet.destination));
}

/** Without a role in the peer's account its routes, ACLs and groups stay unseen (PEER-21). */
function unreadVpc({ snapshot }: PathWorld, far: PeeringSide): Step['hops'] {
  const about: VpcId | undefined = far.vpcId;
  const gap = findGap(snapshot, 'vpc', about ?? 'the peer VPC');
  const owner = far.accountId === undefined ? {} : { accountId: far.accountId };
  const hop = { kind: 'other', ...(about !== undefined && { id: about, vpcId: about }) } as const;
  return [{ ...hop, outcome: { kind: 'unknown', gaps: [{ ...gap, ...owner }] } }];
}

import type { Gap } from '../vpc/gap.ts';
import type { VpcId } from '../vpc/ids.ts';
import type { PeeringConnection, Snapshot } from '../vpc/snapshot.ts';
import { findGap } from './find-gap.ts';
import type { GroupReference, RuleStand } from './rule-peer.ts';

/** Whether a group reference reaches into a VPC. */
export type Link =
  | { readonly kind: 'open' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'doubtful'; readonly gap: Gap };

export const OPEN: Link = { kind: 'open' };
export const CLOSED: Link = { kind: 'closed' };

/**
 * A reference into another VPC works over an active peering connection within one Region, also over a newer one than
 * the rule was written for.
 * SG-19, SG-20, SG-29. https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
 */
export function linkBetween(peer: GroupReference, stand: RuleStand, other: VpcId): Link {
  const { snapshot, vpcId } = stand;
  if (inDifferentRegions(snapshot, vpcId, other)) return CLOSED;
  const peerings = [...snapshot.peerings.values()].filter((peering) => joins(peering, vpcId, other));
  if (peerings.some((peering) => peering.status === 'active' && !crossesRegions(peering))) return OPEN;
  if (peer.peeringConnectionId === undefined && peer.peeringStatus === undefined)
    return linkWithoutPeering(peer, stand);
  return linkAsReported(peer, snapshot, other);
}

/** What AWS says beside the reference counts where the connection itself was not read (SG-27). */
function linkAsReported(peer: GroupReference, snapshot: Snapshot, other: VpcId): Link {
  const { peeringConnectionId: named, peeringStatus: status } = peer;
  if (named !== undefined && snapshot.peerings.has(named)) return CLOSED;
  if (named !== undefined && status === undefined) {
    return { kind: 'doubtful', gap: findGap(snapshot, 'peering-connection', named) };
  }
  return status === 'active' && (peer.vpcId ?? other) === other ? OPEN : CLOSED;
}

/**
 * Inbound rules may also reach over a transit gateway that supports it; whether one does is not in the snapshot.
 * SG-19, SG-21, SG-22. https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
 */
function linkWithoutPeering(peer: GroupReference, { snapshot, direction }: RuleStand): Link {
  const unread = snapshot.gaps.find(({ fact }) => fact === 'peering-connection');
  if (unread !== undefined) return { kind: 'doubtful', gap: unread };
  if (direction === 'egress') return CLOSED;
  return { kind: 'doubtful', gap: { fact: 'path', about: peer.id, because: 'not-modelled' } };
}

function inDifferentRegions({ vpcs }: Snapshot, a: VpcId, b: VpcId): boolean {
  const [regionOfA, regionOfB] = [vpcs.get(a)?.region, vpcs.get(b)?.region];
  return regionOfA !== undefined && regionOfB !== undefined && regionOfA !== regionOfB;
}

function joins({ requester, accepter }: PeeringConnection, a: VpcId, b: VpcId): boolean {
  return (requester.vpcId === a && accepter.vpcId === b) || (requester.vpcId === b && accepter.vpcId === a);
}

function crossesRegions({ requester, accepter }: PeeringConnection): boolean {
  return requester.region !== undefined && accepter.region !== undefined && requester.region !== accepter.region;
}

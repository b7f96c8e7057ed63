import { formatCidr } from '../net/cidr.ts';
import type { RulePeer, SecurityGroupRule } from '../vpc/security-group.ts';

/** Sorts rules by what they say, so that the order in which AWS lists them changes nothing. */
export function byIdentity(a: SecurityGroupRule, b: SecurityGroupRule): number {
  const [identityOfA, identityOfB] = [identityOf(a), identityOf(b)];
  return identityOfA < identityOfB ? -1 : Number(identityOfA > identityOfB);
}

function identityOf({ groupId, id, protocol, ports, icmp, peer }: SecurityGroupRule): string {
  return [groupId, protocol, ports?.from, ports?.to, icmp?.type, icmp?.code, peerIdentity(peer), id].join(' ');
}

function peerIdentity(peer: RulePeer): string {
  return peer.kind === 'cidr' ? formatCidr(peer.cidr) : peer.id;
}

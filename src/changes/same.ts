import { formatCidr } from '../net/cidr.ts';
import type { NetworkAclEntry } from '../vpc/network-acl.ts';
import type { Route, RouteDestination, RouteTarget } from '../vpc/route-table.ts';
import type { RulePeer } from '../vpc/security-group.ts';
import type { RuleContent } from './change.ts';

/** Whether both admit the same, whatever their descriptions. A group has no two such rules in one direction. */
export function sameContent(a: RuleContent, b: RuleContent): boolean {
  return contentKey(a) === contentKey(b);
}

export function contentKey({ protocol, ports, icmp, peer }: RuleContent): string {
  return [protocol, numbers(ports), icmp?.type, icmp?.code, peerKey(peer)].join(' ');
}

export function sameEntry(a: NetworkAclEntry, b: NetworkAclEntry): boolean {
  return entryKey(a) === entryKey(b);
}

function entryKey({ aclId, ruleNumber, direction, action, protocol, cidr, ports, icmp }: NetworkAclEntry): string {
  const match = [protocol, formatCidr(cidr), numbers(ports), icmp?.type, icmp?.code];
  return [aclId, ruleNumber, direction, action, ...match].join(' ');
}

/** A target that is gone makes the same route a blackhole: the state is no part of what somebody wrote. */
export function sameRoute(a: Route, b: Route): boolean {
  return routeKey(a) === routeKey(b);
}

function routeKey({ tableId, destination, target }: Route): string {
  return [tableId, destinationKey(destination), targetKey(target)].join(' ');
}

export function destinationKey(destination: RouteDestination): string {
  return destination.kind === 'cidr' ? formatCidr(destination.cidr) : destination.id;
}

function targetKey(target: RouteTarget): string {
  return target.kind === 'local' ? target.kind : `${target.kind} ${target.id}`;
}

function numbers(range: RuleContent['ports']): string {
  return range === undefined ? '' : `${range.from}-${range.to}`;
}

function peerKey(peer: RulePeer): string {
  return peer.kind === 'cidr' ? formatCidr(peer.cidr) : peer.id;
}

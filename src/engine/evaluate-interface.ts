import type { Direction } from '../net/direction.ts';
import type { Packet } from '../net/packet.ts';
import type { Gap } from '../vpc/gap.ts';
import type { SecurityGroupId } from '../vpc/ids.ts';
import { holdsAddress } from './address-set.ts';
import type { NetworkAclDecision, SecurityGroupDecision } from './decision.ts';
import { evaluateNetworkAcl } from './evaluate-network-acl.ts';
import { evaluateSecurityGroups } from './evaluate-security-groups.ts';
import { distinctGaps } from './find-gap.ts';
import type { InterfaceFilters } from './interface-filters.ts';
import { meetsNetworkAcl } from './meets-network-acl.ts';
import { remoteOf } from './remote-of.ts';

/** What both filters of an interface say of one packet, each asked whatever the other says. */
export interface InterfaceDecision {
  /** All groups of the interface. */
  readonly groups: readonly SecurityGroupId[];
  readonly direction: Direction;
  readonly packet: Packet;
  readonly securityGroups: SecurityGroupDecision;
  readonly networkAcl: NetworkAclDecision;
}

/** A packet must pass every filter that applies to it (EVAL-1). Rules see private addresses (EVAL-12). */
export function evaluateInterface(filters: InterfaceFilters, direction: Direction, packet: Packet): InterfaceDecision {
  const { groups } = filters.interface;
  const isFiltered = !holdsAddress(filters.surroundings.unfiltered, remoteOf(direction, packet));
  const securityGroups = isFiltered ? evaluateSecurityGroups(filters, direction, packet) : NOT_APPLICABLE;
  const networkAcl = isFiltered ? evaluateAtSubnetBorder(filters, direction, packet) : NOT_APPLICABLE;
  return { groups, direction, packet, securityGroups, networkAcl };
}

/** `denied` where one filter denies, `undetermined` where none does but one cannot tell. */
export function outcomeOf({ securityGroups, networkAcl }: InterfaceDecision): 'allowed' | 'denied' | 'undetermined' {
  if (securityGroups.kind === 'denied-by-default' || networkAcl.kind === 'denied') return 'denied';
  return securityGroups.kind === 'undetermined' || networkAcl.kind === 'undetermined' ? 'undetermined' : 'allowed';
}

/** What would have to be known to decide. */
export function gapsOf({ securityGroups, networkAcl }: InterfaceDecision): readonly Gap[] {
  return distinctGaps([securityGroups, networkAcl].flatMap((each) => (each.kind === 'undetermined' ? each.gaps : [])));
}

const NOT_APPLICABLE = { kind: 'not-applicable' } as const;

function evaluateAtSubnetBorder(filters: InterfaceFilters, direction: Direction, packet: Packet): NetworkAclDecision {
  const meets = meetsNetworkAcl(filters, direction, remoteOf(direction, packet));
  if (meets.kind === 'skipped') return NOT_APPLICABLE;
  const decision = evaluateNetworkAcl(filters, direction, packet);
  if (meets.kind === 'checked') return decision;
  return isCertainAnyway(filters, decision, packet) ? decision : { kind: 'undetermined', gaps: [meets.gap] };
}

/**
 * A packet that perhaps skips the ACL is sure to pass where the ACL would let it through. On its way to a transit
 * gateway in the same subnet it is held against the inbound entries too.
 * EVAL-7. https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html
 */
function isCertainAnyway(filters: InterfaceFilters, decision: NetworkAclDecision, packet: Packet): boolean {
  if (decision.kind !== 'allowed') return false;
  if (decision.by.direction === 'ingress' || !filters.surroundings.besideTransitGateway) return true;
  return evaluateNetworkAcl(filters, 'ingress', packet).kind === 'allowed';
}

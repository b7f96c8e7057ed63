import type { SecurityGroupId } from '../vpc/ids.ts';
import type { SecurityGroupDecision } from './decision.ts';
import type { InterfaceDecision } from './evaluate-interface.ts';
import type { FilterBlocker } from './filter-blocker.ts';

/**
 * Every filter that denies, in the order the packet meets them: the ACL first on the way in, the groups first on the
 * way out. AWS draws this order without writing it down, and it only decides which is named first.
 * DEC-5, EVAL-2, EVAL-3. https://docs.aws.amazon.com/vpc/latest/userguide/infrastructure-security.html
 */
export function blockersOf(decision: InterfaceDecision): readonly FilterBlocker[] {
  const groups = securityGroupBlocker(decision);
  const acl = networkAclBlocker(decision);
  return decision.direction === 'ingress' ? [...acl, ...groups] : [...groups, ...acl];
}

function networkAclBlocker({ direction, networkAcl }: InterfaceDecision): readonly FilterBlocker[] {
  if (networkAcl.kind !== 'denied') return [];
  const { by: entry, nearMisses } = networkAcl;
  return [{ kind: 'network-acl', direction, id: entry.aclId, entry, nearMisses }];
}

function securityGroupBlocker({ direction, groups, securityGroups }: InterfaceDecision): readonly FilterBlocker[] {
  if (securityGroups.kind !== 'denied-by-default') return [];
  const { nearMisses } = securityGroups;
  return [{ kind: 'security-group', direction, ids: nearestFirst(groups, nearMisses), nearMisses }];
}

/** The group whose rule came nearest is the one to name where one must be named. */
function nearestFirst(
  groups: readonly SecurityGroupId[],
  nearMisses: Extract<SecurityGroupDecision, { kind: 'denied-by-default' }>['nearMisses'],
): readonly SecurityGroupId[] {
  const nearest = nearMisses[0]?.rule.groupId;
  return nearest === undefined ? groups : [nearest, ...groups.filter((id) => id !== nearest)];
}

import { findGap } from '../../engine/find-gap.ts';
import { resolvePeer } from '../../engine/resolve-peer.ts';
import { securityGroupTable, type CompiledRule, type SecurityGroupFilters } from '../../engine/security-group-table.ts';
import type { Direction } from '../../net/direction.ts';
import type { Gap } from '../../vpc/gap.ts';
import type { SecurityGroupId, VpcId } from '../../vpc/ids.ts';
import type { SecurityGroupRule } from '../../vpc/security-group.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';

export interface GroupsInVpc {
  readonly groups: readonly SecurityGroupId[];
  readonly vpcId: VpcId;
  readonly direction: Direction;
}

/** The rules of these groups as an interface in the VPC would have them, whether or not there is one to look at. */
export function compileGroups({ groups, vpcId, direction }: GroupsInVpc, snapshot: Snapshot): SecurityGroupFilters {
  const stand = { snapshot, vpcId, direction };
  const compiled = rulesOf(groups, direction, snapshot).map((rule): CompiledRule => ({
    rule,
    peer: resolvePeer(rule.peer, stand),
  }));
  const table = securityGroupTable(compiled, unreadGroups(groups, snapshot));
  return { securityGroups: { ingress: table, egress: table } };
}

export function rulesOf(
  groups: readonly SecurityGroupId[],
  direction: Direction,
  { securityGroups }: Snapshot,
): readonly SecurityGroupRule[] {
  return groups.flatMap((id) => securityGroups.get(id)?.rules ?? []).filter((rule) => rule.direction === direction);
}

function unreadGroups(groups: readonly SecurityGroupId[], snapshot: Snapshot): readonly Gap[] {
  return groups.filter((id) => !snapshot.securityGroups.has(id)).map((id) => findGap(snapshot, 'security-group', id));
}

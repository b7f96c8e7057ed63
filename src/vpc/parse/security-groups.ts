import * as z from 'zod';
import type { Gap } from '../gap.ts';
import { parseRecordedAccountId, parseSecurityGroupId, parseVpcId, type SecurityGroupId } from '../ids.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import type { SecurityGroup, SecurityGroupRule } from '../security-group.ts';
import { listOf, otherTagsOf, tagList, textOf } from './fields.ts';
import { idOf, malformed, membersOf, parseItems, type Parsed } from './parse-items.ts';
import { present } from './present.ts';
import { RawIpPermission, RawSecurityGroupRule, ownedBy } from './security-group-rules.ts';

/**
 * Rules with ids, from `DescribeSecurityGroupRules`, win over the same rules without, from `DescribeSecurityGroups`
 * (SG-38). A group with a rule that cannot be read is left out whole: without that rule it would seem to deny.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroup.html
 */
export function parseSecurityGroups(raw: RawSnapshot): Parsed<SecurityGroup> {
  const groups = parseItems(raw, {
    member: 'SecurityGroups',
    idField: 'GroupId',
    fact: 'security-group',
    schema: RawSecurityGroup,
  });
  const told = rulesWithIds(raw);
  const withIds = (group: SecurityGroup): SecurityGroup => ({
    ...group,
    rules: told.rules.get(group.id) ?? group.rules,
  });
  return {
    items: groups.items.filter((group) => !told.unreadable.has(group.id)).map(withIds),
    gaps: [...groups.gaps, ...told.gaps],
  };
}

const RawSecurityGroup: z.ZodType<SecurityGroup> = z
  .object({
    GroupId: textOf(parseSecurityGroupId),
    GroupName: z.string().default(''),
    Description: z.string().default(''),
    VpcId: textOf(parseVpcId).optional(),
    OwnerId: textOf(parseRecordedAccountId).optional(),
    IpPermissions: listOf(RawIpPermission),
    IpPermissionsEgress: listOf(RawIpPermission),
    Tags: tagList,
  })
  .transform((group) =>
    present({
      id: group.GroupId,
      name: group.GroupName,
      description: group.Description,
      tags: otherTagsOf(group.Tags),
      vpcId: group.VpcId,
      accountId: group.OwnerId,
      rules: [
        ...group.IpPermissions.flat().map(ownedBy(group.GroupId, 'ingress')),
        ...group.IpPermissionsEgress.flat().map(ownedBy(group.GroupId, 'egress')),
      ],
    }),
  );

interface RulesWithIds {
  readonly rules: ReadonlyMap<SecurityGroupId, readonly SecurityGroupRule[]>;
  /** Groups of which a rule was told that we do not understand. */
  readonly unreadable: ReadonlySet<string>;
  readonly gaps: readonly Gap[];
}

function rulesWithIds(raw: RawSnapshot): RulesWithIds {
  const rules = new Map<SecurityGroupId, SecurityGroupRule[]>();
  const unreadable = new Set<string>();
  const gaps: Gap[] = [];
  for (const item of membersOf(raw, 'SecurityGroupRules')) {
    const rule = RawSecurityGroupRule.safeParse(item).data;
    if (rule === undefined) {
      const groupId = idOf(item, 'GroupId');
      if (groupId !== undefined) unreadable.add(groupId);
      gaps.push(malformed('security-group', groupId ?? idOf(item, 'SecurityGroupRuleId'), raw));
    } else {
      const known = rules.get(rule.groupId);
      if (known === undefined) rules.set(rule.groupId, [rule]);
      else known.push(rule);
    }
  }
  return { rules, unreadable, gaps };
}

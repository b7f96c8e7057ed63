import * as z from 'zod';
import type { Direction } from '../net/direction.ts';
import { parseSecurityGroupId, parseSecurityGroupRuleId, type SecurityGroupRuleId } from '../vpc/ids.ts';
import { textOf } from '../vpc/parse/fields.ts';
import { present } from '../vpc/parse/present.ts';
import { RawIpPermission, RawSecurityGroupRule } from '../vpc/parse/security-group-rules.ts';
import type { Edit, RuleContent } from './change.ts';
import { oneOrMany, type EventBody } from './event-body.ts';
import { sameContent } from './same.ts';

/** The answer names each rule that was made, with its id (SG-38); older events only say what was asked for. */
export function rulesAdded(direction: Direction) {
  return (body: EventBody): readonly Edit[] | undefined =>
    rulesOf(body, 'SecurityGroupRuleSet')?.map(({ groupId, ruleId, content }) =>
      present({ kind: 'rule' as const, groupId, ruleId, direction, before: 'nothing' as const, after: content }),
    );
}

/**
 * The answer names what was taken away; older events only say what was asked for, and which of it was not there.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html
 */
export function rulesRevoked(direction: Direction) {
  return (body: EventBody): readonly Edit[] | undefined => {
    const missing = Missing.safeParse(body.response).data?.UnknownIpPermissionSet ?? [];
    return rulesOf(body, 'RevokedSecurityGroupRuleSet')
      ?.filter(({ content }) => !missing.some((other) => sameContent(content, other)))
      .map(({ groupId, ruleId, content }) =>
        present({ kind: 'rule' as const, groupId, ruleId, direction, before: content, after: 'nothing' as const }),
      );
  };
}

/** What the rules said before is not told: an earlier event may. */
export function rulesModified({ request, accountId }: EventBody): readonly Edit[] | undefined {
  const asked = Modification.safeParse(request).data;
  return asked?.SecurityGroupRule.flatMap(
    ({ SecurityGroupRuleId: ruleId, SecurityGroupRule: rule }): readonly Edit[] => {
      const { GroupId: groupId } = asked;
      const content = contentOf({ ...rule, GroupId: groupId, SecurityGroupRuleId: ruleId }, accountId)?.content;
      if (content === undefined) return [{ kind: 'untold', objectId: groupId }];
      return [{ kind: 'rule', groupId, ruleId, before: 'untold', after: content }];
    },
  );
}

interface ToldRule {
  readonly groupId: z.output<typeof groupId>;
  readonly ruleId?: SecurityGroupRuleId;
  readonly content: RuleContent;
}

const groupId = textOf(parseSecurityGroupId);

function rulesOf(body: EventBody, member: string): readonly ToldRule[] | undefined {
  const told = Items.safeParse(body.response[member]).data ?? [];
  const rules = told.flatMap((item) => contentOf(item, body.accountId) ?? []);
  if (told.length > 0) return rules.length === told.length ? rules : undefined;
  const asked = Request.safeParse(body.request).data;
  return asked?.IpPermissions.map((rule) => ({
    groupId: asked.GroupId,
    content: withOwner(rule, body.accountId),
  }));
}

/** The direction is told by the event's name, and a rule that was taken away names a group by its id alone. */
function contentOf(
  { ReferencedGroupId: GroupId, ...raw }: z.output<typeof Item>,
  accountId: EventBody['accountId'],
): ToldRule | undefined {
  const reference = GroupId === undefined ? {} : { ReferencedGroupInfo: { GroupId } };
  const rule = RawSecurityGroupRule.safeParse({ IsEgress: false, ...raw, ...reference }).data;
  if (rule === undefined) return undefined;
  const { id, groupId: of, direction: _either, ...content } = rule;
  return present({ groupId: of, ruleId: id, content: withOwner(content, accountId) });
}

/** Where the owner of a referenced group is not told it is the caller's own account; a group without one is gone (SG-27). */
function withOwner(content: RuleContent, accountId: EventBody['accountId']): RuleContent {
  const { peer } = content;
  if (peer.kind !== 'group' || peer.accountId !== undefined || accountId === undefined) return content;
  return { ...content, peer: { ...peer, accountId } };
}

const Item = z.looseObject({ ReferencedGroupId: z.string().optional() });
const Items = z.array(Item);

const permissions = oneOrMany(RawIpPermission).transform((all) => all.flat());

/** Asking for rules by their ids tells nothing of what they say. */
const Request = z
  .object({ GroupId: groupId, IpPermissions: permissions })
  .refine(({ IpPermissions: asked }) => asked.length > 0);

const Missing = z.object({ UnknownIpPermissionSet: permissions });

const Modification = z.object({
  GroupId: groupId,
  SecurityGroupRule: oneOrMany(
    z.object({ SecurityGroupRuleId: textOf(parseSecurityGroupRuleId), SecurityGroupRule: Item }),
  ),
});

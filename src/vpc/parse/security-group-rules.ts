import * as z from 'zod';
import { assertNever } from '../../lang/exhaustive.ts';
import type { Direction } from '../../net/direction.ts';
import type { Protocol } from '../../net/protocol.ts';
import {
  parsePeeringConnectionId,
  parsePrefixListId,
  parseRecordedAccountId,
  parseSecurityGroupId,
  parseSecurityGroupRuleId,
  parseVpcId,
} from '../ids.ts';
import type { RulePeer, SecurityGroupRule } from '../security-group.ts';
import { cidrField, listOf, textOf } from './fields.ts';
import { present } from './present.ts';
import { icmpMatch, numbersMean, portsBetween, protocolField, portField } from './rule-match.ts';

/** What both forms of a rule say of the packets it admits. */
const admits = { IpProtocol: protocolField, FromPort: portField, ToPort: portField };

interface Admits {
  readonly IpProtocol: Protocol | 'all';
  readonly FromPort: number;
  readonly ToPort: number;
}

type RuleMatch = Pick<SecurityGroupRule, 'protocol' | 'ports' | 'icmp'>;

/** `FromPort` and `ToPort` are ports for TCP and UDP, type and code for ICMP, and nothing for the rest (SG-9..12). */
function matchOf(raw: Admits, context: z.RefinementCtx): RuleMatch {
  const protocol = raw.IpProtocol;
  const meaning = numbersMean(protocol);
  switch (meaning) {
    case 'nothing':
      return { protocol };
    case 'icmp':
      return present({ protocol, icmp: icmpMatch(raw.FromPort, raw.ToPort) });
    case 'ports': {
      const ports = portsBetween(raw.FromPort, raw.ToPort);
      if (ports !== 'malformed') return present({ protocol, ports });
      context.addIssue({ code: 'custom', message: 'not a port range' });
      return z.NEVER;
    }
    default:
      return assertNever(meaning);
  }
}

const cidrPeer = (cidr: z.output<typeof cidrField>): RulePeer => ({ kind: 'cidr', cidr });

/** A reference to a group (SG-27): its owner and VPC are not told when the group is gone. */
const GroupReference = z.object({
  GroupId: textOf(parseSecurityGroupId),
  UserId: textOf(parseRecordedAccountId).optional(),
  VpcId: textOf(parseVpcId).optional(),
  VpcPeeringConnectionId: textOf(parsePeeringConnectionId).optional(),
  PeeringStatus: z.string().optional(),
});

function groupPeer(reference: z.output<typeof GroupReference>): RulePeer {
  return present({
    kind: 'group' as const,
    id: reference.GroupId,
    accountId: reference.UserId,
    vpcId: reference.VpcId,
    peeringConnectionId: reference.VpcPeeringConnectionId,
    peeringStatus: reference.PeeringStatus,
  });
}

const prefixListPeer: z.ZodType<RulePeer> = textOf(parsePrefixListId).transform((id) => ({ kind: 'prefix-list', id }));

/**
 * One rule as `DescribeSecurityGroupRules` tells it, with its own id and exactly one peer (SG-7, SG-38, SG-39).
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html
 */
export const RawSecurityGroupRule: z.ZodType<SecurityGroupRule> = z
  .object({
    SecurityGroupRuleId: textOf(parseSecurityGroupRuleId),
    GroupId: textOf(parseSecurityGroupId),
    IsEgress: z.boolean(),
    ...admits,
    CidrIpv4: cidrField.transform(cidrPeer).optional(),
    CidrIpv6: cidrField.transform(cidrPeer).optional(),
    PrefixListId: prefixListPeer.optional(),
    ReferencedGroupInfo: GroupReference.transform(groupPeer).optional(),
    Description: z.string().optional(),
  })
  .transform((raw, context) => {
    const [peer, ...more] = [raw.CidrIpv4, raw.CidrIpv6, raw.PrefixListId, raw.ReferencedGroupInfo].filter(
      (candidate) => candidate !== undefined,
    );
    if (peer === undefined || more.length > 0) {
      context.addIssue({ code: 'custom', message: 'not exactly one peer' });
      return z.NEVER;
    }
    return present({
      id: raw.SecurityGroupRuleId,
      groupId: raw.GroupId,
      direction: raw.IsEgress ? ('egress' as const) : ('ingress' as const),
      ...matchOf(raw, context),
      peer,
      description: raw.Description,
    });
  });

interface DescribedPeer {
  readonly peer: RulePeer;
  readonly description: string | undefined;
}

const described = (peer: RulePeer, description: string | undefined): DescribedPeer => ({ peer, description });
const description = { Description: z.string().optional() };

/** A rule that has no group yet. */
export type UnownedRule = Omit<SecurityGroupRule, 'groupId' | 'direction'>;

/**
 * `IpPermissions` write several peers under one protocol and port range; each is a rule of its own here (SG-38).
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 */
export const RawIpPermission: z.ZodType<readonly UnownedRule[]> = z
  .object({
    ...admits,
    IpRanges: listOf(
      z
        .object({ CidrIp: cidrField, ...description })
        .transform((range) => described(cidrPeer(range.CidrIp), range.Description)),
    ),
    Ipv6Ranges: listOf(
      z
        .object({ CidrIpv6: cidrField, ...description })
        .transform((range) => described(cidrPeer(range.CidrIpv6), range.Description)),
    ),
    PrefixListIds: listOf(
      z
        .object({ PrefixListId: prefixListPeer, ...description })
        .transform((list) => described(list.PrefixListId, list.Description)),
    ),
    UserIdGroupPairs: listOf(
      GroupReference.extend(description).transform((pair) => described(groupPeer(pair), pair.Description)),
    ),
  })
  .transform((raw, context) => {
    const match = matchOf(raw, context);
    return [...raw.IpRanges, ...raw.Ipv6Ranges, ...raw.PrefixListIds, ...raw.UserIdGroupPairs].map((entry) =>
      present({ ...match, ...entry }),
    );
  });

export function ownedBy(groupId: SecurityGroupRule['groupId'], direction: Direction) {
  return (rule: UnownedRule): SecurityGroupRule => ({ groupId, direction, ...rule });
}

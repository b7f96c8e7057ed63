import type { Gap, GapFact } from '../gap.ts';
import type { RawRefusal, RawSnapshot } from '../raw-snapshot.ts';
import { parseSecurityGroupId } from '../ids.ts';
import { z } from 'zod';
import { listOf } from './fields.ts';
import { present } from './present.ts';

/** What a call that AWS refused would have told. */
export function refusalGaps(raw: RawSnapshot): readonly Gap[] {
  const refusals = Refusals.safeParse(raw.refusals);
  if (!refusals.success) return [{ fact: 'path', because: 'malformed', about: 'refusals', ...placeOf(raw) }];
  return refusals.data.map((refusal) => Object.assign({ fact: factOf(refusal) }, refusal, placeOf(raw)));
}

const Refusals: z.ZodType<readonly RawRefusal[]> = listOf(
  z
    .object({
      action: z.string(),
      because: z.enum(['access-denied', 'throttled', 'unreachable', 'not-found']),
      about: z.string().optional(),
    })
    .transform((refusal) => present(refusal)),
);

function placeOf(raw: RawSnapshot): Pick<Gap, 'accountId' | 'region'> {
  return { accountId: raw.accountId, region: raw.region };
}

/** Interfaces are asked for by group only to learn who the members of a referenced group are (SG-26). */
function factOf(refusal: RawRefusal): GapFact {
  const asksForMembers = refusal.about !== undefined && parseSecurityGroupId(refusal.about) !== undefined;
  if (refusal.action === 'ec2:DescribeNetworkInterfaces' && asksForMembers) return 'security-group-members';
  return FACT_OF.get(refusal.action) ?? (READS_RECORDS.test(refusal.action) ? 'flow-log-records' : 'path');
}

const READS_RECORDS = /^(?:logs|s3|kms):/;

/** Actions that are not here only tell of the way between two ends. */
const FACT_OF = new Map<string, GapFact>([
  ['ec2:DescribeNetworkInterfaces', 'network-interface'],
  ['ec2:DescribeSecurityGroups', 'security-group'],
  ['ec2:DescribeSecurityGroupRules', 'security-group'],
  ['ec2:DescribeSecurityGroupVpcAssociations', 'security-group'],
  ['ec2:DescribeNetworkAcls', 'network-acl'],
  ['ec2:DescribeSubnets', 'subnet'],
  ['ec2:DescribeVpcs', 'vpc'],
  ['ec2:DescribePrefixLists', 'prefix-list'],
  ['ec2:DescribeManagedPrefixLists', 'prefix-list'],
  ['ec2:GetManagedPrefixListEntries', 'prefix-list'],
  ['ec2:DescribeVpcPeeringConnections', 'peering-connection'],
  ['ec2:DescribeVpcBlockPublicAccessOptions', 'block-public-access'],
  ['ec2:DescribeVpcBlockPublicAccessExclusions', 'block-public-access'],
  ['ec2:DescribeVpcEncryptionControls', 'encryption-control'],
  ['ec2:DescribeFlowLogs', 'flow-logs'],
  ['ec2:DescribeInstances', 'instance'],
  ['logs:DescribeLogGroups', 'log-group'],
  ['cloudtrail:LookupEvents', 'configuration-changes'],
]);

/** One operation of the AWS API that the code makes use of. */
export interface AwsCall {
  /** The IAM action that allows it, which is not always the operation's own name (`s3:ListBucket`). */
  readonly action: `${string}:${string}`;
  readonly purpose: string;
  /** Without a required one there is no answer; without another one the answer names a gap. */
  readonly need: 'required' | 'optional';
  /** What a policy can restrict it to. EC2's Describe actions take no resource (API-64). */
  readonly on: 'anything' | 'log-groups' | 'buckets' | 'objects' | 'roles';
}

/**
 * Every AWS call there is in this program. Refusals are named from it and `vpc-why iam-policy` is printed from it; a
 * test holds it against what the stand-in endpoints were really asked.
 */
export const CALLS = {
  DescribeNetworkInterfaces: {
    action: 'ec2:DescribeNetworkInterfaces',
    purpose: 'find the interface, the members of referenced groups, and the owners of addresses',
    need: 'required',
    on: 'anything',
  },
  DescribeSecurityGroups: describe('DescribeSecurityGroups', 'read the groups of the interface'),
  DescribeSecurityGroupRules: describe('DescribeSecurityGroupRules', 'name rules by their sgr- ids'),
  DescribeNetworkAcls: describe('DescribeNetworkAcls', 'read the network ACL of the subnet'),
  DescribeSubnets: describe('DescribeSubnets', 'tell which traffic stays within a subnet'),
  DescribeVpcs: describe('DescribeVpcs', 'read the address blocks of the VPC and its encryption control'),
  DescribeFlowLogs: describe('DescribeFlowLogs', 'find the flow logs that cover the interface'),
  DescribeInstances: describe('DescribeInstances', 'name the instance, its state and type'),
  DescribeVpcPeeringConnections: describe(
    'DescribeVpcPeeringConnections',
    'check references to groups across a peering',
  ),
  DescribeVpcBlockPublicAccessOptions: describe(
    'DescribeVpcBlockPublicAccessOptions',
    'tell what Block Public Access stops',
  ),
  DescribeSecurityGroupVpcAssociations: describe(
    'DescribeSecurityGroupVpcAssociations',
    'recognise groups that come from another VPC',
  ),
  DescribePrefixLists: describe('DescribePrefixLists', "read the blocks of AWS's own prefix lists"),
  GetManagedPrefixListEntries: describe('GetManagedPrefixListEntries', 'read the blocks of prefix lists in rules'),
  FilterLogEvents: {
    action: 'logs:FilterLogEvents',
    purpose: 'read flow logs from CloudWatch Logs',
    need: 'optional',
    on: 'log-groups',
  },
  ListObjectsV2: { action: 's3:ListBucket', purpose: 'find flow log files in S3', need: 'optional', on: 'buckets' },
  GetObject: { action: 's3:GetObject', purpose: 'read flow log files from S3', need: 'optional', on: 'objects' },
  GetCallerIdentity: {
    action: 'sts:GetCallerIdentity',
    purpose: 'tell the account of the credentials; AWS asks for no permission',
    need: 'optional',
    on: 'anything',
  },
  AssumeRole: {
    action: 'sts:AssumeRole',
    purpose: 'reach a configured account; allowed to the bot itself, not to the role it assumes',
    need: 'required',
    on: 'roles',
  },
} as const satisfies Record<string, AwsCall>;

export type CallName = keyof typeof CALLS;

/** AWS asks for it in the caller's name when a log group or bucket is encrypted with a customer's key. */
export const DECRYPT = 'kms:Decrypt';

/** `EC2`, `CloudWatch Logs`: as AWS writes it. */
export function serviceOf(call: CallName): string {
  const prefix = CALLS[call].action.split(':')[0] ?? '';
  return SERVICES.get(prefix) ?? prefix;
}

const SERVICES: ReadonlyMap<string, string> = new Map([
  ['ec2', 'EC2'],
  ['logs', 'CloudWatch Logs'],
  ['s3', 'S3'],
  ['sts', 'STS'],
]);

function describe<Operation extends string>(operation: Operation, purpose: string) {
  return { action: `ec2:${operation}`, purpose, need: 'optional', on: 'anything' } as const;
}

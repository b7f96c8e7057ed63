/** What is asked only where the configuration says that large logs are asked about in this way. */
export type Query = 'insights' | 'athena';

/** One operation of the AWS API that the code makes use of. */
export interface AwsCall {
  /** The IAM action that allows it, which is not always the operation's own name (`s3:ListBucket`). */
  readonly action: `${string}:${string}`;
  readonly purpose: string;
  /** Without a required one there is no answer; without another one the answer names a gap. */
  readonly need: 'required' | 'optional';
  /** Who asks it: a question about one interface as well, or only what looks at whole networks. */
  readonly for: 'every-question' | 'paths-and-audits' | Query;
  /** What a policy can restrict it to. EC2's Describe actions take no resource (API-64). */
  readonly on: 'anything' | 'log-groups' | 'buckets' | 'objects' | 'workgroups' | 'roles';
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
    for: 'every-question',
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
  DescribeRouteTables: survey('ec2', 'DescribeRouteTables', 'read the routes on the way'),
  DescribeInternetGateways: survey('ec2', 'DescribeInternetGateways', 'see which VPCs reach the internet'),
  DescribeEgressOnlyInternetGateways: survey(
    'ec2',
    'DescribeEgressOnlyInternetGateways',
    'see which VPCs reach the internet over IPv6',
  ),
  DescribeNatGateways: survey('ec2', 'DescribeNatGateways', 'follow packets through NAT gateways'),
  DescribeVpcEndpoints: survey('ec2', 'DescribeVpcEndpoints', 'follow packets to endpoints and audit them'),
  DescribeAddresses: survey('ec2', 'DescribeAddresses', 'tell whose an Elastic IP address is'),
  DescribeVpnGateways: survey('ec2', 'DescribeVpnGateways', 'follow packets to virtual private gateways'),
  DescribeVpnConnections: survey('ec2', 'DescribeVpnConnections', 'read the static routes of VPN connections'),
  DescribeTransitGateways: survey('ec2', 'DescribeTransitGateways', 'follow packets to transit gateways'),
  DescribeTransitGatewayAttachments: survey(
    'ec2',
    'DescribeTransitGatewayAttachments',
    'tell what a transit gateway connects',
  ),
  DescribeTransitGatewayVpcAttachments: survey(
    'ec2',
    'DescribeTransitGatewayVpcAttachments',
    'tell in which zones a transit gateway reaches a VPC',
  ),
  DescribeTransitGatewayRouteTables: survey(
    'ec2',
    'DescribeTransitGatewayRouteTables',
    'find the route tables of transit gateways',
  ),
  GetTransitGatewayRouteTableAssociations: survey(
    'ec2',
    'GetTransitGatewayRouteTableAssociations',
    'tell which route table an attachment uses',
  ),
  GetTransitGatewayRouteTablePropagations: survey(
    'ec2',
    'GetTransitGatewayRouteTablePropagations',
    'tell which attachments announce their routes',
  ),
  SearchTransitGatewayRoutes: survey('ec2', 'SearchTransitGatewayRoutes', 'read the routes of transit gateways'),
  DescribeVpcAttribute: survey('ec2', 'DescribeVpcAttribute', 'tell whether DNS is switched on in a VPC'),
  DescribeVpcEncryptionControls: survey(
    'ec2',
    'DescribeVpcEncryptionControls',
    'tell which VPCs refuse unencrypted traffic',
  ),
  DescribeLoadBalancers: survey('elasticloadbalancing', 'DescribeLoadBalancers', 'follow packets to load balancers'),
  DescribeLoadBalancerAttributes: survey(
    'elasticloadbalancing',
    'DescribeLoadBalancerAttributes',
    'tell whether a load balancer crosses zones',
  ),
  DescribeListeners: survey('elasticloadbalancing', 'DescribeListeners', 'tell on which ports a load balancer listens'),
  DescribeTargetGroups: survey('elasticloadbalancing', 'DescribeTargetGroups', 'find what is behind a load balancer'),
  DescribeTargetGroupAttributes: survey(
    'elasticloadbalancing',
    'DescribeTargetGroupAttributes',
    'tell whether targets see the address of the client',
  ),
  DescribeTargetHealth: survey('elasticloadbalancing', 'DescribeTargetHealth', 'tell which targets get traffic'),
  // On anything: a policy that names log groups denies listing them.
  DescribeLogGroups: survey('logs', 'DescribeLogGroups', 'read how long flow logs are kept'),
  FilterLogEvents: {
    action: 'logs:FilterLogEvents',
    purpose: 'read flow logs from CloudWatch Logs',
    need: 'optional',
    for: 'every-question',
    on: 'log-groups',
  },
  StartQuery: {
    action: 'logs:StartQuery',
    purpose: 'ask Logs Insights about flow logs that are too large to read',
    need: 'optional',
    for: 'insights',
    on: 'log-groups',
  },
  GetQueryResults: ofInsights('GetQueryResults', 'read what Logs Insights found'),
  StopQuery: ofInsights('StopQuery', 'stop a query that nobody waits for'),
  StartQueryExecution: ofAthena('StartQueryExecution', 'ask Athena about flow log files that are too large to read'),
  GetQueryExecution: ofAthena('GetQueryExecution', 'see whether Athena is done'),
  GetResultsOfAthena: ofAthena('GetQueryResults', 'read what Athena found'),
  StopQueryExecution: ofAthena('StopQueryExecution', 'stop a query that nobody waits for'),
  ListObjectsV2: {
    action: 's3:ListBucket',
    purpose: 'find flow log files in S3',
    need: 'optional',
    for: 'every-question',
    on: 'buckets',
  },
  GetObject: {
    action: 's3:GetObject',
    purpose: 'read flow log files from S3',
    need: 'optional',
    for: 'every-question',
    on: 'objects',
  },
  LookupEvents: {
    action: 'cloudtrail:LookupEvents',
    purpose: 'tell who changed the rules, and how they were before',
    need: 'optional',
    for: 'every-question',
    on: 'anything',
  },
  GetCallerIdentity: {
    action: 'sts:GetCallerIdentity',
    purpose: 'tell the account of the credentials; AWS asks for no permission',
    need: 'optional',
    for: 'every-question',
    on: 'anything',
  },
  AssumeRole: {
    action: 'sts:AssumeRole',
    purpose: 'reach a configured account; allowed to the bot itself, not to the role it assumes',
    need: 'required',
    for: 'every-question',
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
  ['cloudtrail', 'CloudTrail'],
  ['ec2', 'EC2'],
  ['elasticloadbalancing', 'Elastic Load Balancing'],
  ['logs', 'CloudWatch Logs'],
  ['s3', 'S3'],
  ['athena', 'Athena'],
  ['sts', 'STS'],
]);

function describe<Operation extends string>(operation: Operation, purpose: string) {
  return { action: `ec2:${operation}`, purpose, need: 'optional', for: 'every-question', on: 'anything' } as const;
}

/** Queries are no resource that a policy could name. */
function ofInsights<Operation extends string>(operation: Operation, purpose: string) {
  return { action: `logs:${operation}`, purpose, need: 'optional', for: 'insights', on: 'anything' } as const;
}

function ofAthena<Operation extends string>(operation: Operation, purpose: string) {
  return { action: `athena:${operation}`, purpose, need: 'optional', for: 'athena', on: 'workgroups' } as const;
}

/** What only a look at whole networks asks for. */
function survey<Service extends string, Operation extends string>(
  service: Service,
  operation: Operation,
  purpose: string,
) {
  return {
    action: `${service}:${operation}`,
    purpose,
    need: 'optional',
    for: 'paths-and-audits',
    on: 'anything',
  } as const;
}

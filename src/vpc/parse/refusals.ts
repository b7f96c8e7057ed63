import type { Gap, GapFact } from '../gap.ts';
import type { RawRefusal, RawSnapshot } from '../raw-snapshot.ts';
import { parseSecurityGroupId } from '../ids.ts';
import * as z from 'zod';
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
  return CALLS.get(refusal.action)?.fact ?? (READS_RECORDS.test(refusal.action) ? 'flow-log-records' : 'path');
}

const READS_RECORDS = /^(?:logs|s3|kms|athena):/;

/**
 * Members that lack what a refused call would have told. A refusal about one parent is left out: what was told of the
 * others stands, and that parent has nothing where it would have something.
 */
export function refusedMembers(raw: RawSnapshot): ReadonlySet<string> {
  const refusals = Refusals.safeParse(raw.refusals);
  if (!refusals.success) return new Set(Object.keys(raw));
  const whole = refusals.data.filter((refusal) => refusal.about === undefined);
  return new Set(whole.flatMap(({ action }) => CALLS.get(action)?.members ?? []));
}

interface RefusableCall {
  readonly fact: GapFact;
  /** Members of the raw snapshot that it fills. */
  readonly members: readonly string[];
}

const told = (fact: GapFact, ...members: readonly string[]): RefusableCall => ({ fact, members });

/** By IAM action. Actions that are not here only tell of the way between two ends. */
const CALLS = new Map<string, RefusableCall>([
  ['ec2:DescribeNetworkInterfaces', told('network-interface', 'NetworkInterfaces')],
  ['ec2:DescribeSecurityGroups', told('security-group', 'SecurityGroups')],
  ['ec2:DescribeSecurityGroupRules', told('security-group', 'SecurityGroupRules')],
  ['ec2:DescribeSecurityGroupVpcAssociations', told('security-group', 'SecurityGroupVpcAssociations')],
  ['ec2:DescribeNetworkAcls', told('network-acl', 'NetworkAcls')],
  ['ec2:DescribeSubnets', told('subnet', 'Subnets')],
  ['ec2:DescribeVpcs', told('vpc', 'Vpcs')],
  ['ec2:DescribeVpcAttribute', told('vpc-attribute', 'VpcAttributes')],
  ['ec2:DescribePrefixLists', told('prefix-list', 'PrefixLists')],
  ['ec2:DescribeManagedPrefixLists', told('prefix-list', 'ManagedPrefixLists')],
  ['ec2:GetManagedPrefixListEntries', told('prefix-list', 'ManagedPrefixListEntries')],
  ['ec2:DescribeVpcPeeringConnections', told('peering-connection', 'VpcPeeringConnections')],
  ['ec2:DescribeRouteTables', told('route-table', 'RouteTables')],
  ['ec2:DescribeInternetGateways', told('internet-gateway', 'InternetGateways')],
  ['ec2:DescribeEgressOnlyInternetGateways', told('internet-gateway', 'EgressOnlyInternetGateways')],
  ['ec2:DescribeNatGateways', told('nat-gateway', 'NatGateways')],
  ['ec2:DescribeVpnGateways', told('vpn-gateway', 'VpnGateways')],
  ['ec2:DescribeVpnConnections', told('vpn-gateway', 'VpnConnections')],
  ['ec2:DescribeVpcEndpoints', told('vpc-endpoint', 'VpcEndpoints')],
  ['ec2:DescribeTransitGateways', told('transit-gateway', 'TransitGateways')],
  ['ec2:DescribeTransitGatewayAttachments', told('transit-gateway', 'TransitGatewayAttachments')],
  ['ec2:DescribeTransitGatewayVpcAttachments', told('transit-gateway', 'TransitGatewayVpcAttachments')],
  ['ec2:DescribeTransitGatewayRouteTables', told('transit-gateway', 'TransitGatewayRouteTables')],
  ['ec2:GetTransitGatewayRouteTableAssociations', told('transit-gateway', 'TransitGatewayAssociations')],
  ['ec2:GetTransitGatewayRouteTablePropagations', told('transit-gateway', 'TransitGatewayPropagations')],
  ['ec2:SearchTransitGatewayRoutes', told('transit-gateway', 'TransitGatewayRoutes', 'TransitGatewayStaticRoutes')],
  ['elasticloadbalancing:DescribeLoadBalancers', told('load-balancer', 'LoadBalancers')],
  ['elasticloadbalancing:DescribeLoadBalancerAttributes', told('load-balancer', 'LoadBalancerAttributes')],
  ['elasticloadbalancing:DescribeListeners', told('load-balancer', 'LoadBalancerListeners')],
  ['elasticloadbalancing:DescribeTargetGroups', told('load-balancer', 'TargetGroups')],
  ['elasticloadbalancing:DescribeTargetGroupAttributes', told('load-balancer', 'TargetGroupAttributes')],
  ['elasticloadbalancing:DescribeTargetHealth', told('load-balancer', 'LoadBalancerTargetHealth')],
  ['ec2:DescribeVpcBlockPublicAccessOptions', told('block-public-access')],
  ['ec2:DescribeVpcBlockPublicAccessExclusions', told('block-public-access')],
  ['ec2:DescribeVpcEncryptionControls', told('encryption-control', 'VpcEncryptionControls')],
  ['ec2:DescribeFlowLogs', told('flow-logs', 'FlowLogs')],
  ['ec2:DescribeInstances', told('instance', 'Reservations')],
  ['logs:DescribeLogGroups', told('log-group', 'LogGroups')],
  ['cloudtrail:LookupEvents', told('configuration-changes')],
]);

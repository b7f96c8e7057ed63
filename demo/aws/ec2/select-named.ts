import { textsOf } from '../record.ts';
import type { JsonRecord } from '../record.ts';
import { ServiceError } from '../service-error.ts';
import { readPath } from './read-path.ts';

/** Keeps what `…Ids` parameters name, in whatever order it is stored. One unknown id refuses the whole call. */
export function selectNamed(items: readonly JsonRecord[], input: JsonRecord, operation: string): readonly JsonRecord[] {
  let kept = items;
  for (const [parameter, path] of Object.entries(SELECTORS[operation] ?? {})) {
    const given = input[parameter];
    const wanted = typeof given === 'string' ? [given] : textsOf(given);
    if (wanted.length > 0) {
      kept = keepNamed(kept, wanted, path);
      refuseUnknown(kept, wanted, path);
    }
  }
  return kept;
}

function keepNamed(items: readonly JsonRecord[], wanted: readonly string[], path: Path): readonly JsonRecord[] {
  return items.filter((item) => readPath(item, path).some((value) => wanted.includes(String(value))));
}

function refuseUnknown(found: readonly JsonRecord[], wanted: readonly string[], path: Path): void {
  const error = NOT_FOUND[path.at(-1) ?? ''];
  const known = new Set(found.flatMap((item) => readPath(item, path).map(String)));
  const missing = wanted.find((id) => !known.has(id));
  if (error === undefined || missing === undefined) {
    return;
  }
  if (!/^[a-z]+-[0-9a-f]{8,32}$/.test(missing)) {
    throw new ServiceError(error.replace('NotFound', 'Malformed'), `Invalid id: "${missing}"`);
  }
  throw new ServiceError(error, `The ID '${missing}' does not exist`);
}

type Path = readonly string[];

/** Operation → parameter → where its values stand in a resource. */
const SELECTORS: Readonly<Record<string, Readonly<Record<string, Path>>>> = {
  DescribeNetworkInterfaces: { NetworkInterfaceIds: ['NetworkInterfaceId'] },
  DescribeSecurityGroups: { GroupIds: ['GroupId'], GroupNames: ['GroupName'] },
  DescribeSecurityGroupRules: { SecurityGroupRuleIds: ['SecurityGroupRuleId'] },
  DescribeSecurityGroupReferences: { GroupId: ['GroupId'] },
  DescribeStaleSecurityGroups: { VpcId: ['VpcId'] },
  DescribeNetworkAcls: { NetworkAclIds: ['NetworkAclId'] },
  DescribeSubnets: { SubnetIds: ['SubnetId'] },
  DescribeVpcs: { VpcIds: ['VpcId'] },
  DescribeFlowLogs: { FlowLogIds: ['FlowLogId'] },
  DescribeInstances: { InstanceIds: ['Instances', 'InstanceId'] },
  DescribePrefixLists: { PrefixListIds: ['PrefixListId'] },
  DescribeManagedPrefixLists: { PrefixListIds: ['PrefixListId'] },
  DescribeVpcPeeringConnections: { VpcPeeringConnectionIds: ['VpcPeeringConnectionId'] },
  DescribeVpcBlockPublicAccessExclusions: { ExclusionIds: ['ExclusionId'] },
  DescribeVpcEncryptionControls: {
    VpcEncryptionControlIds: ['VpcEncryptionControlId'],
    VpcIds: ['VpcId'],
  },
  DescribeRouteTables: { RouteTableIds: ['RouteTableId'] },
  DescribeNatGateways: { NatGatewayIds: ['NatGatewayId'] },
  DescribeInternetGateways: { InternetGatewayIds: ['InternetGatewayId'] },
  DescribeEgressOnlyInternetGateways: { EgressOnlyInternetGatewayIds: ['EgressOnlyInternetGatewayId'] },
  DescribeVpcEndpoints: { VpcEndpointIds: ['VpcEndpointId'] },
  DescribeAddresses: { PublicIps: ['PublicIp'], AllocationIds: ['AllocationId'] },
  DescribeTransitGateways: { TransitGatewayIds: ['TransitGatewayId'] },
  DescribeTransitGatewayAttachments: { TransitGatewayAttachmentIds: ['TransitGatewayAttachmentId'] },
  DescribeVpnGateways: { VpnGatewayIds: ['VpnGatewayId'] },
};

/** https://docs.aws.amazon.com/ec2/latest/devguide/errors-overview.html */
const NOT_FOUND: Readonly<Record<string, string>> = {
  NetworkInterfaceId: 'InvalidNetworkInterfaceID.NotFound',
  GroupId: 'InvalidGroup.NotFound',
  SecurityGroupRuleId: 'InvalidSecurityGroupRuleId.NotFound',
  NetworkAclId: 'InvalidNetworkAclID.NotFound',
  SubnetId: 'InvalidSubnetID.NotFound',
  FlowLogId: 'InvalidFlowLogId.NotFound',
  InstanceId: 'InvalidInstanceID.NotFound',
  PrefixListId: 'InvalidPrefixListID.NotFound',
  VpcPeeringConnectionId: 'InvalidVpcPeeringConnectionID.NotFound',
  RouteTableId: 'InvalidRouteTableID.NotFound',
  NatGatewayId: 'NatGatewayNotFound',
  InternetGatewayId: 'InvalidInternetGatewayID.NotFound',
  VpcEndpointId: 'InvalidVpcEndpointId.NotFound',
};

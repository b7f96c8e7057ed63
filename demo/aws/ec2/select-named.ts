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
      kept = kept.filter((item) => namesOf(item, path).some((name) => wanted.includes(name)));
      const known = new Set(kept.flatMap((item) => namesOf(item, path)));
      refuseUnknown(
        operation,
        parameter,
        wanted.find((name) => !known.has(name)),
      );
    }
  }
  return kept;
}

function namesOf(item: JsonRecord, path: Path): readonly string[] {
  return readPath(item, path).map(String);
}

function refuseUnknown(operation: string, parameter: string, missing: string | undefined): void {
  const error = NOT_FOUND[operation];
  if (error === undefined || missing === undefined) {
    return;
  }
  if (parameter.endsWith('Ids') && !/^[a-z]+-[0-9a-f]{8,32}$/.test(missing)) {
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

/** Operations that refuse ids they don't know. https://docs.aws.amazon.com/ec2/latest/devguide/errors-overview.html */
const NOT_FOUND: Readonly<Record<string, string>> = {
  DescribeNetworkInterfaces: 'InvalidNetworkInterfaceID.NotFound',
  DescribeSecurityGroups: 'InvalidGroup.NotFound',
  DescribeSecurityGroupRules: 'InvalidSecurityGroupRuleId.NotFound',
  DescribeNetworkAcls: 'InvalidNetworkAclID.NotFound',
  DescribeSubnets: 'InvalidSubnetID.NotFound',
  DescribeVpcs: 'InvalidVpcID.NotFound',
  DescribeFlowLogs: 'InvalidFlowLogId.NotFound',
  DescribeInstances: 'InvalidInstanceID.NotFound',
  DescribePrefixLists: 'InvalidPrefixListID.NotFound',
  DescribeManagedPrefixLists: 'InvalidPrefixListID.NotFound',
  DescribeVpcPeeringConnections: 'InvalidVpcPeeringConnectionID.NotFound',
  DescribeRouteTables: 'InvalidRouteTableID.NotFound',
  DescribeNatGateways: 'NatGatewayNotFound',
  DescribeInternetGateways: 'InvalidInternetGatewayID.NotFound',
  DescribeVpcEndpoints: 'InvalidVpcEndpointId.NotFound',
};

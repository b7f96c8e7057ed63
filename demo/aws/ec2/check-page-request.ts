import type { JsonRecord } from '../record.ts';
import { numberOf } from '../record.ts';
import { ServiceError } from '../service-error.ts';

/** Refuses page sizes that AWS refuses (facts §10.1), so that a test against the stand-in means something. */
export function checkPageRequest(operation: string, input: JsonRecord): void {
  const size = numberOf(input['MaxResults']);
  if (size === undefined) {
    return;
  }
  const [least, most] = PAGE_SIZES[operation] ?? [1, 1000];
  if (size < least || size > most) {
    throw new ServiceError(
      'InvalidParameterValue',
      `Value ( ${size} ) for parameter maxResults is invalid. Expecting a value between ${least} and ${most}.`,
    );
  }
  const ids = EITHER_IDS_OR_PAGES[operation];
  if (ids !== undefined && input[ids] !== undefined) {
    throw new ServiceError(
      'InvalidParameterCombination',
      `The parameter ${ids} cannot be used with the parameter maxResults`,
    );
  }
}

/** Smallest and largest MaxResults: API-1 to API-29. */
const PAGE_SIZES: Readonly<Record<string, readonly [number, number]>> = {
  DescribeNetworkInterfaces: [5, 1000],
  DescribeSecurityGroups: [5, 1000],
  DescribeSecurityGroupRules: [5, 1000],
  DescribeStaleSecurityGroups: [5, 255],
  DescribeSecurityGroupVpcAssociations: [5, 1000],
  DescribeNetworkAcls: [5, 1000],
  DescribeRouteTables: [5, 100],
  DescribeSubnets: [5, 1000],
  DescribeVpcs: [5, 1000],
  DescribeInternetGateways: [5, 1000],
  DescribeEgressOnlyInternetGateways: [5, 255],
  DescribeNatGateways: [5, 1000],
  DescribeVpcPeeringConnections: [5, 1000],
  DescribePrefixLists: [1, 100],
  DescribeManagedPrefixLists: [1, 100],
  GetManagedPrefixListEntries: [1, 100],
  DescribeVpcBlockPublicAccessExclusions: [5, 1000],
  DescribeVpcEncryptionControls: [5, 1000],
  DescribeInstances: [5, 1000],
  DescribeTransitGateways: [5, 1000],
  DescribeTransitGatewayAttachments: [5, 1000],
  DescribeTransitGatewayVpcAttachments: [5, 1000],
  DescribeTransitGatewayRouteTables: [5, 1000],
  GetTransitGatewayRouteTableAssociations: [5, 1000],
  GetTransitGatewayRouteTablePropagations: [5, 1000],
  SearchTransitGatewayRoutes: [5, 1000],
};

/** API-1: ids and pages exclude each other; DescribeInstances has the same rule. */
const EITHER_IDS_OR_PAGES: Readonly<Record<string, string>> = {
  DescribeNetworkInterfaces: 'NetworkInterfaceIds',
  DescribeInstances: 'InstanceIds',
};

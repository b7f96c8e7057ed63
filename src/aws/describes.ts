import {
  DescribeAddressesCommand,
  DescribeEgressOnlyInternetGatewaysCommand,
  DescribeFlowLogsCommand,
  DescribeInstancesCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribePrefixListsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSecurityGroupVpcAssociationsCommand,
  DescribeSubnetsCommand,
  DescribeTransitGatewayAttachmentsCommand,
  DescribeTransitGatewayRouteTablesCommand,
  DescribeTransitGatewaysCommand,
  DescribeTransitGatewayVpcAttachmentsCommand,
  DescribeVpcBlockPublicAccessOptionsCommand,
  DescribeVpcEncryptionControlsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcPeeringConnectionsCommand,
  DescribeVpcsCommand,
  DescribeVpnConnectionsCommand,
  DescribeVpnGatewaysCommand,
  type EC2Client,
  type Filter,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-ec2';
import { DescribeLoadBalancersCommand, DescribeTargetGroupsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { SendOptions } from './call-aws.ts';
import type { CallName } from './calls.ts';
import type { PlaceClients } from './clients.ts';

interface Ask {
  readonly page: PageInput;
  readonly filters: Filter[] | undefined;
  readonly options: SendOptions;
}

interface PageInput {
  readonly MaxResults?: number;
  readonly NextToken?: string | undefined;
  readonly DryRun?: boolean;
}

interface Listing {
  /** The member of the answer, and of the snapshot. */
  readonly member: string;
  readonly pageSize: number;
  readonly send: Send;
}

type Send = (clients: PlaceClients, ask: Ask) => Promise<object>;

/** Page sizes are the largest AWS takes (API-1 to API-30); a page size keeps a call out of the small bucket (API-32). */
export const DESCRIBES = {
  DescribeNetworkInterfaces: paged('NetworkInterfaces', 1000, DescribeNetworkInterfacesCommand),
  DescribeSecurityGroups: paged('SecurityGroups', 1000, DescribeSecurityGroupsCommand),
  DescribeSecurityGroupRules: paged('SecurityGroupRules', 1000, DescribeSecurityGroupRulesCommand),
  DescribeSecurityGroupVpcAssociations: paged(
    'SecurityGroupVpcAssociations',
    1000,
    DescribeSecurityGroupVpcAssociationsCommand,
  ),
  DescribeNetworkAcls: paged('NetworkAcls', 1000, DescribeNetworkAclsCommand),
  DescribeSubnets: paged('Subnets', 1000, DescribeSubnetsCommand),
  DescribeVpcs: paged('Vpcs', 1000, DescribeVpcsCommand),
  DescribeInstances: paged('Reservations', 1000, DescribeInstancesCommand),
  DescribeVpcPeeringConnections: paged('VpcPeeringConnections', 1000, DescribeVpcPeeringConnectionsCommand),
  DescribePrefixLists: paged('PrefixLists', 100, DescribePrefixListsCommand),
  DescribeRouteTables: paged('RouteTables', 100, DescribeRouteTablesCommand),
  DescribeInternetGateways: paged('InternetGateways', 1000, DescribeInternetGatewaysCommand),
  DescribeEgressOnlyInternetGateways: paged(
    'EgressOnlyInternetGateways',
    255,
    DescribeEgressOnlyInternetGatewaysCommand,
  ),
  DescribeVpcEndpoints: paged('VpcEndpoints', 1000, DescribeVpcEndpointsCommand),
  DescribeTransitGateways: paged('TransitGateways', 1000, DescribeTransitGatewaysCommand),
  DescribeTransitGatewayAttachments: paged('TransitGatewayAttachments', 1000, DescribeTransitGatewayAttachmentsCommand),
  DescribeTransitGatewayVpcAttachments: paged(
    'TransitGatewayVpcAttachments',
    1000,
    DescribeTransitGatewayVpcAttachmentsCommand,
  ),
  DescribeTransitGatewayRouteTables: paged('TransitGatewayRouteTables', 1000, DescribeTransitGatewayRouteTablesCommand),
  DescribeVpcEncryptionControls: paged('VpcEncryptionControls', 1000, DescribeVpcEncryptionControlsCommand),
  // Without pages: API-26.
  DescribeAddresses: whole('Addresses', DescribeAddressesCommand),
  DescribeVpnGateways: whole('VpnGateways', DescribeVpnGatewaysCommand),
  DescribeVpnConnections: whole('VpnConnections', DescribeVpnConnectionsCommand),
  // `Filter`, not `Filters`: API-16, API-22.
  DescribeFlowLogs: {
    member: 'FlowLogs',
    pageSize: 1000,
    send: (clients, { page, filters, options }) =>
      clients.ec2().send(new DescribeFlowLogsCommand({ ...page, Filter: filters }), options),
  },
  DescribeNatGateways: {
    member: 'NatGateways',
    pageSize: 1000,
    send: (clients, { page, filters, options }) =>
      clients.ec2().send(new DescribeNatGatewaysCommand({ ...page, Filter: filters }), options),
  },
  // One answer for the account and region: no pages, no filters (API-27).
  DescribeVpcBlockPublicAccessOptions: {
    member: 'VpcBlockPublicAccessOptions',
    pageSize: 1,
    send: (clients, { page: { DryRun }, options }) =>
      clients.ec2().send(new DescribeVpcBlockPublicAccessOptionsCommand({ DryRun }), options),
  },
  // Other names for pages, no filters and no dry runs (API-30): a page of one item instead.
  DescribeLoadBalancers: {
    member: 'LoadBalancers',
    pageSize: 400,
    send: (clients, { page, options }) => clients.elb().send(new DescribeLoadBalancersCommand(markerOf(page)), options),
  },
  DescribeTargetGroups: {
    member: 'TargetGroups',
    pageSize: 400,
    send: (clients, { page, options }) => clients.elb().send(new DescribeTargetGroupsCommand(markerOf(page)), options),
  },
} as const satisfies Partial<Record<CallName, Listing>>;

export type DescribeName = keyof typeof DESCRIBES;

export function isDescribeName(call: string): call is DescribeName {
  return Object.hasOwn(DESCRIBES, call);
}

/** The member of a snapshot that holds what this call returned. */
export function memberOf(call: DescribeName): string {
  return DESCRIBES[call].member;
}

/** The SDK's class for one operation. */
type CommandOf<Input, In extends ServiceInputTypes, Out extends ServiceOutputTypes> = new (
  input: Input,
) => Parameters<typeof EC2Client.prototype.send<In, Out>>[0];

type Filtered = { readonly Filters?: Filter[] | undefined };

function paged<In extends ServiceInputTypes, Out extends ServiceOutputTypes>(
  member: string,
  pageSize: number,
  Command: CommandOf<PageInput & Filtered, In, Out>,
): Listing {
  const send: Send = (clients, { page, filters, options }) =>
    clients.ec2().send(new Command({ ...page, Filters: filters }), options);
  return { member, pageSize, send };
}

function whole<In extends ServiceInputTypes, Out extends ServiceOutputTypes>(
  member: string,
  Command: CommandOf<Pick<PageInput, 'DryRun'> & Filtered, In, Out>,
): Listing {
  const send: Send = (clients, { page: { DryRun }, filters, options }) =>
    clients.ec2().send(new Command({ ...(DryRun === undefined ? {} : { DryRun }), Filters: filters }), options);
  return { member, pageSize: 1, send };
}

function markerOf({ DryRun, MaxResults, NextToken }: PageInput): { PageSize?: number; Marker?: string } {
  const size = DryRun === true ? 1 : MaxResults;
  return {
    ...(size === undefined ? {} : { PageSize: size }),
    ...(NextToken === undefined ? {} : { Marker: NextToken }),
  };
}

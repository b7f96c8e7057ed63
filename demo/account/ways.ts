import { ACCOUNT_ID, REGION, resourceId } from './ids.ts';
import { VPCS } from './network.ts';
import { nameTag } from './raw-network.ts';

type Raw = Readonly<Record<string, unknown>>;

/** Route tables by VPC. A VPC that is not here has nothing but its local route. */
interface TablePlan {
  readonly name: string;
  readonly vpc: string;
  /** None: the main table of the VPC. */
  readonly subnets: readonly string[];
  readonly routes: readonly Raw[];
}

const toInternet: Raw = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: resourceId('igw', 'prod') };
const toStagingInternet: Raw = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: resourceId('igw', 'staging') };
const toNat: Raw = { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: resourceId('nat', 'prod') };
/** Nobody on the other side routes back: half of a change that two teams had to make (PEER-11). */
const toAnalytics: Raw = {
  DestinationCidrBlock: '10.60.0.0/16',
  VpcPeeringConnectionId: resourceId('pcx', 'prod-analytics'),
};
/** The connection is gone, its route stayed (PEER-24). */
const toGoneSupplier: Raw = {
  DestinationCidrBlock: '10.80.0.0/16',
  VpcPeeringConnectionId: resourceId('pcx', 'partners-supplier'),
  State: 'blackhole',
};
const toS3: Raw = { DestinationPrefixListId: resourceId('pl', 's3'), GatewayId: resourceId('vpce', 's3') };

const TABLES: readonly TablePlan[] = [
  { name: 'prod-main', vpc: 'prod', subnets: [], routes: [toNat, toAnalytics] },
  { name: 'prod-public', vpc: 'prod', subnets: ['prod-public-a'], routes: [toInternet, toAnalytics] },
  { name: 'prod-data', vpc: 'prod', subnets: ['prod-data-a'], routes: [toS3] },
  { name: 'staging-main', vpc: 'staging', subnets: [], routes: [toStagingInternet] },
  { name: 'partners-main', vpc: 'partners', subnets: [], routes: [toGoneSupplier] },
  { name: 'sandbox-main', vpc: 'sandbox', subnets: [], routes: [] },
];

/** Before and after the other team did its half. */
export interface WaysState {
  readonly isMended?: boolean;
}

function analyticsTable(isMended: boolean): TablePlan {
  const toProd: Raw = {
    DestinationCidrBlock: '10.20.0.0/16',
    VpcPeeringConnectionId: resourceId('pcx', 'prod-analytics'),
  };
  return { name: 'analytics-main', vpc: 'analytics', subnets: [], routes: isMended ? [toProd] : [] };
}

/** How packets leave subnets and VPCs, and whom they may meet: what paths and audits are about. */
export function rawWays(
  now: Date,
  { isMended = false }: WaysState,
): { readonly PrefixLists: readonly Raw[]; readonly [member: string]: unknown } {
  return {
    RouteTables: [...TABLES, analyticsTable(isMended)].map(rawTable),
    InternetGateways: ['prod', 'staging'].map(rawInternetGateway),
    EgressOnlyInternetGateways: [],
    NatGateways: [rawNatGateway()],
    VpcPeeringConnections: [rawPeering(), rawPendingPeering(now)],
    VpcEndpoints: [rawGatewayEndpoint()],
    PrefixLists: [
      {
        PrefixListId: resourceId('pl', 's3'),
        PrefixListName: `com.amazonaws.${REGION}.s3`,
        Cidrs: ['203.0.113.128/25'],
      },
    ],
    VpnGateways: [],
    VpnConnections: [],
    TransitGateways: [],
    TransitGatewayAttachments: [],
    TransitGatewayVpcAttachments: [],
    TransitGatewayRouteTables: [],
    LoadBalancers: [],
    TargetGroups: [],
    Addresses: [],
    VpcAttributes: VPCS.map(({ name }) => ({
      VpcId: resourceId('vpc', name),
      EnableDnsSupport: { Value: true },
      EnableDnsHostnames: { Value: true },
    })),
    LogGroups: VPCS.flatMap(({ name, flowLog }) =>
      flowLog?.to === 'cloud-watch-logs' && flowLog.error === undefined
        ? [{ logGroupName: `/vpc/${name}/flow-logs`, logGroupClass: 'STANDARD' }]
        : [],
    ),
  };
}

function rawTable({ name, vpc, subnets, routes }: TablePlan): Raw {
  const { cidr, ipv6 } = VPCS.find((each) => each.name === vpc) ?? {};
  const local = [
    { DestinationCidrBlock: cidr, GatewayId: 'local' },
    ...(ipv6 === undefined ? [] : [{ DestinationIpv6CidrBlock: ipv6, GatewayId: 'local' }]),
  ];
  const id = resourceId('rtb', name);
  return {
    RouteTableId: id,
    VpcId: resourceId('vpc', vpc),
    OwnerId: ACCOUNT_ID,
    Associations: (subnets.length === 0 ? [undefined] : subnets).map((subnet) => ({
      RouteTableAssociationId: resourceId('rtbassoc', subnet ?? name),
      RouteTableId: id,
      Main: subnet === undefined,
      AssociationState: { State: 'associated' },
      SubnetId: subnet === undefined ? undefined : resourceId('subnet', subnet),
    })),
    PropagatingVgws: [],
    Routes: [
      ...local.map((route) => Object.assign({ Origin: 'CreateRouteTable', State: 'active' }, route)),
      ...routes.map((route) => Object.assign({ Origin: 'CreateRoute', State: 'active' }, route)),
    ],
    Tags: nameTag(name),
  };
}

function rawInternetGateway(vpc: string): Raw {
  return {
    InternetGatewayId: resourceId('igw', vpc),
    OwnerId: ACCOUNT_ID,
    Attachments: [{ VpcId: resourceId('vpc', vpc), State: 'available' }],
    Tags: nameTag(vpc),
  };
}

function rawNatGateway(): Raw {
  return {
    NatGatewayId: resourceId('nat', 'prod'),
    VpcId: resourceId('vpc', 'prod'),
    SubnetId: resourceId('subnet', 'prod-public-a'),
    State: 'available',
    ConnectivityType: 'public',
    NatGatewayAddresses: [
      {
        NetworkInterfaceId: resourceId('eni', 'nat-prod'),
        PrivateIp: NAT_ADDRESS,
        PublicIp: NAT_PUBLIC_ADDRESS,
        IsPrimary: true,
      },
    ],
    Tags: nameTag('prod'),
  };
}

export const NAT_ADDRESS = '10.20.0.200';
export const NAT_PUBLIC_ADDRESS = '198.51.100.200';

function rawSide(vpc: string): Raw {
  const { cidr = '' } = VPCS.find(({ name }) => name === vpc) ?? {};
  return {
    VpcId: resourceId('vpc', vpc),
    OwnerId: ACCOUNT_ID,
    Region: REGION,
    CidrBlock: cidr,
    CidrBlockSet: [{ CidrBlock: cidr }],
    PeeringOptions: { AllowDnsResolutionFromRemoteVpc: true },
  };
}

function rawPeering(): Raw {
  return {
    VpcPeeringConnectionId: resourceId('pcx', 'prod-analytics'),
    Status: { Code: 'active', Message: 'Active' },
    RequesterVpcInfo: rawSide('prod'),
    AccepterVpcInfo: rawSide('analytics'),
    Tags: nameTag('prod-analytics'),
  };
}

const DAY_MS = 86_400_000;

/** Asked for six days ago: tomorrow it is gone (PEER-2). */
function rawPendingPeering(now: Date): Raw {
  return {
    VpcPeeringConnectionId: resourceId('pcx', 'staging-analytics'),
    Status: { Code: 'pending-acceptance', Message: `Pending Acceptance by ${ACCOUNT_ID}` },
    ExpirationTime: new Date(now.getTime() + DAY_MS).toISOString(),
    RequesterVpcInfo: rawSide('staging'),
    AccepterVpcInfo: { VpcId: resourceId('vpc', 'analytics'), OwnerId: ACCOUNT_ID, Region: REGION },
    Tags: nameTag('staging-analytics'),
  };
}

/** Made for the data subnet; the rest of the VPC was forgotten and pays the NAT gateway (VPCE-11, VPCE-34). */
function rawGatewayEndpoint(): Raw {
  return {
    VpcEndpointId: resourceId('vpce', 's3'),
    VpcEndpointType: 'Gateway',
    VpcId: resourceId('vpc', 'prod'),
    OwnerId: ACCOUNT_ID,
    ServiceName: `com.amazonaws.${REGION}.s3`,
    State: 'available',
    RouteTableIds: [resourceId('rtb', 'prod-data')],
    SubnetIds: [],
    Groups: [],
    NetworkInterfaceIds: [],
    PrivateDnsEnabled: false,
    RequesterManaged: false,
    PolicyDocument: '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
    Tags: nameTag('s3'),
  };
}

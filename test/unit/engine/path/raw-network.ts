import type { RawSnapshot } from '../../../../src/vpc/raw-snapshot.ts';
import type { NetworkPlan, SubnetPlan, VpcPlan } from './arbitrary-network.ts';
import {
  ACCOUNT,
  BLOCKS,
  OWN_LIST,
  PREMISES_BLOCKS,
  REGION,
  SERVICE_BLOCKS,
  SERVICE_LIST,
  blockOf,
  blockOf6,
  blocksOf,
  contextsOf,
  idOf,
  natsOf,
  peeringsOf,
  secondaryOf,
  subnetBlock,
  subnetBlock6,
  type Connection,
  type Context,
} from './network-context.ts';
import { rawAcls, rawGroupRules, rawGroups } from './raw-filters.ts';
import { rawTables } from './raw-route-tables.ts';

/** The plan as AWS would tell it. */
export function rawNetwork(plan: NetworkPlan): RawSnapshot {
  const connections = peeringsOf(plan);
  const contexts = contextsOf(plan);
  return {
    accountId: ACCOUNT,
    region: REGION,
    Vpcs: contexts.map(rawVpc),
    Subnets: contexts.flatMap((context) => context.vpc.subnets.map((subnet, s) => rawSubnet(context, subnet, s))),
    NetworkInterfaces: [...contexts.flatMap(rawInterfaces), ...contexts.flatMap(rawNatInterfaces)],
    Reservations: [],
    SecurityGroups: contexts.flatMap(rawGroups),
    SecurityGroupRules: contexts.flatMap((context) =>
      context.vpc.groups.flatMap((group, g) => rawGroupRules(context, group, g)),
    ),
    NetworkAcls: contexts.flatMap(rawAcls),
    RouteTables: contexts.flatMap(rawTables),
    InternetGateways: contexts.filter(({ vpc }) => vpc.internetGateway !== 'none').map(rawInternetGateway),
    EgressOnlyInternetGateways: [],
    NatGateways: contexts.flatMap(rawNatGateways),
    VpcPeeringConnections: connections.map((connection) => rawPeering(plan, connection)),
    VpcEndpoints: contexts.flatMap(rawEndpoints),
    VpnGateways: contexts.filter(({ vpc }) => vpc.vpn.gateway !== 'none').map(rawVpnGateway),
    VpnConnections: contexts.filter(({ vpc }) => vpc.vpn.gateway !== 'none').map(rawVpnConnection),
    PrefixLists: [
      { PrefixListId: SERVICE_LIST, PrefixListName: `com.amazonaws.${REGION}.s3`, Cidrs: SERVICE_BLOCKS },
      { PrefixListId: OWN_LIST, PrefixListName: 'ours', Cidrs: [BLOCKS[0], BLOCKS[1]] },
    ],
    TransitGateways: [],
    TransitGatewayAttachments: [],
    TransitGatewayVpcAttachments: [],
    TransitGatewayRouteTables: [],
    LoadBalancers: [],
    TargetGroups: [],
    SecurityGroupVpcAssociations: [],
    VpcEncryptionControls: [],
    VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: 'off', ManagedBy: 'account' },
  };
}

function rawVpc({ plan, v, vpc }: Context): object {
  const second = { CidrBlock: secondaryOf(v), CidrBlockState: { State: vpc.secondary } };
  return {
    VpcId: idOf('vpc', v),
    OwnerId: ACCOUNT,
    CidrBlock: blockOf(plan, v),
    CidrBlockAssociationSet: [
      { CidrBlock: blockOf(plan, v), CidrBlockState: { State: 'associated' } },
      ...(vpc.secondary === 'none' ? [] : [second]),
    ],
    Ipv6CidrBlockAssociationSet: vpc.ipv6
      ? [{ Ipv6CidrBlock: blockOf6(v), Ipv6CidrBlockState: { State: 'associated' } }]
      : [],
  };
}

function rawSubnet(context: Context, _: SubnetPlan, s: number): object {
  const { v, vpc } = context;
  return {
    SubnetId: idOf('subnet', v, s),
    VpcId: idOf('vpc', v),
    CidrBlock: subnetBlock(context, s),
    Ipv6CidrBlockAssociationSet: vpc.ipv6
      ? [{ Ipv6CidrBlock: subnetBlock6(v, s), Ipv6CidrBlockState: { State: 'associated' } }]
      : [],
    AvailabilityZone: `${REGION}a`,
  };
}

function addressIn(block: string, offset: number): string {
  const octets = block.split('/')[0]!.split('.').map(Number);
  return [...octets.slice(0, 3), octets[3]! + offset].join('.');
}

function rawInterfaces(context: Context): readonly object[] {
  const { v, vpc } = context;
  return vpc.subnets.flatMap((subnet, s) =>
    subnet.interfaces.map((plan, i) => {
      const address = addressIn(subnetBlock(context, s), 10 + i);
      const association = plan.isPublic ? { Association: { PublicIp: `54.${v}.${s}.${i + 1}` } } : {};
      return {
        NetworkInterfaceId: idOf('eni', v, s, i),
        VpcId: idOf('vpc', v),
        SubnetId: idOf('subnet', v, s),
        OwnerId: ACCOUNT,
        InterfaceType: 'interface',
        Status: 'in-use',
        SourceDestCheck: true,
        Groups: groupsOf(plan.groups, vpc).map((g) => ({ GroupId: idOf('sg', v, g) })),
        PrivateIpAddress: address,
        PrivateIpAddresses: [{ PrivateIpAddress: address, Primary: true, ...association }],
        Ipv6Addresses: vpc.ipv6 ? [{ Ipv6Address: subnetBlock6(v, s).replace('::/64', `::${i + 1}0`) }] : [],
        Ipv4Prefixes: [],
        Ipv6Prefixes: [],
      };
    }),
  );
}

function groupsOf(numbers: readonly number[], vpc: VpcPlan): readonly number[] {
  return [...new Set(numbers.map((g) => g % vpc.groups.length))];
}

function natAddresses(context: Context, n: number): { readonly own: string; readonly open: string } {
  return { own: addressIn(subnetBlock(context, n), 50), open: `52.20.${context.v}.${n + 1}` };
}

function rawNatInterfaces(context: Context): readonly object[] {
  return natsOf(context).map(({ n }) => {
    const { own, open } = natAddresses(context, n);
    return {
      NetworkInterfaceId: idOf('eni', 9, context.v, n),
      VpcId: idOf('vpc', context.v),
      SubnetId: idOf('subnet', context.v, n),
      OwnerId: ACCOUNT,
      InterfaceType: 'nat_gateway',
      RequesterManaged: true,
      Status: 'in-use',
      SourceDestCheck: false,
      Description: `Interface for NAT Gateway ${idOf('nat', context.v, n)}`,
      Groups: [],
      PrivateIpAddress: own,
      PrivateIpAddresses: [{ PrivateIpAddress: own, Primary: true, Association: { PublicIp: open } }],
      Ipv6Addresses: [],
      Ipv4Prefixes: [],
      Ipv6Prefixes: [],
    };
  });
}

function rawNatGateways(context: Context): readonly object[] {
  return natsOf(context).map(({ n, state }) => {
    const { own, open } = natAddresses(context, n);
    return {
      NatGatewayId: idOf('nat', context.v, n),
      VpcId: idOf('vpc', context.v),
      SubnetId: idOf('subnet', context.v, n),
      State: state,
      ConnectivityType: 'public',
      NatGatewayAddresses: [{ PrivateIp: own, PublicIp: open, NetworkInterfaceId: idOf('eni', 9, context.v, n) }],
    };
  });
}

function rawInternetGateway({ v, vpc }: Context): object {
  return {
    InternetGatewayId: idOf('igw', v),
    Attachments: vpc.internetGateway === 'attached' ? [{ VpcId: idOf('vpc', v), State: 'available' }] : [],
  };
}

/** The blocks are told only while the connection is active (PEER-20); overlapping ones make it fail (PEER-7). */
function rawPeering(plan: NetworkPlan, { id, a, b, status }: Connection): object {
  const code = blockOf(plan, a) === blockOf(plan, b) ? 'failed' : status;
  const side = (v: number): object => ({
    VpcId: idOf('vpc', v),
    OwnerId: ACCOUNT,
    Region: REGION,
    CidrBlock: blockOf(plan, v),
    CidrBlockSet: code === 'active' ? blocksOf(plan, v).map((block) => ({ CidrBlock: block })) : [],
    Ipv6CidrBlockSet: code === 'active' && plan.vpcs[v]!.ipv6 ? [{ Ipv6CidrBlock: blockOf6(v) }] : [],
  });
  return { VpcPeeringConnectionId: id, Status: { Code: code }, RequesterVpcInfo: side(a), AccepterVpcInfo: side(b) };
}

function rawEndpoints(context: Context): readonly object[] {
  const { v, vpc } = context;
  const tables = vpc.tables.flatMap((table, t) => (table.toService ? [idOf('rtb', v, t)] : []));
  if (tables.length === 0) return [];
  return [
    {
      VpcEndpointId: idOf('vpce', v),
      VpcEndpointType: 'Gateway',
      VpcId: idOf('vpc', v),
      ServiceName: `com.amazonaws.${REGION}.s3`,
      State: vpc.endpoint,
      RouteTableIds: tables,
    },
  ];
}

function rawVpnGateway({ v, vpc }: Context): object {
  return {
    VpnGatewayId: idOf('vgw', v),
    State: 'available',
    VpcAttachments: vpc.vpn.gateway === 'attached' ? [{ VpcId: idOf('vpc', v), State: 'attached' }] : [],
  };
}

function rawVpnConnection({ v, vpc }: Context): object {
  return {
    VpnConnectionId: idOf('vpn', v),
    VpnGatewayId: idOf('vgw', v),
    State: vpc.vpn.connection,
    Options: { StaticRoutesOnly: true },
    Routes: vpc.vpn.routes.map((n) => ({ DestinationCidrBlock: PREMISES_BLOCKS[n], State: 'available' })),
  };
}

import type { RawSnapshot } from '../../../../src/vpc/raw-snapshot.ts';
import { isIn } from '../naive/naive-addresses.ts';
import type { RawNetwork, RawRule } from '../naive/naive-network.ts';
import type {
  AclPlan,
  BlockPlan,
  EntryPlan,
  GroupPlan,
  NetworkPlan,
  PeerPlan,
  PeeringPlan,
  RoutePlan,
  RulePlan,
  SubnetPlan,
  TablePlan,
  TrafficPlan,
  VpcPlan,
} from './arbitrary-network.ts';

const ACCOUNT = '123456789012';
const REGION = 'eu-west-1';

export const HOSTS = ['8.8.8.8', '1.1.1.1', '52.216.1.1', '3.5.0.9', '52.94.0.5'] as const;
export const HOSTS_6 = ['2606:4700::1111', '2001:4860:4860::8888'] as const;
export const PREMISES = ['192.168.8.9', '192.168.1.1', '172.31.5.5'] as const;
const PREMISES_BLOCKS = ['192.168.0.0/16', '192.168.8.0/24', '172.31.0.0/16'] as const;
const SERVICE_BLOCKS = ['52.216.0.0/15', '3.5.0.0/20'] as const;
const BLOCKS = ['10.0.0.0/16', '10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16', '172.16.0.0/16'] as const;

/** Ids that tell where a thing is: `eni-00000213` is interface 3 of subnet 1 of VPC 2. */
export function idOf(prefix: string, ...places: readonly number[]): string {
  return `${prefix}-${places.join('').padStart(8, '0')}`;
}

const SERVICE_LIST = 'pl-00000053';
const OWN_LIST = 'pl-00000010';

/** What every part of a description may want to know of the whole. */
interface Context {
  readonly plan: NetworkPlan;
  readonly v: number;
  readonly vpc: VpcPlan;
  /** The peering connections of the VPC, with the number of the VPC at the far end. */
  readonly peered: readonly Peered[];
}

interface Peered {
  readonly id: string;
  readonly far: number;
}

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

function contextsOf(plan: NetworkPlan): readonly Context[] {
  const connections = peeringsOf(plan);
  return plan.vpcs.map((vpc, v) => ({
    plan,
    v,
    vpc,
    peered: connections.flatMap(({ id, a, b }) => [
      ...(a === v ? [{ id, far: b }] : []),
      ...(b === v ? [{ id, far: a }] : []),
    ]),
  }));
}

interface Connection extends PeeringPlan {
  readonly id: string;
}

/** One a pair of VPCs (PEER-5). */
function peeringsOf({ vpcs, peerings }: NetworkPlan): readonly Connection[] {
  const pairs = new Map<string, Connection>();
  for (const { a, b, status } of peerings) {
    const [low, high] = [a % vpcs.length, b % vpcs.length].sort() as [number, number];
    if (low !== high && !pairs.has(`${low}${high}`)) {
      pairs.set(`${low}${high}`, { id: idOf('pcx', low, high), a: low, b: high, status });
    }
  }
  return [...pairs.values()];
}

export function blockOf({ vpcs }: NetworkPlan, v: number): string {
  let place = v;
  while (place > 0 && vpcs[place]!.isTwin) place -= 1;
  return BLOCKS[place]!;
}

function secondaryOf(v: number): string {
  return `100.64.${v}.0/24`;
}

function isV6Block(v: number): string {
  return `2600:1f10:0:${v + 1}00::/56`;
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
      ? [{ Ipv6CidrBlock: isV6Block(v), Ipv6CidrBlockState: { State: 'associated' } }]
      : [],
  };
}

/** The blocks of a VPC that are in force. */
function blocksOf(plan: NetworkPlan, v: number): readonly string[] {
  return [blockOf(plan, v), ...(plan.vpcs[v]!.secondary === 'associated' ? [secondaryOf(v)] : [])];
}

function subnetBlock({ plan, v, vpc }: Pick<Context, 'plan' | 'v' | 'vpc'>, s: number): string {
  if (vpc.subnets[s]?.inSecondary === true && vpc.secondary === 'associated') return `100.64.${v}.${s * 64}/26`;
  return `${blockOf(plan, v).split('.').slice(0, 2).join('.')}.${s}.0/24`;
}

const subnetBlock6 = (v: number, s: number): string => `2600:1f10:0:${v + 1}0${s}::/64`;

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

/** NAT gateways, each in the subnet of its number. */
function natsOf({ vpc }: Pick<Context, 'vpc'>): readonly { readonly n: number; readonly state: string }[] {
  return vpc.natGateways.map((state, n) => ({ n, state })).filter(({ n }) => n < vpc.subnets.length);
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

function rawGroups({ v, vpc }: Context): readonly object[] {
  return vpc.groups.map((_, g) => ({
    GroupId: idOf('sg', v, g),
    GroupName: `group ${g}`,
    OwnerId: ACCOUNT,
    VpcId: idOf('vpc', v),
  }));
}

const ANY: TrafficPlan = { protocol: 'all', from: 0, to: 0 };
const ANYWHERE = ['anywhere', 'anywhere-6'] as const;

function rawGroupRules(context: Context, group: GroupPlan, g: number): readonly object[] {
  const open: readonly RulePlan[] = ANYWHERE.map((kind) => ({ traffic: ANY, peer: { kind, n: 0 } }));
  const sides = [
    { isEgress: false, rules: [...(group.openIn ? open : []), ...group.ingress] },
    { isEgress: true, rules: [...(group.openOut ? open : []), ...group.egress] },
  ];
  return sides.flatMap(({ isEgress, rules }) =>
    rules.flatMap((rule, r) => rawRuleOf(context, rule, { g, isEgress, r })),
  );
}

/** One more rule, for the nth group of the network. */
export function rawRule(
  plan: NetworkPlan,
  { n, isEgress, rule }: { readonly n: number; readonly isEgress: boolean; readonly rule: RulePlan },
): RawNetwork['SecurityGroupRules'] {
  const groups = contextsOf(plan).flatMap((context) => context.vpc.groups.map((_, g) => ({ context, g })));
  const { context, g } = nth(groups, n)!;
  return rawRuleOf(context, rule, { g, isEgress, r: 9 });
}

interface RulePlace {
  readonly g: number;
  readonly isEgress: boolean;
  readonly r: number;
}

function rawRuleOf(context: Context, rule: RulePlan, { g, isEgress, r }: RulePlace): readonly RawRule[] {
  const peer = rawPeer(context, rule.peer);
  if (peer === undefined) return [];
  return [
    {
      SecurityGroupRuleId: idOf('sgr', context.v, g, Number(isEgress), r),
      GroupId: idOf('sg', context.v, g),
      IsEgress: isEgress,
      ...rawTraffic(rule.traffic),
      ...peer,
    },
  ];
}

const NAMES = new Map<number | 'all', string>([
  ['all', '-1'],
  [1, 'icmp'],
  [6, 'tcp'],
  [17, 'udp'],
  [58, 'icmpv6'],
]);

function rawTraffic({ protocol, from, to }: TrafficPlan): Pick<RawRule, 'IpProtocol' | 'FromPort' | 'ToPort'> {
  const isNumbered = protocol === 1 || protocol === 58 || protocol === 6 || protocol === 17;
  return {
    IpProtocol: NAMES.get(protocol) ?? String(protocol),
    FromPort: isNumbered ? from : -1,
    ToPort: isNumbered ? to : -1,
  };
}

function rawPeer(context: Context, peer: PeerPlan): object | undefined {
  const { v, vpc } = context;
  switch (peer.kind) {
    case 'group':
      return reference(v, peer.n % vpc.groups.length);
    case 'peer-group': {
      const far = nth(context.peered, peer.n);
      return far && reference(far.far, peer.n % context.plan.vpcs[far.far]!.groups.length, far.id);
    }
    case 'list':
      return { PrefixListId: peer.n % 2 === 0 ? SERVICE_LIST : OWN_LIST };
    default: {
      const block = blockFor(context, { kind: peer.kind, n: peer.n });
      if (block === undefined) return undefined;
      return block.includes(':') ? { CidrIpv6: block } : { CidrIpv4: block };
    }
  }
}

function reference(v: number, g: number, peeringId?: string): object {
  return {
    ReferencedGroupInfo: {
      GroupId: idOf('sg', v, g),
      UserId: ACCOUNT,
      VpcId: idOf('vpc', v),
      ...(peeringId === undefined ? {} : { VpcPeeringConnectionId: peeringId, PeeringStatus: 'active' }),
    },
  };
}

function blockFor(context: Context, { kind, n }: BlockPlan): string | undefined {
  const { plan, v, vpc } = context;
  const far = nth(context.peered, n)?.far;
  switch (kind) {
    case 'anywhere':
      return '0.0.0.0/0';
    case 'anywhere-6':
      return '::/0';
    case 'own':
      return nth(blocksOf(plan, v), n);
    case 'own-6':
      return vpc.ipv6 ? isV6Block(v) : undefined;
    case 'subnet':
      return subnetBlock(context, n % vpc.subnets.length);
    case 'far':
      return far === undefined ? undefined : nth(blocksOf(plan, far), n);
    case 'service':
      return nth(SERVICE_BLOCKS, n);
    case 'host':
      return `${nth(HOSTS, n)!}/32`;
    case 'premises':
      return nth(PREMISES_BLOCKS, n);
  }
}

export function nth<Item>(items: readonly Item[], n: number): Item | undefined {
  return items[n % items.length];
}

const OPEN: AclPlan = { isOpen: true, entries: [] };

function rawAcls(context: Context): readonly object[] {
  const { v, vpc } = context;
  const plans = vpc.acls.length === 0 ? [OPEN] : vpc.acls;
  return plans.map((acl, a) => ({
    NetworkAclId: idOf('acl', v, a),
    VpcId: idOf('vpc', v),
    IsDefault: a === 0,
    Entries: rawEntries(context, acl),
    Associations: vpc.subnets.flatMap((subnet, s) =>
      subnet.acl === a || (a === 0 && subnet.acl >= plans.length)
        ? [{ NetworkAclId: idOf('acl', v, a), SubnetId: idOf('subnet', v, s) }]
        : [],
    ),
  }));
}

/** Numbered from 90 to 110, the open ones 120 and 121, and the denies that AWS ends a list with (NACL-3). */
function rawEntries(context: Context, { isOpen, entries }: AclPlan): readonly object[] {
  const everything = (number: number, action: EntryPlan['action']): readonly EntryPlan[] =>
    ANYWHERE.flatMap((kind, place) =>
      [false, true].map((egress): EntryPlan => ({
        number: number + place,
        egress,
        action,
        traffic: ANY,
        block: { kind, n: 0 },
      })),
    );
  const all = [...entries, ...(isOpen ? everything(120, 'allow') : []), ...everything(32_767, 'deny')];
  return all.flatMap((entry) => {
    const block = blockFor(context, entry.block);
    return block === undefined ? [] : [rawEntry(entry, block)];
  });
}

function rawEntry({ number, egress, action, traffic }: EntryPlan, block: string): object {
  const { protocol, from, to } = traffic;
  return {
    RuleNumber: number,
    Egress: egress,
    RuleAction: action,
    Protocol: protocol === 'all' ? '-1' : String(protocol),
    ...(block.includes(':') ? { Ipv6CidrBlock: block } : { CidrBlock: block }),
    ...(protocol === 1 || protocol === 58 ? { IcmpTypeCode: { Type: from, Code: to } } : {}),
    ...(protocol === 6 || protocol === 17 ? { PortRange: { From: from, To: to } } : {}),
  };
}

type RawRoute = Readonly<Record<string, string>>;

const ISOLATED: TablePlan = {
  style: 'isolated',
  toPeers: false,
  toService: false,
  toPremises: false,
  extra: [],
  broken: undefined,
};

function rawTables(context: Context): readonly object[] {
  const { v, vpc } = context;
  const plans = vpc.tables.length === 0 ? [ISOLATED] : vpc.tables;
  return plans.map((table, t) => ({
    RouteTableId: idOf('rtb', v, t),
    VpcId: idOf('vpc', v),
    OwnerId: ACCOUNT,
    Associations: [
      ...(t === 0 ? [{ Main: true, AssociationState: { State: 'associated' } }] : []),
      ...vpc.subnets.flatMap((subnet, s) =>
        subnet.table === t && t > 0
          ? [{ Main: false, SubnetId: idOf('subnet', v, s), AssociationState: { State: 'associated' } }]
          : [],
      ),
    ],
    Routes: [...localRoutes(context), ...breakOne(ownRoutes(context, table), table.broken)],
  }));
}

function localRoutes({ plan, v, vpc }: Context): readonly RawRoute[] {
  const local = { GatewayId: 'local', State: 'active', Origin: 'CreateRouteTable' };
  return [
    ...blocksOf(plan, v).map((block) => ({ DestinationCidrBlock: block, ...local })),
    ...(vpc.ipv6 ? [{ DestinationIpv6CidrBlock: isV6Block(v), ...local }] : []),
  ];
}

function breakOne(routes: readonly RawRoute[], broken: number | undefined): readonly RawRoute[] {
  if (broken === undefined) return routes;
  return routes.map((route, r) => (r === broken % routes.length ? { ...route, State: 'blackhole' } : route));
}

/** A table holds one static route a destination: the first that is asked for stays. */
function ownRoutes(context: Context, table: TablePlan): readonly RawRoute[] {
  const all = [
    ...defaultRoutes(context, table.style),
    ...(table.toPeers ? peerRoutes(context) : []),
    ...(table.toService ? [route({ DestinationPrefixListId: SERVICE_LIST }, endpointOf(context))] : []),
    ...(table.toPremises ? PREMISES_BLOCKS.slice(0, 1).map((block) => to(block, vpnOf(context))) : []),
    ...table.extra.map((extra) => extraRoute(context, extra)),
  ].filter((each) => each !== undefined);
  const locals = blocksOf(context.plan, context.v);
  const kept = new Map<string, RawRoute>();
  for (const each of all) {
    const destination = `${each['Origin']} ${destinationOf(each)}`;
    if (!locals.some((block) => isWithin(destinationOf(each), block)) && !kept.has(destination))
      kept.set(destination, each);
  }
  return [...kept.values()];
}

/** AWS takes no such route to a gateway or a peering connection (RT-8). */
function isWithin(destination: string, block: string): boolean {
  const [base, length] = destination.split('/');
  return length !== undefined && Number(length) >= Number(block.split('/')[1]) && isIn(base!, block);
}

export function destinationOf(raw: RawRoute): string {
  return (raw['DestinationCidrBlock'] ?? raw['DestinationIpv6CidrBlock'] ?? raw['DestinationPrefixListId'])!;
}

function route(destination: RawRoute, target: RawRoute | undefined): RawRoute | undefined {
  return target && { ...destination, ...target, State: 'active', Origin: 'CreateRoute' };
}

function to(block: string, target: RawRoute | undefined): RawRoute | undefined {
  return route(block.includes(':') ? { DestinationIpv6CidrBlock: block } : { DestinationCidrBlock: block }, target);
}

function internetOf({ v, vpc }: Context): RawRoute | undefined {
  return vpc.internetGateway === 'none' ? undefined : { GatewayId: idOf('igw', v) };
}

function vpnOf({ v, vpc }: Context): RawRoute | undefined {
  return vpc.vpn.gateway === 'none' ? undefined : { GatewayId: idOf('vgw', v) };
}

const endpointOf = ({ v }: Context): RawRoute => ({ GatewayId: idOf('vpce', v) });

function peeringOf({ peered }: Context, n: number): RawRoute | undefined {
  const connection = nth(peered, n);
  return connection && { VpcPeeringConnectionId: connection.id };
}

function defaultRoutes(context: Context, style: TablePlan['style']): readonly (RawRoute | undefined)[] {
  const [nat] = natsOf(context);
  switch (style) {
    case 'public':
      return [to('0.0.0.0/0', internetOf(context)), to('::/0', internetOf(context))];
    case 'private':
      return [to('0.0.0.0/0', nat && { NatGatewayId: idOf('nat', context.v, nat.n) })];
    case 'site':
      return [to('0.0.0.0/0', vpnOf(context))];
    case 'isolated':
      return [];
  }
}

function peerRoutes(context: Context): readonly (RawRoute | undefined)[] {
  return context.peered.flatMap(({ id, far }) => {
    const target = { VpcPeeringConnectionId: id };
    const blocks = blocksOf(context.plan, far);
    return [...blocks, ...(context.plan.vpcs[far]!.ipv6 ? [isV6Block(far)] : [])].map((block) => to(block, target));
  });
}

function extraRoute(context: Context, { kind, n, m }: RoutePlan): RawRoute | undefined {
  const { plan } = context;
  const far = nth(context.peered, n)?.far;
  switch (kind) {
    case 'far-subnet':
      return far === undefined
        ? undefined
        : to(
            subnetBlock({ plan, v: far, vpc: plan.vpcs[far]! }, m % plan.vpcs[far]!.subnets.length),
            peeringOf(context, n),
          );
    case 'far-by-other-peering':
      return far === undefined ? undefined : to(`${blockOf(plan, far).split('/')[0]!}/17`, peeringOf(context, m));
    case 'anyone-by-peering':
      return to(`${nth(BLOCKS, n)!.split('/')[0]!}/15`, peeringOf(context, m));
    case 'default-by-peering':
      return to('0.0.0.0/0', peeringOf(context, n));
    case 'list-by-peering':
      return route({ DestinationPrefixListId: OWN_LIST }, peeringOf(context, n));
    case 'premises-by-peering':
      return to(nth(PREMISES_BLOCKS, m)!, peeringOf(context, n));
    case 'premises-propagated':
      return propagatedRoute(context, n);
    case 'host-by-vpn':
      return to('8.8.8.0/24', vpnOf(context));
    case 'host-by-internet':
      return to('8.8.8.0/24', internetOf(context));
    case 'service-by-internet':
      return to(n % 2 === 0 ? '52.216.1.0/24' : SERVICE_BLOCKS[0], internetOf(context));
  }
}

/** What a VPN connection has a route for, it may propagate. */
function propagatedRoute(context: Context, n: number): RawRoute | undefined {
  const { connection, routes } = context.vpc.vpn;
  const route = connection === 'available' ? to(PREMISES_BLOCKS[nth(routes, n)!]!, vpnOf(context)) : undefined;
  return route && { ...route, Origin: 'EnableVgwRoutePropagation' };
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
    Ipv6CidrBlockSet: code === 'active' && plan.vpcs[v]!.ipv6 ? [{ Ipv6CidrBlock: isV6Block(v) }] : [],
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

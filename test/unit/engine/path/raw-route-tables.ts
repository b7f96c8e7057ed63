import { assertNever } from '../../../../src/lang/exhaustive.ts';
import { isIn } from '../naive/naive-addresses.ts';
import type { RoutePlan, TablePlan } from './arbitrary-network.ts';
import {
  ACCOUNT,
  BLOCKS,
  OWN_LIST,
  PREMISES_BLOCKS,
  SERVICE_BLOCKS,
  SERVICE_LIST,
  blockOf,
  blockOf6,
  blocksOf,
  idOf,
  natsOf,
  nth,
  subnetBlock,
  type Context,
} from './network-context.ts';

type RawRoute = Readonly<Record<string, string>>;

const ISOLATED: TablePlan = {
  style: 'isolated',
  toPeers: false,
  toService: false,
  toPremises: false,
  extra: [],
  broken: undefined,
};

export function rawTables(context: Context): readonly object[] {
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
  const blocks = [...blocksOf(plan, v), ...(vpc.ipv6 ? [blockOf6(v)] : [])];
  return blocks.map(localRoute);
}

function localRoute(block: string): RawRoute {
  const key = block.includes(':') ? 'DestinationIpv6CidrBlock' : 'DestinationCidrBlock';
  return { [key]: block, GatewayId: 'local', State: 'active', Origin: 'CreateRouteTable' };
}

function breakOne(routes: readonly RawRoute[], broken: number | undefined): readonly RawRoute[] {
  if (broken === undefined) return routes;
  return routes.map((route, r) => (r === broken % routes.length ? asBlackhole(route) : route));
}

function asBlackhole(route: RawRoute): RawRoute {
  return { ...route, State: 'blackhole' };
}

/** A table holds one static route a destination: the first that is asked for stays. */
function ownRoutes(context: Context, table: TablePlan): readonly RawRoute[] {
  const all = [
    ...defaultRoutes(context, table.style),
    ...(table.toPeers ? peerRoutes(context) : []),
    ...(table.toService ? [towards({ DestinationPrefixListId: SERVICE_LIST }, endpointOf(context))] : []),
    ...(table.toPremises ? PREMISES_BLOCKS.slice(0, 1).map((block) => routeTo(block, vpnOf(context))) : []),
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

function destinationOf(raw: RawRoute): string {
  return (raw['DestinationCidrBlock'] ?? raw['DestinationIpv6CidrBlock'] ?? raw['DestinationPrefixListId'])!;
}

function towards(destination: RawRoute, target: RawRoute | undefined): RawRoute | undefined {
  return target && { ...destination, ...target, State: 'active', Origin: 'CreateRoute' };
}

function routeTo(block: string, target: RawRoute | undefined): RawRoute | undefined {
  return towards(block.includes(':') ? { DestinationIpv6CidrBlock: block } : { DestinationCidrBlock: block }, target);
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
  const nat = natForRoutes(context);
  switch (style) {
    case 'public':
      return [routeTo('0.0.0.0/0', internetOf(context)), routeTo('::/0', internetOf(context))];
    case 'private':
      return [routeTo('0.0.0.0/0', nat && { NatGatewayId: idOf('nat', context.v, nat.n) })];
    case 'site':
      return [routeTo('0.0.0.0/0', vpnOf(context))];
    case 'isolated':
      return [];
    default:
      return assertNever(style);
  }
}

/** One whose own subnet has another way out, if there is any (RT-26). */
function natForRoutes({ vpc }: Context): ReturnType<typeof natsOf>[number] | undefined {
  const nats = natsOf({ vpc });
  const styleAt = (s: number): TablePlan['style'] | undefined =>
    (vpc.tables[vpc.subnets[s]!.table] ?? vpc.tables[0])?.style;
  return nats.find(({ n }) => styleAt(n) === 'public') ?? nats[0];
}

function peerRoutes(context: Context): readonly (RawRoute | undefined)[] {
  return context.peered.flatMap(({ id, far }) => {
    const target = { VpcPeeringConnectionId: id };
    const blocks = blocksOf(context.plan, far);
    return [...blocks, ...(context.plan.vpcs[far]!.ipv6 ? [blockOf6(far)] : [])].map((block) => routeTo(block, target));
  });
}

function extraRoute(context: Context, { kind, n, m }: RoutePlan): RawRoute | undefined {
  const { plan } = context;
  const far = nth(context.peered, n)?.far;
  switch (kind) {
    case 'far-subnet':
      return far === undefined
        ? undefined
        : routeTo(
            subnetBlock({ plan, v: far, vpc: plan.vpcs[far]! }, m % plan.vpcs[far]!.subnets.length),
            peeringOf(context, n),
          );
    case 'far-by-other-peering':
      return far === undefined ? undefined : routeTo(`${blockOf(plan, far).split('/')[0]!}/17`, peeringOf(context, m));
    case 'anyone-by-peering':
      return routeTo(`${nth(BLOCKS, n)!.split('/')[0]!}/15`, peeringOf(context, m));
    case 'default-by-peering':
      return routeTo('0.0.0.0/0', peeringOf(context, n));
    case 'list-by-peering':
      return towards({ DestinationPrefixListId: OWN_LIST }, peeringOf(context, n));
    case 'premises-by-peering':
      return routeTo(nth(PREMISES_BLOCKS, m)!, peeringOf(context, n));
    case 'premises-propagated':
      return propagatedRoute(context, n);
    case 'host-by-vpn':
      return routeTo('8.8.8.0/24', vpnOf(context));
    case 'host-by-internet':
      return routeTo('8.8.8.0/24', internetOf(context));
    case 'service-by-internet':
      return routeTo(n % 2 === 0 ? '52.216.1.0/24' : SERVICE_BLOCKS[0], internetOf(context));
    default:
      return assertNever(kind);
  }
}

/** What a VPN connection has a route for, it may propagate. */
function propagatedRoute(context: Context, n: number): RawRoute | undefined {
  const { connection, routes } = context.vpc.vpn;
  const route = connection === 'available' ? routeTo(PREMISES_BLOCKS[nth(routes, n)!]!, vpnOf(context)) : undefined;
  return route && { ...route, Origin: 'EnableVgwRoutePropagation' };
}

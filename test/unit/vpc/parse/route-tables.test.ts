import { expect, it } from 'vitest';
import { formatCidr } from '../../../../src/net/cidr.ts';
import { eigw, eni, igw, instance, nat, pcx, pl, rtb, subnet, tgw, vgw, vpc, vpce } from '../../../support/ids.ts';
import { parseMembers } from '../../../support/parse-members.ts';

const DEFAULT = { DestinationCidrBlock: '0.0.0.0/0', State: 'active', Origin: 'CreateRoute' };

const TABLE = { RouteTableId: rtb('app'), VpcId: vpc('main') };

const parse = (fields: object) => parseMembers({ RouteTables: [{ ...TABLE, ...fields }] });

const routeOf = (fields: object) => parse({ Routes: [fields] }).routeTables.get(rtb('app'))!.routes[0]!;

/** RT-9. */
it.each([
  [{ GatewayId: 'local' }, { kind: 'local' }],
  [{ GatewayId: igw('main') }, { kind: 'internet-gateway', id: igw('main') }],
  [{ GatewayId: vgw('main') }, { kind: 'vpn-gateway', id: vgw('main') }],
  [{ GatewayId: vpce('s3') }, { kind: 'vpc-endpoint', id: vpce('s3') }],
  [{ EgressOnlyInternetGatewayId: eigw('main') }, { kind: 'egress-only-internet-gateway', id: eigw('main') }],
  [{ NatGatewayId: nat('a') }, { kind: 'nat-gateway', id: nat('a') }],
  [{ VpcPeeringConnectionId: pcx('shared') }, { kind: 'peering', id: pcx('shared') }],
  [{ TransitGatewayId: tgw('hub') }, { kind: 'transit-gateway', id: tgw('hub') }],
  [{ NetworkInterfaceId: eni('fw') }, { kind: 'network-interface', id: eni('fw') }],
  [
    { NetworkInterfaceId: eni('fw'), InstanceId: instance('fw') },
    { kind: 'network-interface', id: eni('fw'), instanceId: instance('fw') },
  ],
  [{ InstanceId: instance('fw') }, { kind: 'other', id: instance('fw') }],
  [{ LocalGatewayId: 'lgw-0123456789abcdef0' }, { kind: 'other', id: 'lgw-0123456789abcdef0' }],
  [{ GatewayId: 'VpcLattice' }, { kind: 'other', id: 'VpcLattice' }],
  [{ BrandNewGatewayId: 'bng-1' }, { kind: 'other', id: 'unknown' }],
])('reads the target %o', (raw, target) => {
  expect(routeOf({ ...DEFAULT, ...raw }).target).toEqual(target);
});

/** RT-11. */
it.each([
  ['CreateRouteTable', 'local'],
  ['CreateRoute', 'static'],
  ['EnableVgwRoutePropagation', 'propagated'],
  ['Advertisement', 'advertised'],
])('origin %s is %s', (raw, origin) => {
  expect(routeOf({ ...DEFAULT, GatewayId: 'local', Origin: raw })).toMatchObject({ tableId: rtb('app'), origin });
});

it('reads destinations of both families, and prefix lists', () => {
  const route = { State: 'blackhole', Origin: 'CreateRoute', GatewayId: igw('main') };
  const { routes } = parse({
    Routes: [
      { ...route, DestinationCidrBlock: '10.9.0.0/16' },
      { ...route, DestinationIpv6CidrBlock: '::/0' },
      { ...route, DestinationPrefixListId: pl('s3') },
    ],
  }).routeTables.get(rtb('app'))!;

  const told = routes.map(({ destination }) =>
    destination.kind === 'cidr' ? formatCidr(destination.cidr) : destination.id,
  );
  expect(told).toEqual(['10.9.0.0/16', '::/0', pl('s3')]);
  expect(routes.map(({ state }) => state)).toEqual(['blackhole', 'blackhole', 'blackhole']);
});

const state = (name: string) => ({ AssociationState: { State: name } });

it('belongs to the subnets and gateways that name it, and to the VPC as its main table (RT-1, RT-14)', () => {
  const table = parse({
    OwnerId: '123456789012',
    Tags: [{ Key: 'Name', Value: 'application' }],
    Associations: [
      { Main: true, RouteTableId: rtb('app') },
      { Main: false, SubnetId: subnet('app'), ...state('associated') },
      { Main: false, SubnetId: subnet('leaving'), ...state('disassociated') },
      { Main: false, SubnetId: subnet('failed'), ...state('failed') },
      { Main: false, GatewayId: igw('main'), ...state('associated') },
      { Main: false, GatewayId: 'nat-0123456789abcdef0' },
    ],
  }).routeTables.get(rtb('app'));

  expect(table).toEqual({
    id: rtb('app'),
    vpcId: vpc('main'),
    accountId: '123456789012',
    name: 'application',
    isMain: true,
    subnetIds: [subnet('app')],
    gatewayIds: [igw('main')],
    routes: [],
  });
});

/** Any of its routes may be the most specific one, so that a table with an odd one is no table. */
it.each([
  { why: 'a block that is none', odd: { GatewayId: igw('main'), DestinationCidrBlock: '10.9.0.0' } },
  { why: 'no destination', odd: { GatewayId: igw('main'), DestinationCidrBlock: undefined } },
  { why: 'two destinations', odd: { GatewayId: igw('main'), DestinationPrefixListId: pl('s3') } },
  { why: 'two targets', odd: { GatewayId: igw('main'), NatGatewayId: nat('a') } },
  { why: 'an odd target', odd: { NatGatewayId: igw('main') } },
  { why: 'an unknown state', odd: { GatewayId: igw('main'), State: 'sleeping' } },
  { why: 'an unknown origin', odd: { GatewayId: igw('main'), Origin: 'Hearsay' } },
])('leaves out a table with a route of $why', ({ odd }) => {
  const { routeTables, gaps } = parse({
    Routes: [
      { ...DEFAULT, GatewayId: 'local' },
      { ...DEFAULT, ...odd },
    ],
  });

  expect(routeTables.size).toBe(0);
  expect(gaps).toMatchObject([{ fact: 'route-table', about: rtb('app'), because: 'malformed' }]);
});

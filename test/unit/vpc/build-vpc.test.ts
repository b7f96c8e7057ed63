import { describe, expect, it } from 'vitest';
import { formatAddress } from '../../../src/net/address.ts';
import { buildVpc, buildWorld } from '../../support/build-vpc.ts';
import { eni, nat, pl, sg, sgr, subnet, tgwAttachment, tgwTable, vpc } from '../../support/ids.ts';
import { route, viaNatGateway, viaPeering } from '../../support/routes.ts';
import {
  allow,
  anything,
  deletedGroup,
  group,
  groupOfMain,
  icmp,
  ingress,
  peerGroup,
  prefixList,
  protocol,
  tcp,
} from '../../support/rules.ts';
import { ACCOUNT, PEER_ACCOUNT } from '../../support/vpc-plan.ts';

const built = buildVpc()
  .cidr('10.0.0.0/16', '2001:db8::/56')
  .subnet('app', '10.0.1.0/24', '2001:db8::/64')
  .subnet('db', '10.0.2.0/24')
  .acl('app', [ingress(90).deny(tcp(22), '192.0.2.0/24'), ingress(100).allow(anything, '0.0.0.0/0')])
  .securityGroup('web', {
    ingress: [
      allow(tcp(443), '0.0.0.0/0', 'everyone'),
      allow(tcp(443), '::/0'),
      allow(tcp(8080, 8090), group('lb')),
      allow(icmp(8), prefixList('offices')),
      allow(protocol(50), peerGroup('shared', 'vpn')),
      allow(anything, deletedGroup('gone')),
    ],
  })
  .interface('web', {
    subnet: 'app',
    groups: ['web'],
    address: '10.0.1.10',
    publicAddress: '203.0.113.7',
    ipv6: '2001:db8::10',
  })
  .prefixList('offices', '192.0.2.0/24')
  .peering('shared', { cidrs: ['10.9.0.0/16'] })
  .flowLog({ on: { subnet: 'app' } })
  .build();

it('builds a network that the parser takes without a gap', () => {
  expect(built.snapshot.gaps).toEqual([]);
});

it('gives every object an id that follows from its name', () => {
  expect([...built.snapshot.vpcs.keys()]).toEqual([vpc('main')]);
  expect(built.interface('web')).toMatchObject({ id: eni('web'), subnetId: subnet('app'), groups: [sg('web')] });
  expect(built.group('web').rules.map((rule) => rule.id)).toEqual([
    ...[0, 1, 2, 3, 4, 5].map((index) => sgr('web', 'ingress', index)),
    ...[0, 1].map((index) => sgr('web', 'egress', index)),
  ]);
  expect(built.snapshot.prefixLists.has(pl('offices'))).toBe(true);
});

it('says the same with rule ids and without', () => {
  const bare = buildVpc().securityGroup('web', { ingress: [allow(tcp(443), group('lb'))], egress: [] });

  const [withId] = bare.build().group('web').rules;
  const [without] = bare.withoutRuleIds().build().group('web').rules;

  expect(withId).toEqual({ id: sgr('web', 'ingress', 0), ...without });
});

it('gives subnets without an ACL of their own the default one', () => {
  expect(built.acl('default').subnetIds).toEqual([subnet('db')]);
  expect(built.acl('app').subnetIds).toEqual([subnet('app')]);
});

it('lists addresses of both families', () => {
  expect(built.interface('web').addresses.map((entry) => formatAddress(entry.address))).toEqual([
    '10.0.1.10',
    '2001:db8::10',
  ]);
});

it('leaves out of the JSON what was not asked for', () => {
  expect(buildVpc().raw({ NetworkAcls: undefined }).build().raw).not.toHaveProperty('NetworkAcls');
});

describe('a world of several VPCs', () => {
  const main = buildVpc()
    .subnet('app', '10.0.1.0/24')
    .interface('web', { subnet: 'app', address: '10.0.1.10' })
    .peering('shared', { cidrs: ['10.9.0.0/16'] })
    .routeTable('app', [route('10.9.0.0/16', viaPeering('shared')), route('0.0.0.0/0', viaNatGateway('nat'))])
    .internetGateway()
    .natGateway('nat', { in: 'app', address: '10.0.1.20', publicAddress: '203.0.113.9' })
    .transitGateway('hub', {
      attachments: [{ name: 'main', subnets: ['app'] }, { name: 'shared' }],
      routes: [{ destination: '10.9.0.0/16', to: 'shared', type: 'propagated' }, { destination: '10.66.0.0/16' }],
    });
  const shared = buildVpc('shared', { account: PEER_ACCOUNT })
    .cidr('10.9.0.0/16')
    .subnet('shared db', '10.9.1.0/24')
    .zone('b', 'shared db')
    .securityGroup('shared db', { ingress: [allow(tcp(5432), groupOfMain('shared', 'web'))] })
    .interface('orders', { subnet: 'shared db', groups: ['shared db'], address: '10.9.1.10' })
    .routeTable('shared main', [route('10.0.0.0/16', viaPeering('shared'))], { main: true });
  const world = buildWorld(main, shared);

  it('is taken without a gap, each account for itself', () => {
    expect(world.snapshot.gaps).toEqual([]);
    expect(world.snapshot.scopes.map(({ accountId }) => accountId)).toEqual([ACCOUNT, PEER_ACCOUNT]);
    expect(world.interface('orders')).toMatchObject({ vpcId: vpc('shared'), availabilityZone: 'eu-west-1b' });
    expect(world.snapshot.networkAcls.size).toBe(2);
  });

  it('has a main table in every VPC, written or not, and local routes in every table (RT-1, RT-8)', () => {
    expect(world.routeTable('main')).toMatchObject({ vpcId: vpc('main'), isMain: true, subnetIds: [] });
    expect(world.routeTable('app')).toMatchObject({ isMain: false, subnetIds: [subnet('app')] });
    expect(world.routeTable('shared main')).toMatchObject({ vpcId: vpc('shared'), isMain: true });
    expect(world.routeTable('app').routes.map(({ target }) => target.kind)).toEqual([
      'local',
      'peering',
      'nat-gateway',
    ]);
  });

  it('gives a NAT gateway its interface', () => {
    expect(world.interface('nat')).toMatchObject({ interfaceType: 'nat_gateway', requesterManaged: true });
    expect(world.snapshot.natGateways.get(nat('nat'))?.addresses[0]).toMatchObject({ interfaceId: eni('nat') });
  });

  it('gives a transit gateway a table that its attachments use', () => {
    expect(world.snapshot.transitGatewayAttachments.get(tgwAttachment('shared'))).toMatchObject({
      resourceId: vpc('shared'),
      routeTableId: tgwTable('hub'),
    });
    expect(world.snapshot.transitGatewayRouteTables.get(tgwTable('hub'))).toMatchObject({
      propagations: [tgwAttachment('shared')],
      routes: [{ state: 'active' }, { state: 'blackhole' }],
    });
  });

  it('is one reading where two VPCs are of one account and region', () => {
    const neighbours = buildWorld(main, buildVpc('shared').cidr('10.9.0.0/16').subnet('shared db', '10.9.1.0/24'));

    expect(neighbours.raws).toHaveLength(1);
    expect([...neighbours.snapshot.vpcs.keys()]).toEqual([vpc('main'), vpc('shared')]);
    expect(neighbours.snapshot.gaps).toEqual([]);
  });
});

it('tells nothing of routes unless a test speaks of them', () => {
  expect(buildVpc().build().raw).not.toHaveProperty('RouteTables');
  expect(buildVpc().paths().build().snapshot.scopes[0]?.collected).toContain('NatGateways');
});

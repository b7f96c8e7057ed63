import { describe, expect, it } from 'vitest';
import { buildVpc, buildWorld, type BuiltWorld, type VpcBuilder } from '../../../support/build-vpc.ts';
import { follow, hopKinds, obstacleWords } from '../../../support/follow-path.ts';
import { acl, pcx, rtb, vgw, vpc } from '../../../support/ids.ts';
import {
  propagated,
  route,
  viaInternetGateway,
  viaNatGateway,
  viaPeering,
  viaTransitGateway,
  viaVpnGateway,
  type RoutePlan,
} from '../../../support/routes.ts';
import { allow, anything, egress, ingress, tcp } from '../../../support/rules.ts';
import type { PeeringPlan, TransitGatewayPlan } from '../../../support/vpc-plan.ts';

const toShared = route('10.1.0.0/16', viaPeering('shared'));
const toMain = route('10.0.0.0/16', viaPeering('shared'));

function main(routes: readonly RoutePlan[]): VpcBuilder {
  return buildVpc()
    .subnet('app', '10.0.1.0/24')
    .routeTable('app', routes)
    .securityGroup('app')
    .interface('app', { subnet: 'app', address: '10.0.1.5', groups: ['app'] });
}

function shared(routes: readonly RoutePlan[]): VpcBuilder {
  return buildVpc('shared')
    .cidr('10.1.0.0/16')
    .subnet('ledger', '10.1.1.0/24')
    .routeTable('ledger', routes)
    .securityGroup('ledger', { ingress: [allow(tcp(443), '10.0.0.0/16')] })
    .interface('ledger', { subnet: 'ledger', address: '10.1.1.9', groups: ['ledger'] });
}

const namesake = (name: string) =>
  buildVpc(name)
    .cidr('10.1.0.0/16')
    .subnet(`${name}-sub`, '10.1.1.0/24')
    .routeTable(`${name}-sub`, [route('10.0.0.0/16', viaPeering(name))])
    .securityGroup(name, { ingress: [allow(tcp(443), '10.0.0.0/16')] })
    .interface(name, { subnet: `${name}-sub`, address: '10.1.1.9', groups: [name] });

describe('a peering connection', () => {
  const peered = (plan: Partial<PeeringPlan> = {}, near = [toShared], far = [toMain]): BuiltWorld =>
    buildWorld(main(near).peering('shared', { cidrs: ['10.1.0.0/16'], ...plan }), shared(far));

  it('PEER-11 carries both ways where both sides route', () => {
    const { verdict, forward, return: back } = follow(peered(), 'app', 'ledger');

    expect(verdict).toBe('reachable');
    expect(hopKinds(forward.hops)).toContain('peering');
    expect(hopKinds(back.hops)).toContain('peering');
  });

  it.each([
    ['PEER-11 without a route here', peered({}, []), ['forward route no-route']],
    ['PEER-11 without a route back', peered({}, [toShared], []), ['return route no-route']],
    [
      'PEER-1 before it is accepted',
      peered({ status: 'pending-acceptance' }),
      ['forward peering not-active', 'return peering not-active'],
    ],
  ] as const)('stops %s', (...[, network, obstacles]) => {
    const found = follow(network, 'app', 'ledger');

    expect(found.verdict).toBe('blocked');
    expect(obstacleWords(found)).toEqual(obstacles);
  });

  it('names what else is in the way when a route is missing', () => {
    const network = buildWorld(
      main([]).peering('shared', { cidrs: ['10.1.0.0/16'] }),
      shared([]).acl('ledger', [ingress(100).deny(tcp(443), '10.0.0.0/16')]),
    );

    expect(obstacleWords(follow(network, 'app', 'ledger', 'tcp/443'))).toEqual([
      'forward route no-route',
      'forward network-acl 100',
      'return network-acl 32767',
      'return route no-route',
    ]);
  });

  it('PEER-8 leads to its own two VPCs and no further', () => {
    const network = peered({}, [route('10.2.0.0/16', viaPeering('shared'))]);

    expect(follow(network, 'app', '10.2.0.4').obstacles).toMatchObject([
      { kind: 'peering', id: pcx('shared'), reason: 'no-transit', code: 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR' },
    ]);
  });

  it('PEER-9 leads to no internet gateway', () => {
    const network = peered({}, [route('0.0.0.0/0', viaPeering('shared'))]);

    expect(obstacleWords(follow(network, 'app', '203.0.113.9'))).toEqual(['forward peering no-transit']);
  });

  it('PEER-21 leaves it open what an unread peer does', () => {
    const alone = main([toShared]).peering('shared', { cidrs: ['10.1.0.0/16'], accountId: '210987654321' });

    expect(follow(alone, 'app', '10.1.1.9')).toMatchObject({
      verdict: 'undetermined',
      gaps: [{ fact: 'vpc', about: vpc('shared'), accountId: '210987654321' }],
    });
  });

  it('PEER-13 an answer that follows a longer prefix into another VPC is lost', () => {
    const twin = buildVpc('twin').cidr('10.0.0.0/16').subnet('twin', '10.0.1.0/24').routeTable('twin', []);
    const network = buildWorld(
      main([toShared]).peering('shared', { cidrs: ['10.1.0.0/16'] }),
      shared([toMain, route('10.0.1.0/24', viaPeering('other'))]).peering('other', {
        cidrs: ['10.0.0.0/16'],
        vpc: 'twin',
      }),
      twin,
    );
    const found = follow(network, 'app', 'ledger');

    expect(obstacleWords(found)).toEqual(['return route asymmetric']);
    expect(found.obstacles[0]).toMatchObject({ id: rtb('ledger') });
  });

  it('PEER-13 a request that the routes lead to a namesake elsewhere never reaches who was meant', () => {
    const network = buildWorld(
      main([route('10.1.0.0/16', viaPeering('one'))])
        .peering('one', { cidrs: ['10.1.0.0/16'] })
        .peering('two', { cidrs: ['10.1.0.0/16'] }),
      namesake('one'),
      namesake('two'),
    );

    expect(follow(network, 'app', 'one').verdict).toBe('reachable');
    expect(follow(network, 'app', 'two').obstacles).toMatchObject([
      { kind: 'destination', leg: 'forward', reason: 'leads-elsewhere' },
    ]);
  });

  it('RT-28 brings the answer back to a NAT gateway without a route', () => {
    const network = buildWorld(
      main([route('10.1.0.0/16', viaNatGateway('nat'))])
        .subnet('out', '10.0.9.0/24')
        .routeTable('out', [toShared])
        .natGateway('nat', { in: 'out', address: '10.0.9.4' })
        .peering('shared', { cidrs: ['10.1.0.0/16'] }),
      shared([]),
    );

    expect(follow(network, 'app', 'ledger').verdict).toBe('reachable');
  });
});

describe('a transit gateway', () => {
  const toHub = route('10.1.0.0/16', viaTransitGateway('hub'));
  const fromHub = route('10.0.0.0/16', viaTransitGateway('hub'));
  const HUB: TransitGatewayPlan = {
    attachments: [
      { name: 'main', subnets: ['app'] },
      { name: 'shared', subnets: ['ledger'] },
    ],
    routes: [
      { destination: '10.0.0.0/16', to: 'main' },
      { destination: '10.1.0.0/16', to: 'shared' },
    ],
  };
  const joined = (plan: Partial<TransitGatewayPlan> = {}, far: readonly RoutePlan[] = [fromHub]): BuiltWorld =>
    buildWorld(main([toHub]).transitGateway('hub', { ...HUB, ...plan }), shared(far));

  it('RT-42 carries both ways where routes, associations and tables agree', () => {
    const { verdict, forward } = follow(joined(), 'app', 'ledger');

    expect(verdict).toBe('reachable');
    expect(hopKinds(forward.hops)).toEqual(
      expect.arrayContaining(['transit-gateway', 'transit-gateway-route-table', 'route-table']),
    );
  });

  it.each([
    [
      'without an attachment of the VPC',
      joined({ attachments: [{ name: 'shared', subnets: ['ledger'] }] }),
      ['forward transit-gateway not-attached'],
    ],
    [
      'RT-43 without an association',
      joined({ attachments: [{ name: 'main', subnets: ['app'], table: false }, HUB.attachments[1]!] }),
      ['forward transit-gateway no-association'],
    ],
    [
      'RT-42 without a route in its table',
      joined({ routes: [{ destination: '10.0.0.0/16', to: 'main' }] }),
      ['forward transit-gateway-route no-route'],
    ],
    [
      'RT-45 where a blackhole drops on purpose',
      joined({ routes: [{ destination: '10.1.0.0/16' }, HUB.routes[0]!] }),
      ['forward transit-gateway-route blackhole'],
    ],
    ['RT-42 without a route back in the far VPC', joined({}, []), ['return route no-route']],
    [
      'RT-49 while the attachment is being deleted',
      joined({ attachments: [{ name: 'main', subnets: ['app'], state: 'deleting' }, HUB.attachments[1]!] }),
      ['forward transit-gateway not-attached'],
    ],
  ] as const)('stops %s', (...[, network, obstacles]) => {
    expect(obstacleWords(follow(network, 'app', 'ledger'))).toEqual(obstacles);
  });

  it('RT-46 drops what comes from a zone without an attachment', () => {
    const network = buildWorld(
      main([])
        .subnet('far', '10.0.2.0/24')
        .zone('b', 'far')
        .routeTable('far', [toHub])
        .interface('far', { subnet: 'far', address: '10.0.2.5', groups: ['app'] })
        .transitGateway('hub', HUB),
      shared([fromHub]),
    );

    expect(obstacleWords(follow(network, 'far', 'ledger'))).toEqual(['forward transit-gateway az-not-attached']);
  });

  it('leads to the internet through the NAT gateway of another VPC', () => {
    const hub: TransitGatewayPlan = {
      attachments: [
        { name: 'main', subnets: ['app'] },
        { name: 'egress', subnets: ['inner'] },
      ],
      routes: [
        { destination: '0.0.0.0/0', to: 'egress' },
        { destination: '10.0.0.0/16', to: 'main' },
      ],
    };
    const egressVpc = buildVpc('egress')
      .cidr('10.9.0.0/16')
      .subnet('inner', '10.9.1.0/24')
      .subnet('outer', '10.9.2.0/24')
      .internetGateway()
      .routeTable('inner', [route('0.0.0.0/0', viaNatGateway('nat'))])
      .routeTable('outer', [route('0.0.0.0/0', viaInternetGateway('egress')), fromHub])
      .natGateway('nat', { in: 'outer', address: '10.9.2.4', publicAddress: '198.51.100.9' });
    const network = buildWorld(
      main([route('0.0.0.0/0', viaTransitGateway('hub'))]).transitGateway('hub', hub),
      egressVpc,
    );

    expect(follow(network, 'app', '203.0.113.9').verdict).toBe('reachable');
  });
});

const site = (routes: readonly RoutePlan[], connection: { readonly routes?: readonly string[] } = {}): VpcBuilder =>
  main(routes)
    .securityGroup('app', { ingress: [allow(tcp(443), '192.168.0.0/16')] })
    .vpnGateway()
    .vpnConnection('office', { gateway: 'main', ...connection });

describe('a virtual private gateway', () => {
  const out = route('192.168.0.0/16', viaVpnGateway());
  const OFFICE = `192.168.7.7@${vgw('main')}`;

  it('RT-50 carries to and from a far side with a static route', () => {
    const network = main([out])
      .vpnGateway()
      .vpnConnection('office', { gateway: 'main', routes: ['192.168.0.0/16'] });

    expect(follow(network, 'app', '192.168.7.7').verdict).toBe('reachable');
  });

  it('knows what a far side with BGP announced by the routes it propagated', () => {
    expect(follow(site([propagated(out)]), 'app', '192.168.7.7').verdict).toBe('reachable');
    expect(follow(site([out]), 'app', '192.168.7.7')).toMatchObject({
      verdict: 'undetermined',
      gaps: [{ fact: 'vpn-gateway', about: vgw('main') }],
    });
  });

  it.each([
    [
      'no static route leads on',
      site([out], { routes: ['172.16.0.0/12'] }),
      'app',
      '192.168.7.7',
      ['forward gateway no-vpn-route'],
    ],
    [
      'the far side asks for an address outside the VPC',
      site([out], { routes: ['192.168.0.0/16'] }),
      OFFICE,
      '10.7.0.1',
      ['forward gateway no-route'],
    ],
  ] as const)('stops where %s', (...[, network, from, to, obstacles]) => {
    expect(obstacleWords(follow(network, from, to))).toEqual(obstacles);
  });

  it('the answer to the far side must leave by it again', () => {
    const network = main([route('0.0.0.0/0', viaInternetGateway())])
      .internetGateway()
      .vpnGateway()
      .vpnConnection('office', { gateway: 'main', routes: ['192.168.0.0/16'] })
      .subnet('open', '10.0.3.0/24')
      .routeTable('open', [route('0.0.0.0/0', viaInternetGateway())])
      .securityGroup('open', { ingress: [allow(anything, '0.0.0.0/0')] })
      .interface('open', { subnet: 'open', address: '10.0.3.3', publicAddress: '198.51.100.5', groups: ['open'] });

    expect(follow(network, OFFICE, '10.0.3.3').obstacles).toMatchObject([
      { kind: 'route', leg: 'return', reason: 'asymmetric', id: rtb('open') },
    ]);
  });
});

describe('within a VPC', () => {
  const pair = main([])
    .subnet('db', '10.0.2.0/24')
    .securityGroup('db', { ingress: [allow(tcp(5432), '10.0.1.0/24')] })
    .interface('db', { subnet: 'db', address: '10.0.2.9', groups: ['db'] })
    .interface('twin', { subnet: 'app', address: '10.0.1.6', groups: ['db'] });

  it('RT-8 needs no route of its own', () => {
    expect(follow(pair, 'app', 'db', 'tcp/5432').verdict).toBe('reachable');
  });

  it('EVAL-4 asks no ACL between neighbours of one subnet', () => {
    const closed = pair.acl('app', [ingress(100).deny(anything, '0.0.0.0/0')]);
    const { verdict, forward } = follow(closed, 'app', 'twin', 'tcp/5432');

    expect(verdict).toBe('reachable');
    expect(hopKinds(forward.hops)).not.toContain('network-acl');
  });

  it('names an address that nobody has, once all interfaces are known', () => {
    expect(obstacleWords(follow(pair, 'app', '10.0.2.77'))).toEqual(['forward destination no-such-address']);
    expect(follow(pair.membersKnownOf('db'), 'app', '10.0.2.77').verdict).toBe('undetermined');
  });

  it('NACL-17 tells for which client ports the answer is held up', () => {
    const narrow = pair.acl('db', [
      ingress(100).allow(tcp(5432), '0.0.0.0/0'),
      egress(100).allow(tcp(32768, 60999), '0.0.0.0/0'),
    ]);
    const found = follow(narrow, 'app', 'db', 'tcp/5432');

    expect(found.verdict).toBe('undetermined');
    expect(found.gaps).toMatchObject([{ fact: 'client-port' }]);
    expect(found.obstacles).toMatchObject([
      { kind: 'network-acl', id: acl('db'), leg: 'return', clientPorts: { from: 1024, to: 32767 } },
      { kind: 'network-acl', id: acl('db'), leg: 'return', clientPorts: { from: 61000, to: 65535 } },
    ]);
    expect(follow(narrow, 'app', 'db', 'tcp/5432', { sourcePort: 40000 }).verdict).toBe('reachable');
  });

  it('asks for no way back of what is never answered', () => {
    const open = pair.securityGroup('open', { ingress: [allow(anything, '0.0.0.0/0')] });

    expect(follow(open, 'app', 'db', 'icmp', { icmp: { type: 3, code: 4 } }).return.hops).toEqual([]);
  });
});

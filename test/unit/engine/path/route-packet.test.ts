import { describe, expect, it } from 'vitest';
import { buildVpc, buildWorld, type VpcBuilder } from '../../../support/build-vpc.ts';
import { follow, hopKinds, obstacleWords } from '../../../support/follow-path.ts';
import { eni, rtb, sg, subnet, vpc, vpce } from '../../../support/ids.ts';
import {
  route,
  viaEndpoint,
  viaInterface,
  viaPeering,
  viaTransitGateway,
  type RoutePlan,
} from '../../../support/routes.ts';
import { allow, anything, egress, ingress, tcp } from '../../../support/rules.ts';

const HOST = '203.0.113.9';
const open = { ingress: [allow(anything, '0.0.0.0/0')] };

/** `app` and its neighbour `next` in one subnet, `db` in another. */
function main(...routes: readonly RoutePlan[]): VpcBuilder {
  return buildVpc()
    .subnet('app', '10.0.1.0/24')
    .subnet('db', '10.0.2.0/24')
    .routeTable('app', routes)
    .securityGroup('open', open)
    .interface('app', { subnet: 'app', address: '10.0.1.5', groups: ['open'] })
    .interface('next', { subnet: 'app', address: '10.0.1.6', groups: ['open'] })
    .interface('db', { subnet: 'db', address: '10.0.2.9', secondary: ['10.0.2.10'], groups: ['open'] });
}

describe('a table', () => {
  it('EVAL-25 is not asked between neighbours of one subnet', () => {
    const { verdict, forward, return: back } = follow(main(), 'app', 'next');

    expect(verdict).toBe('reachable');
    expect(hopKinds([...forward.hops, ...back.hops])).not.toContain('route-table');
    expect(hopKinds(follow(main(), 'app', 'db').forward.hops)).toContain('route-table');
  });

  const unread = main().raw({ RouteTables: undefined });

  it('RT-8 that was not read leads inside the VPC as every table does', () => {
    const { verdict, forward } = follow(unread, 'app', 'db');

    expect(verdict).toBe('reachable');
    expect(hopKinds(forward.hops)).not.toContain('route-table');
  });

  it('that was not read leaves it open what leaves the VPC', () => {
    const found = follow(unread, 'app', HOST);

    expect(found).toMatchObject({ verdict: 'undetermined', gaps: [{ fact: 'route-table', about: subnet('app') }] });
    expect(found.forward.hops.at(-1)).toMatchObject({
      kind: 'route-table',
      vpcId: vpc('main'),
      subnetId: subnet('app'),
    });
    expect(follow(unread.raw({ RouteTables: undefined, Vpcs: [] }), 'app', 'db').verdict).toBe('undetermined');
  });
});

describe('nobody can tell what becomes of a packet', () => {
  it.each<[string, RoutePlan, object]>([
    [
      'sent to a carrier gateway',
      route('0.0.0.0/0', { CarrierGatewayId: 'cagw-0a1b2c3d' }),
      { fact: 'path', about: 'cagw-0a1b2c3d', because: 'not-modelled' },
    ],
    [
      'sent to an interface that was not read',
      route('0.0.0.0/0', viaInterface('ghost')),
      { fact: 'network-interface', about: eni('ghost') },
    ],
    [
      'sent to a firewall behind an endpoint',
      route('0.0.0.0/0', viaEndpoint('firewall')),
      { fact: 'path', about: vpce('firewall'), because: 'not-modelled' },
    ],
    [
      'sent to an endpoint that was not read',
      route('0.0.0.0/0', viaEndpoint('ghost')),
      { fact: 'vpc-endpoint', about: vpce('ghost') },
    ],
    [
      'sent over a peering connection that was not read',
      route('0.0.0.0/0', viaPeering('ghost')),
      { fact: 'peering-connection' },
    ],
  ])('%s', (_, way, gap) => {
    const network = main(way).endpoint('firewall', { service: 'vpce-svc', type: 'GatewayLoadBalancer' });
    const found = follow(network, 'app', HOST);

    expect(found).toMatchObject({ verdict: 'undetermined', obstacles: [], gaps: [gap] });
    expect(found.forward.hops.at(-1)).toMatchObject({ outcome: { kind: 'unknown', gaps: [gap] } });
    expect(found.forward.hops.at(-1)).toHaveProperty('kind');
  });

  it('that goes round in circles', () => {
    const shared = buildVpc('shared')
      .cidr('10.1.0.0/16')
      .subnet('yard', '10.1.9.0/28')
      .routeTable('yard', [route('0.0.0.0/0', viaTransitGateway('hub'))]);
    const network = main(route('0.0.0.0/0', viaTransitGateway('hub'))).transitGateway('hub', {
      attachments: [{ name: 'main' }, { name: 'shared', subnets: ['yard'] }],
      routes: [{ destination: '0.0.0.0/0', to: 'shared' }],
    });
    const found = follow(buildWorld(network, shared), 'app', HOST);

    expect(found).toMatchObject({
      verdict: 'undetermined',
      obstacles: [],
      gaps: [{ fact: 'path', because: 'not-modelled' }],
    });
    expect(found.forward.hops.length).toBeGreaterThan(50);
    expect(found.forward.hops.at(-1)?.kind).toBe('other');
  });
});

const toShared = route('10.1.0.0/16', viaPeering('shared'));
const toMain = route('10.0.0.0/16', viaPeering('shared'));

function peered(near: readonly RoutePlan[], far: readonly RoutePlan[], home = main): ReturnType<typeof buildWorld> {
  return buildWorld(
    home(...near).peering('shared', { cidrs: ['10.1.0.0/16'] }),
    buildVpc('shared')
      .cidr('10.1.0.0/16')
      .subnet('ledger', '10.1.1.0/24')
      .routeTable('ledger', far)
      .securityGroup('ledger', { ingress: [allow(tcp(443), '10.0.0.0/16')] })
      .interface('ledger', { subnet: 'ledger', address: '10.1.1.9', secondary: ['10.1.1.10'], groups: ['ledger'] }),
  );
}

const deaf = (...routes: readonly RoutePlan[]): VpcBuilder =>
  main(...routes).acl('app', [ingress(90).deny(tcp(), '10.1.0.0/16'), egress(100).allow(anything, '0.0.0.0/0')]);

describe('a missing route hides nothing that stands behind it', () => {
  it('there: groups and ACLs of who was meant, whichever of its addresses', () => {
    const lacking = peered([], [toMain]);

    expect(obstacleWords(follow(lacking, 'app', 'ledger', 'tcp/80'))).toEqual([
      'forward route no-route',
      'forward security-group',
    ]);
    expect(obstacleWords(follow(lacking, 'app', '10.1.1.10', 'tcp/80'))).toEqual([
      'forward route no-route',
      'forward security-group',
    ]);
    expect(follow(lacking, 'app', 'ledger', 'tcp/80').obstacles[1]).toMatchObject({ id: sg('ledger') });
  });

  it('back: the ACL of who asked', () => {
    const found = follow(peered([toShared], [], deaf), 'app', 'ledger');

    expect(obstacleWords(found)).toEqual(['return route no-route', 'return network-acl 90']);
    expect(found.obstacles[0]).toMatchObject({ id: rtb('ledger'), code: 'NO_ROUTE_TO_DESTINATION' });
  });
});

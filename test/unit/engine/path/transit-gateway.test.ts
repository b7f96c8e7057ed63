import { describe, expect, it } from 'vitest';
import { buildVpc, buildWorld, type BuiltWorld, type VpcBuilder } from '../../../support/build-vpc.ts';
import { follow, obstacleWords } from '../../../support/follow-path.ts';
import { subnet, tgw, tgwAttachment, tgwTable, vpc, vpn } from '../../../support/ids.ts';
import { route, viaInternetGateway, viaNatGateway, viaTransitGateway } from '../../../support/routes.ts';
import { allow, anything, egress, ingress, tcp } from '../../../support/rules.ts';
import type { TransitGatewayPlan } from '../../../support/vpc-plan.ts';

type Attachment = TransitGatewayPlan['attachments'][number];
type HubRoute = TransitGatewayPlan['routes'][number];

const MAIN: Attachment = { name: 'main', subnets: ['app'] };
const home: HubRoute = { destination: '10.0.0.0/16', to: 'main' };

/** `app` in zone a and `far` in zone b send everything else to the hub. */
const main = buildVpc()
  .subnet('app', '10.0.1.0/24')
  .subnet('far', '10.0.2.0/24')
  .zone('b', 'far')
  .routeTable('all', [route('0.0.0.0/0', viaTransitGateway('hub'))], { on: ['app', 'far'] })
  .securityGroup('app', { ingress: [allow(tcp(443), '192.168.0.0/16')] })
  .interface('app', { subnet: 'app', address: '10.0.1.5', groups: ['app'] })
  .interface('far', { subnet: 'far', address: '10.0.2.5', groups: ['app'] });

const hub = (attachments: readonly Attachment[], routes: readonly HubRoute[]): VpcBuilder =>
  main.transitGateway('hub', { attachments, routes });

const allIn = ingress(100).allow(anything, '0.0.0.0/0');
const allOut = egress(100).allow(anything, '0.0.0.0/0');

const site = (type: string, state = 'available'): VpcBuilder =>
  hub(
    [MAIN, { name: 'office', type, resource: vpn('office'), state }],
    [home, { destination: '192.168.0.0/16', to: 'office' }],
  );

describe('an attachment of a site', () => {
  it.each(['vpn', 'direct-connect-gateway'])('leads there and back: %s', (type) => {
    const { verdict, forward, return: back } = follow(site(type), 'app', '192.168.7.7');

    expect(verdict).toBe('reachable');
    expect(forward.hops.at(-1)).toMatchObject({ kind: 'transit-gateway-route-table', id: tgwTable('hub') });
    expect(back.hops[0]).toMatchObject({ kind: 'transit-gateway-route-table', id: tgwTable('hub') });
  });

  it.each([vpn('office'), tgwAttachment('office')])('is where a host behind it comes in: %s', (via) => {
    expect(follow(site('vpn'), `192.168.7.7@${via}`, 'app').verdict).toBe('reachable');
    expect(obstacleWords(follow(site('vpn'), `172.16.7.7@${via}`, 'app'))).toEqual([
      'forward security-group',
      'return transit-gateway-route no-route',
    ]);
  });

  it('RT-49 leads nowhere while it is not in force', () => {
    const found = follow(site('vpn', 'deleting'), 'app', '192.168.7.7');

    expect(found.obstacles).toMatchObject([
      { kind: 'transit-gateway', leg: 'forward', id: tgw('hub'), reason: 'not-attached', code: 'BAD_STATE_ATTACHMENT' },
    ]);
    expect(found.forward.hops.slice(-2)).toMatchObject([
      { kind: 'transit-gateway-route-table' },
      { kind: 'transit-gateway' },
    ]);
  });

  it('RT-53 of another Region leads where nobody sees', () => {
    const found = follow(site('peering'), 'app', '192.168.7.7');

    expect(found).toMatchObject({
      verdict: 'undetermined',
      gaps: [{ fact: 'path', about: tgwAttachment('office'), because: 'not-modelled' }],
    });
    expect(found.forward.hops.slice(-2)).toMatchObject([
      { kind: 'transit-gateway-route-table', outcome: { kind: 'passed' } },
      { kind: 'transit-gateway', id: tgw('hub'), outcome: { kind: 'unknown' } },
    ]);
  });

  it('that nobody told of leaves it open what comes from there', () => {
    expect(follow(site('vpn'), `192.168.7.7@${vpn('ghost')}`, 'app')).toMatchObject({
      verdict: 'undetermined',
      gaps: [{ fact: 'vpn-gateway', about: vpn('ghost') }],
      forward: { hops: [{ kind: 'other', id: vpn('ghost') }] },
    });
  });
});

describe('an attachment of a VPC', () => {
  const shared = buildVpc('shared')
    .cidr('10.1.0.0/16')
    .subnet('yard', '10.1.9.0/28')
    .subnet('ledger', '10.1.1.0/24')
    .routeTable('ledger', [route('10.0.0.0/16', viaTransitGateway('hub'))])
    .securityGroup('ledger', { ingress: [allow(tcp(443), '10.0.0.0/16')] })
    .interface('ledger', { subnet: 'ledger', address: '10.1.1.9', groups: ['ledger'] })
    .interface('yard', {
      subnet: 'yard',
      address: '10.1.9.4',
      type: 'transit_gateway',
      instance: false,
      requesterManaged: true,
    });
  const stopped = (...routes: readonly HubRoute[]): unknown =>
    follow(buildWorld(hub([MAIN, { name: 'shared' }], [home, ...routes]), shared), 'app', 'ledger').obstacles[0];
  const there: HubRoute = { destination: '10.1.0.0/16', to: 'shared' };
  const joined = (own: Attachment, other: Partial<Attachment> = {}, far = shared): BuiltWorld =>
    buildWorld(hub([own, { name: 'shared', subnets: ['yard'], ...other }], [home, there]), far);

  it.each([
    ['RT-49 being modified', joined({ ...MAIN, state: 'modifying' }, { state: 'modifying' })],
    ['of whose subnets nobody told', joined({ name: 'main' }, { subnets: [] })],
    ['with subnets that were not read', joined({ name: 'main', subnets: ['ghost'] }, { subnets: ['ghost'] })],
    ['RT-46 with a subnet in the zone of the sender, and others', joined({ name: 'main', subnets: ['far', 'app'] })],
  ] as const)('carries: %s', (_, network) => {
    expect(follow(network, 'app', 'ledger').verdict).toBe('reachable');
  });

  it.each([
    ['RT-49 of the sender', joined({ ...MAIN, state: 'pending' }), 'app'],
    ['RT-49 of the receiver', joined(MAIN, { state: 'pendingAcceptance' }), 'app'],
  ] as const)('stops before it is in force: %s', (...[, network, from]) => {
    expect(obstacleWords(follow(network, from, 'ledger'))).toEqual(['forward transit-gateway not-attached']);
  });

  it('RT-46 serves its own zones', () => {
    expect(follow(joined(MAIN), 'far', 'ledger').obstacles).toMatchObject([
      { kind: 'transit-gateway', id: tgw('hub'), reason: 'az-not-attached', code: 'TGW_ROUTE_AZ_RESTRICTION' },
    ]);
    expect(follow(joined({ name: 'main', subnets: ['far'] }), 'far', 'ledger').verdict).toBe('reachable');
  });

  it('of another transit gateway is of no use', () => {
    const elsewhere = main
      .transitGateway('hub', { attachments: [{ name: 'shared', subnets: ['yard'] }], routes: [there] })
      .transitGateway('other', { attachments: [MAIN], routes: [] });

    expect(follow(buildWorld(elsewhere, shared), 'app', 'ledger').obstacles).toMatchObject([
      { kind: 'transit-gateway', id: tgw('hub'), reason: 'not-attached', code: 'BAD_STATE_ATTACHMENT' },
    ]);
  });

  it('that was not asked for leaves it open', () => {
    const unread = main.raw({ TransitGatewayAttachments: undefined, TransitGatewayVpcAttachments: undefined });

    expect(follow(unread, 'app', '10.1.1.9')).toMatchObject({
      verdict: 'undetermined',
      gaps: [{ fact: 'transit-gateway', about: tgw('hub') }],
    });
  });

  it('RT-44 tells which table has no route, or a blackhole', () => {
    expect(stopped()).toMatchObject({
      id: tgwTable('hub'),
      reason: 'no-route',
      code: 'TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT',
    });
    expect(stopped({ destination: '10.1.0.0/16' })).toMatchObject({
      reason: 'blackhole',
      code: 'TGW_RTB_BAD_STATE_ROUTE',
    });
  });

  it('leads where nobody sees, into a VPC that was not read', () => {
    const found = follow(hub([MAIN, { name: 'shared' }], [home, there]), 'app', '10.1.1.9');

    expect(found).toMatchObject({
      verdict: 'undetermined',
      gaps: [{ fact: 'vpc', about: vpc('shared'), accountId: '123456789012' }],
    });
    expect(found.forward.hops.slice(-2)).toMatchObject([
      { kind: 'transit-gateway-route-table', outcome: { kind: 'passed' } },
      { kind: 'other', id: vpc('shared'), outcome: { kind: 'unknown' } },
    ]);
  });

  it.each([
    ['what enters', [ingress(90).deny(tcp(), '10.1.0.0/16'), allIn, allOut], ['return network-acl 90']],
    ['what leaves', [egress(90).deny(tcp(443), '10.1.0.0/16'), allIn, allOut], ['forward network-acl 90']],
    ['neither', [allIn, allOut], []],
  ] as const)('EVAL-10 asks the ACL of its own subnet, which stops %s', (...[, entries, obstacles]) => {
    const walled = shared.acl('yard', entries);

    expect(obstacleWords(follow(joined(MAIN, {}, walled), 'app', 'ledger'))).toEqual(obstacles);
  });
});

const doors = (closed: string): VpcBuilder =>
  hub(
    [
      { name: 'main', subnets: ['doorA', 'doorB'] },
      { name: 'office', type: 'vpn', resource: vpn('office') },
    ],
    [home, { destination: '192.168.0.0/16', to: 'office' }],
  )
    .subnet('doorA', '10.0.8.0/28')
    .subnet('doorB', '10.0.8.16/28')
    .zone('b', 'doorB')
    .interface('doorA', { subnet: 'doorA', address: '10.0.8.4', type: 'transit_gateway', instance: false })
    .interface('doorB', { subnet: 'doorB', address: '10.0.8.20', type: 'transit_gateway', instance: false })
    .acl(closed, [ingress(90).deny(tcp(443), '0.0.0.0/0'), allIn, allOut]);

describe('an attachment with subnets in several zones', () => {
  const zones = buildVpc('egress')
    .cidr('10.9.0.0/16')
    .subnet('a', '10.9.1.0/24')
    .subnet('b', '10.9.2.0/24')
    .zone('b', 'b');
  const egressVpc = zones
    .subnet('out', '10.9.3.0/24')
    .internetGateway()
    .routeTable('a', [])
    .routeTable('b', [route('0.0.0.0/0', viaNatGateway('nat'))])
    .routeTable('out', [
      route('0.0.0.0/0', viaInternetGateway('egress')),
      route('10.0.0.0/16', viaTransitGateway('hub')),
    ])
    .natGateway('nat', { in: 'out', address: '10.9.3.4', publicAddress: '198.51.100.9' });
  const out = (subnets: readonly string[], far = egressVpc): BuiltWorld =>
    buildWorld(
      hub(
        [
          { name: 'main', subnets: ['app', 'far'] },
          { name: 'egress', subnets },
        ],
        [home, { destination: '0.0.0.0/0', to: 'egress' }],
      ),
      far,
    );

  it.each([[['a', 'b']], [['b', 'a']]])(
    'RT-47 leads on by the table of the zone that the sender is in: %j',
    (subnets) => {
      const fromB = follow(out(subnets), 'far', '203.0.113.9');
      const fromA = follow(out(subnets), 'app', '203.0.113.9');

      expect(fromB.verdict).toBe('reachable');
      expect(fromB.forward.hops.filter(({ kind }) => kind === 'route-table')[1]).toMatchObject({
        subnetId: subnet('b'),
      });
      expect(obstacleWords(fromA)).toEqual(['forward route no-route']);
    },
  );

  it('takes another one, where the zone of the sender has none; answers need one in their own (RT-46)', () => {
    const found = follow(out(['b']), 'app', '203.0.113.9');

    expect(found.forward.hops.filter(({ kind }) => kind === 'route-table')[1]).toMatchObject({ subnetId: subnet('b') });
    expect(obstacleWords(found)).toEqual(['return transit-gateway az-not-attached']);
  });

  it('EVAL-10 enters through the interface of the sender’s zone', () => {
    expect(obstacleWords(follow(doors('doorB'), 'far', '192.168.7.7'))).toEqual(['forward network-acl 90']);
    expect(follow(doors('doorA'), 'far', '192.168.7.7').forward.hops).not.toContainEqual(
      expect.objectContaining({ kind: 'network-acl', subnetId: subnet('doorA') }),
    );
    expect(obstacleWords(follow(doors('doorA'), 'app', '192.168.7.7'))).toEqual(['forward network-acl 90']);
  });

  it('RT-46 counts for the next gateway: the packet goes on in the zone of the subnet that it came in by', () => {
    const next = zones
      .routeTable('both', [route('192.168.0.0/16', viaTransitGateway('edge'))], { on: ['a', 'b'] })
      .transitGateway('edge', {
        attachments: [
          { name: 'edge egress', resource: vpc('egress'), subnets: ['b'] },
          { name: 'office', type: 'vpn', resource: vpn('office') },
        ],
        routes: [{ destination: '192.168.0.0/16', to: 'office' }],
      });
    const through = (subnets: readonly string[]) => follow(out(subnets, next), 'far', '192.168.7.7').obstacles[0];

    expect(through(['a'])).toMatchObject({ id: tgw('edge'), leg: 'forward', reason: 'az-not-attached' });
    expect(through(['a', 'b'])).not.toMatchObject({ leg: 'forward' });
  });
});

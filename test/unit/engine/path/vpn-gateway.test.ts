import { describe, expect, it } from 'vitest';
import { buildVpc, buildWorld, type VpcBuilder } from '../../../support/build-vpc.ts';
import { follow } from '../../../support/follow-path.ts';
import { vgw, vpc } from '../../../support/ids.ts';
import { propagated, route, viaPeering, viaVpnGateway, type RoutePlan } from '../../../support/routes.ts';
import { allow, anything } from '../../../support/rules.ts';

const FAR = '192.168.7.7';
const OFFICE = `${FAR}@${vgw('main')}`;
const out = route('192.168.0.0/16', viaVpnGateway());

function site(...routes: readonly RoutePlan[]): VpcBuilder {
  return buildVpc()
    .cidr('10.0.0.0/16', '2001:db8:1::/56')
    .subnet('app', '10.0.1.0/24', '2001:db8:1:1::/64')
    .routeTable('app', routes)
    .securityGroup('app', { ingress: [allow(anything, '0.0.0.0/0')] })
    .interface('app', { subnet: 'app', address: '10.0.1.5', ipv6: '2001:db8:1:1::5', groups: ['app'] });
}

const joined = (...routes: readonly RoutePlan[]): VpcBuilder => site(...routes).vpnGateway();
const office = joined(out).vpnConnection('office', { gateway: 'main', routes: ['192.168.0.0/16'] });
const bgp = joined(out).vpnConnection('office', { gateway: 'main' });

const attached = (...attachments: readonly object[]): VpcBuilder =>
  office.raw({ VpnGateways: [{ VpnGatewayId: vgw('main'), State: 'available', VpcAttachments: attachments }] });

describe('a virtual private gateway is left by', () => {
  it.each<[string, VpcBuilder]>([
    ['where it is attached to nothing', attached()],
    ['where it is attached to another VPC', attached({ VpcId: vpc('other'), State: 'attached' })],
    ['while it is being detached', attached({ VpcId: vpc('main'), State: 'detaching' })],
  ])('nobody %s', (_, network) => {
    expect(follow(network, 'app', FAR).obstacles).toMatchObject([
      { kind: 'gateway', leg: 'forward', id: vgw('main'), reason: 'not-attached', code: 'BAD_STATE_ATTACHMENT' },
    ]);
  });

  it('RT-50 nobody over IPv6', () => {
    expect(follow(joined(route('::/0', viaVpnGateway())), 'app', '2600:1f00::9').obstacles).toMatchObject([
      { kind: 'gateway', id: vgw('main'), reason: 'unsupported-protocol', code: 'PROTOCOL_RESTRICTION' },
    ]);
  });

  it('whoever has a route to it, whatever else it was attached to', () => {
    const moved = attached({ VpcId: vpc('other'), State: 'detached' }, { VpcId: vpc('main'), State: 'attached' });

    expect(follow(moved, 'app', FAR).verdict).toBe('reachable');
    expect(follow(moved, OFFICE, 'app').verdict).toBe('reachable');
  });

  it('nobody knows whom, where it was not read', () => {
    expect(follow(office.raw({ VpnGateways: [] }), 'app', FAR)).toMatchObject({
      verdict: 'undetermined',
      gaps: [{ fact: 'vpn-gateway', about: vgw('main') }],
    });
  });
});

/** Another VPC with a gateway of its own, and a table in which something else was propagated. */
const other = (propagation: RoutePlan): VpcBuilder =>
  buildVpc('other')
    .cidr('10.5.0.0/16')
    .subnet('other', '10.5.1.0/24')
    .vpnGateway()
    .routeTable('other', [propagation])
    .peering('main', { cidrs: ['10.0.0.0/16'] });

describe('the far side is known to reach as far as', () => {
  it.each<[string, VpcBuilder, string]>([
    ['a static route of any connection', office.vpnConnection('second', { gateway: 'main' }), 'reachable'],
    ['a route that it propagated', bgp.routeTable('late', [propagated(out)], { on: [] }), 'reachable'],
    [
      'no static route, where all connections are static',
      joined(out).vpnConnection('office', { gateway: 'main', routes: [] }),
      'blocked',
    ],
    [
      'nobody knows, where one connection speaks BGP',
      joined(out).vpnConnection('office', { gateway: 'main', routes: [] }).vpnConnection('second', { gateway: 'main' }),
      'undetermined',
    ],
    ['nobody knows, without a connection: Direct Connect may be there', joined(out), 'undetermined'],
    ['nobody knows, where connections were not asked for', office.raw({ VpnConnections: undefined }), 'undetermined'],
    [
      'nobody knows, where the connection that tells is another gateway’s',
      joined(out).vpnConnection('office', { gateway: 'other', routes: ['192.168.0.0/16'] }),
      'undetermined',
    ],
  ])('%s', (_, network, verdict) => {
    expect(follow(network, 'app', FAR).verdict).toBe(verdict);
  });

  it.each(['deleting', 'deleted'])('no route of a connection that is %s', (state) => {
    const gone = joined(out).vpnConnection('office', { gateway: 'main', routes: ['192.168.0.0/16'], state });

    expect(follow(gone, 'app', FAR).verdict).toBe('undetermined');
  });

  it.each<[string, RoutePlan]>([
    ['in another VPC', propagated(out)],
    ['from another gateway', propagated(route('192.168.0.0/16', viaVpnGateway('other')))],
    ['to another block', propagated(route('192.168.8.0/24', viaVpnGateway()))],
  ])('nobody knows: no route propagated %s tells', (place, propagation) => {
    const home = place === 'in another VPC' ? bgp : bgp.routeTable('late', [propagation], { on: [] });

    expect(follow(buildWorld(home, other(propagation)), 'app', FAR).verdict).toBe('undetermined');
  });

  it('nobody knows: what a route server advertised is no word of the gateway', () => {
    const advertised = {
      ...route('192.168.0.0/16', viaPeering('other')),
      origin: 'EnableVgwRoutePropagation',
    } as const;

    expect(follow(bgp.routeTable('late', [advertised], { on: [] }), 'app', FAR).verdict).toBe('undetermined');
  });
});

describe('a virtual private gateway is come in by', () => {
  it('to addresses of its VPC', () => {
    expect(follow(office, OFFICE, 'app').verdict).toBe('reachable');
    expect(follow(office, OFFICE, '10.7.0.1').obstacles).toMatchObject([
      { kind: 'gateway', id: vgw('main'), reason: 'no-route', code: 'VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS' },
    ]);
  });

  it('by nobody, where it is attached to nothing', () => {
    const detached = follow(attached({ VpcId: vpc('main'), State: 'detaching' }), OFFICE, 'app');

    expect(detached.obstacles).toMatchObject([
      { kind: 'gateway', leg: 'forward', id: vgw('main'), reason: 'not-attached', code: 'BAD_STATE_ATTACHMENT' },
    ]);
    expect(detached.forward.hops[0]).not.toHaveProperty('vpcId');
  });

  it('into nobody knows what, where the VPC was not read', () => {
    expect(follow(office.raw({ Vpcs: [] }), OFFICE, 'app')).toMatchObject({
      verdict: 'undetermined',
      gaps: [{ fact: 'vpc', about: vpc('main') }],
    });
  });
});

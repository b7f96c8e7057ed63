import { describe, expect, it } from 'vitest';
import { buildVpc, type VpcBuilder } from '../../../support/build-vpc.ts';
import { follow, hopKinds, obstacleWords } from '../../../support/follow-path.ts';
import { eni, igw, nat, rtb } from '../../../support/ids.ts';
import {
  blackhole,
  route,
  viaEgressOnlyInternetGateway,
  viaInterface,
  viaInternetGateway,
  viaNatGateway,
  type RoutePlan,
} from '../../../support/routes.ts';
import { allow, anything, egress, ingress, tcp } from '../../../support/rules.ts';

const HOST = '203.0.113.9';
const anywhere = route('0.0.0.0/0', viaInternetGateway());

function web(routes: readonly RoutePlan[] = [anywhere], publicAddress: string | false = '198.51.100.5'): VpcBuilder {
  return buildVpc()
    .cidr('10.0.0.0/16', '2001:db8:1::/56')
    .subnet('web', '10.0.1.0/24', '2001:db8:1:1::/64')
    .internetGateway()
    .routeTable('web', routes)
    .securityGroup('web', { ingress: [allow(tcp(443), '0.0.0.0/0'), allow(tcp(443), '::/0')] })
    .interface('web', {
      subnet: 'web',
      address: '10.0.1.5',
      ipv6: '2001:db8:1:1::5',
      groups: ['web'],
      ...(publicAddress !== false && { publicAddress }),
    });
}

describe('an internet gateway', () => {
  it('RT-18 lets out what has a route, a public address and filters that agree, and the answer back in', () => {
    const { verdict, forward, return: back } = follow(web(), 'web', HOST);

    expect(verdict).toBe('reachable');
    expect(hopKinds(forward.hops)).toEqual([
      'interface',
      'security-group',
      'network-acl',
      'route-table',
      'internet-gateway',
    ]);
    expect(hopKinds(back.hops)).toEqual(['internet-gateway', 'network-acl', 'security-group', 'interface']);
  });

  it('EVAL-12 shows the public address outside and the private one inside', () => {
    const translations = follow(web(), 'web', HOST).forward.hops.flatMap(({ outcome }) =>
      outcome.kind === 'passed' && outcome.by?.kind === 'translated' ? [outcome.by] : [],
    );

    expect(translations).toMatchObject([{ what: 'source', from: { bits: 0x0a000105n }, to: { bits: 0xc6336405n } }]);
  });

  it.each([
    ['RT-19 no public address', web([anywhere], false), 'web', HOST, ['forward gateway no-public-address']],
    ['RT-19 a private destination', web(), 'web', '10.9.9.9', ['forward gateway not-publicly-routable']],
    ['no route', web([]), 'web', HOST, ['forward route no-route']],
    ['RT-12 a blackhole', web([blackhole(anywhere)]), 'web', HOST, ['forward route blackhole']],
    [
      'a gateway that is detached',
      web().raw({ InternetGateways: [{ InternetGatewayId: igw('main'), Attachments: [] }] }),
      'web',
      HOST,
      ['forward gateway not-attached'],
    ],
    [
      'a private address asked for from outside',
      web(),
      HOST,
      '10.0.1.5',
      ['forward destination not-publicly-routable'],
    ],
    ['a public address that nobody has', web(), HOST, '198.51.100.77', ['forward destination no-such-address']],
    ['no way back', web([]), HOST, '198.51.100.5', ['return route no-route']],
    [
      'RT-36 Block Public Access',
      web().blockPublicAccess('block-bidirectional'),
      'web',
      HOST,
      ['forward block-public-access'],
    ],
    [
      'RT-36 Block Public Access for what comes in',
      web().blockPublicAccess('block-ingress'),
      HOST,
      '198.51.100.5',
      ['forward block-public-access', 'return block-public-access'],
    ],
  ] as const)('stops at %s', (...[, network, from, to, obstacles]) => {
    const found = follow(network, from, to);

    expect(found.verdict).toBe('blocked');
    expect(obstacleWords(found)).toEqual(obstacles);
  });

  it('names every obstacle, the first one first', () => {
    const closed = web([anywhere], false)
      .securityGroup('web', {})
      .acl('web', [egress(100).deny(tcp(443), '0.0.0.0/0')]);

    expect(obstacleWords(follow(closed, 'web', HOST))).toEqual([
      'forward network-acl 100',
      'forward gateway no-public-address',
    ]);
  });

  it('the answer of a public server leaves by the gateway it was asked through, or is lost', () => {
    const elsewhere = web([route('0.0.0.0/0', viaNatGateway('nat'))])
      .subnet('public', '10.0.9.0/24')
      .routeTable('public', [anywhere])
      .natGateway('nat', { in: 'public', address: '10.0.9.4', publicAddress: '198.51.100.9' });
    const found = follow(elsewhere, HOST, '198.51.100.5');

    expect(obstacleWords(found)).toEqual(['return route asymmetric']);
    expect(found.obstacles[0]).toMatchObject({ id: rtb('web') });
  });

  it('EVAL-22 leaves mail open: EC2 may or may not hold it back', () => {
    expect(follow(web(), 'web', HOST, 'tcp/25')).toMatchObject({
      verdict: 'undetermined',
      gaps: [{ fact: 'port-25' }],
    });
  });

  it('takes "the internet" for any host there', () => {
    expect(follow(web(), 'internet', 'web').verdict).toBe('reachable');
    expect(follow(web(), 'web', 'internet').verdict).toBe('reachable');
    expect(obstacleWords(follow(web([anywhere], false), 'internet', 'web'))).toEqual([
      'forward destination not-publicly-routable',
    ]);
  });
});

const edged = (routes: readonly RoutePlan[]): VpcBuilder =>
  web()
    .subnet('fw', '10.0.7.0/24')
    .securityGroup('fw', { ingress: [allow(tcp(), '0.0.0.0/0')] })
    .interface('fw', { subnet: 'fw', address: '10.0.7.7', groups: ['fw'], sourceDestCheck: false })
    .routeTable('edge', routes, { on: [], gateway: igw('main') });

describe('a gateway route table (RT-14)', () => {
  it('leads on into the VPC by its local route', () => {
    expect(follow(edged([]), HOST, '198.51.100.5').verdict).toBe('reachable');
  });

  it('may lead through an appliance, of which nobody sees what it does', () => {
    const found = follow(edged([route('10.0.1.0/24', viaInterface('fw'))]), HOST, '198.51.100.5');

    expect(found).toMatchObject({ verdict: 'undetermined', gaps: [{ fact: 'path', about: eni('fw') }] });
    expect(hopKinds(found.forward.hops)).toContain('route-table');
  });
});

describe('IPv6', () => {
  const six = route('::/0', viaInternetGateway());
  const host = '2600:1f00::9';

  it('needs no translation, and a route of its own (EVAL-11)', () => {
    expect(follow(web([six]), 'web', host).verdict).toBe('reachable');
    expect(obstacleWords(follow(web(), 'web', host))).toEqual(['forward route no-route']);
  });

  const out = web([route('::/0', viaEgressOnlyInternetGateway())]).egressOnlyInternetGateway();

  it('RT-22 an egress-only gateway lets out, and answers back in', () => {
    expect(follow(out, 'web', host).verdict).toBe('reachable');
  });
});

function behindNat(
  natRoutes: readonly RoutePlan[] = [anywhere],
  state = 'available',
  publicAddress: string | false = '198.51.100.9',
): VpcBuilder {
  return web([route('0.0.0.0/0', viaNatGateway('nat'))], false)
    .subnet('public', '10.0.9.0/24')
    .routeTable('public', natRoutes)
    .natGateway('nat', {
      in: 'public',
      address: '10.0.9.4',
      state,
      ...(publicAddress !== false && { publicAddress }),
    });
}

describe('a NAT gateway', () => {
  it('RT-23 sends in its own name and leads the answer back', () => {
    const { verdict, forward, return: back } = follow(behindNat(), 'web', HOST);

    expect(verdict).toBe('reachable');
    expect(hopKinds(forward.hops)).toEqual([
      'interface',
      'security-group',
      'network-acl',
      'route-table',
      'network-acl',
      'nat-gateway',
      'network-acl',
      'route-table',
      'internet-gateway',
    ]);
    expect(hopKinds(back.hops)).toEqual([
      'internet-gateway',
      'network-acl',
      'nat-gateway',
      'network-acl',
      'route-table',
      'network-acl',
      'security-group',
      'interface',
    ]);
  });

  it.each([
    ['RT-24 that failed', behindNat([anywhere], 'failed'), 'tcp/443', ['forward gateway not-available']],
    ['RT-26 in a private subnet', behindNat([]), 'tcp/443', ['forward route no-route']],
    [
      'RT-26 routed back to itself',
      behindNat([route('0.0.0.0/0', viaNatGateway('nat'))]),
      'tcp/443',
      ['forward gateway no-internet-route'],
    ],
    [
      'RT-25 that is a private one',
      behindNat([anywhere], 'available', false),
      'tcp/443',
      ['forward gateway private-nat'],
    ],
    ['RT-23 for GRE', behindNat(), 'gre', ['forward gateway unsupported-protocol']],
  ] as const)('stops %s', (...[, network, service, obstacles]) => {
    expect(obstacleWords(follow(network, 'web', HOST, service))).toEqual(obstacles);
  });

  it('is held up by the ACL of its own subnet', () => {
    const closed = behindNat().acl('public', [
      ingress(100).allow(tcp(443), '10.0.0.0/16'),
      egress(100).allow(anything, '0.0.0.0/0'),
    ]);

    expect(obstacleWords(follow(closed, 'web', HOST))).toEqual(['return network-acl 32767']);
  });

  it('lets nobody in who was not asked', () => {
    const found = follow(behindNat(), HOST, '198.51.100.9');

    expect(obstacleWords(found)).toEqual(['forward gateway unsolicited-inbound']);
    expect(found.obstacles[0]).toMatchObject({ id: nat('nat') });
  });

  it('RT-36 goes out past Block Public Access for what comes in', () => {
    expect(follow(behindNat().blockPublicAccess('block-ingress'), 'web', HOST).verdict).toBe('reachable');
  });
});

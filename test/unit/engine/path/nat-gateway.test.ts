import { describe, expect, it } from 'vitest';
import { buildVpc, buildWorld, type VpcBuilder } from '../../../support/build-vpc.ts';
import { follow, hopKinds, obstacleWords } from '../../../support/follow-path.ts';
import { eni, nat, rtb, subnet, vpc } from '../../../support/ids.ts';
import { route, viaInternetGateway, viaNatGateway, viaPeering, type RoutePlan } from '../../../support/routes.ts';
import { allow, anything, egress, ingress, tcp } from '../../../support/rules.ts';

const HOST = '203.0.113.9';
const allIn = ingress(100).allow(anything, '0.0.0.0/0');
const allOut = egress(100).allow(anything, '0.0.0.0/0');

/** `app` in zone a and `far` in zone b ask the internet through a NAT gateway that stands in `public`. */
function shop(...more: readonly RoutePlan[]): VpcBuilder {
  return buildVpc()
    .cidr('10.0.0.0/16', '2001:db8:1::/56')
    .subnet('app', '10.0.1.0/24', '2001:db8:1:1::/64')
    .subnet('far', '10.0.2.0/24')
    .subnet('public', '10.0.9.0/24')
    .zone('b', 'far')
    .internetGateway()
    .routeTable('private', [route('0.0.0.0/0', viaNatGateway('nat')), ...more], { on: ['app', 'far'] })
    .routeTable('public', [route('0.0.0.0/0', viaInternetGateway())])
    .natGateway('nat', { in: 'public', address: '10.0.9.4', publicAddress: '198.51.100.9' })
    .securityGroup('app')
    .interface('app', { subnet: 'app', address: '10.0.1.5', ipv6: '2001:db8:1:1::5', groups: ['app'] })
    .interface('far', { subnet: 'far', address: '10.0.2.5', groups: ['app'] });
}

interface NatAddress {
  readonly PrivateIp?: string;
  readonly PublicIp?: string;
  readonly NetworkInterfaceId?: string;
  readonly AvailabilityZone?: string;
}

const OWN = { PrivateIp: '10.0.9.4', PublicIp: '198.51.100.9', NetworkInterfaceId: eni('nat') };

/** The gateway as AWS tells it, with these addresses. */
function withAddresses(addresses: readonly NatAddress[], more: object = { SubnetId: subnet('public') }): VpcBuilder {
  const told = { NatGatewayId: nat('nat'), VpcId: vpc('main'), State: 'available', NatGatewayAddresses: addresses };
  return shop().raw({ NatGateways: [{ ...told, ...more }] });
}

const hears = (from: number, to: number): VpcBuilder =>
  shop().acl('app', [ingress(100).allow(tcp(from, to), '0.0.0.0/0'), allOut]);

describe('the port of the client', () => {
  it('NACL-24 is in the answer again, once the NAT gateway has handed it on', () => {
    expect(follow(hears(40_000, 40_000), 'app', HOST, 'tcp/443', { sourcePort: 40_000 }).verdict).toBe('reachable');
    expect(obstacleWords(follow(hears(1_024, 39_999), 'app', HOST, 'tcp/443', { sourcePort: 40_000 }))).toEqual([
      'return network-acl 32767',
    ]);
  });

  it('is in no packet of a ping, on neither side of the gateway', () => {
    const { forward, return: back } = follow(shop(), 'app', HOST, 'icmp');
    const packets = [...forward.hops, ...back.hops].flatMap(({ packet }) => packet ?? []);

    expect(packets).toHaveLength(11);
    expect(new Set(packets.flatMap(Object.keys))).toEqual(new Set(['protocol', 'source', 'destination', 'icmp']));
  });
});

describe('the interface of a NAT gateway', () => {
  it('RT-23 has the ACL of its subnet, which stays unseen where the interface was not read', () => {
    const found = follow(withAddresses([{ ...OWN, NetworkInterfaceId: eni('ghost') }]), 'app', HOST);

    expect(found).toMatchObject({
      verdict: 'undetermined',
      gaps: [{ fact: 'network-interface', about: eni('ghost') }],
    });
    expect(found.forward.hops.filter(({ outcome }) => outcome.kind === 'unknown')).toMatchObject([
      { kind: 'network-acl', direction: 'ingress' },
    ]);
    expect(found.return.hops.filter(({ outcome }) => outcome.kind === 'unknown')).toMatchObject([
      { kind: 'network-acl', direction: 'ingress' },
    ]);
  });

  it('FLOW-71 takes nothing that was sent to any of its addresses', () => {
    const several = withAddresses([{ PrivateIp: '10.0.9.5', PublicIp: '198.51.100.10' }, OWN]);

    expect(follow(several, 'app', '10.0.9.4').obstacles).toMatchObject([
      { kind: 'gateway', id: nat('nat'), reason: 'unsolicited-inbound', address: { bits: 0x0a000904n } },
    ]);
  });

  it('tells that it is one, though the gateway was not read', () => {
    const found = follow(shop().raw({ NatGateways: undefined }), 'app', '10.0.9.4');

    expect(found).toMatchObject({ verdict: 'undetermined', gaps: [{ fact: 'nat-gateway', about: eni('nat') }] });
    expect(found.forward.hops.at(-1)).toMatchObject({ kind: 'nat-gateway', vpcId: vpc('main') });
  });
});

describe('nobody can tell what a NAT gateway does', () => {
  const translating = shop(route('64:ff9b::/96', viaNatGateway('nat')));

  it.each<[string, VpcBuilder, string]>([
    ['with IPv6, for hosts that speak IPv4 alone', translating, '64:ff9b::cb00:7109'],
    ['while it has no address', withAddresses([]), HOST],
    ['while its address is being assigned', withAddresses([{ PublicIp: '198.51.100.9' }]), HOST],
  ])('%s', (_, network, to) => {
    const found = follow(network, 'app', to);

    expect(found).toMatchObject({
      verdict: 'undetermined',
      obstacles: [],
      gaps: [{ fact: 'nat-gateway', about: nat('nat'), because: 'not-modelled' }],
    });
    expect(found.forward.hops.at(-1)).toMatchObject({
      kind: 'nat-gateway',
      id: nat('nat'),
      subnetId: subnet('public'),
    });
  });

  it('that was not read', () => {
    expect(follow(shop().raw({ NatGateways: [] }), 'app', HOST)).toMatchObject({
      verdict: 'undetermined',
      gaps: [{ fact: 'nat-gateway', about: nat('nat') }],
    });
  });
});

const zonal = (letter: string, private4: string, public4: string): NatAddress => ({
  PrivateIp: private4,
  PublicIp: public4,
  AvailabilityZone: `eu-west-1${letter}`,
});

describe('a regional NAT gateway (RT-27)', () => {
  const ADDRESSES = [zonal('a', '10.0.9.11', '198.51.100.11'), zonal('b', '10.0.9.12', '198.51.100.12')];
  const regional = withAddresses(ADDRESSES, { AvailabilityMode: 'regional', RouteTableId: rtb('public') });
  const namesOf = (from: string, network = regional): unknown =>
    follow(network, from, HOST).forward.hops.flatMap(({ outcome }) =>
      outcome.kind === 'passed' && outcome.by?.kind === 'translated' ? [outcome.by.to.bits] : [],
    );

  it('sends with the addresses of the zone of the sender', () => {
    expect(namesOf('app')).toEqual([0x0a00090bn, 0xc633640bn]);
    expect(namesOf('far')).toEqual([0x0a00090cn, 0xc633640cn]);
  });

  it('sends with the first of them, where the zone has none yet', () => {
    const growing = withAddresses(ADDRESSES.slice(0, 1), { AvailabilityMode: 'regional', RouteTableId: rtb('public') });

    expect(namesOf('far', growing)).toEqual([0x0a00090bn, 0xc633640bn]);
  });

  it('has a table of its own, and stands in no subnet', () => {
    const { verdict, forward, return: back } = follow(regional, 'far', HOST);
    const standing = forward.hops.slice(-3);

    expect(verdict).toBe('reachable');
    expect(hopKinds(standing)).toEqual(['nat-gateway', 'route-table', 'internet-gateway']);
    expect(standing[1]).toMatchObject({ id: rtb('public') });
    expect(standing.filter((hop) => 'subnetId' in hop)).toEqual([]);
    expect(hopKinds(back.hops)).toEqual([
      'internet-gateway',
      'nat-gateway',
      'route-table',
      'network-acl',
      'security-group',
      'interface',
    ]);
  });

  it('needs that table to lead on', () => {
    const unread = withAddresses(ADDRESSES, { AvailabilityMode: 'regional', RouteTableId: rtb('main') });

    expect(obstacleWords(follow(unread, 'app', HOST))).toEqual(['forward route no-route']);
  });
});

const shared = (cidr: string, routes: readonly RoutePlan[] = []): VpcBuilder =>
  buildVpc('shared')
    .cidr('10.1.0.0/16')
    .subnet('ledger', '10.1.1.0/24')
    .routeTable('ledger', routes)
    .securityGroup('ledger', { ingress: [allow(tcp(443), cidr)] })
    .interface('ledger', { subnet: 'ledger', address: '10.1.1.9', groups: ['ledger'] });
const peered = (network: VpcBuilder, far: VpcBuilder) =>
  buildWorld(network.peering('shared', { cidrs: ['10.1.0.0/16'] }), far);

describe('towards a peered VPC', () => {
  const through = shop().routeTable('public', [route('10.1.0.0/16', viaPeering('shared'))]);
  const past = shop(route('10.1.0.0/16', viaPeering('shared')));

  it('RT-28 the far side sees the gateway, and answers it without a route', () => {
    expect(follow(peered(through, shared('10.0.9.4/32')), 'app', 'ledger').verdict).toBe('reachable');
    expect(obstacleWords(follow(peered(through, shared('10.0.1.0/24')), 'app', 'ledger'))).toEqual([
      'forward security-group',
    ]);
  });

  it('RT-28 whoever went past it is answered by a route, or not at all', () => {
    expect(obstacleWords(follow(peered(past, shared('10.0.1.0/24')), 'app', 'ledger'))).toEqual([
      'return route no-route',
    ]);
  });

  it('EVAL-12 an answer that leaves by a NAT gateway bears the wrong name', () => {
    const back = shared('10.0.1.0/24', [route('10.0.0.0/16', viaNatGateway('ledger-nat'))])
      .subnet('out', '10.1.9.0/24')
      .natGateway('ledger-nat', { in: 'out', address: '10.1.9.4' });

    expect(obstacleWords(follow(peered(past, back), 'app', 'ledger'))).toEqual(['return route asymmetric']);
  });
});

it('RT-23 the ACL of its subnet sees the client on the one side and the gateway on the other', () => {
  const narrow = shop().acl('public', [
    ingress(100).allow(tcp(443), '10.0.1.0/24'),
    ingress(110).allow(tcp(1024, 65_535), '203.0.113.9/32'),
    egress(100).allow(tcp(443), '203.0.113.9/32'),
    egress(110).allow(tcp(1024, 65_535), '10.0.1.0/24'),
  ]);

  expect(follow(narrow, 'app', HOST).verdict).toBe('reachable');
  expect(obstacleWords(follow(narrow, 'far', HOST))).toEqual(['forward network-acl 32767', 'return network-acl 32767']);
  expect(follow(shop().acl('public', [allIn, allOut]), 'far', HOST).verdict).toBe('reachable');
});

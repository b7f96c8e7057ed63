import { describe, expect, it } from 'vitest';
import { buildVpc, type VpcBuilder } from '../../../support/build-vpc.ts';
import { follow, obstacleWords } from '../../../support/follow-path.ts';
import { eigw, eni, igw, nat, subnet, vpc } from '../../../support/ids.ts';
import {
  blackhole,
  route,
  viaEgressOnlyInternetGateway,
  viaInternetGateway,
  viaNatGateway,
  viaPeering,
  type RoutePlan,
} from '../../../support/routes.ts';
import { allow, anything } from '../../../support/rules.ts';

const HOST = '203.0.113.9';
const HOST_6 = '2600:1f00::9';
const PUBLIC = '198.51.100.5';
const SIX = '2001:db8:1:1::5';
const out = route('0.0.0.0/0', viaInternetGateway());
const outOnly = route('::/0', viaEgressOnlyInternetGateway());

/** `web` has a public address, and a private one besides that has none. */
function plain(...routes: readonly RoutePlan[]): VpcBuilder {
  return buildVpc()
    .cidr('10.0.0.0/16', '2001:db8:1::/56')
    .subnet('web', '10.0.1.0/24', '2001:db8:1:1::/64')
    .routeTable('web', routes)
    .securityGroup('web', { ingress: [allow(anything, '0.0.0.0/0'), allow(anything, '::/0')] })
    .interface('web', {
      subnet: 'web',
      address: '10.0.1.5',
      publicAddress: PUBLIC,
      secondary: ['10.0.1.55'],
      ipv6: SIX,
      groups: ['web'],
    });
}

const web = (...routes: readonly RoutePlan[]): VpcBuilder => plain(...routes).internetGateway();
const attached = (...attachments: readonly object[]): VpcBuilder =>
  plain(out).raw({ InternetGateways: [{ InternetGatewayId: igw('main'), Attachments: attachments }] });
const unread = (...routes: readonly RoutePlan[]): VpcBuilder => web(...routes).raw({ InternetGateways: undefined });

describe('the public address', () => {
  it('RT-18 is that of the sender’s own private one', () => {
    expect(follow(web(out), '10.0.1.5', HOST).verdict).toBe('reachable');
    expect(follow(web(out), '10.0.1.55', HOST).obstacles).toMatchObject([
      { kind: 'gateway', id: igw('main'), reason: 'no-public-address', address: { bits: 0x0a000137n } },
    ]);
  });

  it('RT-25 of a NAT gateway is told with the gateway, where its interface was not read', () => {
    const own = { PrivateIp: '10.0.9.4', PublicIp: '198.51.100.9', NetworkInterfaceId: eni('ghost') };
    const network = web(route('0.0.0.0/0', viaNatGateway('nat')))
      .subnet('public', '10.0.9.0/24')
      .routeTable('public', [out])
      .raw({
        NatGateways: [
          {
            NatGatewayId: nat('nat'),
            VpcId: vpc('main'),
            SubnetId: subnet('public'),
            State: 'available',
            NatGatewayAddresses: [
              { PublicIp: '198.51.100.8', AvailabilityZone: 'eu-west-1b' },
              { ...own, AvailabilityZone: 'eu-west-1a' },
            ],
          },
        ],
      });
    const { verdict, obstacles, return: back } = follow(network, 'web', HOST);

    expect({ verdict, obstacles }).toEqual({ verdict: 'undetermined', obstacles: [] });
    expect(back.hops.at(-1)).toMatchObject({ kind: 'interface', id: eni('web') });
  });
});

describe('an internet gateway', () => {
  it.each<[string, VpcBuilder, readonly string[]]>([
    ['attached to the VPC', attached({ VpcId: vpc('main'), State: 'available' }), []],
    [
      'attached to another VPC',
      attached({ VpcId: vpc('other'), State: 'available' }),
      ['forward gateway not-attached'],
    ],
    ['that is being detached', attached({ VpcId: vpc('main'), State: 'detaching' }), ['forward gateway not-attached']],
    ['that does not exist', plain(out), ['forward gateway not-attached']],
    ['RT-10 of which nobody told, behind an active route', unread(out), []],
  ])('%s', (_, network, obstacles) => {
    expect(obstacleWords(follow(network, 'web', HOST))).toEqual(obstacles);
  });

  it('tells whose answer it is and where it stands when it stops the packet', () => {
    expect(follow(plain(out), 'web', HOST)).toMatchObject({
      obstacles: [{ id: igw('main'), code: 'BAD_STATE_ATTACHMENT' }],
      forward: {
        hops: expect.arrayContaining([expect.objectContaining({ kind: 'internet-gateway', vpcId: vpc('main') })]),
      },
      return: { hops: [] },
    });
  });
});

const entry = (network: VpcBuilder, to = PUBLIC): unknown => follow(network, HOST, to).forward.hops[0];

describe('what comes in', () => {
  it('comes by the gateway that an active route names, where gateways were not asked for', () => {
    expect(entry(unread(out))).toMatchObject({ kind: 'internet-gateway', id: igw('main'), vpcId: vpc('main') });
    expect(follow(unread(out), HOST, PUBLIC).verdict).toBe('reachable');
  });

  it.each<[string, VpcBuilder]>([
    ['a peering connection', unread(route('10.9.0.0/16', viaPeering('shared')))],
    ['a blackhole', unread(blackhole(out))],
    ['none', unread()],
  ])('comes by some gateway, where routes name %s', (_, network) => {
    expect(entry(network)).toEqual(expect.not.objectContaining({ id: expect.anything() }));
    expect(obstacleWords(follow(network, HOST, PUBLIC))[0]).toMatch(/^return route/);
  });

  it('RT-22 does not come by an egress-only gateway', () => {
    const outwards = plain(outOnly).egressOnlyInternetGateway();

    expect(follow(outwards, HOST_6, SIX).obstacles).toMatchObject([
      { kind: 'gateway', leg: 'forward', id: vpc('main'), reason: 'not-attached' },
    ]);
  });
});

describe('an egress-only internet gateway', () => {
  const both = web(outOnly).egressOnlyInternetGateway();

  it('RT-22 lets out, and lets in what comes back to it', () => {
    const { verdict, forward, return: back } = follow(both, 'web', HOST_6);

    expect(verdict).toBe('reachable');
    expect(forward.hops.at(-1)).toMatchObject({ kind: 'egress-only-internet-gateway', id: eigw('main') });
    expect(back.hops[0]).toMatchObject({ kind: 'internet-gateway', id: eigw('main') });
  });

  it('RT-22 speaks IPv6 alone', () => {
    const wrong = web(route('0.0.0.0/0', viaEgressOnlyInternetGateway())).egressOnlyInternetGateway();

    expect(follow(wrong, 'web', HOST).obstacles).toMatchObject([
      { kind: 'gateway', id: eigw('main'), reason: 'unsupported-protocol', code: 'PROTOCOL_RESTRICTION' },
    ]);
  });

  it('RT-22 takes no answer to what came in by another one', () => {
    expect(obstacleWords(follow(both, HOST_6, SIX))).toEqual(['return route asymmetric']);
  });

  it('RT-36 is stopped by Block Public Access for both ways only', () => {
    expect(follow(both.blockPublicAccess('block-ingress'), 'web', HOST_6).verdict).toBe('reachable');
    expect(follow(both.blockPublicAccess('block-bidirectional'), 'web', HOST_6).obstacles).toMatchObject([
      { kind: 'block-public-access', leg: 'forward', id: vpc('main'), code: 'VPC_BLOCK_PUBLIC_ACCESS_ENABLED' },
    ]);
  });
});

const excluded = (mode: string): VpcBuilder => {
  const network = web(out).blockPublicAccess('block-bidirectional');
  const subnets = network.build().raw['Subnets'] as readonly object[];
  const states = { BlockPublicAccessStates: { InternetGatewayBlockMode: mode } };
  return network.raw({ Subnets: subnets.map((each) => Object.assign({}, each, states)) });
};

describe('Block Public Access', () => {
  it('RT-34 lets in and out of a subnet that is excluded from it', () => {
    expect(follow(excluded('off'), HOST, PUBLIC).verdict).toBe('reachable');
    expect(follow(excluded('off'), 'web', HOST).verdict).toBe('reachable');
    expect(obstacleWords(follow(excluded('block-ingress'), HOST, PUBLIC))).toContain('forward block-public-access');
  });

  it('RT-33 is off where nobody told of it', () => {
    expect(follow(web(out).raw({ VpcBlockPublicAccessOptions: undefined }), HOST, PUBLIC).verdict).toBe('reachable');
  });
});

describe('mail (EVAL-22)', () => {
  it.each([
    ['may be held back', 'tcp/25', 'undetermined'],
    ['is sent over TCP', 'udp/25', 'reachable'],
    ['to a submission port is never held back', 'tcp/587', 'reachable'],
  ])('%s: %s', (_, service, verdict) => {
    expect(follow(web(out), 'web', HOST, service).verdict).toBe(verdict);
  });

  it('is no answer, whatever port the client sent from', () => {
    expect(follow(web(out), HOST, PUBLIC, 'tcp/443', { sourcePort: 25 }).verdict).toBe('reachable');
  });
});

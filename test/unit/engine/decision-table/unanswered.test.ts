import { describe, expect, it } from 'vitest';
import { ask, linesOf, only, reasonKinds, RICH_FIELDS } from '../../../support/ask-why.ts';
import { buildVpc, buildWorld, type BuiltWorld, type VpcBuilder } from '../../../support/build-vpc.ts';
import { igw, nat, rtb, vpc as vpcId, vpce } from '../../../support/ids.ts';
import {
  blackhole,
  route,
  viaEndpoint,
  viaInternetGateway,
  viaNatGateway,
  viaPeering,
  type RoutePlan,
} from '../../../support/routes.ts';
import { allow, ingress, tcp } from '../../../support/rules.ts';

const { accept } = linesOf('app');

/** An interface at 10.0.1.5 that may send whatever it wants. */
function app(publicAddress?: string): VpcBuilder {
  return buildVpc()
    .cidr('10.0.0.0/16', '2001:db8:1::/56')
    .subnet('app', '10.0.1.0/24', '2001:db8:1:1::/64')
    .securityGroup('app')
    .interface('app', {
      subnet: 'app',
      address: '10.0.1.5',
      ipv6: '2001:db8:1:1::5',
      groups: ['app'],
      ...(publicAddress !== undefined && { publicAddress }),
    })
    .peering('partner', { cidrs: ['10.9.0.0/16'] })
    .flowLog({ fields: RICH_FIELDS });
}

const sent = (to: string, protocol = 'tcp', options = {}) =>
  accept(`10.0.1.5:40000 -> ${to} ${protocol}`, { flags: protocol === 'tcp' ? 2 : 0, packets: 4, ...options });

const rowsOf = (vpc: VpcBuilder, from: string, line: string): readonly string[] => {
  const { row, alternatives } = only(ask(vpc, { of: 'app', lines: [line], from }));
  return [row, ...alternatives];
};

describe('sent, and never answered', () => {
  it.each([
    ['the internet, from a private address', app(), '203.0.113.40', sent('203.0.113.40:443'), ['T-42', 'T-44', 'T-46']],
    [
      'the internet, from a public one',
      app('198.51.100.5'),
      '203.0.113.40',
      sent('203.0.113.40:443'),
      ['T-43', 'T-46'],
    ],
    [
      'the internet over IPv6, where addresses are public',
      app(),
      '2600:1f00::9',
      accept('[2001:db8:1:1::5]:40000 -> [2600:1f00::9]:443 tcp', { flags: 2, packets: 4 }),
      ['T-43', 'T-46'],
    ],
    ['a peer VPC', app(), '10.9.0.4', sent('10.9.0.4:443'), ['T-47']],
    ['a private network elsewhere', app(), '192.168.7.7', sent('192.168.7.7:443'), ['T-48']],
    ['another interface of the VPC', app(), '10.0.7.7', sent('10.0.7.7:443'), ['T-49']],
  ] as const)('to %s: what lies on the path is not guessed', (...[, vpc, remote, line, rows]) => {
    expect(rowsOf(vpc, remote, line)).toEqual(rows);
    expect(only(ask(vpc, { of: 'app', lines: [line], from: remote }))).toMatchObject({
      verdict: 'undetermined',
      blockedBy: [],
      gaps: [{ fact: 'path', because: 'not-collected' }],
    });
  });

  it('T-47 needs an active connection', () => {
    const pending = buildVpc()
      .subnet('app', '10.0.1.0/24')
      .securityGroup('app')
      .interface('app', { subnet: 'app', address: '10.0.1.5', groups: ['app'] })
      .peering('partner', { cidrs: ['10.9.0.0/16'], status: 'pending-acceptance' })
      .flowLog({ fields: RICH_FIELDS });

    expect(rowsOf(pending, '10.9.0.4', sent('10.9.0.4:443'))).toEqual(['T-48']);
  });
});

describe('T-45 mail to the internet', () => {
  it('T-45 is no rule: EC2 restricts port 25', () => {
    const finding = only(ask(app('198.51.100.5'), { of: 'app', lines: [sent('203.0.113.40:25')], port: 25 }));

    expect(finding).toMatchObject({ row: 'T-45', verdict: 'not-a-rule', confidence: 'likely' });
    expect(reasonKinds(finding)).toContain('port-25');
  });

  it.each([
    ['a private address', sent('10.9.0.4:25')],
    ['UDP', sent('203.0.113.40:25', 'udp')],
    ['another port', sent('203.0.113.40:587')],
  ])('T-45 says nothing of %s', (_, line) => {
    expect(ask(app(), { of: 'app', lines: [line], from: '0.0.0.0/0' }).findings[0]!.row).not.toBe('T-45');
  });
});

const toS3 = (options = {}) => sent('203.0.113.80:443', 'tcp', { fields: { 'pkt-dst-aws-service': 'S3' }, ...options });

describe('AWS services', () => {
  it('T-50 says that the gateway endpoint is not read', () => {
    expect(rowsOf(app(), '203.0.113.80', toS3())[0]).toBe('T-50');
  });

  it('T-51 tells the way by the internet gateway', () => {
    const line = toS3({ fields: { 'pkt-dst-aws-service': 'S3', 'traffic-path': 8 } });

    expect(rowsOf(app(), '203.0.113.80', line)[0]).toBe('T-51');
  });

  it('T-52 is no network fault where the service answers: policies refuse, and they are not read', () => {
    const answered = accept('203.0.113.80:443 -> 10.0.1.5:40000 tcp', { flags: 18 });
    const line = toS3();

    const finding = only(ask(app(), { of: 'app', lines: [line, answered], from: '203.0.113.80' }));

    expect(finding).toMatchObject({ row: 'T-52', verdict: 'not-a-rule', gaps: [{ fact: 'path', about: 'policies' }] });
    expect(reasonKinds(finding)).toContain('policies-are-not-network');
  });
});

/** The same interface, with the routes of its subnet read. */
const routed = (routes: readonly RoutePlan[], publicAddress?: string): VpcBuilder =>
  app(publicAddress).internetGateway().routeTable('app', routes);
const toInternet = route('0.0.0.0/0', viaInternetGateway());
const answerOf = (vpc: VpcBuilder | BuiltWorld, to: string, options = {}) =>
  only(ask(vpc, { of: 'app', lines: [sent(`${to}:443`, 'tcp', options)], from: to }));
const PUBLIC = '203.0.113.40';

const partner = (routes: readonly RoutePlan[]) =>
  buildVpc('partner')
    .cidr('10.9.0.0/16')
    .subnet('ledger', '10.9.0.0/24')
    .routeTable('ledger', routes)
    .securityGroup('ledger', { ingress: [allow(tcp(443), '10.0.0.0/16')] })
    .interface('ledger', { subnet: 'ledger', address: '10.9.0.4', groups: ['ledger'] });

describe('sent, and never answered, with the way followed', () => {
  it('T-42 names the internet gateway that drops a private sender', () => {
    expect(answerOf(routed([toInternet]), PUBLIC)).toMatchObject({
      row: 'T-42',
      verdict: 'blocked',
      confidence: 'likely',
      blockedBy: [{ kind: 'path', obstacle: { kind: 'gateway', id: igw('main'), reason: 'no-public-address' } }],
    });
  });

  it.each([
    ['no route', routed([], '198.51.100.5'), 'no-route'],
    ['a blackhole', routed([blackhole(toInternet)], '198.51.100.5'), 'blackhole'],
  ] as const)('T-43 names the table with %s', (...[, vpc, reason]) => {
    expect(answerOf(vpc, PUBLIC)).toMatchObject({
      row: 'T-43',
      verdict: 'blocked',
      blockedBy: [{ kind: 'path', obstacle: { kind: 'route', id: rtb('app'), reason } }],
    });
  });

  const behindNat = (state: string, natRoutes: readonly RoutePlan[]) =>
    routed([route('0.0.0.0/0', viaNatGateway('nat'))])
      .subnet('public', '10.0.9.0/24')
      .routeTable('public', natRoutes)
      .natGateway('nat', { in: 'public', address: '10.0.9.4', publicAddress: '198.51.100.9', state });

  it.each([
    ['is gone', behindNat('failed', [toInternet]), { kind: 'gateway', id: nat('nat'), reason: 'not-available' }],
    [
      'stands in a private subnet',
      behindNat('available', []),
      { kind: 'route', id: rtb('public'), reason: 'no-route' },
    ],
    [
      'is routed back to itself',
      behindNat('available', [route('0.0.0.0/0', viaNatGateway('nat'))]),
      { kind: 'gateway', id: nat('nat'), reason: 'no-internet-route' },
    ],
  ] as const)('T-44 tells that the NAT gateway %s', (...[, vpc, obstacle]) => {
    expect(answerOf(vpc, PUBLIC)).toMatchObject({ row: 'T-44', blockedBy: [{ kind: 'path', obstacle }] });
  });

  it.each([
    ['by the internet gateway', routed([toInternet], '198.51.100.5')],
    ['through the NAT gateway', behindNat('available', [toInternet])],
  ])('T-46 says that the way is open %s', (_, vpc) => {
    const finding = answerOf(vpc, PUBLIC);

    expect(finding).toMatchObject({ row: 'T-46', verdict: 'not-a-rule', confidence: 'likely', blockedBy: [] });
    expect(reasonKinds(finding)).toContain('way-is-open');
  });

  const toPartner = route('10.9.0.0/16', viaPeering('partner'));
  const back = route('10.0.0.0/16', viaPeering('partner'));

  it('T-47 names the table of the peer that knows no way back', () => {
    expect(answerOf(buildWorld(routed([toPartner]), partner([])), '10.9.0.4')).toMatchObject({
      row: 'T-47',
      verdict: 'blocked',
      blockedBy: [{ kind: 'path', obstacle: { kind: 'route', leg: 'return', id: rtb('ledger'), reason: 'no-route' } }],
    });
  });

  it('T-47 leaves it open while the peer is not read (PEER-21)', () => {
    expect(answerOf(routed([toPartner]), '10.9.0.4')).toMatchObject({
      row: 'T-47',
      verdict: 'undetermined',
      gaps: [{ fact: 'vpc', about: vpcId('partner') }],
    });
  });

  it('T-47 says that the way is open where both sides route', () => {
    expect(answerOf(buildWorld(routed([toPartner]), partner([back])), '10.9.0.4').verdict).toBe('not-a-rule');
  });

  it('T-48 names the table without a way to the other network', () => {
    expect(answerOf(routed([]), '192.168.7.7')).toMatchObject({
      row: 'T-48',
      blockedBy: [{ kind: 'path', obstacle: { kind: 'route', reason: 'no-route' } }],
    });
  });

  it('T-49 names what stands before the neighbour, and the way back', () => {
    const vpc = routed([])
      .subnet('db', '10.0.2.0/24')
      .acl('db', [ingress(100).allow(tcp(), '10.0.0.0/16')])
      .securityGroup('db')
      .interface('db', { subnet: 'db', address: '10.0.2.9', groups: ['db'] });

    expect(answerOf(vpc, '10.0.2.9')).toMatchObject({
      row: 'T-49',
      verdict: 'blocked',
      blockedBy: [
        { kind: 'path', obstacle: { kind: 'security-group', leg: 'forward', direction: 'ingress' } },
        { kind: 'path', obstacle: { kind: 'network-acl', leg: 'return', direction: 'egress', ruleNumber: 32767 } },
      ],
    });
  });

  const s3 = { fields: { 'pkt-dst-aws-service': 'S3' } };
  const withEndpoint = (state: string, tables: readonly string[]) =>
    routed([toInternet, ...tables.map(() => route({ prefixList: 's3' }, viaEndpoint('s3')))], '198.51.100.5')
      .prefixList('s3', '203.0.113.0/24')
      .endpoint('s3', { service: 's3', type: 'Gateway', state, tables });

  it('T-50 names the gateway endpoint that is not available', () => {
    expect(answerOf(withEndpoint('failed', ['app']), '203.0.113.80', s3)).toMatchObject({
      row: 'T-50',
      blockedBy: [{ kind: 'path', obstacle: { kind: 'vpc-endpoint', id: vpce('s3'), reason: 'not-available' } }],
    });
  });

  const pastIt = { fields: { 'pkt-dst-aws-service': 'S3', 'traffic-path': 8 } };

  it('T-51 names the endpoint and the table that does not use it', () => {
    const finding = answerOf(withEndpoint('available', []), '203.0.113.80', pastIt);

    expect(finding).toMatchObject({ row: 'T-51', verdict: 'not-a-rule', confidence: 'certain' });
    expect(finding.reasons).toContainEqual({
      kind: 'endpoint-not-used',
      endpointId: vpce('s3'),
      routeTableId: rtb('app'),
    });
  });

  const unusable = (plan: { service: string; type?: string; state?: string }) =>
    routed([toInternet], '198.51.100.5').endpoint('other', {
      type: 'Gateway',
      state: 'available',
      tables: [],
      ...plan,
    });

  it.each([
    ['is for another service', unusable({ service: 'dynamodb' })],
    ['is one of interfaces', unusable({ service: 's3', type: 'Interface' })],
    ['is not available', unusable({ service: 's3', state: 'pending' })],
    [
      "is another VPC's",
      buildWorld(
        routed([toInternet], '198.51.100.5'),
        buildVpc('far')
          .subnet('far', '10.7.0.0/24')
          .endpoint('other', { service: 's3', type: 'Gateway', state: 'available', tables: [] }),
      ),
    ],
  ])('T-51 does not hold where the endpoint %s', (_, network) => {
    expect(answerOf(network, '203.0.113.80', pastIt).row).not.toBe('T-51');
  });

  it('T-51 does not hold where no endpoint is passed by', () => {
    expect(answerOf(routed([toInternet], '198.51.100.5'), '203.0.113.80', pastIt).row).not.toBe('T-51');
  });
});

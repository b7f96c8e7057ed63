import { describe, expect, it } from 'vitest';
import { analysePath } from '../../../../src/engine/path/analyse-path.ts';
import { applyFix } from '../../../../src/engine/fix/apply-fix.ts';
import { fixPath } from '../../../../src/engine/path/fix-path.ts';
import type { PathFix } from '../../../../src/engine/path/path-fix.ts';
import { buildVpc, buildWorld, type BuiltWorld, type VpcBuilder } from '../../../support/build-vpc.ts';
import { inWords } from '../../../support/fix-words.ts';
import { follow } from '../../../support/follow-path.ts';
import { acl, eni, igw, pcx, rtb, sg, subnet, tgw } from '../../../support/ids.ts';
import { blackhole, route, viaInternetGateway, viaPeering, viaTransitGateway } from '../../../support/routes.ts';
import { allow, anything, egress, icmp, ingress, tcp, type AclEntry, type GroupRule } from '../../../support/rules.ts';
import type { PeeringPlan, TransitGatewayPlan } from '../../../support/vpc-plan.ts';

const anywhere = '0.0.0.0/0';
const allIn = ingress(100).allow(anything, anywhere);
const allOut = egress(100).allow(anything, anywhere);

interface Shop {
  readonly app?: readonly GroupRule[];
  readonly db?: readonly GroupRule[];
  readonly appAcl?: readonly AclEntry[];
  readonly dbAcl?: readonly AclEntry[];
}

/** `app` asks `db`, in the next subnet of the VPC. */
function shop({ app, db = [allow(tcp(5432), '10.0.1.0/24')], appAcl, dbAcl }: Shop = {}): VpcBuilder {
  const plain = buildVpc()
    .subnet('app', '10.0.1.0/24')
    .subnet('db', '10.0.2.0/24')
    .paths()
    .securityGroup('app', app === undefined ? {} : { egress: app })
    .securityGroup('db', { ingress: db })
    .interface('app', { subnet: 'app', address: '10.0.1.5', groups: ['app'] })
    .interface('db', { subnet: 'db', address: '10.0.2.9', groups: ['db'] });
  const half = appAcl === undefined ? plain : plain.acl('app', appAcl);
  return dbAcl === undefined ? half : half.acl('db', dbAcl);
}

function mend(network: VpcBuilder | BuiltWorld, ...asked: AskedFlow): PathFix | undefined {
  const built = 'build' in network ? network.build() : network;
  return fixPath(follow(built, ...asked), built.snapshot);
}

type AskedFlow = Parameters<typeof follow> extends [unknown, ...infer Rest] ? Rest : never;

const SQL = ['app', 'db', 'tcp/5432'] as const;
const FROM_40000 = [...SQL, { sourcePort: 40_000 }] as const;

describe('one obstacle', () => {
  it.each<[string, VpcBuilder, AskedFlow, string]>([
    ['no inbound rule', shop({ db: [] }), [...SQL], 'sg ingress 6 5432-5432 10.0.1.5/32'],
    ['no outbound rule', shop({ app: [] }), [...SQL], 'sg egress 6 5432-5432 10.0.2.9/32'],
    ['no inbound entry', shop({ dbAcl: [allOut] }), [...SQL], 'acl ingress 100 6 5432-5432 10.0.1.5/32'],
    ['no outbound entry', shop({ appAcl: [allIn] }), [...SQL], 'acl egress 100 6 5432-5432 10.0.2.9/32'],
    [
      'a numbered deny',
      shop({ dbAcl: [ingress(90).deny(tcp(5432), '10.0.1.0/24'), allIn, allOut] }),
      [...SQL],
      'acl ingress 89 6 5432-5432 10.0.1.5/32',
    ],
    [
      'NACL-5 no entry for the answer: all client ports',
      shop({ dbAcl: [allIn] }),
      [...SQL],
      'acl egress 100 6 1024-65535 10.0.1.5/32',
    ],
    [
      'NACL-5 no entry for the answer: the client port that was asked about',
      shop({ appAcl: [allOut] }),
      [...FROM_40000],
      'acl ingress 100 6 40000-40000 10.0.2.9/32',
    ],
    ['ICMP: the protocol, all types', shop(), ['app', 'db', 'icmp'], 'sg ingress 1 all 10.0.1.5/32'],
    ['another protocol: its number', shop(), ['app', 'db', '50'], 'sg ingress 50 all 10.0.1.5/32'],
  ])('%s', (...[, network, asked, change]) => {
    const fix = mend(network, ...asked);

    expect(inWords(fix)).toEqual([change]);
    expect(fix).toMatchObject({ verdict: 'reachable' });
  });

  it('IPv6: a /128', () => {
    const ipv6 = buildVpc()
      .cidr('10.0.0.0/16', '2001:db8::/56')
      .subnet('app', '10.0.1.0/24', '2001:db8:0:1::/64')
      .subnet('db', '10.0.2.0/24', '2001:db8:0:2::/64')
      .paths()
      .securityGroup('app')
      .securityGroup('db')
      .interface('app', { subnet: 'app', address: '10.0.1.5', ipv6: '2001:db8:0:1::5', groups: ['app'] })
      .interface('db', { subnet: 'db', address: '10.0.2.9', ipv6: '2001:db8:0:2::9', groups: ['db'] });

    expect(inWords(mend(ipv6, 'app', '2001:db8:0:2::9'))).toEqual(['sg ingress 6 443-443 2001:db8:0:1::5/128']);
  });

  it('nothing where nothing is in the way', () => {
    expect(mend(shop(), ...SQL)).toBeUndefined();
  });
});

describe('several obstacles', () => {
  it('are mended in the order that the packet and its answer meet them', () => {
    expect(inWords(mend(shop({ app: [], db: [], appAcl: [], dbAcl: [] }), ...SQL))).toEqual([
      'sg egress 6 5432-5432 10.0.2.9/32',
      'acl egress 100 6 5432-5432 10.0.2.9/32',
      'acl ingress 100 6 5432-5432 10.0.1.5/32',
      'sg ingress 6 5432-5432 10.0.1.5/32',
      'acl egress 100 6 1024-65535 10.0.1.5/32',
      'acl ingress 100 6 1024-65535 10.0.2.9/32',
    ]);
  });

  it('one entry stands before every entry that denies some client port', () => {
    const spotted = shop({
      dbAcl: [allIn, egress(50).deny(tcp(2000, 3000), anywhere), egress(60).deny(tcp(40_000), anywhere), allOut],
    });

    expect(inWords(mend(spotted, ...SQL))).toEqual(['acl egress 49 6 1024-65535 10.0.1.5/32']);
  });

  it('a path that is open to some client ports is opened to all', () => {
    const linux = shop({ dbAcl: [allIn, egress(100).allow(tcp(32_768, 65_535), anywhere)] });

    expect(follow(linux, ...SQL).verdict).toBe('undetermined');
    expect(inWords(mend(linux, ...SQL))).toEqual(['acl egress 110 6 1024-65535 10.0.1.5/32']);
  });
});

describe('a route', () => {
  function main(routes = [toLedger]): VpcBuilder {
    return buildVpc()
      .subnet('app', '10.0.1.0/24')
      .subnet('next', '10.0.3.0/24')
      .routeTable('app', routes, { on: ['app', 'next'] })
      .securityGroup('app')
      .interface('app', { subnet: 'app', address: '10.0.1.5', groups: ['app'] });
  }

  function far(name: string, routes = [fromLedger]): VpcBuilder {
    return buildVpc(name)
      .cidr('10.1.0.0/16')
      .subnet(name, '10.1.1.0/24')
      .routeTable(name, routes)
      .securityGroup(name, { ingress: [allow(tcp(443), '10.0.0.0/16'), allow(icmp(), '10.0.0.0/16')] })
      .interface(name, { subnet: name, address: '10.1.1.9', groups: [name] });
  }

  const toLedger = route('10.1.0.0/16', viaPeering('ledger'));
  const fromLedger = route('10.0.0.0/16', viaPeering('ledger'));
  const PEERED: PeeringPlan = { cidrs: ['10.1.0.0/16'] };

  it('PEER-11 there and back, each to the block of the far subnet', () => {
    const network = buildWorld(main([]).peering('ledger', PEERED), far('ledger', []));
    const fix = mend(network, 'app', 'ledger');

    expect(inWords(fix)).toEqual(['route 10.1.1.0/24 peering', 'route 10.0.1.0/24 peering']);
    expect(fix).toMatchObject({
      changes: [
        { tableId: rtb('app'), target: { id: pcx('ledger') } },
        { tableId: rtb('ledger'), target: { id: pcx('ledger') } },
      ],
    });
  });

  it('opens the way to the whole block for every subnet of the table', () => {
    const network = buildWorld(main([]).peering('ledger', PEERED), far('ledger'));

    expect(mend(network, 'app', 'ledger')?.alsoOpens).toMatchObject([
      { kind: 'subnets', ids: [subnet('app'), subnet('next')] },
    ]);
  });

  it('RT-1 a main table serves every subnet that names no other', () => {
    const own = buildVpc()
      .subnet('app', '10.0.1.0/24')
      .subnet('next', '10.0.3.0/24')
      .subnet('other', '10.0.4.0/24')
      .routeTable('other')
      .securityGroup('app')
      .interface('app', { subnet: 'app', address: '10.0.1.5', groups: ['app'] });

    const fix = mend(buildWorld(own.peering('ledger', PEERED), far('ledger')), 'app', 'ledger');

    expect(fix).toMatchObject({ changes: [{ tableId: rtb('main') }] });
    expect(fix?.alsoOpens[0]?.ids).toEqual([subnet('app'), subnet('next')]);
  });

  const HUB: TransitGatewayPlan = {
    attachments: [
      { name: 'main', subnets: ['app'] },
      { name: 'ledger', subnets: ['ledger'] },
    ],
    routes: [
      { destination: '10.0.0.0/16', to: 'main' },
      { destination: '10.1.0.0/16', to: 'ledger' },
    ],
  };

  it('RT-42 through a transit gateway where both VPCs are attached to one', () => {
    const network = buildWorld(main([]).transitGateway('hub', HUB), far('ledger', []));
    const fix = mend(network, 'app', 'ledger');

    expect(inWords(fix)).toEqual(['route 10.1.1.0/24 transit-gateway', 'route 10.0.1.0/24 transit-gateway']);
    expect(fix).toMatchObject({ changes: [{ target: { id: tgw('hub') } }, { target: { id: tgw('hub') } }] });
  });

  it('back the way that the request came, whatever else leads there', () => {
    const network = buildWorld(
      main([route('10.1.0.0/16', viaTransitGateway('hub'))])
        .transitGateway('hub', HUB)
        .peering('ledger', PEERED),
      far('ledger', []),
    );

    expect(inWords(mend(network, 'app', 'ledger'))).toEqual(['route 10.0.1.0/24 transit-gateway']);
  });

  it('tries the next connection where the first does not lead all the way', () => {
    const lame = { ...HUB, routes: [] };
    const network = buildWorld(
      main([]).peering('ledger', PEERED).transitGateway('hub', lame),
      far('ledger', [route('10.0.0.0/16', viaTransitGateway('hub'))]),
    );
    const whole = buildWorld(main([]).transitGateway('hub', lame).peering('ledger', PEERED), far('ledger'));

    expect(mend(network, 'app', 'ledger')?.changes).toEqual([]);
    expect(inWords(mend(whole, 'app', 'ledger'))).toEqual(['route 10.1.1.0/24 peering']);
  });

  it('PEER-13 to the VPC that was meant, of two with the same block', () => {
    const network = buildWorld(main([]).peering('twin', PEERED).peering('ledger', PEERED), far('twin'), far('ledger'));

    expect(mend(network, 'app', 'ledger')).toMatchObject({ changes: [{ target: { id: pcx('ledger') } }] });
  });

  it('needs no port', () => {
    const network = buildWorld(main([]).peering('ledger', PEERED), far('ledger'));

    expect(inWords(mend(network, 'app', 'ledger', 'icmp'))).toEqual(['route 10.1.1.0/24 peering']);
  });

  it.each<[string, BuiltWorld]>([
    ['no connection', buildWorld(main([]), far('ledger'))],
    [
      'only one that is not active',
      buildWorld(main([]).peering('ledger', { ...PEERED, status: 'pending-acceptance' }), far('ledger')),
    ],
    [
      'RT-10 a route to the same block that is not usable',
      buildWorld(
        main([{ ...route('10.1.1.0/24', viaPeering('ledger')), state: 'filtered' }]).peering('ledger', PEERED),
        far('ledger'),
      ),
    ],
  ])('there is none to add: %s', (_, network) => {
    const fix = mend(network, 'app', 'ledger');

    expect(fix).toMatchObject({ changes: [], verdict: 'blocked' });
    expect(fix?.cautions[0]).toMatchObject({ kind: 'no-link', obstacle: { kind: 'route', id: rtb('app') } });
  });

  it.each<[string, BuiltWorld, object]>([
    [
      'a blackhole',
      buildWorld(main([blackhole(toLedger)]).peering('ledger', PEERED), far('ledger')),
      { kind: 'route', reason: 'blackhole' },
    ],
    [
      'a connection that is not active',
      buildWorld(main().peering('ledger', { ...PEERED, status: 'expired' }), far('ledger')),
      { kind: 'peering', reason: 'not-active' },
    ],
  ])('%s needs a person, and is told once', (_, network, obstacle) => {
    const fix = mend(network, 'app', 'ledger');

    expect(fix?.changes).toEqual([]);
    expect(fix?.cautions).toMatchObject([{ kind: 'beyond-rules', obstacle }]);
  });

  it('is not proven where what lies behind it cannot be seen', () => {
    const network = buildWorld(main([]).peering('ledger', PEERED), far('ledger').raw({ NetworkAcls: undefined }));

    expect(mend(network, 'app', 'ledger')).toMatchObject({
      changes: [],
      cautions: [{ kind: 'not-proven', gaps: [{ fact: 'network-acl' }] }],
    });
  });
});

describe('with the internet', () => {
  const front = shop({ db: [] })
    .internetGateway()
    .routeTable('db', [route(anywhere, viaInternetGateway())])
    .interface('front', { subnet: 'db', address: '10.0.2.80', publicAddress: '198.51.100.80', groups: ['db'] });

  it('EVAL-12 rules see private addresses, and a public sender gives pause', () => {
    const fix = mend(front, '203.0.113.9', 'front');

    expect(inWords(fix)).toEqual(['sg ingress 6 443-443 203.0.113.9/32']);
    expect(fix?.cautions).toContainEqual({ kind: 'public-source' });
  });

  it('is opened to nobody in particular by no small change', () => {
    expect(mend(front, 'internet', 'front')).toMatchObject({
      changes: [],
      cautions: [{ kind: 'no-single-address', end: 'internet' }],
    });
  });

  it.each<[string, VpcBuilder, object]>([
    ['no route', front, { kind: 'no-link' }],
    [
      'no public address',
      front.routeTable('app', [route(anywhere, viaInternetGateway())]),
      { kind: 'beyond-rules', obstacle: { kind: 'gateway', reason: 'no-public-address', id: igw('main') } },
    ],
  ])('%s: a person must act', (_, network, caution) => {
    expect(mend(network, 'app', '203.0.113.9')).toMatchObject({ changes: [], cautions: [caution] });
  });
});

describe('no fix', () => {
  it.each<[string, VpcBuilder, AskedFlow, readonly object[]]>([
    ['without a port', shop({ db: [] }), ['app', 'db', 'tcp'], [{ kind: 'port-not-told' }]],
    [
      'for an address that nobody has',
      shop(),
      ['app', '10.0.2.77'],
      [{ kind: 'beyond-rules', obstacle: { kind: 'destination', reason: 'no-such-address' } }],
    ],
    [
      'where no rule number is free',
      shop({ dbAcl: [ingress(1).deny(tcp(5432), anywhere), allIn, allOut] }),
      [...SQL],
      [{ kind: 'no-free-rule-number', before: 1 }],
    ],
    [
      'to a service: an address of many',
      shop({ app: [] }).prefixList('s3', '52.218.0.0/17'),
      ['app', 'service:s3'],
      [{ kind: 'no-single-address', end: 'service' }, { kind: 'no-link' }],
    ],
  ])('%s', (...[, network, asked, cautions]) => {
    const fix = mend(network, ...asked);

    expect(fix).toMatchObject({ changes: [], alsoOpens: [], verdict: 'blocked' });
    expect(fix?.cautions).toMatchObject(cautions);
  });

  it('while something that no rule can mend stands behind what rules could', () => {
    const network = shop({ app: [] }).routeTable('app', [blackhole(route(anywhere, viaInternetGateway()))]);

    expect(mend(network, 'app', '203.0.113.9')).toMatchObject({
      changes: [],
      cautions: [{ kind: 'beyond-rules', obstacle: { kind: 'route', reason: 'blackhole' } }],
    });
  });
});

describe('what to think of first', () => {
  it('somebody wrote the deny', () => {
    const denied = shop({ dbAcl: [ingress(90).deny(tcp(5432), '10.0.1.0/24'), allIn, allOut] });

    expect(mend(denied, ...SQL)?.cautions).toEqual([{ kind: 'deliberate-deny', ruleNumber: 90 }]);
  });

  it('others carry the group, and get the rule', () => {
    const shared = shop({ db: [] }).interface('replica', { subnet: 'db', address: '10.0.2.10', groups: ['db'] });
    const fix = mend(shared, ...SQL);

    expect(fix?.cautions).toEqual([{ kind: 'group-shared', interfaces: 2 }]);
    expect(fix?.alsoOpens).toEqual([{ kind: 'interfaces', change: fix?.changes[0], ids: [eni('db'), eni('replica')] }]);
  });

  it('NACL-6 an ACL is in force in every subnet that uses it', () => {
    const shared = shop().acl('both', [allOut], ['app', 'db']);
    const fix = mend(shared, ...SQL);

    expect(fix).toMatchObject({ changes: [{ aclId: acl('both') }, { aclId: acl('both') }] });
    expect(fix?.alsoOpens.map(({ ids }) => ids)).toEqual([
      [subnet('app'), subnet('db')],
      [subnet('app'), subnet('db')],
    ]);
  });
});

it('changes a copy of the configuration only, which the path then crosses', () => {
  const { snapshot } = shop({ db: [] }).build();
  const analysis = follow(shop({ db: [] }), ...SQL);
  const { changes } = fixPath(analysis, snapshot)!;

  expect(snapshot.securityGroups.get(sg('db'))?.rules.filter(({ direction }) => direction === 'ingress')).toEqual([]);
  expect(analysePath(analysis.question, applyFix(snapshot, changes)).verdict).toBe('reachable');
});

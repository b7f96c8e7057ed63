import { describe, expect, it } from 'vitest';
import { fixPath } from '../../../../src/engine/path/fix-path.ts';
import type { PathFix } from '../../../../src/engine/path/path-fix.ts';
import { buildVpc, buildWorld, type VpcBuilder } from '../../../support/build-vpc.ts';
import { inWords } from '../../../support/fix-words.ts';
import { follow } from '../../../support/follow-path.ts';
import { eni, igw, instance, sg } from '../../../support/ids.ts';
import { balancerDescription, rawLoadBalancers, type LoadBalancerPlan } from '../../../support/raw-load-balancers.ts';
import { route, viaInternetGateway, viaNatGateway } from '../../../support/routes.ts';
import { allow, anything, egress, icmp, ingress, tcp, type AclEntry, type GroupRule } from '../../../support/rules.ts';

const ANY = '0.0.0.0/0';
const HOST = '203.0.113.9';
const allIn = ingress(100).allow(anything, ANY);
const allOut = egress(100).allow(anything, ANY);
const out = route(ANY, viaInternetGateway());

interface Shop {
  readonly db?: readonly GroupRule[];
  readonly appAcl?: readonly AclEntry[];
  readonly dbAcl?: readonly AclEntry[];
}

/** `app` asks `db`, in the next subnet; `front` has a public address; `inner` asks the internet through a NAT gateway. */
function shop({
  db = [allow(tcp(5432), '10.0.1.0/24'), allow(icmp(), '10.0.1.0/24')],
  appAcl,
  dbAcl,
}: Shop = {}): VpcBuilder {
  return buildVpc()
    .cidr('10.0.0.0/16', '198.51.101.0/24')
    .subnet('app', '10.0.1.0/24')
    .subnet('db', '10.0.2.0/24')
    .subnet('front', '10.0.3.0/24')
    .subnet('inner', '10.0.4.0/24')
    .subnet('odd', '198.51.101.0/24')
    .internetGateway()
    .routeTable('front', [out])
    .routeTable('inner', [route(ANY, viaNatGateway('nat'))])
    .natGateway('nat', { in: 'front', address: '10.0.3.4', publicAddress: '198.51.100.4' })
    .acl('app', appAcl ?? [allIn, allOut])
    .acl('db', dbAcl ?? [allIn, allOut])
    .securityGroup('open', { ingress: [allow(anything, ANY)] })
    .securityGroup('deaf')
    .securityGroup('mute', { egress: [] })
    .securityGroup('db', { ingress: db })
    .interface('app', { subnet: 'app', address: '10.0.1.5', groups: ['open'] })
    .interface('db', { subnet: 'db', address: '10.0.2.9', groups: ['db'] })
    .interface('front', { subnet: 'front', address: '10.0.3.5', publicAddress: '198.51.100.5', groups: ['mute'] })
    .interface('inner', { subnet: 'inner', address: '10.0.4.5', groups: ['open'] })
    .interface('odd', { subnet: 'odd', address: '198.51.101.5', groups: ['open'] });
}

type AskedFlow = Parameters<typeof follow> extends [unknown, ...infer Rest] ? Rest : never;

function mend(network: VpcBuilder, ...asked: AskedFlow): PathFix | undefined {
  const built = network.build();
  return fixPath(follow(built, ...asked), built.snapshot);
}

const SQL = ['app', 'db', 'tcp/5432'] as const;

describe('an entry', () => {
  it.each<[string, VpcBuilder, AskedFlow, readonly string[]]>([
    [
      'of each ACL stands before those of the same ACL',
      shop({
        dbAcl: [allIn, egress(60).deny(tcp(), ANY), allOut],
        appAcl: [allOut, ingress(20).deny(tcp(), ANY), allIn],
      }),
      [...SQL],
      ['acl egress 59 6 1024-65535 10.0.1.5/32', 'acl ingress 19 6 1024-65535 10.0.2.9/32'],
    ],
    [
      'of each leg stands before those that stop that leg',
      shop().acl(
        'both',
        [allIn, egress(70).deny(tcp(443), '198.51.101.0/24'), egress(30).deny(tcp(), '10.0.4.0/24'), allOut],
        ['inner', 'odd'],
      ),
      ['inner', 'odd'],
      ['acl egress 69 6 443-443 198.51.101.5/32', 'acl egress 29 6 1024-65535 10.0.4.5/32'],
    ],
    [
      'for the answer to a ping is for its protocol',
      shop({ dbAcl: [allIn] }),
      ['app', 'db', 'icmp'],
      ['acl egress 100 1 all 10.0.1.5/32'],
    ],
    [
      'NACL-24 for what a NAT gateway hears is for any port, whatever port the client has',
      shop().acl('front', [ingress(100).allow(anything, '10.0.0.0/16'), allOut]),
      ['inner', HOST, 'tcp/443', { sourcePort: 40_000 }],
      ['acl ingress 110 6 1024-65535 203.0.113.9/32'],
    ],
    [
      'for what the client hears is for its own port',
      shop().acl('inner', [allOut]),
      ['inner', HOST, 'tcp/443', { sourcePort: 40_000 }],
      ['acl ingress 100 6 40000-40000 203.0.113.9/32'],
    ],
  ])('%s', (...[, network, asked, changes]) => {
    const fix = mend(network, ...asked);

    expect(inWords(fix)).toEqual(changes);
    expect(fix?.verdict).toBe('reachable');
  });
});

describe('a public sender gives pause', () => {
  const publicSource = { kind: 'public-source' };
  const closed = shop({ db: [] });

  const front = closed.interface('site', {
    subnet: 'front',
    address: '10.0.3.6',
    publicAddress: '198.51.100.6',
    groups: ['deaf'],
  });

  it('where it asks', () => {
    expect(mend(front, HOST, 'site')?.cautions).toContainEqual(publicSource);
    expect(inWords(mend(front, HOST, 'site'))).toEqual(['sg ingress 6 443-443 203.0.113.9/32']);
  });

  it('though another VPC, to which nothing leads, uses its address inside', () => {
    const { snapshot } = buildWorld(front, buildVpc('other').cidr('203.0.113.0/24'));

    expect(fixPath(follow(buildWorld(front), HOST, 'site'), snapshot)?.cautions).toContainEqual(publicSource);
  });

  it.each<[string, VpcBuilder, AskedFlow]>([
    ['where it is asked', closed, ['front', HOST]],
    ['where it answers', shop().acl('inner', [allOut]), ['inner', HOST]],
    ['where a VPC uses its address inside', closed, ['odd', 'db', 'tcp/5432']],
    ['where the sender is a private one', closed, [...SQL]],
  ])('but not %s', (_, network, asked) => {
    const fix = mend(network, ...asked);

    expect(fix?.changes).toHaveLength(1);
    expect(fix?.cautions).not.toContainEqual(publicSource);
  });
});

describe('an address of many is opened to by no small change', () => {
  it.each<[string, AskedFlow, string]>([
    ['the internet, towards it', ['front', 'internet'], 'internet'],
    ['the service, towards it', ['front', 'service:s3'], 'service'],
  ])('%s', (_, asked, end) => {
    expect(mend(shop().prefixList('s3', '52.218.0.0/17'), ...asked)).toMatchObject({
      changes: [],
      cautions: [{ kind: 'no-single-address', end }],
    });
  });

  it('though the way there may be, to the one who asks', () => {
    const deaf = shop().acl('front', [ingress(110).allow(tcp(1024, 65_535), ANY), allOut]);

    expect(inWords(mend(deaf, 'inner', 'internet'))).toEqual(['acl ingress 120 6 443-443 10.0.4.5/32']);
  });
});

describe('what no change of ours mends', () => {
  it('is told of every obstacle', () => {
    const detached = shop()
      .interface('plain', { subnet: 'front', address: '10.0.3.7', groups: ['open'] })
      .raw({ InternetGateways: [{ InternetGatewayId: igw('main'), Attachments: [] }] });

    expect(mend(detached, 'plain', HOST)?.cautions).toMatchObject([
      { kind: 'beyond-rules', obstacle: { id: igw('main'), reason: 'not-attached' } },
      { kind: 'beyond-rules', obstacle: { id: igw('main'), reason: 'no-public-address' } },
    ]);
  });

  it('is told without what a change would mend behind it', () => {
    const network = shop({
      db: [],
      dbAcl: [ingress(1).deny(tcp(5432), ANY), allIn, egress(40).deny(tcp(), ANY), allOut],
    });

    expect(mend(network, ...SQL)?.cautions).toEqual([{ kind: 'no-free-rule-number', before: 1 }]);
  });

  it('is told there and back', () => {
    const both = shop({
      dbAcl: [ingress(1).deny(tcp(5432), ANY), allIn, egress(1).deny(tcp(), ANY), allOut],
      appAcl: [allIn, egress(2).deny(tcp(5432), ANY), egress(1).deny(tcp(80), ANY), allOut],
    });

    expect(mend(both, ...SQL)?.cautions).toEqual([
      { kind: 'no-free-rule-number', before: 2 },
      { kind: 'no-free-rule-number', before: 1 },
    ]);
  });
});

describe('behind a load balancer', () => {
  const balancer: LoadBalancerPlan = { listeners: [{ port: 443, to: ['web'] }] };
  const targets = ['one', 'two'].map((name) => ({ id: instance(name), port: 443 }));
  const balanced = shop({ dbAcl: [ingress(90).deny(tcp(443), ANY), allIn, allOut] })
    .interface('lb', {
      subnet: 'app',
      address: '10.0.1.4',
      groups: ['open'],
      description: balancerDescription('web', balancer),
      instance: false,
      requesterManaged: true,
    })
    .interface('one', { subnet: 'db', address: '10.0.2.11', groups: ['deaf'] })
    .interface('two', { subnet: 'app', address: '10.0.1.12', groups: ['deaf'] })
    .raw(rawLoadBalancers({ web: balancer }, { web: { targets } }));

  it('what one target needs is left out, where the rule that both need opens the way to the other', () => {
    const fix = mend(balanced, 'app', 'lb');

    expect(inWords(fix)).toEqual(['sg ingress 6 443-443 10.0.1.4/32']);
    expect(fix).toMatchObject({
      verdict: 'reachable',
      changes: [{ groupId: sg('deaf') }],
      alsoOpens: [{ ids: [eni('one'), eni('two')] }],
      cautions: [{ kind: 'group-shared', interfaces: 2 }],
    });
  });
});

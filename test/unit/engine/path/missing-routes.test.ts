import { describe, expect, it } from 'vitest';
import { fixPath } from '../../../../src/engine/path/fix-path.ts';
import type { PathFix } from '../../../../src/engine/path/path-fix.ts';
import { buildVpc, buildWorld, type BuiltWorld, type VpcBuilder } from '../../../support/build-vpc.ts';
import { inWords } from '../../../support/fix-words.ts';
import { follow } from '../../../support/follow-path.ts';
import { rtb, tgw, vpc } from '../../../support/ids.ts';
import { route, viaInternetGateway, viaPeering, viaTransitGateway, type RoutePlan } from '../../../support/routes.ts';
import { allow, egress, anything, ingress, tcp, type AclEntry } from '../../../support/rules.ts';
import type { PeeringPlan, TransitGatewayPlan } from '../../../support/vpc-plan.ts';

const PEERED: PeeringPlan = { cidrs: ['10.1.0.0/16'] };
/** Nothing can be put before it. */
const shut: readonly AclEntry[] = [ingress(1).deny(tcp(), '0.0.0.0/0'), egress(100).allow(anything, '0.0.0.0/0')];

function main(routes: readonly RoutePlan[] = [], name = 'main'): VpcBuilder {
  const app = name === 'main' ? 'app' : `${name} app`;
  return buildVpc(name)
    .subnet(app, '10.0.1.0/24')
    .routeTable(app, routes)
    .securityGroup(app)
    .interface(app, { subnet: app, address: '10.0.1.5', groups: [app] });
}

function far(name: string, ...routes: readonly RoutePlan[]): VpcBuilder {
  return buildVpc(name)
    .cidr('10.1.0.0/16')
    .subnet(name, '10.1.1.0/24')
    .routeTable(name, routes)
    .securityGroup(name, { ingress: [allow(tcp(443), '10.0.0.0/16')] })
    .interface(name, { subnet: name, address: '10.1.1.9', groups: [name] });
}

const back = route('10.0.0.0/16', viaPeering('ledger'));
const mend = (network: BuiltWorld, to = 'ledger'): PathFix | undefined =>
  fixPath(follow(network, 'app', to), network.snapshot);
const mended = (...vpcs: readonly VpcBuilder[]): readonly string[] | undefined => inWords(mend(buildWorld(...vpcs)));

describe('a table takes a route to the block of the far subnet', () => {
  it.each<[string, readonly RoutePlan[]]>([
    ['besides one to a smaller block', [route('10.1.1.0/29', viaPeering('ledger'))]],
    ['besides one as long to another block', [route('172.16.5.0/24', viaPeering('ledger'))]],
    ['besides one to a prefix list', [route({ prefixList: 'list' }, viaInternetGateway())]],
  ])('%s', (_, routes) => {
    const own = main(routes).prefixList('list', '198.51.100.0/24').peering('ledger', PEERED);

    expect(mended(own, far('ledger', back))).toEqual(['route 10.1.1.0/24 peering']);
  });
});

type Attachment = TransitGatewayPlan['attachments'][number];
const ours = (gateway: string): Attachment => ({ name: `${gateway} main`, resource: vpc('main'), subnets: ['app'] });
const theirs = (gateway: string): Attachment => ({
  name: `${gateway} ledger`,
  resource: vpc('ledger'),
  subnets: ['ledger'],
});

describe('a transit gateway is a way', () => {
  const routes = [
    { destination: '10.0.0.0/16', to: 'hub main' },
    { destination: '10.1.0.0/16', to: 'hub ledger' },
  ];
  const hub: TransitGatewayPlan = { attachments: [ours('hub'), theirs('hub')], routes };
  const home = route('10.0.0.0/16', viaTransitGateway('hub'));

  it('where both VPCs are attached to it', () => {
    expect(mended(main().transitGateway('hub', hub), far('ledger', home))).toEqual([
      'route 10.1.1.0/24 transit-gateway',
    ]);
  });

  it('that leads on, though another one does not', () => {
    const lame: TransitGatewayPlan = { attachments: [ours('lame'), theirs('lame')], routes: [] };
    const both = buildWorld(main().transitGateway('lame', lame).transitGateway('hub', hub), far('ledger'));

    expect(mend(both)).toMatchObject({
      verdict: 'reachable',
      changes: [{ target: { id: tgw('hub') } }, { target: { id: tgw('hub') } }],
    });
  });

  it.each<[string, VpcBuilder]>([
    ['our VPC is not attached', main().transitGateway('hub', { attachments: [theirs('hub')], routes })],
    [
      'our VPC is attached to another',
      main()
        .transitGateway('hub', { attachments: [theirs('hub')], routes })
        .transitGateway('other', { attachments: [ours('other')], routes: [] }),
    ],
    [
      'only a site is attached besides',
      main().transitGateway('hub', { attachments: [ours('hub'), { ...theirs('hub'), type: 'vpn' }], routes }),
    ],
    [
      'only a third VPC is attached besides',
      main().transitGateway('hub', { attachments: [ours('hub'), { name: 'other' }], routes }),
    ],
    [
      'it is ours that is a site',
      main().transitGateway('hub', { attachments: [{ ...ours('hub'), type: 'vpn' }, theirs('hub')], routes }),
    ],
  ])('but not where %s', (_, network) => {
    const fix = mend(buildWorld(network, far('ledger', home)));

    expect(fix?.changes).toEqual([]);
    expect(fix?.cautions[0]).toMatchObject({ kind: 'no-link', obstacle: { id: rtb('app') } });
  });
});

describe('of several VPCs with one block the route leads to who was meant (PEER-13)', () => {
  const refusal = [{ kind: 'no-free-rule-number', before: 1 }];

  it('there, and tells what stands behind it', () => {
    const own = main().peering('twin', PEERED).peering('ledger', PEERED);

    expect(
      mend(buildWorld(own, far('twin', route('10.0.0.0/16', viaPeering('twin'))), far('ledger', back))),
    ).toMatchObject({
      verdict: 'reachable',
    });
    expect(mend(buildWorld(own, far('twin'), far('ledger').acl('ledger', shut)))?.cautions).toEqual(refusal);
  });

  it('back, and tells what stands behind it', () => {
    const twin = main([], 'twin').peering('second', { ...PEERED, vpc: 'ledger' });
    const asker = main([route('10.1.0.0/16', viaPeering('ledger'))]).peering('ledger', PEERED);

    expect(mended(twin, asker, far('ledger'))).toEqual(['route 10.0.1.0/24 peering']);
    expect(mend(buildWorld(twin, asker.acl('app', shut), far('ledger')))?.cautions).toEqual(refusal);
  });

  it('to an address that several have: wherever one of them answers', () => {
    const own = main().peering('twin', PEERED).peering('ledger', PEERED);

    expect(mend(buildWorld(own, far('twin'), far('ledger', back)), '10.1.1.9')).toMatchObject({ verdict: 'reachable' });
  });
});

it('leads to nobody where nobody has the address', () => {
  const lacking = buildWorld(main().peering('ledger', PEERED), far('ledger', back));

  expect(mend(lacking, '10.1.1.77')).toMatchObject({ changes: [], cautions: [{ kind: 'no-link' }] });
});

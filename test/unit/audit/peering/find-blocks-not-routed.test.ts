import { describe, expect, it } from 'vitest';
import { parseCidr } from '../../../../src/net/cidr.ts';
import { buildVpc } from '../../../support/build-vpc.ts';
import { pcx, rtb, vpc } from '../../../support/ids.ts';
import { auditPeerings, kindsOf, requester, theFinding, toMain, toShared } from '../../../support/peered-vpcs.ts';
import { route, viaPeering, viaTransitGateway } from '../../../support/routes.ts';
import { PEER_ACCOUNT } from '../../../support/vpc-plan.ts';

const BLOCKS = ['10.8.0.0/16', '100.64.0.0/16'];
const shared = () =>
  buildVpc('shared', { account: PEER_ACCOUNT })
    .cidr(...BLOCKS)
    .subnet('ledger', '10.8.1.0/24')
    .routeTable('ledger', [toMain()]);

describe('a block that the peer got later', () => {
  it('is told when no route leads to it', () => {
    const report = auditPeerings(requester([toShared()], { cidrs: BLOCKS }), shared());

    expect(report.findings).toMatchObject([
      {
        id: `peering-block-not-routed:${pcx('shared')}:${vpc('main')}`,
        severity: 'medium',
        fault: { blocks: [parseCidr('100.64.0.0/16')], tables: [rtb('app')], side: { vpcId: vpc('main') } },
      },
    ]);
  });

  it('is told without the other account: the connection lists its blocks', () => {
    const report = auditPeerings(requester([toShared()], { cidrs: BLOCKS }));

    expect(kindsOf(report)).toEqual(['peering-block-not-routed']);
  });

  it('is told of an IPv6 block when both sides have one', () => {
    const both = requester([toShared()], { cidrs: ['10.8.0.0/16', '2001:db8:8::/56'] });

    expect(kindsOf(auditPeerings(both))).toEqual([]);
    expect(kindsOf(auditPeerings(both.cidr('10.0.0.0/16', '2001:db8::/56')))).toEqual(['peering-block-not-routed']);
  });

  it('is not told when a route leads to it, or to a part of it', () => {
    const routes = [toShared(), toShared('100.64.7.0/24')];

    expect(kindsOf(auditPeerings(requester(routes, { cidrs: BLOCKS }), shared()))).toEqual([]);
  });

  it('is not told when it is reached another way', () => {
    const routes = [toShared(), route('100.64.0.0/10', viaTransitGateway('hub'))];

    expect(kindsOf(auditPeerings(requester(routes, { cidrs: BLOCKS }), shared()))).toEqual([]);
  });

  it('is told once, as routes on one side, when its subnets send to us', () => {
    const sending = shared().subnet('pods', '100.64.1.0/24').routeTable('pods', [toMain()]);
    const report = auditPeerings(requester([toShared()], { cidrs: BLOCKS }), sending);

    expect(kindsOf(report)).toEqual(['peering-routed-on-one-side']);
  });

  it('is not judged by a prefix list that was not read', () => {
    const routes = [route({ prefixList: 'unread' }, viaPeering('shared'))];
    const report = auditPeerings(requester(routes, { cidrs: BLOCKS }), shared());

    expect(theFinding(report, 'peering-block-not-routed')).toBeUndefined();
  });
});

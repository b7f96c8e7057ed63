import { describe, expect, it } from 'vitest';
import { parseCidr } from '../../../../src/net/cidr.ts';
import { buildVpc } from '../../../support/build-vpc.ts';
import { pcx, vpc } from '../../../support/ids.ts';
import { accepter, auditPeerings, kindsOf, requester, theFinding, toShared } from '../../../support/peered-vpcs.ts';
import { route, viaPeering, type RoutePlan } from '../../../support/routes.ts';
import { PEER_ACCOUNT } from '../../../support/vpc-plan.ts';

const PENDING = { status: 'pending-acceptance', expiresAt: '2026-11-29T12:00:00Z' };

const twin = (toTwin: readonly RoutePlan[], toFirst: RoutePlan) =>
  requester([toFirst, ...toTwin]).peering('twin', { cidrs: ['10.8.0.0/20'] });
const viaTwin = (block: string) => route(block, viaPeering('twin'));

describe('two sides that share addresses', () => {
  it('are told before the request fails, secondary blocks too', () => {
    const shared = buildVpc('shared', { account: PEER_ACCOUNT }).cidr('10.8.0.0/16', '10.0.128.0/20');
    const report = auditPeerings(requester([], PENDING), shared);

    expect(report.findings).toMatchObject([
      {
        id: `peering-blocks-overlap:${pcx('shared')}`,
        severity: 'high',
        fault: { overlaps: [[parseCidr('10.0.0.0/16'), parseCidr('10.0.128.0/20')]] },
      },
    ]);
  });

  it('are not told when they are apart', () => {
    expect(kindsOf(auditPeerings(requester([], PENDING), accepter([])))).toEqual([]);
  });
});

describe('two peers that share addresses', () => {
  it('are told: answers go where the routes lead, whoever asked', () => {
    const report = auditPeerings(twin([], toShared()));
    const [first, second] = [pcx('shared'), pcx('twin')].sort();

    expect(theFinding(report, 'peers-overlap')).toMatchObject({
      id: `peers-overlap:${vpc('main')}:${first}:${second}`,
      severity: 'medium',
      fault: { routedBy: [pcx('shared')] },
    });
  });

  it('are at risk when both are routed to for the same addresses', () => {
    const report = auditPeerings(twin([viaTwin('10.8.0.0/20')], toShared()));

    expect(theFinding(report, 'peers-overlap')).toMatchObject({ severity: 'medium' });
  });

  it('are a reminder where routes keep them apart', () => {
    const report = auditPeerings(twin([viaTwin('10.8.0.0/24')], toShared('10.8.1.0/24')));

    expect(theFinding(report, 'peers-overlap')).toMatchObject({ severity: 'low' });
  });

  it('are not told when they are apart', () => {
    const apart = requester([toShared(), viaTwin('10.7.0.0/16')]).peering('twin', { cidrs: ['10.7.0.0/16'] });

    expect(kindsOf(auditPeerings(apart))).toEqual([]);
  });
});

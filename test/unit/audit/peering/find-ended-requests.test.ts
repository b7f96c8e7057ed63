import { describe, expect, it } from 'vitest';
import { buildVpc } from '../../../support/build-vpc.ts';
import { pcx, vpc } from '../../../support/ids.ts';
import { accepter, auditPeerings, kindsOf, requester, theFinding, toShared } from '../../../support/peered-vpcs.ts';
import { blackhole } from '../../../support/routes.ts';
import { ACCOUNT, PEER_ACCOUNT, REGION } from '../../../support/vpc-plan.ts';

const pending = (expiresAt?: string) =>
  requester([], { status: 'pending-acceptance', ...(expiresAt !== undefined && { expiresAt }) });

it('says nothing of a healthy connection, read from both accounts', () => {
  const report = auditPeerings(requester(), accepter());

  expect(report.findings).toEqual([]);
  expect(report.gaps).toEqual([]);
});

describe('a request that waits', () => {
  it('is told when two days are left, with the account that must accept', () => {
    const report = auditPeerings(pending('2026-11-25T06:00:00Z'));

    expect(theFinding(report, 'peering-expires-soon')).toMatchObject({
      id: `peering-expires-soon:${pcx('shared')}`,
      severity: 'medium',
      fault: { hoursLeft: 42, peering: { accepter: { accountId: PEER_ACCOUNT } } },
      objects: [{ id: pcx('shared'), accountId: ACCOUNT, region: REGION, vpcId: vpc('main') }],
    });
  });

  it('is worse each day', () => {
    const measures = ['2026-11-25T11:00:00Z', '2026-11-24T11:00:00Z', '2026-11-23T11:00:00Z'].map(
      (expiresAt) => theFinding(auditPeerings(pending(expiresAt)), 'peering-expires-soon')?.measure,
    );

    expect(measures).toEqual([5, 6, 7]);
  });

  it('is not told while it is young', () => {
    expect(kindsOf(auditPeerings(pending('2026-11-25T13:00:00Z')))).toEqual([]);
  });

  it('is a gap when AWS does not say when it expires', () => {
    const report = auditPeerings(pending());

    expect(report.findings).toEqual([]);
    expect(report.gaps).toMatchObject([{ fact: 'peering-connection', about: pcx('shared') }]);
  });
});

describe('a request that came to nothing', () => {
  it.each(['expired', 'rejected', 'failed'])('is told when it is %s', (status) => {
    const report = auditPeerings(requester([], { status }));

    expect(report.findings).toMatchObject([
      { id: `peering-${status}:${pcx('shared')}`, severity: 'medium', fault: { routes: [] } },
    ]);
  });

  it.each(['expired', 'rejected', 'failed'])('breaks traffic when it is %s and routed to', (status) => {
    const report = auditPeerings(requester([blackhole(toShared())], { status }));

    expect(report.findings).toMatchObject([
      { fault: { kind: `peering-${status}`, routes: [{ target: { id: pcx('shared') } }] }, severity: 'high' },
    ]);
  });

  it('names the blocks that overlap, for that is why requests fail', () => {
    const shared = buildVpc('shared', { account: PEER_ACCOUNT }).cidr('10.8.0.0/16', '10.0.128.0/20').paths();
    const report = auditPeerings(requester([], { status: 'failed' }), shared);

    expect(theFinding(report, 'peering-failed')?.fault).toMatchObject({
      overlaps: [[{ prefixLength: 16 }, { prefixLength: 20 }]],
    });
  });

  it('is not told once it was made again', () => {
    const again = requester().peering('shared-first', { cidrs: [], status: 'expired', vpc: 'shared' });

    expect(kindsOf(auditPeerings(again, accepter()))).toEqual([]);
  });
});

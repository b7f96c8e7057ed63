import { describe, expect, it } from 'vitest';
import { formatCidr } from '../../../../src/net/cidr.ts';
import type { VpcBuilder } from '../../../support/build-vpc.ts';
import { nat, pcx, rtb, vpc } from '../../../support/ids.ts';
import {
  accepter,
  auditPeerings,
  kindsOf,
  requester,
  theFinding,
  toMain,
  toShared,
} from '../../../support/peered-vpcs.ts';
import { ACCOUNT, PEER_ACCOUNT, REGION } from '../../../support/vpc-plan.ts';

const oneSided = (...vpcs: readonly VpcBuilder[]) => theFinding(auditPeerings(...vpcs), 'peering-routed-on-one-side');

describe('routes on one side only', () => {
  it('name the side that lacks them, its owner, its tables and the block', () => {
    const finding = oneSided(requester(), accepter([]));

    expect(finding).toMatchObject({
      id: `peering-routed-on-one-side:${pcx('shared')}:${vpc('shared')}`,
      severity: 'high',
      fault: {
        routed: { vpcId: vpc('main'), accountId: ACCOUNT },
        unrouted: { vpcId: vpc('shared'), accountId: PEER_ACCOUNT },
        tables: [rtb('ledger')],
        isBare: true,
        natGateways: [],
      },
    });
    expect(blocksOf(finding)).toEqual(['10.0.0.0/16']);
  });

  it('are told of our side too', () => {
    expect(oneSided(requester([]), accepter())).toMatchObject({
      fault: { routed: { vpcId: vpc('shared') }, unrouted: { vpcId: vpc('main') }, tables: [rtb('app')] },
    });
  });

  it('are told of the one subnet that nothing leads back to', () => {
    const two = requester().subnet('web', '10.0.2.0/24').routeTable('web', [toShared()]);
    const finding = oneSided(two, accepter([toMain('10.0.2.0/24')]));

    expect(finding?.fault).toMatchObject({ isBare: false });
    expect(blocksOf(finding)).toEqual(['10.0.1.0/24']);
  });

  it('may be meant so where a NAT gateway sends: replies find it without a route', () => {
    const behindNat = requester().natGateway('nat', { in: 'app', address: '10.0.1.5' });

    expect(oneSided(behindNat, accepter([]))).toMatchObject({
      severity: 'medium',
      fault: { natGateways: [nat('nat')] },
    });
  });

  it('do not count in a table that nobody uses', () => {
    const spare = accepter([]).routeTable('spare', [toMain()], { on: [] });

    expect(oneSided(requester(), spare)).toMatchObject({ fault: { isBare: true } });
  });

  it('are none where both lead to each other', () => {
    expect(oneSided(requester(), accepter())).toBeUndefined();
  });

  it('are unknown, not wrong, while the other account is not read', () => {
    const report = auditPeerings(requester());

    expect(report.findings).toEqual([]);
    expect(report.gaps).toEqual([
      {
        fact: 'route-table',
        about: vpc('shared'),
        because: 'not-collected',
        action: 'ec2:DescribeRouteTables',
        accountId: PEER_ACCOUNT,
        region: REGION,
      },
    ]);
  });

  it('are unknown where the other account refused its tables', () => {
    const refused = accepter([]).refused({ action: 'ec2:DescribeRouteTables', because: 'access-denied' });

    expect(kindsOf(auditPeerings(requester(), refused))).toEqual([]);
  });
});

describe('a connection that no route uses', () => {
  it('is told', () => {
    expect(auditPeerings(requester([]), accepter([])).findings).toMatchObject([
      { id: `peering-unused:${pcx('shared')}`, severity: 'low', fault: { unrouted: [{}, {}] }, gaps: [] },
    ]);
  });

  it('is told with what was not read: the other side may route', () => {
    expect(auditPeerings(requester([])).findings).toMatchObject([
      { fault: { kind: 'peering-unused' }, gaps: [{ fact: 'route-table', accountId: PEER_ACCOUNT }] },
    ]);
  });

  it('is not told of one in use', () => {
    expect(kindsOf(auditPeerings(requester(), accepter()))).toEqual([]);
  });
});

function blocksOf(finding: ReturnType<typeof oneSided>): readonly string[] {
  return finding?.fault.kind === 'peering-routed-on-one-side' ? finding.fault.blocks.map(formatCidr) : [];
}

import { describe, expect, it } from 'vitest';
import { AUDIT_RULES } from '../../../src/audit/audit-rules.ts';
import { AUDIT_FAMILIES, auditSnapshot, SEVERITY_RANK } from '../../../src/audit/audit-snapshot.ts';
import { buildWorld } from '../../support/build-vpc.ts';
import { accepter, auditPeerings, NOON, requester, toShared } from '../../support/peered-vpcs.ts';
import { blackhole, route, viaNatGateway } from '../../support/routes.ts';
import { ACCOUNT, REGION } from '../../support/vpc-plan.ts';

describe('an audit', () => {
  it('looks for the families it was asked for', () => {
    const { snapshot } = buildWorld(requester(), accepter([]));

    expect(
      auditSnapshot({ snapshot, now: NOON }, ['flow-logs']).findings.map(({ fault }) => fault.family),
    ).not.toContain('peering');
    expect(auditSnapshot({ snapshot, now: NOON }).families).toEqual(AUDIT_FAMILIES);
  });

  it('tells the worst first', () => {
    const routes = [toShared(), toShared('100.65.0.0/16'), blackhole(route('0.0.0.0/0', viaNatGateway('gone')))];
    const report = auditPeerings(
      requester(routes, { cidrs: ['10.8.0.0/16', '100.64.0.0/16'], dns: { requester: true, accepter: false } }),
    );
    const ranks = report.findings.map(({ severity }) => SEVERITY_RANK[severity]);

    expect(new Set(ranks).size).toBeGreaterThan(1);
    expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
  });

  it('says what its rules need and nobody read, once', () => {
    const report = auditPeerings(requester().raw({ VpcPeeringConnections: undefined }));

    expect(report.gaps).toEqual([
      {
        fact: 'peering-connection',
        action: 'ec2:DescribeVpcPeeringConnections',
        because: 'not-collected',
        accountId: ACCOUNT,
        region: REGION,
      },
    ]);
  });

  it('says that a call was refused rather than not made', () => {
    const refused = requester()
      .raw({ NetworkAcls: undefined })
      .refused({ action: 'ec2:DescribeNetworkAcls', because: 'access-denied' });

    expect(auditPeerings(refused, accepter()).gaps).toMatchObject([{ fact: 'network-acl', because: 'access-denied' }]);
  });

  it('has one rule a kind of fault', () => {
    const kinds = AUDIT_RULES.map(({ kind }) => kind);

    expect(new Set(kinds).size).toBe(kinds.length);
  });
});

import { describe, expect, it } from 'vitest';
import type { VpcBuilder } from '../../../support/build-vpc.ts';
import { pcx, vpc } from '../../../support/ids.ts';
import { accepter, auditPeerings, kindsOf, requester, theFinding, toShared } from '../../../support/peered-vpcs.ts';
import type { PeeringPlan } from '../../../support/vpc-plan.ts';

const OFF = { dns: { requester: false, accepter: false } };
const ON = { dns: { requester: true, accepter: true } };
const withPublicHost = (peering: Partial<PeeringPlan>): VpcBuilder =>
  requester([toShared()], peering).interface('web', {
    subnet: 'app',
    address: '10.0.1.10',
    publicAddress: '198.51.100.7',
  });

describe('DNS resolution that a side does not allow', () => {
  it('is needed where hosts have public addresses', () => {
    expect(theFinding(auditPeerings(withPublicHost(OFF), accepter()), 'peering-dns-resolution-off')).toMatchObject({
      id: `peering-dns-resolution-off:${pcx('shared')}:${vpc('main')}`,
      severity: 'medium',
      fault: { role: 'requester', side: { vpcId: vpc('main') }, needs: ['public-addresses'] },
    });
  });

  it('is not needed where the VPC gives no public names', () => {
    const nameless = withPublicHost(OFF).dns({ support: true, hostnames: false });

    expect(kindsOf(auditPeerings(nameless, accepter()))).toEqual([]);
  });

  it('is needed on both sides across regions', () => {
    const report = auditPeerings(requester([toShared()], { ...OFF, region: 'eu-central-1' }));

    expect(kindsOf(report)).toEqual(['peering-dns-resolution-off', 'peering-dns-resolution-off']);
  });

  it('is needed for blocks outside RFC 1918', () => {
    const routes = [toShared('100.64.0.0/16')];
    const report = auditPeerings(requester(routes, { ...OFF, cidrs: ['100.64.0.0/16'] }));

    expect(report.findings).toMatchObject([
      { fault: { role: 'accepter', needs: ['block-outside-rfc-1918'], side: { vpcId: vpc('shared') } } },
    ]);
  });

  it('is not told when it is on, not needed, or nothing is routed', () => {
    expect(kindsOf(auditPeerings(withPublicHost(ON), accepter()))).toEqual([]);
    expect(kindsOf(auditPeerings(requester([toShared()], OFF), accepter()))).toEqual([]);
    expect(
      theFinding(auditPeerings(requester([], { ...OFF, region: 'eu-central-1' })), 'peering-dns-resolution-off'),
    ).toBeUndefined();
  });
});

describe('DNS resolution that is allowed', () => {
  it('does nothing without the DNS attributes of the VPC', () => {
    const off = requester([toShared()], ON).dns({ support: true, hostnames: false });

    expect(auditPeerings(off, accepter()).findings).toMatchObject([
      {
        id: `peering-dns-without-vpc-dns:${pcx('shared')}:${vpc('main')}`,
        severity: 'medium',
        fault: { missing: ['hostnames'] },
      },
    ]);
  });

  it('works with both attributes on', () => {
    const on = requester([toShared()], ON).dns({ support: true, hostnames: true });

    expect(kindsOf(auditPeerings(on, accepter()))).toEqual([]);
  });
});

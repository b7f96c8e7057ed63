import { describe, expect, it } from 'vitest';
import { pcx, sg } from '../../../support/ids.ts';
import { accepter, auditPeerings, kindsOf, requester, toShared } from '../../../support/peered-vpcs.ts';
import { allow, deletedGroup, group, peerGroup, tcp, type Peer } from '../../../support/rules.ts';
import type { PeeringPlan } from '../../../support/vpc-plan.ts';

const opensTo = (peer: Peer, peering: Partial<PeeringPlan> = {}, routes = [toShared()]) =>
  requester(routes, peering).securityGroup('web', { ingress: [allow(tcp(443), peer)] });

describe('a rule that refers to a group of the peer VPC', () => {
  it('is lost when the connection was deleted', () => {
    const stale = opensTo(peerGroup('shared', 'ledger', 'deleted'), { status: 'deleted' }, []);

    expect(auditPeerings(stale).findings).toMatchObject([
      {
        id: `group-reference-lost:${sg('web')}:${sg('ledger')}:${pcx('shared')}`,
        severity: 'medium',
        fault: { because: 'peering-not-active', peeringStatus: 'deleted', rules: [{ groupId: sg('web') }] },
        objects: [{ id: sg('web') }, { id: pcx('shared') }],
      },
    ]);
  });

  it('is lost when the API has forgotten the connection', () => {
    expect(kindsOf(auditPeerings(opensTo(peerGroup('old', 'ledger', 'deleted')), accepter()))).toEqual([
      'group-reference-lost',
    ]);
  });

  it('works again over a newer connection of the same VPCs', () => {
    const again = opensTo(peerGroup('shared', 'ledger', 'active')).peering('shared-first', {
      cidrs: [],
      status: 'deleted',
      vpc: 'shared',
    });

    expect(kindsOf(auditPeerings(again, accepter()))).toEqual([]);
  });

  it('never works across regions', () => {
    const far = opensTo(peerGroup('shared', 'ledger'), { region: 'eu-central-1' });

    expect(auditPeerings(far).findings).toMatchObject([{ fault: { because: 'other-region' } }]);
  });

  it('is lost when that group was deleted', () => {
    expect(auditPeerings(opensTo(deletedGroup('ledger')), accepter()).findings).toMatchObject([
      { fault: { because: 'group-deleted' } },
    ]);
  });

  it('is told once for all rules of a pair', () => {
    const many = requester().securityGroup('web', {
      ingress: [allow(tcp(443), deletedGroup('ledger')), allow(tcp(80), deletedGroup('ledger'))],
    });

    expect(auditPeerings(many, accepter()).findings).toMatchObject([{ fault: { rules: [{}, {}] } }]);
  });

  it('is fine over an active connection of one region, and within a VPC', () => {
    expect(kindsOf(auditPeerings(opensTo(peerGroup('shared', 'ledger')), accepter()))).toEqual([]);
    expect(kindsOf(auditPeerings(opensTo(group('web')), accepter()))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { buildVpc } from '../../../support/build-vpc.ts';
import { igw, pcx, rtb, vgw, vpc } from '../../../support/ids.ts';
import { accepter, auditPeerings, kindsOf, requester, toMain, toShared } from '../../../support/peered-vpcs.ts';
import { route, viaInternetGateway, viaPeering, viaVpnGateway } from '../../../support/routes.ts';
import { PEER_ACCOUNT } from '../../../support/vpc-plan.ts';

const third = () =>
  buildVpc('third', { account: PEER_ACCOUNT })
    .cidr('10.9.0.0/16')
    .subnet('stock', '10.9.1.0/24')
    .routeTable('stock', [route('10.8.0.0/16', viaPeering('third'))]);
const between = () =>
  accepter([toMain(), route('10.9.0.0/16', viaPeering('third'))]).peering('third', {
    cidrs: ['10.9.0.0/16'],
    accountId: PEER_ACCOUNT,
  });

describe('a route that leads outside the peer VPC', () => {
  it('is dead', () => {
    const report = auditPeerings(requester([toShared(), toShared('10.9.0.0/16')]), accepter());

    expect(report.findings).toMatchObject([
      {
        id: `peering-route-outside-peer:${rtb('app')}:10.9.0.0/16`,
        severity: 'high',
        fault: { far: { vpcId: vpc('shared') }, peering: { id: pcx('shared') } },
      },
    ]);
  });

  it('is not told when it covers the peer and more', () => {
    expect(kindsOf(auditPeerings(requester([toShared('10.8.0.0/13')]), accepter()))).toEqual([]);
  });

  it('is not told when any block of its prefix list is the peer’s', () => {
    const lists = requester([route({ prefixList: 'company' }, viaPeering('shared'))]);

    expect(kindsOf(auditPeerings(lists.prefixList('company', '10.9.0.0/16', '10.8.0.0/16'), accepter()))).toEqual([]);
    expect(kindsOf(auditPeerings(lists.prefixList('company', '10.9.0.0/16'), accepter([])))).toContain(
      'peering-route-outside-peer',
    );
  });
});

describe('an attempt at transit', () => {
  it('names the third VPC and the connection to it', () => {
    const report = auditPeerings(requester([toShared(), toShared('10.9.0.0/16')]), between(), third());

    expect(report.findings).toMatchObject([
      {
        id: `peering-transit-attempt:${rtb('app')}:10.9.0.0/16`,
        severity: 'high',
        fault: { beyond: { kind: 'vpc', vpcId: vpc('third'), peeringId: pcx('third') } },
      },
    ]);
  });

  it('is not told when each VPC routes to its own peers', () => {
    expect(kindsOf(auditPeerings(requester(), between(), third()))).toEqual([]);
  });

  it('is a default route through the peer, whose internet gateway is named', () => {
    const online = accepter([toMain(), route('0.0.0.0/0', viaInternetGateway('shared'))]);
    const report = auditPeerings(requester([toShared(), toShared('0.0.0.0/0')]), online);

    expect(report.findings).toMatchObject([
      { fault: { kind: 'peering-transit-attempt', beyond: { kind: 'edge', target: { id: igw('shared') } } } },
    ]);
  });

  it('is a default route through a peer of which nothing was read', () => {
    const report = auditPeerings(requester([toShared(), toShared('0.0.0.0/0')]));

    expect(report.findings).toMatchObject([
      { fault: { kind: 'peering-transit-attempt', beyond: { kind: 'edge' } }, severity: 'high' },
    ]);
  });

  it('is a route to a network behind the peer’s virtual private gateway', () => {
    const hybrid = accepter([toMain(), route('192.168.0.0/16', viaVpnGateway('shared'))]);
    const report = auditPeerings(requester([toShared(), toShared('192.168.10.0/24')]), hybrid);

    expect(report.findings).toMatchObject([
      { fault: { kind: 'peering-transit-attempt', beyond: { target: { id: vgw('shared') } } } },
    ]);
  });
});

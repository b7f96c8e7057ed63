import { describe, expect, it } from 'vitest';
import { acl, pcx, subnet } from '../../../support/ids.ts';
import { accepter, auditPeerings, requester } from '../../../support/peered-vpcs.ts';
import { anything, egress, ingress, tcp, udp, type AclEntry } from '../../../support/rules.ts';

const ANY = '0.0.0.0/0';
const PEER = '10.8.0.0/16';
const open = [ingress(100).allow(anything, ANY), egress(100).allow(anything, ANY)];
const answers = egress(100).allow(tcp(1024, 65535), ANY);

const findings = (...entries: readonly AclEntry[]) =>
  auditPeerings(requester().acl('app', entries), accepter()).findings;

describe('a network ACL between peers', () => {
  it.each([
    { stops: 'everything', severity: 'high', ruleNumber: 90, entries: [ingress(90).deny(anything, PEER), ...open] },
    {
      stops: 'everything',
      severity: 'high',
      ruleNumber: 90,
      entries: [egress(90).deny(anything, '10.0.0.0/8'), ingress(100).allow(tcp(1024, 65535), ANY)],
    },
    { stops: 'everything', severity: 'high', ruleNumber: 32767, entries: [egress(100).allow(anything, ANY)] },
    {
      stops: 'answers-to-peer',
      severity: 'high',
      ruleNumber: 90,
      entries: [egress(90).deny(tcp(1024, 65535), PEER), ...open],
    },
    {
      stops: 'answers-to-peer',
      severity: 'high',
      ruleNumber: 32767,
      entries: [ingress(100).allow(tcp(443), ANY), egress(100).allow(tcp(443), ANY)],
    },
    {
      stops: 'answers-to-peer',
      severity: 'high',
      ruleNumber: 32767,
      entries: [ingress(100).allow(tcp(5432), ANY), egress(100).allow(udp(53), ANY)],
    },
    {
      stops: 'answers-from-peer',
      severity: 'medium',
      ruleNumber: 32767,
      entries: [ingress(100).allow(tcp(443), ANY), egress(100).allow(anything, ANY)],
    },
    {
      stops: 'answers-from-peer',
      severity: 'medium',
      ruleNumber: 90,
      entries: [ingress(90).deny(tcp(1024, 65535), PEER), ...open],
    },
  ] as const)('stops $stops ($severity), by entry $ruleNumber', ({ stops, severity, ruleNumber, entries }) => {
    expect(findings(...entries)).toMatchObject([
      {
        id: `peering-acl-stops-answers:${pcx('shared')}:${acl('app')}:${stops}`,
        severity,
        fault: { stops, aclId: acl('app'), subnets: [subnet('app')], entry: { ruleNumber } },
        objects: [{ id: acl('app') }, { id: pcx('shared') }],
      },
    ]);
  });

  it.each([
    ['lets everything through', open],
    ['is for servers: requests in, answers out', [ingress(100).allow(tcp(443), ANY), answers]],
    [
      'is for clients: requests out, answers in',
      [ingress(100).allow(tcp(1024, 65535), ANY), egress(100).allow(tcp(443), ANY)],
    ],
    ['denies other networks only', [ingress(90).deny(anything, '10.9.0.0/16'), ...open]],
    ['denies a part of the peer only', [ingress(90).deny(anything, '10.8.7.0/24'), ...open]],
    ['denies after it has allowed', [...open, ingress(110).deny(anything, PEER)]],
    ['denies some client ports only', [egress(90).deny(tcp(1024, 32767), PEER), ...open]],
  ] as const)('is silent where it %s', (_, entries) => {
    expect(findings(...entries)).toEqual([]);
  });

  it('is judged on the far side too, where that is read', () => {
    const far = accepter().acl('ledger', [ingress(100).allow(anything, ANY)]);

    expect(auditPeerings(requester(), far).findings).toMatchObject([
      { fault: { stops: 'answers-to-peer', aclId: acl('ledger') } },
    ]);
  });

  it('matters only where the subnet is routed to the peer', () => {
    const walled = requester().subnet('db', '10.0.3.0/24').acl('db', []);

    expect(auditPeerings(walled, accepter()).findings).toEqual([]);
  });
});

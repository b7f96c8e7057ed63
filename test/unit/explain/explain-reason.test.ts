import { describe, expect, it } from 'vitest';
import type { Reason } from '../../../src/engine/finding.ts';
import { explainReason } from '../../../src/explain/explain-reason.ts';
import { eni, rtb, vpce } from '../../support/ids.ts';
import { plainText } from '../../../src/explain/plain-text.ts';
import { diagnosis, finding, groupRule, TWO_O_CLOCK } from '../../support/build-diagnosis.ts';

const rule = groupRule();
const owner = { kind: 'nat-gateway', interfaceId: 'eni-0bb2c3d4e5f607182' } as const;
const change = {
  at: TWO_O_CLOCK,
  event: 'DeleteNetworkAclEntry',
  objects: ['acl-0aa1'],
  by: { kind: 'role', name: 'netops' },
  id: 'one',
  edits: [],
} as const;

/** The compiler asks for an example of every kind. */
const EXAMPLES: { readonly [K in Reason['kind']]: readonly [Extract<Reason, { kind: K }>, string] } = {
  'configuration-denies': [{ kind: 'configuration-denies' }, "Today's configuration denies"],
  'configuration-allows': [{ kind: 'configuration-allows', today: true }, "Today's configuration allows"],
  'same-subnet': [{ kind: 'same-subnet' }, 'no network ACL is asked'],
  'accepted-before': [{ kind: 'accepted-before', idleSeconds: 1_260 }, 'idle for 21 min'],
  'accepted-after': [{ kind: 'accepted-after', at: TWO_O_CLOCK }, 'afterwards, at 2026-11-23 14:00:00Z'],
  'accept-and-reject-overlap': [{ kind: 'accept-and-reject-overlap' }, 'ACCEPT and REJECT in one interval'],
  flags: [
    { kind: 'flags', values: [2, 18, 19, 0, 64] },
    '2 (SYN), 18 (SYN-ACK), 19 (SYN-ACK, FIN), 0 (data or ACK, no SYN) and 64',
  ],
  'flags-not-logged': [{ kind: 'flags-not-logged' }, 'no tcp-flags'],
  'opener-guessed': [{ kind: 'opener-guessed', because: 'port' }, 'taken from the port numbers'],
  'reject-reason': [{ kind: 'reject-reason', value: 'EC' }, 'EC (VPC Encryption Controls)'],
  'reject-reason-not-logged': [{ kind: 'reject-reason-not-logged' }, 'no reject-reason'],
  'public-source': [{ kind: 'public-source' }, '10.20.4.17 is an internet address'],
  'scan-pattern': [
    { kind: 'scan-pattern', portsTriedByRemote: 40, remotesTryingPort: 1 },
    'tried 40 ports here, and 1 address tried this one',
  ],
  'client-changed-address': [
    { kind: 'client-changed-address', allowed: [rule] },
    'sgr-07e1f2a3b4c5d6e7f allows tcp/5432',
  ],
  'idle-timeout': [{ kind: 'idle-timeout', seconds: 350, source: 'interface' }, '350 s, as set on this interface'],
  untracked: [{ kind: 'untracked' }, 'untracked'],
  tracked: [{ kind: 'tracked' }, 'tracked'],
  'sender-in-referenced-group': [
    { kind: 'sender-in-referenced-group', rule, interfaceId: 'eni-0bb2c3d4e5f607182' },
    'eni-0bb2c3d4e5f607182 does carry the group',
  ],
  'own-public-address': [
    { kind: 'own-public-address', interfaceId: 'eni-0bb2c3d4e5f607182' },
    '10.20.4.17 is the public address of our own eni-0bb2c3d4e5f607182',
  ],
  owner: [{ kind: 'owner', side: 'remote', owner }, 'The other end belongs to: NAT gateway'],
  'no-security-groups': [{ kind: 'no-security-groups' }, 'takes no security groups'],
  'icmp-type-not-logged': [{ kind: 'icmp-type-not-logged' }, 'do not record the ICMP type'],
  'other-family-rule': [{ kind: 'other-family-rule', rule }, 'need rules of their own: sgr-07e1f2a3b4c5d6e7f allows'],
  'reply-came-to-other-interface': [
    { kind: 'reply-came-to-other-interface' },
    'another interface of the same instance',
  ],
  'answered-by-other-interface': [
    {
      kind: 'answered-by-other-interface',
      interfaceId: eni('second'),
      action: 'ACCEPT',
      isChecked: true,
    },
    `records of ${eni('second')}, another interface of the same instance: ACCEPT there, from an address that is not its own`,
  ],
  'host-reset': [{ kind: 'host-reset' }, 'reset (RST)'],
  'no-answer-from-host': [{ kind: 'no-answer-from-host' }, 'no answer left'],
  'port-25': [{ kind: 'port-25' }, 'port 25'],
  'way-is-open': [{ kind: 'way-is-open' }, 'the way there and back is open at every hop'],
  'endpoint-not-used': [
    { kind: 'endpoint-not-used', endpointId: vpce('s3'), routeTableId: rtb('app') },
    `route table ${rtb('app')} is not associated with it`,
  ],
  'client-addresses-preserved': [
    { kind: 'client-addresses-preserved', targetGroup: 'web' },
    'Target group web hands on clients',
  ],
  'too-big-is-not-told': [{ kind: 'too-big-is-not-told' }, 'large transfers may stall'],
  'limit-may-be-reached': [{ kind: 'limit-may-be-reached' }, 'tracked connections of the instance'],
  'policies-are-not-network': [{ kind: 'policies-are-not-network' }, 'a policy refuses'],
  'not-loggable': [
    { kind: 'not-loggable', service: 'the DNS resolver' },
    'Traffic to the DNS resolver is never written',
  ],
  'not-delivered-yet': [{ kind: 'not-delivered-yet', retryAt: TWO_O_CLOCK }, 'ask again after 2026-11-23 14:00:00Z'],
  'rests-on-inference': [
    { kind: 'rests-on-inference', facts: ['CT-23', 'X-1'] },
    'the tail of an older connection; X-1',
  ],
  changed: [
    { kind: 'changed', change },
    'DeleteNetworkAclEntry on acl-0aa1 by role netops at 2026-11-23 14:00:00Z (CloudTrail)',
  ],
};

describe('a reason', () => {
  it.each(Object.entries(EXAMPLES))('%s is a sentence', (_, [reason, words]) => {
    const telling = { finding: finding({ row: 'T-1' }), diagnosis: diagnosis([]) };

    const sentence = plainText(explainReason(reason, telling));

    expect(sentence).toContain(words);
    expect(sentence).toMatch(/^[A-Z0-9].*\.$/);
  });
});

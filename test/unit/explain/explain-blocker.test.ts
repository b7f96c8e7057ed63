import { describe, expect, it } from 'vitest';
import type { MissedField } from '../../../src/engine/decision.ts';
import type { FilterBlocker } from '../../../src/engine/filter-blocker.ts';
import type { Finding } from '../../../src/engine/finding.ts';
import { blockerClause, blockerName, explainBlocker } from '../../../src/explain/explain-blocker.ts';
import { explainNearMiss } from '../../../src/explain/explain-rule.ts';
import { meetingOf } from '../../../src/explain/meeting.ts';
import { plainText } from '../../../src/explain/plain-text.ts';
import { parseAccountId, parsePrefixListId, parseSecurityGroupId, parseVpcId } from '../../../src/vpc/ids.ts';
import { IMPLICIT_DENY } from '../../../src/vpc/network-acl.ts';
import { aclEntry, byAcl, byGroups, diagnosis, finding, groupRule, missed } from '../../support/build-diagnosis.ts';

const about = (one: Finding = finding({})) => meetingOf({ finding: one, diagnosis: diagnosis([]) });
const reply = finding({ direction: 'egress', leg: 'return', clientPort: 40_112 });
const vpc = parseVpcId('vpc-0b1c2d3e4f5a6b7c8')!;
const groups = ['sg-0aaaaaaaaaaaaaaa1', 'sg-0bbbbbbbbbbbbbbb2', 'sg-0ccccccccccccccc3'].map((id) =>
  parseSecurityGroupId(id)!,
);
const acl = 'acl-0aa1b2c3d4e5f6071';
const egressDeny = byAcl(aclEntry(IMPLICIT_DENY, { direction: 'egress' }));

describe('a blocker in a headline', () => {
  it.each<[string, FilterBlocker, Finding, string, string]>([
    [
      'one group',
      byGroups(),
      finding({}),
      'no inbound rule of security group sg-0c44d1e2f3a4b5c6d matches',
      'security group sg-0c44d1e2f3a4b5c6d',
    ],
    [
      'three groups',
      { kind: 'security-group', direction: 'egress', ids: groups, nearMisses: [] },
      finding({}),
      'no outbound rule of its 3 security groups (sg-0aaaaaaaaaaaaaaa1, sg-0bbbbbbbbbbbbbbb2, sg-0ccccccccccccccc3) matches',
      'its 3 security groups (sg-0aaaaaaaaaaaaaaa1, sg-0bbbbbbbbbbbbbbb2, sg-0ccccccccccccccc3)',
    ],
    [
      'no group at all',
      { kind: 'security-group', direction: 'ingress', ids: [], nearMisses: [] },
      finding({}),
      'no inbound rule of its security groups matches',
      'its security groups',
    ],
    [
      'a numbered deny',
      byAcl(aclEntry(90, { action: 'deny' })),
      finding({}),
      `inbound rule 90 of network ACL ${acl} denies it`,
      `network ACL ${acl}`,
    ],
    [
      'the final deny',
      byAcl(aclEntry(IMPLICIT_DENY)),
      finding({}),
      `no inbound rule of network ACL ${acl} allows it`,
      `network ACL ${acl}`,
    ],
    [
      'the final deny of replies',
      egressDeny,
      reply,
      `no outbound rule of network ACL ${acl} allows them`,
      `network ACL ${acl}`,
    ],
    [
      'Block Public Access',
      { kind: 'block-public-access', id: vpc },
      finding({}),
      `VPC Block Public Access of ${vpc} refuses it`,
      'VPC Block Public Access',
    ],
    [
      'Encryption Controls',
      { kind: 'encryption-control', id: vpc },
      finding({}),
      `VPC Encryption Controls of ${vpc} refuse it`,
      'VPC Encryption Controls',
    ],
  ])('%s', (...[, blocker, one, clause, name]) => {
    expect(plainText(blockerClause(blocker, about(one)))).toBe(clause);
    expect(plainText(blockerName(blocker, diagnosis([]).target))).toBe(name);
  });
});

describe('a blocker in full', () => {
  it.each<[string, FilterBlocker, Finding, string]>([
    [
      'two later rules that would allow',
      byAcl(aclEntry(90, { action: 'deny' }), [
        missed(aclEntry(100), 'overridden'),
        missed(aclEntry(200), 'overridden'),
      ]),
      finding({}),
      `Network ACL ${acl}: inbound rule 90 denies all tcp from anywhere (0.0.0.0/0). Rules 100 and 200 would allow it and come after 90: the lowest number that matches decides.`,
    ],
    [
      'replies to one client port',
      byAcl(aclEntry(IMPLICIT_DENY, { direction: 'egress' }), [], [40_112]),
      reply,
      `Network ACL ${acl}: no outbound rule allows tcp replies to 10.20.4.17, so the final rule * denies them. Network ACLs keep no state: replies need an outbound rule of their own, for the client's port 40112.`,
    ],
    [
      'many near misses',
      byGroups(
        'ingress',
        Array.from({ length: 5 }, () => missed(groupRule(), 'address')),
      ),
      finding({}),
      'No inbound rule of security group sg-0c44d1e2f3a4b5c6d matches tcp/5432 from 10.20.4.17. Nearest misses: ' +
        'sgr-07e1f2a3b4c5d6e7f allows tcp/5432 from 10.20.0.0/22, but the source 10.20.4.17 is outside it; ' +
        'sgr-07e1f2a3b4c5d6e7f allows tcp/5432 from 10.20.0.0/22, but the source 10.20.4.17 is outside it; and 3 more.',
    ],
    [
      'ICMP',
      byGroups(),
      finding({ protocol: 'icmp' }),
      'No inbound rule of security group sg-0c44d1e2f3a4b5c6d matches icmp from 10.20.4.17.',
    ],
    [
      'Block Public Access of unknown mode',
      { kind: 'block-public-access', id: vpc },
      finding({}),
      `VPC Block Public Access refuses internet traffic of ${vpc}, whatever its groups and ACLs allow.`,
    ],
    [
      'Encryption Controls',
      { kind: 'encryption-control', id: vpc, mode: 'enforce' },
      finding({}),
      `VPC Encryption Controls of ${vpc} (mode enforce) refuse traffic to a VPC endpoint that is not encrypted, judged by port 443. Groups and ACLs have no part in it.`,
    ],
  ])('%s', (...[, blocker, one, words]) => {
    expect(plainText(explainBlocker(blocker, about(one)))).toBe(words);
  });
});

describe('a near miss', () => {
  /** The compiler asks for an example of every field. */
  const MISSES: Readonly<Record<MissedField, string>> = {
    protocol: 'the protocol is tcp',
    address: 'the source 10.20.4.17 is outside it',
    family: 'the source is an IPv4 address',
    port: 'the port is 5432',
    'icmp-type': 'the ICMP type differs',
    membership: 'the source 10.20.4.17 does not carry that group',
    stale: 'the group or peering it refers to is gone, so it matches nothing',
    overridden: 'is never reached, because a lower-numbered rule decides',
  };

  it.each(Object.entries(MISSES) as [MissedField, string][])(
    'on %s says where rule and packet part',
    (field, words) => {
      const telling = plainText(explainNearMiss(missed(groupRule(), field), about()));

      expect(telling).toBe(`sgr-07e1f2a3b4c5d6e7f allows tcp/5432 from 10.20.0.0/22, but ${words}`);
    },
  );

  it('on the port of a client that may have any', () => {
    const { destinationPort: _, ...flow } = reply.flow;
    const rule = aclEntry(100, { direction: 'egress', ports: { from: 49_152, to: 65_535 } });

    expect(plainText(explainNearMiss(missed(rule, 'port'), about({ ...reply, flow })))).toBe(
      "rule 100 allows tcp/49152-65535 to anywhere (0.0.0.0/0), but the client's port is outside it",
    );
  });

  it('of a rule without an id names its group, and a prefix list or another account by name', () => {
    const { id: _, ...rule } = groupRule({
      peer: { kind: 'prefix-list', id: parsePrefixListId('pl-0123456789abcdef0')! },
    });
    const foreign = groupRule({ peer: { kind: 'group', id: groups[0]!, accountId: parseAccountId('444455556666')! } });

    expect(plainText(explainNearMiss(missed(rule, 'address'), about()))).toContain(
      'a rule of sg-0c44d1e2f3a4b5c6d allows tcp/5432 from prefix list pl-0123456789abcdef0, but',
    );
    expect(plainText(explainNearMiss(missed(foreign, 'membership'), about()))).toContain(
      'from security group sg-0aaaaaaaaaaaaaaa1 (account 444455556666), but',
    );
  });
});

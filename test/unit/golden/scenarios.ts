import type { Diagnosis } from '../../../src/engine/diagnosis.ts';
import type { Finding } from '../../../src/engine/finding.ts';
import { parseAddress } from '../../../src/net/address.ts';
import { hostCidr, parseCidr } from '../../../src/net/cidr.ts';
import { parseAccountId, parseSecurityGroupId } from '../../../src/vpc/ids.ts';
import { IMPLICIT_DENY } from '../../../src/vpc/network-acl.ts';
import {
  ACL,
  aclEntry,
  byAcl,
  byGroups,
  diagnosis,
  finding,
  flowLogOf,
  GROUP,
  groupRule,
  missed,
  reading,
  TWO_O_CLOCK,
  VPC,
} from '../../support/build-diagnosis.ts';

const client = hostCidr(parseAddress('10.20.4.17')!);
const five432 = { from: 5432, to: 5432 };
const nearestGroupRule = missed(groupRule(), 'address');

const addRule = {
  kind: 'add-security-group-rule',
  groupId: GROUP,
  direction: 'ingress',
  protocol: 6,
  ports: five432,
  cidr: client,
} as const;

const addEntry = {
  kind: 'add-network-acl-entry',
  aclId: ACL,
  direction: 'ingress',
  ruleNumber: 89,
  protocol: 6,
  ports: five432,
  cidr: client,
} as const;

const denyRule90 = byAcl(aclEntry(90, { action: 'deny', ports: five432, cidr: '10.20.4.0/24' }), [
  missed(aclEntry(100), 'overridden'),
]);

const noGroupRule = finding({
  row: 'T-1',
  rejected: 42,
  blockedBy: [byGroups('ingress', [nearestGroupRule])],
  reasons: [
    { kind: 'configuration-denies' },
    {
      kind: 'owner',
      side: 'remote',
      owner: { kind: 'instance', name: 'orders-api', interfaceId: 'eni-0bb2c3d4e5f607182' },
    },
  ],
  fix: { changes: [addRule], passes: 42, of: 42, alone: [], cautions: [{ kind: 'group-shared', interfaces: 3 }] },
});

/** Threads as people see them: each is read as the engineer on call would read it. */
export const SCENARIOS: ReadonlyMap<string, Diagnosis> = new Map<string, Diagnosis>([
  ['t-1-no-security-group-rule', diagnosis([noGroupRule])],
  [
    't-2-acl-deny-before-the-allow-and-no-group-rule-behind-it',
    diagnosis(
      [
        finding({
          row: 'T-3',
          blockedBy: [denyRule90, byGroups('ingress', [nearestGroupRule])],
          reasons: [
            { kind: 'configuration-denies' },
            {
              kind: 'changed',
              change: {
                at: TWO_O_CLOCK + 131,
                event: 'ReplaceNetworkAclEntry',
                objects: [ACL],
                by: 'role deploy-network',
              },
            },
          ],
          fix: {
            changes: [addEntry, addRule],
            passes: 214,
            of: 214,
            alone: [0, 0],
            cautions: [{ kind: 'deliberate-deny', ruleNumber: 90 }],
          },
        }),
      ],
      {
        coverage: {
          logs: [flowLogOf({ kind: 'read', records: 1_284 })],
          sees: { accept: true, reject: true },
          freshUntil: TWO_O_CLOCK + 1_560,
          missingFields: ['pkt-srcaddr', 'pkt-dstaddr'],
        },
      },
    ),
  ],
  [
    't-3-nothing-allows-it-in-acl-or-groups',
    diagnosis([
      finding({
        row: 'T-3',
        rejected: 12_345,
        blockedBy: [
          byAcl(aclEntry(IMPLICIT_DENY), [missed(aclEntry(100, { cidr: '10.20.0.0/22' }), 'address')]),
          byGroups(),
        ],
        fix: { changes: [addEntry, addRule], passes: 12_345, of: 12_345, alone: [0, 0], cautions: [] },
      }),
    ]),
  ],
  [
    't-5-late-packets',
    diagnosis([
      finding({
        row: 'T-5',
        verdict: 'not-a-rule',
        confidence: 'likely',
        rejected: 7,
        accepted: 1_024,
        reasons: [
          { kind: 'configuration-allows', today: true },
          { kind: 'accepted-before', idleSeconds: 4 },
          { kind: 'flags', values: [0, 1, 4] },
          { kind: 'tracked' },
        ],
      }),
    ]),
  ],
  [
    't-7-block-public-access',
    diagnosis([
      finding({
        row: 'T-7',
        port: 443,
        remote: '203.0.113.7',
        rejected: 88,
        blockedBy: [{ kind: 'block-public-access', id: VPC, mode: 'block-ingress', managedBy: 'declarative-policy' }],
        reasons: [{ kind: 'reject-reason', value: 'BPA' }, { kind: 'public-source' }],
      }),
    ]),
  ],
  [
    't-12-a-client-with-a-new-address-among-t-11-scanning',
    diagnosis(
      [
        finding({
          row: 'T-12',
          confidence: 'likely',
          port: 443,
          remote: '198.51.100.23',
          rejected: 61,
          blockedBy: [
            byGroups('ingress', [
              missed(groupRule({ ports: { from: 443, to: 443 }, cidr: '198.51.100.20/32' }), 'address'),
            ]),
          ],
          reasons: [
            { kind: 'configuration-denies' },
            { kind: 'public-source' },
            {
              kind: 'client-changed-address',
              allowed: [groupRule({ ports: { from: 443, to: 443 }, cidr: '198.51.100.20/32' })],
            },
          ],
          alternatives: ['T-11'],
          fix: {
            changes: [{ ...addRule, ports: { from: 443, to: 443 }, cidr: parseCidr('198.51.100.23/32')! }],
            passes: 61,
            of: 61,
            alone: [],
            cautions: [{ kind: 'public-source' }],
          },
        }),
      ],
      {
        noise: {
          records: 18_342,
          sources: 1_203,
          ports: [
            { port: 23, records: 9_120 },
            { port: 22, records: 4_310 },
            { port: 3389, records: 1_200 },
          ],
          groups: [],
        },
      },
    ),
  ],
  [
    't-11-nothing-but-scanning',
    diagnosis([], { noise: { records: 312, sources: 85, ports: [{ port: 23, records: 200 }], groups: [] } }),
  ],
  [
    't-21-ipv6-forgotten',
    diagnosis([
      finding({
        row: 'T-21',
        port: 443,
        remote: '2001:db8:20:4::17',
        local: '2001:db8:20:9::40',
        rejected: 36,
        blockedBy: [
          byGroups('ingress', [missed(groupRule({ ports: { from: 443, to: 443 }, cidr: '0.0.0.0/0' }), 'family')]),
        ],
        reasons: [
          { kind: 'configuration-denies' },
          { kind: 'other-family-rule', rule: groupRule({ ports: { from: 443, to: 443 }, cidr: '0.0.0.0/0' }) },
        ],
        fix: {
          changes: [{ ...addRule, ports: { from: 443, to: 443 }, cidr: parseCidr('2001:db8:20:4::17/128')! }],
          passes: 36,
          of: 36,
          alone: [],
          cautions: [],
        },
      }),
    ]),
  ],
  [
    't-25-no-outbound-rule',
    diagnosis([
      finding({
        row: 'T-25',
        direction: 'egress',
        port: 443,
        remote: '10.30.1.9',
        rejected: 15,
        blockedBy: [byGroups('egress', [missed(groupRule({ direction: 'egress' }), 'port', 'address')])],
        fix: {
          changes: [
            { ...addRule, direction: 'egress', ports: { from: 443, to: 443 }, cidr: parseCidr('10.30.1.9/32')! },
          ],
          passes: 15,
          of: 15,
          alone: [],
          cautions: [],
        },
      }),
    ]),
  ],
  [
    't-29-replies-denied-on-their-way-out',
    diagnosis([
      finding({
        row: 'T-29',
        direction: 'egress',
        leg: 'return',
        port: 443,
        clientPort: 40_112,
        rejected: 188,
        acceptedOpposite: 188,
        blockedBy: [
          byAcl(
            aclEntry(IMPLICIT_DENY, { direction: 'egress' }),
            [missed(aclEntry(100, { direction: 'egress', ports: { from: 49_152, to: 65_535 } }), 'port')],
            [32_770, 33_001, 40_112, 41_234, 48_000],
          ),
        ],
        reasons: [{ kind: 'configuration-denies' }, { kind: 'tracked' }],
        fix: {
          changes: [{ ...addEntry, direction: 'egress', ruleNumber: 110, ports: { from: 1024, to: 65_535 } }],
          passes: 188,
          of: 188,
          alone: [],
          cautions: [],
        },
      }),
    ]),
  ],
  [
    't-31-idle-connection-forgotten',
    diagnosis([
      finding({
        row: 'T-31',
        verdict: 'not-a-rule',
        confidence: 'likely',
        direction: 'egress',
        leg: 'return',
        rejected: 9,
        acceptedOpposite: 240,
        reasons: [
          { kind: 'accepted-before', idleSeconds: 1_260 },
          { kind: 'flags', values: [0] },
          { kind: 'idle-timeout', seconds: 350, source: 'default' },
        ],
      }),
    ]),
  ],
  [
    't-58-no-flow-log',
    diagnosis([finding({ row: 'T-58', verdict: 'no-evidence', confidence: 'certain', rejected: 0 })], {
      coverage: { logs: [], sees: { accept: false, reject: false }, missingFields: [] },
      reading: reading({ records: 0, accepted: 0, rejected: 0, bytes: 0 }),
    }),
  ],
  [
    't-61-flow-log-not-delivered',
    diagnosis([finding({ row: 'T-61', verdict: 'no-evidence', confidence: 'certain', rejected: 0 })], {
      coverage: {
        logs: [flowLogOf({ kind: 'delivery-failed', error: 'Access error' })],
        sees: { accept: false, reject: false },
        missingFields: [],
      },
      reading: reading({ records: 0, accepted: 0, rejected: 0, bytes: 0 }),
    }),
  ],
  [
    't-4-was-blocked',
    diagnosis([
      finding({
        row: 'T-4',
        verdict: 'was-blocked',
        rejected: 77,
        reasons: [
          { kind: 'configuration-allows', today: true },
          {
            kind: 'changed',
            change: {
              at: TWO_O_CLOCK + 1_600,
              event: 'AuthorizeSecurityGroupIngress',
              objects: [GROUP],
              by: 'role netops',
            },
          },
          { kind: 'accepted-after', at: TWO_O_CLOCK + 1_640 },
        ],
      }),
    ]),
  ],
  [
    't-10-group-of-another-account',
    diagnosis([
      finding({
        row: 'T-10',
        verdict: 'undetermined',
        confidence: 'possible',
        rejected: 33,
        reasons: [{ kind: 'flags', values: [2] }],
        gaps: [
          {
            fact: 'security-group-members',
            about: 'sg-0ee1f2a3b4c5d6e7f',
            because: 'access-denied',
            action: 'ec2:DescribeNetworkInterfaces',
            accountId: parseAccountId('444455556666')!,
            region: 'eu-west-1',
          },
        ],
      }),
    ]),
  ],
  [
    't-18-icmp-type-unknown',
    diagnosis([
      finding({
        row: 'T-18',
        verdict: 'undetermined',
        confidence: 'possible',
        protocol: 'icmp',
        rejected: 20,
        reasons: [{ kind: 'icmp-type-not-logged' }],
        gaps: [{ fact: 'icmp-type', because: 'not-collected' }],
      }),
    ]),
  ],
  [
    'several-findings',
    diagnosis([
      noGroupRule,
      ...['10.20.7.1', '10.20.7.2', '10.20.7.3', '10.20.7.4', '10.20.7.5', '10.20.7.6', '10.20.7.7'].map((remote) =>
        finding({ row: 'T-1', remote, port: 22, rejected: 3, blockedBy: [byGroups()] }),
      ),
    ]),
  ],
  ['all-accepted', diagnosis([], { reading: reading({ records: 1_070, rejected: 0 }) })],
  [
    'names-that-would-be-markup',
    (() => {
      const hostile: Finding = finding({
        row: 'T-1',
        rejected: 2,
        blockedBy: [byGroups()],
        reasons: [
          { kind: 'configuration-denies' },
          {
            kind: 'owner',
            side: 'remote',
            owner: {
              kind: 'instance',
              name: '<!channel> `rm -rf` <https://evil.example|console>',
              interfaceId: 'eni-0bb2c3d4e5f607182',
            },
          },
        ],
        samples: ['<!here> 2 \u{202E}REJECT\u{7}'],
      });
      const plain = diagnosis([hostile]);
      return { ...plain, target: { ...plain.target, name: '*<@U012ABCDEF>* db\u{202E}' } };
    })(),
  ],
  [
    'peer-group-of-several',
    diagnosis([
      finding({
        row: 'T-1',
        rejected: 5,
        blockedBy: [
          {
            kind: 'security-group',
            direction: 'ingress',
            ids: [GROUP, parseSecurityGroupId('sg-0aaaaaaaaaaaaaaa1')!, parseSecurityGroupId('sg-0bbbbbbbbbbbbbbb2')!],
            nearMisses: [
              missed(
                groupRule({ peer: { kind: 'group', id: parseSecurityGroupId('sg-0cccccccccccccc3')! } }),
                'membership',
              ),
              missed(
                groupRule({
                  id: 'sgr-0123456789abcdef0',
                  peer: { kind: 'group', id: parseSecurityGroupId('sg-0dddddddddddddd4')!, peeringStatus: 'deleted' },
                }),
                'stale',
              ),
              missed(groupRule({ ports: { from: 5433, to: 5440 } }), 'port', 'address'),
            ],
          },
        ],
      }),
    ]),
  ],
]);

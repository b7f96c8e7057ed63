import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/engine/finding.ts';
import { explainDiagnosis } from '../../../src/explain/explain-diagnosis.ts';
import { renderSlackMessages } from '../../../src/render/block-kit.ts';
import { renderJson } from '../../../src/render/json.ts';
import { WhyRejectedAnswer } from '../../../src/render/answer-schema.ts';
import type { Gap } from '../../../src/vpc/gap.ts';
import { IMPLICIT_DENY } from '../../../src/vpc/network-acl.ts';
import { aclEntry, byAcl, byGroups, diagnosis, finding, groupRule, missed } from '../../support/build-diagnosis.ts';
import { checkMessage } from '../../support/check-blocks.ts';

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('<!channel>', '<https://evil.example|x>', '"'.repeat(400), 'w '.repeat(300), '\u{202E}x'),
);

const gap: fc.Arbitrary<Gap> = fc.record({
  fact: fc.constantFrom('security-group-members', 'network-acl', 'path', 'icmp-type', 'flow-log-records'),
  about: nasty,
  because: fc.constantFrom('access-denied', 'not-found', 'malformed', 'throttled'),
  action: fc.constant('ec2:DescribeNetworkInterfaces'),
});

const blockers = fc.constantFrom<Finding['blockedBy']>(
  [],
  [
    byGroups(
      'ingress',
      Array.from({ length: 5 }, () => missed(groupRule(), 'address', 'port')),
    ),
  ],
  [byAcl(aclEntry(90, { action: 'deny' }), [missed(aclEntry(100), 'overridden')]), byGroups()],
  [
    byAcl(
      aclEntry(IMPLICIT_DENY, { direction: 'egress' }),
      [],
      Array.from({ length: 256 }, (_, port) => 40_000 + port),
    ),
  ],
);

const anyFinding = fc
  .record({
    row: fc.integer({ min: 1, max: 70 }),
    verdict: fc.constantFrom('blocked', 'was-blocked', 'not-a-rule', 'no-evidence', 'undetermined'),
    confidence: fc.constantFrom('certain', 'likely', 'possible'),
    direction: fc.constantFrom('ingress', 'egress'),
    leg: fc.constantFrom('forward', 'return'),
    rejected: fc.constantFrom(0, 1, 214, 12_345_678),
    blockedBy: blockers,
    gaps: fc.array(gap, { maxLength: 12 }),
    names: fc.array(nasty, { maxLength: 12 }),
  } as const)
  .map(({ row, names, ...plan }) =>
    finding({
      ...plan,
      row: `T-${row}`,
      samples: names.slice(0, 5),
      reasons: [
        ...names.map(
          (name) =>
            ({
              kind: 'changed',
              change: {
                id: name,
                at: 0,
                event: name,
                objects: names,
                by: { kind: 'role', name, session: name },
                edits: [],
              },
            }) as const,
        ),
        ...names.map(
          (name) => ({ kind: 'owner', side: 'remote', owner: { kind: 'rds', name, interfaceId: name } }) as const,
        ),
      ],
    }),
  );

const anyDiagnosis = fc
  .record({ findings: fc.array(anyFinding, { maxLength: 8 }), gaps: fc.array(gap, { maxLength: 30 }), name: nasty })
  .map(({ findings, gaps, name }) => diagnosis(findings, { gaps, target: { ...diagnosis([]).target, name } }));

describe('any diagnosis', () => {
  test.prop([anyDiagnosis], { numRuns: 300 })('is one message and at most three replies, each fit for Slack', (any) => {
    const thread = explainDiagnosis(any, { askedBy: 'U012ABCDEF' });

    const messages = [thread.parent, ...thread.replies].map(renderSlackMessages);

    expect(thread.replies.length).toBeLessThanOrEqual(3);
    expect(messages.map(({ length }) => length)).toEqual(messages.map(() => 1));
    expect(messages.flat().flatMap(checkMessage)).toEqual([]);
  });

  test.prop([anyDiagnosis], { numRuns: 100 })('always ends with what could not be seen', (any) => {
    expect(explainDiagnosis(any, {}).replies.at(-1)?.summary).toBe("Couldn't see");
  });

  test.prop([anyDiagnosis], { numRuns: 100 })('prints as JSON that keeps the published contract', (any) => {
    const printed: unknown = JSON.parse(JSON.stringify(renderJson(any)));

    expect(WhyRejectedAnswer.safeParse(printed).error).toBeUndefined();
  });
});

it('many addresses of one fate are one finding, and counted together', () => {
  const [one, two] = [
    finding({ blockedBy: [byGroups()], rejected: 40 }),
    finding({ remote: '10.20.4.18', rejected: 2 }),
  ];
  const merged = diagnosis([{ ...one, alike: [two.group!] }]);

  expect(explainDiagnosis(merged, {}).parent.summary).toBe(
    'tcp/5432 from 10.20.4.17 and 1 other address to payments-db, 42 records: no inbound rule of security group ' +
      'sg-0c44d1e2f3a4b5c6d matches',
  );
  expect(renderJson(merged).findings[0]).toMatchObject({ alsoRemote: ['10.20.4.18'], records: { rejected: 42 } });
});

it('a finding about nobody in particular names the interface', () => {
  const silent = finding({ row: 'T-54', verdict: 'no-evidence', rejected: 0, remote: '0.0.0.0' });

  expect(explainDiagnosis(diagnosis([silent]), {}).parent.summary).toBe(
    'payments-db: nothing was rejected here in this time',
  );
  expect(
    explainDiagnosis({ ...diagnosis([silent]), question: { filter: { port: 5432 }, window: { start: 0, end: 1 } } }, {})
      .parent.summary,
  ).toMatch(/^tcp\/5432 from anywhere to payments-db: the packets never reached this interface/);
});

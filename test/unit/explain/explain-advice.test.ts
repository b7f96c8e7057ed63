import { describe, expect, it } from 'vitest';
import type { LogReading } from '../../../src/engine/diagnosis.ts';
import type { Finding } from '../../../src/engine/finding.ts';
import { explainDiagnosis } from '../../../src/explain/explain-diagnosis.ts';
import { renderMarkdown } from '../../../src/render/markdown.ts';
import { diagnosis, finding, flowLogOf, TWO_O_CLOCK } from '../../support/build-diagnosis.ts';

describe('where no rule helps, the advice', () => {
  it.each<[string, Parameters<typeof finding>[0], string]>([
    ['of T-5', { row: 'T-5', verdict: 'not-a-rule' }, 'Nothing to open'],
    ['of T-8', { row: 'T-8' }, 'TLS on port 443'],
    ['of T-9', { row: 'T-9' }, 'aws ec2 create-flow-logs'],
    ['of T-31', { row: 'T-31', verdict: 'not-a-rule' }, 'TcpEstablishedTimeout=3600'],
    ['of T-37', { row: 'T-37', verdict: 'not-a-rule' }, "sudo ss -lntp 'sport = :5432'"],
    [
      'of T-38 for UDP',
      { row: 'T-38', verdict: 'not-a-rule', protocol: 'udp', port: 53 },
      "sudo ss -lnup 'sport = :53'",
    ],
    ['of T-45', { row: 'T-45', verdict: 'not-a-rule' }, 'port 587'],
    ['of T-59', { row: 'T-59', verdict: 'no-evidence', rejected: 0 }, 'Record rejects too'],
    [
      'of T-62',
      {
        row: 'T-62',
        verdict: 'no-evidence',
        rejected: 0,
        reasons: [{ kind: 'not-delivered-yet', retryAt: TWO_O_CLOCK }],
      },
      'Ask again after 2026-11-23 14:00:00Z.',
    ],
    ['of T-6', { row: 'T-6', verdict: 'undetermined' }, 'See who joined or left the groups'],
    [
      'of T-6 where nobody could look at changes',
      { row: 'T-6', verdict: 'undetermined', gaps: [{ fact: 'configuration-changes', because: 'access-denied' }] },
      'Close the gap below',
    ],
    [
      'of what stops a packet further on',
      {
        row: 'T-47',
        confidence: 'likely',
        blockedBy: [
          {
            kind: 'path',
            obstacle: { kind: 'route', leg: 'return', reason: 'no-route', id: 'rtb-1' },
          },
        ],
      },
      '`path 10.20.4.17 eni-0a1b2c3d4e5f60718 tcp/5432` shows every hop of the way, and the smallest fix.',
    ],
  ])('%s says what does', (_, plan, words) => {
    expect(advice(finding(plan))).toContain(words);
  });

  it.each([
    ['Access error', "assume the flow log's role"],
    ['Rate limited', 'raise its quota'],
    ['Unknown error', 'create it anew'],
  ])('of T-61 mends "%s"', (error, words) => {
    const silent = finding({ row: 'T-61', verdict: 'no-evidence', rejected: 0 });
    const coverage = { ...diagnosis([]).coverage, logs: [flowLogOf({ kind: 'delivery-failed', error })] };

    expect(renderMarkdown(explainDiagnosis(diagnosis([silent], { coverage }), {}))).toContain(words);
  });

  it.each<[string, LogReading, string]>([
    ['was refused', { kind: 'refused', action: 's3:ListBucket' }, "Allow `s3:ListBucket` to the bot's role"],
    ['gave no answer', { kind: 'unreachable', detail: 'throttled' }, 'Ask again in a minute'],
    ['goes to Firehose', { kind: 'unreadable-destination', type: 'kinesis-data-firehose' }, 'create-flow-logs'],
    [
      'is of a class that only queries read',
      { kind: 'unreadable-destination', type: 'INFREQUENT_ACCESS log group' },
      '`aws.largeLogs.insights`',
    ],
    ['lost its destination', { kind: 'destination-missing', what: '/x' }, 'Make the destination again'],
  ])('of T-61 for a flow log that %s', (_, reading, words) => {
    const silent = finding({ row: 'T-61', verdict: 'no-evidence', rejected: 0 });
    const coverage = { ...diagnosis([]).coverage, logs: [flowLogOf(reading)] };

    expect(renderMarkdown(explainDiagnosis(diagnosis([silent], { coverage }), {}))).toContain(words);
  });

  it('of T-61 where the flow logs themselves are unknown points to the gap', () => {
    const silent = finding({ row: 'T-61', verdict: 'no-evidence', rejected: 0 });
    const coverage = { ...diagnosis([]).coverage, logs: [] };

    expect(renderMarkdown(explainDiagnosis(diagnosis([silent], { coverage }), {}))).toContain('Close the gap below');
  });

  it('is absent where there is none', () => {
    expect(
      explainDiagnosis(diagnosis([finding({ row: 'T-65', verdict: 'not-a-rule' })]), {}).replies.map(
        ({ summary }) => summary,
      ),
    ).toEqual(['Why', "Couldn't see"]);
  });
});

function advice(one: Finding): string {
  return renderMarkdown(explainDiagnosis(diagnosis([one]), {}));
}

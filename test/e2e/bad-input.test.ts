import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CALLS } from '../../src/aws/calls.ts';
import { checkMessage } from '../support/check-blocks.ts';
import { eni } from '../support/ids.ts';
import { onlyThread, replyNamed, startStage, threadWords, wordsOf, type Stage } from '../support/stage.ts';
import { HOSTILE, SHARED_ADDRESS, troubledAccounts } from './troubled-account.ts';

let stage: Stage;

beforeAll(async () => {
  const now = Math.floor(Date.now() / 1000);
  stage = await startStage({ accounts: troubledAccounts(now), aws: '{regions: [eu-west-1, us-east-1]}' });
});
afterAll(() => stage.close());
afterEach(() => stage.aws.faults.clear());

/** No question is asked twice here: the second would be answered with the first one's thread. */
let minutes = 60;
function about(name: string): string {
  minutes += 1;
  return `why-rejected ${eni(name)} --since ${minutes}m`;
}

const HEALTHY = eni('healthy');

/** How requests with bad signatures, an expired response_url and the rest of the door are met: test/integration/slack. */
describe('a text that is no question is answered to its author alone', () => {
  it.each([
    ['an unknown verb', 'why-blocked eni-1', "I can't use why-blocked: expected why-rejected, path"],
    ['no interface', 'why-rejected', 'something is missing: expected a network interface'],
    ['a malformed interface', 'why-rejected eni-xyz', "I can't use eni-xyz: expected a network interface"],
    ['two interfaces', `why-rejected ${HEALTHY} eni-xyz`, "I can't use eni-xyz: expected one target"],
    ['an unknown option', `why-rejected ${HEALTHY} --force`, "I can't use --force: expected one of --from"],
    ['a port that is none', `why-rejected ${HEALTHY} --port 99999`, 'expected a port from 0 to 65535'],
    ['a window in the future', `why-rejected ${HEALTHY} --until 2099-01-01T00:00Z`, 'a time that is not in the future'],
    [
      'a window that ends first',
      `why-rejected ${HEALTHY} --since 1h --until 2h`,
      'a time before the end of the window',
    ],
    ['a window that is too long', `why-rejected ${HEALTHY} --since 8d`, 'a window of at most 7 days'],
    ['a window that is too old', `why-rejected ${HEALTHY} --since 402d --until 401d`, 'within the last 400 days'],
    ['a megabyte', 'x'.repeat(1_000_000), 'expected at most 1000 characters'],
    ['markup and control characters', `why-rejected ${HOSTILE}\u{0}`, "I can't use !channel: expected a network inter"],
  ])('%s', async (_, text, words) => {
    const { acknowledgement, threads } = await stage.ask(text);
    const { blocks } = acknowledgement;

    expect(wordsOf({ ts: '', text: '', blocks: blocks as Record<string, unknown>[] })).toContain(words);
    expect(checkMessage(acknowledgement)).toEqual([]);
    expect(threads).toEqual([]);
  });
});

describe('a target that AWS does not have so', () => {
  it('is said to be missing, and where it was looked for', async () => {
    const thread = onlyThread(await stage.ask('why-rejected eni-0123456789abcdef0'));

    expect(wordsOf(thread.parent)).toContain(
      "⚠️ Couldn't check: eni-0123456789abcdef0 was not found in account 123456789012 eu-west-1 and account 123456789012 us-east-1",
    );
    expect(thread.replies).toEqual([]);
  });

  it('is asked about where two have the address', async () => {
    const words = wordsOf(onlyThread(await stage.ask(`why-rejected ${SHARED_ADDRESS}`)).parent);

    expect(words).toContain(`${SHARED_ADDRESS} belongs to 2 network interfaces: which one?`);
    expect(words).toContain(`/vpc why-rejected ${eni('twin')} --account 123456789012 --region eu-west-1`);
    expect(words).toContain(`/vpc why-rejected ${eni('other-twin')} --account 123456789012 --region us-east-1`);
  });

  it('and may be asked about by what was offered', async () => {
    const offered = `why-rejected ${eni('other-twin')} --account 123456789012 --region us-east-1`;

    expect(onlyThread(await stage.ask(offered)).parent.text).toContain('no flow log covers this interface');
  });
});

describe('flow logs in trouble', () => {
  it.each([
    ['unlogged', '⚪ No evidence: unlogged: no flow log covers', 'aws ec2 create-flow-logs'],
    ['group-gone', '⚪ No evidence: group-gone: its flow logs cannot be read', 'deleted-by-somebody does not exist'],
    ['bucket-gone', '⚪ No evidence: bucket-gone: its flow logs cannot be read', 'no-such-bucket does not exist'],
    ['bucket-closed', '⚪ No evidence: bucket-closed: its flow logs cannot be read', 'Allow s3:ListBucket to'],
    ['undelivered', '⚪ No evidence: undelivered: its flow logs cannot be read', 'delivery fails with "Access error"'],
    ['garbled', '🔴 Blocked: tcp/5432', '5 flow log lines could not be read and were left out.'],
    ['file-cut', '🔴 Blocked: tcp/5432', '1 flow log line could not be read and was left out.'],
    ['odd', '🔴 Blocked: tcp/5432', 'The rejected packets open connections (TCP flags: 2 (SYN)).'],
    ['unusable', "⚠️ Couldn't check: unusable: 8 records were left out", '8 records did not tell which way'],
  ])('%s', async (name, verdict, words) => {
    const thread = onlyThread(await stage.ask(about(name)));

    expect(thread.parent.text).toContain(verdict);
    expect(threadWords(thread)).toContain(words);
  });

  it('that may have lost old records to the retention of their log group say so', async () => {
    const thread = onlyThread(await stage.ask(`why-rejected ${eni('expired')} --since 2d`));

    expect(thread.parent.text).toBe('⚪ No evidence: expired: the flow logs hold no record of it in this time');
    expect(replyNamed(thread, "Couldn't see")).toContain('Older records that were deleted by now');
  });
});

it('shows names, descriptions and log lines that would be markup as plain text', async () => {
  const thread = onlyThread(await stage.ask(about(HOSTILE)));
  const messages = [thread.parent, ...thread.replies];

  expect(messages.flatMap(checkMessage)).toEqual([]);
  expect(thread.parent.text).toContain('to &lt;!channel&gt;');
  expect(messages.map(({ text }) => text).join()).not.toMatch(/<[!@#h]/);
  expect(threadWords(thread)).toContain('2 flow log lines could not be read and were left out.');
});

/** What one of them tells is told by another as well, or AWS asks for no permission. */
const NOT_MISSED = new Set(['ec2:DescribePrefixLists', 'sts:GetCallerIdentity']);
const OPTIONAL = Object.values(CALLS).flatMap(({ action, need, for: asked }) =>
  need === 'optional' && asked === 'every-question' ? [action] : [],
);

describe('a permission that is missing', () => {
  it.each(OPTIONAL.filter((action) => !NOT_MISSED.has(action)))(
    '%s: the answer comes, and names it',
    async (action) => {
      // What CloudTrail told a moment ago would still be known.
      await stage.restart();
      stage.aws.faults.add({ action, kind: { kind: 'deny' } });
      const name = action.startsWith('s3:') ? 'file-cut' : 'referring';
      const thread = onlyThread(await stage.ask(about(name)));

      expect(thread.parent.text).toMatch(/^(🔴 Blocked|🟠 Likely blocked|⚪ No evidence|⚠️ Couldn't check): /u);
      expect(thread.parent.text).toContain(name);
      expect(replyNamed(thread, "Couldn't see")).toContain(action);
    },
  );

  it.each([...NOT_MISSED])('%s: the answer is as certain as ever', async (action) => {
    stage.aws.faults.add({ action, kind: { kind: 'deny' } });

    expect(threadWords(onlyThread(await stage.ask(about('referring'))))).toContain('confidence: certain');
  });

  it('that everything rests on is the answer', async () => {
    stage.aws.faults.add({ action: 'ec2:DescribeNetworkInterfaces', kind: { kind: 'deny' } });
    const { parent } = onlyThread(await stage.ask(about('healthy')));

    expect(parent.text).toMatch("⚠️ Couldn't check: AWS denied ec2:DescribeNetworkInterfaces in eu-west-1");
    expect(wordsOf(parent)).toContain('vpc-why iam-policy prints the whole read-only policy');
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { demoAccount } from '../../demo/account/demo-account.ts';
import { readChannel } from '../../demo/slack/read-channel.ts';
import { onlyThread, replyNamed, startStage, threadWords, wordsOf, type Stage } from '../support/stage.ts';

const { accounts, questions } = demoAccount(new Date());
const [payments] = questions;
const VERDICT = '🔴 Blocked: tcp/5432 from 10.20.4.17 to payments-db';

let stage: Stage;

beforeAll(async () => {
  stage = await startStage({ accounts });
});
afterAll(() => stage.close());
afterEach(() => {
  stage.aws.faults.clear();
  vi.unstubAllEnvs();
});

/** No question is asked twice here: the second would be answered with the first one's thread. */
let minutes = 60;
function question(): string {
  minutes += 1;
  return `${payments!.command} --since ${minutes}m`;
}

describe('AWS', () => {
  it('throttling now and then is no news for the asker', async () => {
    stage.aws.faults.add({ action: '*', kind: { kind: 'throttle' }, probability: 0.2 });
    const thread = onlyThread(await stage.ask(question()));

    expect(thread.parent.text).toContain(VERDICT);
    expect(threadWords(thread)).toContain('confidence: certain');
  });

  it('throttling throughout is said, after three attempts', async () => {
    stage.aws.faults.add({ action: '*', kind: { kind: 'throttle' } });
    const { parent, replies } = onlyThread(await stage.ask(question()));

    expect(parent.text).toBe("⚠️ Couldn't check: AWS is limiting our calls to EC2");
    expect(wordsOf(parent)).toContain('Nothing is wrong with your question: ask again in a minute.');
    expect(replies).toEqual([]);
  });

  it('throttling one call only leaves a gap that says to ask again', async () => {
    stage.aws.faults.add({ action: 'ec2:DescribeNetworkAcls', kind: { kind: 'throttle' } });
    const thread = onlyThread(await stage.ask(question()));

    expect(thread.parent.text).toMatch(/payments-db/);
    expect(replyNamed(thread, "Couldn't see")).toMatch(/Network ACL .*AWS throttled the call; .*Ask again in a minute/);
  });

  it('cutting every answer short is told as silence', async () => {
    stage.aws.faults.add({ action: 'ec2:DescribeNetworkInterfaces', kind: { kind: 'reset' } });

    expect(onlyThread(await stage.ask(question())).parent.text).toBe("⚠️ Couldn't check: EC2 did not answer");
  });

  it('falling silent is waited for a bounded time, and said', async () => {
    await stage.restart('{limits: {requestMilliseconds: 300, connectMilliseconds: 300, collectMilliseconds: 2000}}');
    stage.aws.faults.add({ action: '*', kind: { kind: 'hang' } });
    const { parent } = onlyThread(await stage.ask(question()));
    await stage.restart();

    expect(parent.text).toMatch(/^⚠️ Couldn't check: (EC2|AWS) did not answer$/);
    expect(wordsOf(parent)).toContain('Ask again in a minute.');
  });

  it('falling silent in the flow logs only leaves the configuration to judge by', async () => {
    await stage.restart('{limits: {requestMilliseconds: 300, logMilliseconds: 1000}}');
    stage.aws.faults.add({ action: 'logs:FilterLogEvents', kind: { kind: 'hang' } });
    const thread = onlyThread(await stage.ask(question()));
    await stage.restart();

    expect(thread.parent.text).toContain('payments-db: its flow logs cannot be read (no answer in time');
  });

  it('unknown credentials are a matter for those who run the bot', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    await stage.restart();
    const { parent } = onlyThread(await stage.ask(question()));

    expect(parent.text).toBe("⚠️ Couldn't check: this bot has no valid AWS credentials");
    expect(wordsOf(parent)).toContain('Those who run it can see why with vpc-why doctor');
  });

  it('without a region is not asked at all', async () => {
    vi.stubEnv('AWS_REGION', undefined);
    await stage.restart();
    const { parent } = onlyThread(await stage.ask(question()));
    vi.unstubAllEnvs();
    await stage.restart();

    expect(parent.text).toBe("⚠️ Couldn't check: no AWS region is set, so there is nowhere to look");
    expect(wordsOf(parent)).toContain('--region eu-west-1');
  });
});

/** Lost answers and the rest of Slack's moods, call by call: test/integration/slack/post-answers.test.ts. */
describe('Slack', () => {
  it('limiting and failing calls gets the answer once all the same', async () => {
    const trouble = [{ kind: 'rate-limited', retryAfter: 1 } as const, { kind: 'status', status: 500 } as const];
    stage.slack.fail('chat.postMessage', ...trouble);
    stage.slack.fail('chat.update', ...trouble);
    const thread = onlyThread(await stage.ask(question()));

    expect(thread.parent.text).toContain(VERDICT);
    expect(thread.replies.map((reply) => wordsOf(reply).split(' ')[0])).toEqual(['Why', 'Smallest', "Couldn't"]);
  });

  it('keeping the bot out of a channel gets the asker the answer in person', async () => {
    stage.slack.fail('chat.postMessage', { kind: 'error', error: 'not_in_channel' });
    const { acknowledgement, threads } = await stage.ask(question());
    const posted = stage.slack.calls.findLast(
      ({ method, body }) => method === 'chat.postMessage' && !body['thread_ts'],
    );

    expect(acknowledgement.text).toMatch('Looking at');
    expect(threads).toEqual([]);
    expect(posted?.body).toMatchObject({ channel: stage.slack.userId });
    const { channel } = await stage.slack.call('conversations.open', { users: stage.slack.userId });
    const [thread] = await readChannel(stage.slack, (channel as { id: string }).id);
    expect(thread?.parent.text).toContain(VERDICT);
    expect(wordsOf(thread!.parent)).toContain('Invite me there with /invite');
  });
});

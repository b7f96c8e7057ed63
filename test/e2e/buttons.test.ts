import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { demoAccount } from '../../demo/account/demo-account.ts';
import type { StandInLogEvent } from '../../demo/aws/stand-in-account.ts';
import { buttonsOf } from '../../demo/slack/press-button.ts';
import { readChannel, type PostedThread } from '../../demo/slack/read-channel.ts';
import { checkMessage } from '../support/check-blocks.ts';
import { onlyThread, startStage, threadWords, wordsOf, type Stage } from '../support/stage.ts';

const { accounts, questions } = demoAccount(new Date());
const [{ command: payments } = { command: '' }] = questions;
const eniOf = (command: string): string => /eni-[0-9a-f]+/.exec(command)?.[0] ?? '';

/** The stream of the interface that the question is about, to which a test may add. */
const events = accounts
  .flatMap(({ logGroups = [] }) => logGroups)
  .flatMap(({ streams }) => streams)
  .find(({ name }) => name.startsWith(eniOf(payments)))?.events as StandInLogEvent[];
const recorded = [...events];

let stage: Stage;
let asked = 0;
let thread: PostedThread;

beforeAll(async () => {
  stage = await startStage({ accounts, watch: '{minutes: 1, everySeconds: 1}' });
});
afterAll(() => stage.close());

beforeEach(async () => {
  events.splice(0, events.length, ...recorded);
  // Within two minutes the same question is the same thread.
  asked += 1;
  thread = onlyThread(await stage.ask(`${payments} --since ${60 + asked}m`));
});

const now = async (): Promise<PostedThread> =>
  (await readChannel(stage.slack)).find(({ parent }) => parent.ts === thread.parent.ts)!;
const eventually = (assertion: () => Promise<void>): Promise<void> =>
  vi.waitFor(assertion, { timeout: 20_000, interval: 100 });
const offered = ({ parent }: PostedThread): readonly unknown[] => buttonsOf(parent).map(({ action_id: id }) => id);

/** A client tries again and gets through. */
function letOneThrough(): void {
  const last = recorded.findLast(({ message }) => message.includes('REJECT'))!;
  const at = Math.floor(Date.now() / 1_000);
  const message = last.message.replace('REJECT', 'ACCEPT').replace(/ \d{10} \d{10} /, ` ${at - 1} ${at} `);
  events.push({ timestampMs: at * 1_000 - 1_000, message });
}

describe('an answer', () => {
  it('offers what can follow it, in a message that Slack takes', () => {
    expect(offered(thread)).toEqual(['vpc_why_watch', 'vpc_why_evidence', 'vpc_why_picture', 'vpc_why_again']);
    expect(checkMessage(thread.parent)).toEqual([]);
  });

  it('shows its evidence in the thread, once for two presses', async () => {
    await Promise.all([stage.press(thread.parent, 'evidence'), stage.press(thread.parent, 'evidence')]);
    await eventually(async () => expect((await now()).replies).toHaveLength(4));
    await stage.press(thread.parent, 'evidence');
    await eventually(async () => expect(stage.whispers().length).toBeGreaterThanOrEqual(3));
    const { replies } = await now();

    expect(replies.map(wordsOf).filter((words) => words.startsWith('Evidence'))).toEqual([
      expect.stringMatching(/214 REJECT ingress.*Flow logs and their formats/),
    ]);
    expect(stage.whispers().at(-1)).toMatch(/records come in the thread/);
  });

  it('is drawn into the thread with a text that says the same, once for two presses', async () => {
    const before = stage.slack.calls.length;
    await stage.press(thread.parent, 'picture');
    await eventually(async () => expect(uploads(before, 'files.completeUploadExternal')).toHaveLength(1));
    await stage.press(thread.parent, 'picture');
    await eventually(async () =>
      expect(stage.whispers().filter((said) => said.includes('picture comes'))).toHaveLength(2),
    );

    expect(uploads(before, 'files.completeUploadExternal')).toEqual([
      expect.objectContaining({ channel_id: stage.slack.channelId, thread_ts: thread.parent.ts }),
    ]);
    expect(uploads(before, 'files.getUploadURLExternal')).toEqual([
      expect.objectContaining({ alt_txt: expect.stringMatching(/BLOCKED|blocked/) }),
    ]);
  });

  it('is asked again in its own thread', async () => {
    await stage.press(thread.parent, 'again');
    await eventually(async () => expect((await now()).replies.length).toBeGreaterThanOrEqual(5));
    await stage.untilIdle();

    expect((await now()).replies.map(wordsOf).filter((words) => words.startsWith('🔴'))).toHaveLength(1);
  });

  it.each([
    ['forged', { value: `${'f'.repeat(32)}.9999999999.forged` }],
    ['taken from another team', { teamId: 'T0OTHER' }],
  ])('does nothing for a button that is %s', async (_, forgery) => {
    const heard = stage.whispers().length;
    await stage.press(thread.parent, 'evidence', forgery);
    await eventually(async () => expect(stage.whispers().length).toBe(heard + 1));

    expect(stage.whispers().at(-1)).toMatch(/too old for its buttons/);
    expect((await now()).replies).toHaveLength(3);
  });
});

describe('a watch', () => {
  it('survives a restart, and changes the message when the traffic passes', async () => {
    await stage.press(thread.parent, 'watch');
    await stage.press(thread.parent, 'watch');
    await eventually(async () => expect(threadWords(await now())).toContain('Watching the flow logs until'));
    expect(stage.whispers().slice(-2)).toEqual([
      expect.stringMatching(/I watch the flow logs until/),
      expect.stringMatching(/watched already/),
    ]);

    await stage.restart();
    letOneThrough();
    await eventually(async () => expect((await now()).parent.text).toMatch(/^🟢 Resolved: the traffic passes/));

    const after = await now();
    expect(after.replies.map(wordsOf).filter((words) => words.includes('the traffic you watched passes'))).toHaveLength(
      1,
    );
    expect(offered(after)).toEqual(['vpc_why_evidence', 'vpc_why_picture', 'vpc_why_again']);
    expect(checkMessage(after.parent)).toEqual([]);
  });

  it('goes on though Slack answers 429 and 500 in between', async () => {
    await stage.press(thread.parent, 'watch');
    await eventually(async () => expect(threadWords(await now())).toContain('Watching the flow logs until'));
    stage.slack.fail('chat.update', { kind: 'rate-limited', retryAfter: 1 }, { kind: 'status', status: 500 });
    stage.slack.fail('chat.postMessage', { kind: 'answer-lost' });
    letOneThrough();

    await eventually(async () => {
      const { parent, replies } = await now();
      expect(parent.text).toMatch(/^🟢 Resolved/);
      expect(replies.map(wordsOf).filter((words) => words.includes('you watched passes'))).toHaveLength(1);
    });
  });

  it('ends in silence when somebody deletes the message', async () => {
    await stage.press(thread.parent, 'watch');
    await eventually(async () => expect(threadWords(await now())).toContain('Watching the flow logs until'));
    const before = await newsOfWatches();
    await stage.slack.call('chat.delete', { channel: stage.slack.channelId, ts: thread.parent.ts });
    letOneThrough();

    await eventually(async () => expect(await stage.homes.store.read('watches')).toBe('[]'));
    expect(await newsOfWatches()).toEqual(before);
  });
});

function uploads(since: number, method: string): readonly object[] {
  return stage.slack.calls.slice(since).flatMap((call) => (call.method === method ? [call.body] : []));
}

async function newsOfWatches(): Promise<readonly string[]> {
  const threads = await readChannel(stage.slack);
  return threads.flatMap(({ replies }) => replies.map(wordsOf)).filter((words) => words.includes('you watched passes'));
}

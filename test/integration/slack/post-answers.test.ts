import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BOT_TOKEN, startSlack, type LocalSlack } from '../../../demo/slack/start-slack.ts';
import type { Document, Thread } from '../../../src/explain/document.ts';
import type { ExpectedError } from '../../../src/failure/expected-error.ts';
import { openEmbeddedInMemory, type Embedded } from '../../../src/queue/embedded.ts';
import { createAnswerPoster, type AnswerPoster } from '../../../src/slack/answer-poster.ts';
import { createButtonSeal } from '../../../src/slack/button-seal.ts';
import { createClient } from '../../../src/slack/create-client.ts';
import { slackLogger } from '../../../src/slack/slack-logger.ts';
import { createLog } from '../../../src/log.ts';
import { messageMark } from '../../../src/slack/posted-message.ts';
import { createPgliteStore } from '../../../src/store/pglite.ts';
import { createPostLedger } from '../../../src/store/post-ledger.ts';
import type { AnswerAddress, PostLedger } from '../../../src/workflow/post.ts';

let slack: LocalSlack;
let embedded: Embedded;
let ledger: PostLedger;
let poster: AnswerPoster;
let asked = 0;
let address: AnswerAddress;

beforeAll(async () => {
  slack = await startSlack();
  embedded = await openEmbeddedInMemory();
  ledger = createPostLedger(await createPgliteStore(embedded.db));
  poster = createAnswerPoster({
    client: createClient({ botToken: BOT_TOKEN, apiUrl: slack.apiUrl, logger: slackLogger(createLog('silent')) }),
    ledger,
    seal: createButtonSeal(BOT_TOKEN).seal,
    now: () => Math.floor(Date.now() / 1000),
  });
});
afterAll(async () => {
  await slack.close();
  await embedded.close();
});

beforeEach(() => {
  asked += 1;
  address = {
    questionId: asked.toString(16).padStart(32, '0'),
    teamId: 'T000000001',
    channelId: slack.channelId,
    userId: slack.userId,
  };
});

const says = (text: string): Document => ({
  summary: text,
  blocks: [{ kind: 'paragraph', spans: [{ kind: 'words', text }] }],
});
const answerOf = (text: string): Thread => ({
  parent: says(text),
  replies: [says(`${text}: why`), says(`${text}: fix`), says(`${text}: not seen`)],
});

interface Message {
  ts: string;
  text: string;
  thread_ts?: string;
  metadata?: { event_payload?: { question_id?: string } };
}

/** What stands in Slack for this question, parent first. */
async function standing(channel = slack.channelId): Promise<string[]> {
  const { messages } = await slack.call('conversations.history', { channel, limit: '200' });
  const ours = (messages as Message[]).filter(
    ({ metadata }) => metadata?.event_payload?.question_id === address.questionId,
  );
  const parents = ours.filter(({ thread_ts: thread, ts }) => thread === undefined || thread === ts);
  const threads = await Promise.all(parents.map(({ ts }) => slack.call('conversations.replies', { channel, ts })));
  return threads.flatMap(({ messages: thread }) => (thread as Message[]).map(({ text }) => text));
}

const WHOLE = ['blocked', 'blocked: why', 'blocked: fix', 'blocked: not seen'];

describe('one message, edited in place, and its replies', () => {
  it('shows progress and then the answer', async () => {
    await poster.showProgress(address, says('finding the interface'));
    await poster.showProgress(address, says('reading flow logs'));
    expect(await standing()).toEqual(['reading flow logs']);

    const { permalink } = await poster.showAnswer(address, answerOf('blocked'));

    expect(await standing()).toEqual(WHOLE);
    expect(permalink).toMatch(/\/archives\//);
  });

  it('stands once when the job runs twice, and says what the second run says', async () => {
    await poster.showAnswer(address, answerOf('blocked at first'));
    await poster.showAnswer(address, answerOf('blocked'));

    expect(await standing()).toEqual(WHOLE);
  });

  it('stands once when two runs post at the same time', async () => {
    await Promise.all([
      poster.showAnswer(address, answerOf('blocked')),
      poster.showAnswer(address, answerOf('blocked')),
    ]);

    expect(await standing()).toEqual(WHOLE);
  });

  it('is posted anew when a person deleted it', async () => {
    await poster.showProgress(address, says('reading'));
    const parent = (await ledger.read(address.questionId))?.parentTs ?? '';
    await slack.call('chat.delete', { channel: slack.channelId, ts: parent });

    await poster.showAnswer(address, answerOf('blocked'));

    expect(await standing()).toEqual(WHOLE);
  });
});

describe('an answer in a thread that somebody else began', () => {
  let threadTs: string;

  beforeEach(async () => {
    const { ts } = await slack.call('chat.postMessage', { channel: slack.channelId, text: 'checkout is down' });
    threadTs = String(ts);
    address = { ...address, threadTs };
  });

  const inThread = async (): Promise<string[]> => {
    const { messages } = await slack.call('conversations.replies', { channel: slack.channelId, ts: threadTs });
    return (messages as Message[]).map(({ text }) => text);
  };
  const IN_THREAD = ['checkout is down', 'blocked', 'blocked: why · blocked: fix · blocked: not seen'];

  it('stands after it, edited in place, its details in one message', async () => {
    await poster.showProgress(address, says('reading'));
    expect(await inThread()).toEqual(['checkout is down', 'reading']);
    await poster.showAnswer(address, answerOf('blocked at first'));

    const { permalink } = await poster.showAnswer(address, answerOf('blocked'));

    expect(await inThread()).toEqual(IN_THREAD);
    expect(permalink).toContain(`thread_ts=${threadTs}`);
    expect(slack.calls.filter(({ body }) => 'reply_broadcast' in body)).toEqual([]);
  });

  it('shows its progress as a status where Slack takes one, and calls nobody before the answer', async () => {
    slack.answer('assistant.threads.setStatus', { ok: true });
    await poster.showProgress(address, says('at eni-1: reading flow logs'));
    expect(await inThread()).toEqual(['checkout is down']);
    expect(slack.calls.at(-1)).toMatchObject({
      method: 'assistant.threads.setStatus',
      body: { channel_id: slack.channelId, thread_ts: threadTs, status: 'is at eni-1: reading flow logs' },
    });

    await poster.showAnswer(address, answerOf('blocked'));
    expect(await inThread()).toEqual(IN_THREAD);
    slack.answer('assistant.threads.setStatus', { ok: false, error: 'missing_scope' });
  });

  it('is posted anew in it when a person deleted it, and its details stay', async () => {
    await poster.showAnswer(address, answerOf('blocked at first'));
    const answer = (await ledger.read(address.questionId))?.parentTs ?? '';
    await slack.call('chat.delete', { channel: slack.channelId, ts: answer });

    await poster.showAnswer(address, answerOf('blocked'));

    expect((await inThread()).toSorted()).toEqual(IN_THREAD.toSorted());
  });

  it('is looked for there when a run died after posting it', async () => {
    const intent = { slot: 'parent', at: Math.floor(Date.now() / 1000) } as const;
    await ledger.write(address.questionId, { channelId: slack.channelId, threadTs, replyTs: [], intent });
    await slack.call('chat.postMessage', {
      channel: slack.channelId,
      thread_ts: threadTs,
      text: 'posted by the run that died',
      metadata: JSON.stringify(messageMark(address.questionId, 'parent')),
    });

    await poster.showAnswer(address, answerOf('blocked'));

    expect(await inThread()).toEqual(IN_THREAD);
  });

  it('stands once when Slack’s answers were lost', async () => {
    slack.fail('chat.postMessage', { kind: 'answer-lost' }, { kind: 'answer-lost' });
    await poster.showAnswer(address, answerOf('blocked'));

    expect(await inThread()).toEqual(IN_THREAD);
  });

  it.each(['thread_not_found', 'restricted_action_thread_locked', 'is_archived'])(
    '%s: the asker gets it, with the reason, and it stays there',
    async (error) => {
      slack.fail('chat.postMessage', { kind: 'error', error });
      await poster.showProgress(address, says('reading'));
      await poster.showAnswer(address, answerOf('blocked'));

      const record = await ledger.read(address.questionId);
      expect(record?.channelId).toMatch(/^D/);
      expect(record).not.toHaveProperty('threadTs');
      expect(await standing(record?.channelId)).toEqual(['blocked', IN_THREAD[2]]);
      const shown = slack.calls.findLast(({ method }) => method === 'chat.update')?.body;
      expect(shown).toMatchObject({ blocks: expect.stringContaining('the thread where you asked') });
    },
  );

  it('a channel that was archived between progress and answer: the asker gets it', async () => {
    await poster.showProgress(address, says('reading'));
    slack.fail('chat.update', { kind: 'error', error: 'is_archived' });
    slack.fail('chat.postMessage', { kind: 'error', error: 'is_archived' });

    await poster.showAnswer(address, answerOf('blocked'));

    const record = await ledger.read(address.questionId);
    expect(await standing(record?.channelId)).toEqual(['blocked', IN_THREAD[2]]);
  });
});

describe('trouble with Slack', () => {
  it.each([
    ['a rate limit', { kind: 'rate-limited', retryAfter: 1 } as const],
    ['a server error', { kind: 'status', status: 503 } as const],
    ['a lost connection', { kind: 'reset' } as const],
    ['an answer lost after the message was posted', { kind: 'answer-lost' } as const],
    ['an answer cut short after the message was posted', { kind: 'answer-cut' } as const],
    ["a proxy's page in place of the answer", { kind: 'answer-garbled' } as const],
  ])('%s leaves the answer standing once', async (_, fault) => {
    slack.fail('chat.postMessage', fault, fault);
    slack.fail('chat.update', fault);
    await poster.showProgress(address, says('reading'));
    await poster.showAnswer(address, answerOf('blocked'));

    expect(await standing()).toEqual(WHOLE);
  });

  it('an answer lost, and the search for it, too, leaves the answer standing once', async () => {
    slack.fail('chat.postMessage', { kind: 'answer-lost' });
    slack.fail('conversations.history', { kind: 'reset' }, { kind: 'rate-limited', retryAfter: 1 });
    await poster.showAnswer(address, answerOf('blocked'));

    expect(await standing()).toEqual(WHOLE);
  });

  it('a token that was revoked is a failure that says so', async () => {
    slack.fail('chat.postMessage', { kind: 'error', error: 'token_revoked' });

    const failure = await poster
      .showAnswer(address, answerOf('blocked'))
      .catch((error: ExpectedError) => error.failure);
    expect(failure).toEqual({ kind: 'unreachable', service: 'Slack', detail: 'token_revoked' });
  });
});

describe('a run that ended between Slack’s answer and our note', () => {
  it('left an intent: the message is found and edited', async () => {
    await ledger.write(address.questionId, {
      channelId: slack.channelId,
      replyTs: [],
      intent: { slot: 'parent', at: Math.floor(Date.now() / 1000) },
    });
    await slack.call('chat.postMessage', {
      channel: slack.channelId,
      text: 'posted by the run that died',
      metadata: JSON.stringify(messageMark(address.questionId, 'parent')),
    });

    await poster.showAnswer(address, answerOf('blocked'));

    expect(await standing()).toEqual(WHOLE);
  });

  it('or before it reached Slack: the message is posted', async () => {
    const intent = { slot: 'parent', at: Math.floor(Date.now() / 1000) } as const;
    await ledger.write(address.questionId, { channelId: slack.channelId, replyTs: [], intent });

    await poster.showAnswer(address, answerOf('blocked'));

    expect(await standing()).toEqual(WHOLE);
  });
});

describe('a channel that is closed to the bot', () => {
  it.each(['not_in_channel', 'channel_not_found', 'is_archived'])(
    '%s: the asker gets the answer and the way to mend it',
    async (error) => {
      slack.fail('chat.postMessage', { kind: 'error', error });
      await poster.showAnswer(address, answerOf('blocked'));

      const record = await ledger.read(address.questionId);
      expect(record?.channelId).toMatch(/^D/);
      expect(await standing(record?.channelId)).toEqual(WHOLE);
      expect(JSON.stringify(slack.calls.findLast(({ method }) => method === 'chat.postMessage' && true))).not.toContain(
        slack.channelId,
      );
      expect(slack.calls.map(({ body }) => String(body['blocks'])).join()).toContain('/invite');
    },
  );

  it('and the way to mend it outlives the progress', async () => {
    slack.fail('chat.postMessage', { kind: 'error', error: 'not_in_channel' });
    await poster.showProgress(address, says('reading'));
    await poster.showAnswer(address, answerOf('blocked'));

    const shown = slack.calls.findLast(({ method }) => method === 'chat.update')?.body;
    expect(shown).toMatchObject({ text: 'blocked', blocks: expect.stringContaining('/invite') });
  });
});

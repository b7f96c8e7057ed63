import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventEnvelope, sendEvent, type SlackEvent } from '../../../demo/slack/send-event.ts';
import { postSigned } from '../../../demo/slack/post-signed.ts';
import { SIGNING_SECRET, startSlack, type LocalSlack } from '../../../demo/slack/start-slack.ts';
import { ExpectedError } from '../../../src/failure/expected-error.ts';
import { startSlackEntry, type SlackEntry } from '../../support/slack-entry.ts';
import { startSocketMode } from '../../support/socket-mode.ts';

const ENI = 'eni-0a1b2c3d4e5f60718';

let slack: LocalSlack;
let app: SlackEntry;
let sent = 0;

beforeAll(async () => {
  slack = await startSlack();
});
afterAll(() => slack.close());
afterEach(() => app.stop());

interface Words {
  readonly text: string;
  readonly threadTs?: string;
  readonly ts?: string;
  readonly more?: Record<string, unknown>;
}

const said = ({ text, threadTs, ts = '1790000000.000100', more }: Words): SlackEvent => ({
  type: 'app_mention',
  user: slack.userId,
  text,
  ts,
  event_ts: ts,
  channel: slack.channelId,
  ...(threadTs !== undefined && { thread_ts: threadTs }),
  ...more,
});

const nextId = (): string => `Ev${(sent += 1)}`;

const deliver = (event: SlackEvent, { eventId = nextId(), retry }: { eventId?: string; retry?: number } = {}) =>
  sendEvent({
    botUrl: app.url,
    signingSecret: SIGNING_SECRET,
    event,
    eventId,
    ...(retry !== undefined && { retry }),
  });

const mention = (words: Words) => deliver(said({ ...words, text: `<@${slack.botUserId}> ${words.text}` }));

/** Until everything delivered before has been dealt with: the next thing is. */
async function settled(): Promise<void> {
  const before = app.told.length;
  await mention({ text: 'help', ts: '1790000999.000100' });
  await expect.poll(() => app.told.length).toBeGreaterThan(before);
}

const taken = async () => {
  await expect.poll(() => app.taken.length).toBe(1);
  return app.taken[0];
};

const told = async () => {
  await expect.poll(() => app.told.length).toBe(1);
  return app.told[0];
};

const SEVERAL = "10.0.1.5 can't reach 10.0.2.9:5432 and 10.0.3.5 can't reach 10.0.3.9:443";

const failing = async (): Promise<never> => {
  throw new ExpectedError({ kind: 'unreachable', service: 'the queue', detail: 'ECONNREFUSED' });
};

const STANDING = { kind: 'duplicate', permalink: 'https://demo.slack.com/archives/C1/p1' } as const;

/** An alert of another app, as monitoring writes it: nothing in its text, everything in attachments. */
const postAlert = (attachment: object): Promise<string> =>
  slack.say('monitoring', { text: 'checkout: connection timeouts', attachments: JSON.stringify([attachment]) });

describe('a mention', () => {
  beforeEach(async () => {
    app = await startSlackEntry({ slack });
  });

  it('is answered in a thread below it', async () => {
    expect(await mention({ text: `why is ${ENI} rejected?` })).toEqual({ status: 200 });

    expect(await taken()).toMatchObject({
      kind: 'why-rejected',
      text: expect.stringContaining(ENI),
      askedAt: 1_790_000_000,
      teamId: 'T000000001',
      userId: slack.userId,
      channelId: slack.channelId,
      threadTs: '1790000000.000100',
      via: 'mention',
    });
  });

  it('in a thread is answered in that thread, without a look at it where its own words are enough', async () => {
    const before = slack.calls.length;
    await mention({ text: ENI, threadTs: '1789999000.000100', ts: '1790000000.000200' });

    expect(await taken()).toMatchObject({ threadTs: '1789999000.000100' });
    expect(slack.calls.slice(before).map(({ method }) => method)).not.toContain('conversations.replies');
  });

  it('alone in a thread asks about what the message above names, and reads that one alone', async () => {
    const threadTs = await postAlert({ title: 'Rejected', fields: [{ title: 'Interface', value: ENI }] });
    const before = slack.calls.length;
    await mention({ text: '', threadTs });

    expect(await taken()).toMatchObject({
      text: expect.stringContaining(ENI),
      threadTs,
      took: expect.stringMatching(`Took from the message above: network interface ${ENI}`),
    });
    expect(slack.calls.slice(before).find(({ method }) => method === 'conversations.replies')?.body).toMatchObject({
      ts: threadTs,
      latest: threadTs,
      oldest: threadTs,
      limit: '1',
    });
  });

  it.each(['help', 'audits'])('can ask for other things, too: %s', async (text) => {
    await mention({ text });

    expect(await told()).toMatchObject({ asking: { threadTs: '1790000000.000100' } });
  });

  it('that may mean several things is told which', async () => {
    await mention({ text: SEVERAL });

    expect(JSON.stringify((await told())?.document)).toMatch(/which of these.*10\.0\.2\.9.*10\.0\.3\.9/);
  });

  it('of somebody who may not ask is refused for their eyes only', async () => {
    await app.stop();
    slack.answer('chat.postEphemeral', { ok: true });
    app = await startSlackEntry({ slack, desk: { admit: async () => ({ kind: 'refused', because: 'guest' }) } });
    const before = slack.calls.length;
    await mention({ text: ENI });

    const refusal = () => slack.calls.slice(before).find(({ method }) => method === 'chat.postEphemeral')?.body;
    await expect.poll(refusal).toMatchObject({ user: slack.userId, thread_ts: '1790000000.000100' });
    expect(app.told).toEqual([]);
  });

  it('that names nothing gets examples in the thread', async () => {
    await mention({ text: 'good morning' });

    const { asking, document } = (await told()) ?? {};
    expect(asking).toMatchObject({ channelId: slack.channelId, threadTs: '1790000000.000100' });
    expect(JSON.stringify(document)).toContain('eni-');
    expect(app.taken).toEqual([]);
  });

  it.each([
    ['missing_scope', 'channels:history'],
    ['thread_not_found', 'not there any more'],
    ['fatal_error', 'fatal_error'],
  ])('whose thread cannot be read (%s) is told why and how else to ask', async (error, words) => {
    slack.fail('conversations.replies', { kind: 'error', error });
    await mention({ text: 'why?', threadTs: '1789999000.000100' });

    const { document } = (await told()) ?? {};
    expect(JSON.stringify(document)).toContain(words);
    expect(JSON.stringify(document)).toContain('eni-');
  });

  it('of another bot, or of our own, gets no answer', async () => {
    await deliver(said({ text: `<@${slack.botUserId}> ${ENI}`, more: { bot_id: 'B0OTHER' } }));
    await deliver(said({ text: `<@${slack.botUserId}> ${ENI}`, more: { user: slack.botUserId } }));
    await settled();

    expect(app.taken).toEqual([]);
  });
});

describe('a direct message', () => {
  beforeEach(async () => {
    app = await startSlackEntry({ slack });
  });

  const direct = { type: 'message', channel: 'D000000001', channel_type: 'im' };

  it('needs no mention', async () => {
    await deliver({ ...said({ text: ENI }), ...direct });

    expect(await taken()).toMatchObject({ channelId: 'D000000001', threadTs: '1790000000.000100' });
  });

  it.each([
    ['an edit', { subtype: 'message_changed' }],
    ['our own answer', { bot_id: 'B0OWN' }],
    ['a message in a channel', { channel_type: 'channel' }],
  ])('%s is none', async (_, more) => {
    await deliver({ ...said({ text: ENI }), ...direct, ...more });
    await settled();

    expect(app.taken).toEqual([]);
  });
});

describe('a delivery that is repeated', () => {
  beforeEach(async () => {
    app = await startSlackEntry({ slack });
  });

  it('is acknowledged, with a signature of its own, and asks nothing twice', async () => {
    const event = said({ text: `<@${slack.botUserId}> ${ENI}` });
    await deliver(event, { eventId: 'Ev-again' });
    await taken();

    const retries = [1, 2, 3].map((retry) => deliver(event, { eventId: 'Ev-again', retry }));
    expect(await Promise.all(retries)).toEqual([{ status: 200 }, { status: 200 }, { status: 200 }]);
    await settled();
    expect(app.taken).toHaveLength(1);
  });

  it('is taken in when the first one was lost', async () => {
    await deliver(said({ text: `<@${slack.botUserId}> ${ENI}` }), { retry: 2 });

    expect(await taken()).toMatchObject({ askedAt: 1_790_000_000 });
  });
});

describe('trouble', () => {
  it('with the queue is told in the thread', async () => {
    app = await startSlackEntry({ slack, desk: { take: failing } });
    await mention({ text: ENI });

    expect(await told()).toMatchObject({ document: { summary: expect.stringMatching(/queue/) } });
  });

  it('with the memory of posts, too: then it is posted as it is', async () => {
    app = await startSlackEntry({ slack, desk: { take: failing, tell: failing } });
    const threadTs = await postAlert({ text: 'down' });
    await mention({ text: ENI, threadTs });

    const inThread = async () =>
      JSON.stringify(await slack.call('conversations.replies', { channel: slack.channelId, ts: threadTs }));
    await expect.poll(inThread).toContain('the queue did not answer');
  });

  it('with a question that was asked a moment ago: the asker alone is told where the answer stands', async () => {
    slack.answer('chat.postEphemeral', { ok: true });
    app = await startSlackEntry({ slack, desk: { take: async () => STANDING } });
    const before = slack.calls.length;
    await mention({ text: ENI });

    const ephemeral = () => slack.calls.slice(before).findLast(({ method }) => method === 'chat.postEphemeral')?.body;
    await expect.poll(ephemeral).toMatchObject({ user: slack.userId, thread_ts: '1790000000.000100' });
    expect(ephemeral()?.['blocks']).toContain('https://demo.slack.com/archives/C1/p1');
  });
});

describe('the endpoint', () => {
  beforeEach(async () => {
    app = await startSlackEntry({ slack });
  });

  it('answers Slack’s question whether it is ours', async () => {
    const body = JSON.stringify({ type: 'url_verification', challenge: 'c-1', token: 'not-used' });
    const request = { botUrl: app.url, signingSecret: SIGNING_SECRET };
    const answer = await postSigned(request, { path: '/slack/events', type: 'application/json', body });

    expect(await answer.text()).toContain('c-1');
  });
});

describe('over Socket Mode', () => {
  it('a mention is acknowledged and taken in, once, however often it is delivered', async () => {
    const end = await startSocketMode(slack);
    app = await startSlackEntry({ slack, transport: { kind: 'socket-mode', appToken: 'xapp-1' } });
    await end.connected;
    const payload = eventEnvelope({ event: said({ text: `<@${slack.botUserId}> ${ENI}` }), eventId: 'Ev-socket' });

    await end.send('events_api', payload);
    expect(await taken()).toMatchObject({ via: 'mention', threadTs: '1790000000.000100' });
    await end.send('events_api', payload);

    expect(app.taken).toHaveLength(1);
    await end.close();
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sendInteraction } from '../../../demo/slack/send-interaction.ts';
import { SIGNING_SECRET, startSlack, type LocalSlack } from '../../../demo/slack/start-slack.ts';
import { ExpectedError } from '../../../src/failure/expected-error.ts';
import { startSlackEntry, type SlackEntry } from '../../support/slack-entry.ts';
import { startSocketMode } from '../../support/socket-mode.ts';

const ENI = 'eni-0a1b2c3d4e5f60718';
const MESSAGE_TS = '1790000000.000100';

const SEVERAL = "10.0.1.5 can't reach 10.0.2.9:5432 and 10.0.3.5 can't reach 10.0.3.9:443";

const failing = async (): Promise<never> => {
  throw new ExpectedError({ kind: 'unreachable', service: 'the queue', detail: 'ECONNREFUSED' });
};

let slack: LocalSlack;
let app: SlackEntry;

beforeAll(async () => {
  slack = await startSlack();
  slack.answer('views.open', { ok: true, view: { id: 'V1' } });
  slack.answer('chat.postEphemeral', { ok: true });
});
afterAll(() => slack.close());
beforeEach(async () => {
  app = await startSlackEntry({ slack });
});
afterEach(() => app.stop());

const who = () => ({
  user: { id: slack.userId, username: 'dana', name: 'dana', team_id: 'T000000001' },
  team: { id: 'T000000001', domain: 'demo' },
  api_app_id: 'A000000001',
  token: 'not-used',
});

const globalShortcut = () => ({
  ...who(),
  type: 'shortcut',
  callback_id: 'ask_vpc_why',
  trigger_id: 'trigger-1',
  action_ts: MESSAGE_TS,
});

const messageShortcut = (message: object) => ({
  ...who(),
  type: 'message_action',
  callback_id: 'why_rejected_message',
  trigger_id: 'trigger-1',
  response_url: 'http://127.0.0.1:9/response',
  message_ts: MESSAGE_TS,
  action_ts: MESSAGE_TS,
  channel: { id: slack.channelId, name: 'incidents' },
  message: { type: 'message', ts: MESSAGE_TS, ...message },
});

interface Filled {
  readonly fields: Record<string, string>;
  readonly channelId?: string;
  readonly metadata?: string;
}

const submission = ({ fields, channelId, metadata = '' }: Filled) => ({
  ...who(),
  type: 'view_submission',
  trigger_id: 'trigger-2',
  view: {
    id: 'V1',
    type: 'modal',
    callback_id: 'ask_vpc_why',
    private_metadata: metadata,
    state: {
      values: {
        ...Object.fromEntries(
          Object.entries(fields).map(([field, value]) => [
            field,
            { [field]: field === 'protocol' ? { selected_option: { value } } : { value } },
          ]),
        ),
        ...(channelId !== undefined && { channel: { channel: { selected_conversation: channelId } } }),
      },
    },
  },
});

const send = (payload: object) =>
  sendInteraction({ botUrl: app.url, signingSecret: SIGNING_SECRET, payload: { ...payload } });

interface View {
  readonly private_metadata?: string;
  readonly title: { readonly text: string };
  readonly blocks: readonly { readonly type: string; readonly block_id?: string; readonly element?: object }[];
}

/** The form that was opened last; the acknowledgement does not wait for it. */
const opened = async (before: number): Promise<View> => {
  const opening = () => slack.calls.slice(before).findLast(({ method }) => method === 'views.open')?.body;
  await expect.poll(opening).toBeDefined();
  return JSON.parse(String(opening()?.['view'])) as View;
};

const inputs = (view: View) => view.blocks.filter(({ type }) => type === 'input');

const told = () => slack.calls.findLast(({ method }) => method === 'chat.postEphemeral')?.body;

describe('the shortcut anywhere', () => {
  it('opens the empty form, which asks for a channel', async () => {
    const before = slack.calls.length;
    expect(await send(globalShortcut())).toMatchObject({ status: 200 });

    const view = await opened(before);
    expect(inputs(view).map(({ block_id }) => block_id)).toEqual([
      'what',
      'remote',
      'port',
      'protocol',
      'since',
      'channel',
    ]);
    expect(view.title.text.length).toBeLessThanOrEqual(24);
    expect(JSON.stringify(view)).not.toContain('initial_');
  });

  it('says so when Slack does not open it', async () => {
    slack.fail('views.open', { kind: 'error', error: 'expired_trigger_id' });
    await send(globalShortcut());

    const direct = () => slack.calls.findLast(({ method }) => method === 'chat.postMessage')?.body;
    await expect
      .poll(direct)
      .toMatchObject({ channel: slack.userId, blocks: expect.stringContaining('expired_trigger') });
  });
});

describe('the shortcut on a message', () => {
  it('asks about what the message names, in its thread', async () => {
    await send(messageShortcut({ attachments: [{ fields: [{ title: 'Interface', value: ENI }] }] }));

    await expect
      .poll(() => app.taken)
      .toMatchObject([
        {
          text: expect.stringContaining(ENI),
          channelId: slack.channelId,
          threadTs: MESSAGE_TS,
          userId: slack.userId,
          via: 'shortcut',
        },
      ]);
    await expect.poll(told).toMatchObject({
      user: slack.userId,
      thread_ts: MESSAGE_TS,
      text: expect.stringMatching(/Looking at .*The answer comes in this thread/),
    });
  });

  it('on a reply answers in the thread the reply stands in', async () => {
    await send(messageShortcut({ text: ENI, thread_ts: '1789999000.000100' }));

    await expect.poll(() => app.taken).toMatchObject([{ threadTs: '1789999000.000100' }]);
  });

  it('that may mean several things opens the form with the first, and says which there are', async () => {
    const before = slack.calls.length;
    await send(messageShortcut({ text: SEVERAL }));

    const view = await opened(before);
    expect(JSON.stringify(view.blocks[0])).toContain('which of these');
    expect(inputs(view)).toMatchObject([
      { element: { initial_value: '10.0.2.9' } },
      { element: { initial_value: '10.0.1.5' } },
      { element: { initial_value: '5432' } },
      { element: { initial_option: { value: 'tcp' } } },
      {},
    ]);
  });

  it('that names nothing opens the form, for an answer in that thread', async () => {
    const before = slack.calls.length;
    await send(messageShortcut({ text: 'good morning' }));

    const view = await opened(before);
    expect(inputs(view).map(({ block_id }) => block_id)).not.toContain('channel');
    expect(view.private_metadata).toBe(JSON.stringify({ channelId: slack.channelId, threadTs: MESSAGE_TS }));
    expect(app.taken).toEqual([]);
  });
});

describe('the form', () => {
  it('is closed and asked in the chosen channel', async () => {
    const fields = { what: '10.20.9.40', remote: '10.20.4.17', port: '5432', protocol: 'tcp', since: '2h' };
    expect(await send(submission({ fields, channelId: slack.channelId }))).toEqual({ status: 200, body: {} });

    await expect
      .poll(() => app.taken)
      .toMatchObject([
        {
          kind: 'why-rejected',
          text: 'why-rejected 10.20.9.40 --from=10.20.4.17 --port=5432 --protocol=tcp --since=2h',
          channelId: slack.channelId,
          via: 'modal',
        },
      ]);
    expect(app.taken[0]).not.toHaveProperty('threadTs');
    await expect.poll(told).toMatchObject({ channel: slack.channelId, text: expect.stringMatching(/this channel/) });
  });

  it('from a message is asked in its thread', async () => {
    const metadata = JSON.stringify({ channelId: slack.channelId, threadTs: MESSAGE_TS });
    await send(submission({ fields: { what: ENI }, metadata }));

    await expect.poll(() => app.taken).toMatchObject([{ channelId: slack.channelId, threadTs: MESSAGE_TS }]);
  });

  it('stays open, with what is wrong beside each field', async () => {
    const { body } = await send(submission({ fields: { what: 'db', port: '70000' }, channelId: slack.channelId }));

    expect(body).toEqual({
      response_action: 'errors',
      errors: { what: expect.stringMatching(/db/), port: expect.stringMatching(/0 to 65535/) },
    });
    expect(app.taken).toEqual([]);
  });

  it.each([
    ['no JSON', 'x'],
    ['another shape', '{"channelId":5}'],
    ['a channel that is none', JSON.stringify({ channelId: 'everywhere', threadTs: MESSAGE_TS })],
    ['a thread that is none', JSON.stringify({ channelId: 'C1', threadTs: '<!channel>' })],
  ])('whose memory of its thread is %s asks nothing', async (_, metadata) => {
    const { body } = await send(submission({ fields: { what: ENI }, metadata }));

    expect(body).toMatchObject({ response_action: 'errors', errors: { what: expect.stringMatching(/open it again/) } });
    expect(app.taken).toEqual([]);
  });

  it('tells the asker directly when the bot is not in the channel', async () => {
    slack.fail('chat.postEphemeral', { kind: 'error', error: 'not_in_channel' });
    const before = slack.calls.length;
    await send(submission({ fields: { what: ENI }, channelId: slack.channelId }));

    const direct = () => slack.calls.slice(before).find(({ method }) => method === 'chat.postMessage')?.body;
    await expect.poll(direct).toMatchObject({ channel: slack.userId, text: expect.stringMatching(/Looking at/) });
  });

  it('tells the asker when the queue is down', async () => {
    await app.stop();
    app = await startSlackEntry({ slack, desk: { take: failing } });
    await send(submission({ fields: { what: ENI }, channelId: slack.channelId }));

    await expect.poll(told).toMatchObject({ text: expect.stringMatching(/queue/) });
  });
});

describe('over Socket Mode', () => {
  it('shortcut and form are acknowledged and taken in', async () => {
    await app.stop();
    const end = await startSocketMode(slack);
    app = await startSlackEntry({ slack, transport: { kind: 'socket-mode', appToken: 'xapp-1' } });
    await end.connected;

    await end.send('interactive', messageShortcut({ text: ENI }));
    await expect.poll(() => app.taken).toMatchObject([{ via: 'shortcut' }]);
    const errors = await end.send('interactive', submission({ fields: { what: 'db' }, channelId: slack.channelId }));
    expect(errors).toMatchObject({ response_action: 'errors' });
    await end.send('interactive', submission({ fields: { what: ENI }, channelId: slack.channelId }));
    await expect.poll(() => app.taken).toMatchObject([{ via: 'shortcut' }, { via: 'modal' }]);

    await end.close();
  });
});

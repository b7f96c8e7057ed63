import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventEnvelope } from '../../../demo/slack/send-event.ts';
import { slashCommandBody } from '../../../demo/slack/send-slash-command.ts';
import { signRequest } from '../../../demo/slack/sign-request.ts';
import { SIGNING_SECRET, startSlack, type LocalSlack } from '../../../demo/slack/start-slack.ts';
import { startSlackEntry, type SlackEntry } from '../../support/slack-entry.ts';

const ENI = 'eni-0a1b2c3d4e5f60718';
const TS = '1790000000.000100';

let slack: LocalSlack;
let app: SlackEntry;

beforeAll(async () => {
  slack = await startSlack();
  slack.answer('chat.postEphemeral', { ok: true });
});
afterAll(() => slack.close());
beforeEach(async () => {
  app = await startSlackEntry({ slack });
});
afterEach(() => app.stop());

interface Endpoint {
  readonly path: string;
  readonly type: string;
  /** Asks a question, if it is believed. */
  readonly body: () => string;
  /** What a second delivery is told: Bolt acknowledges an event before anybody looks at it. */
  readonly replayed: 200 | 401;
}

const FORM = 'application/x-www-form-urlencoded';

const ENDPOINTS: readonly Endpoint[] = [
  {
    path: '/slack/commands',
    type: FORM,
    body: () => slashCommandBody({ text: `why-rejected ${ENI}`, channelId: slack.channelId, userId: slack.userId }),
    replayed: 401,
  },
  {
    path: '/slack/events',
    type: 'application/json',
    body: () => {
      const { userId: user, channelId: channel, botUserId } = slack;
      const event = { type: 'app_mention', user, channel, ts: TS, text: `<@${botUserId}> why-rejected ${ENI}` };
      return JSON.stringify(eventEnvelope({ event, eventId: 'Ev1' }));
    },
    replayed: 200,
  },
  {
    path: '/slack/interactions',
    type: FORM,
    body: () => {
      const payload = {
        type: 'message_action',
        callback_id: 'why_rejected_message',
        trigger_id: 'trigger-1',
        response_url: 'http://127.0.0.1:9/response',
        message_ts: TS,
        action_ts: TS,
        user: { id: slack.userId, team_id: 'T000000001' },
        team: { id: 'T000000001', domain: 'demo' },
        channel: { id: slack.channelId, name: 'incidents' },
        message: { type: 'message', ts: TS, text: ENI },
      };
      return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    },
    replayed: 401,
  },
];

type Signature = (body: string) => Record<string, string>;

const signedAt =
  (seconds: number): Signature =>
  (body) =>
    signRequest(SIGNING_SECRET, body, Math.floor(Date.now() / 1000) + seconds);

const without =
  (header: string): Signature =>
  (body) =>
    Object.fromEntries(Object.entries(signedAt(0)(body)).filter(([name]) => name !== header));

const FORGERIES: readonly (readonly [name: string, sign: Signature])[] = [
  ['without a signature', () => ({})],
  ['without a timestamp', without('x-slack-request-timestamp')],
  ['with a timestamp alone', without('x-slack-signature')],
  ['signed with another secret', (body) => signRequest('another secret', body, Math.floor(Date.now() / 1000))],
  ['signed for another body', () => signedAt(0)('text=other')],
  ['signed for another time', (body) => ({ ...signedAt(0)(body), 'x-slack-request-timestamp': '1790000000' })],
  ['with a timestamp that is no number', (body) => ({ ...signedAt(0)(body), 'x-slack-request-timestamp': 'now' })],
  ['six minutes old', signedAt(-360)],
  ['six minutes early', signedAt(360)],
];

const post = ({ path, type, body }: Endpoint, headers: Record<string, string>): Promise<number> =>
  fetch(`${app.url}${path}`, { method: 'POST', headers: { 'content-type': type, ...headers }, body: body() }).then(
    ({ status }) => status,
  );

describe.each(ENDPOINTS)('at $path', (endpoint) => {
  it.each(FORGERIES)('a request %s is refused', async (_, sign) => {
    expect(await post(endpoint, sign(endpoint.body()))).toBe(401);
    expect(app.taken).toEqual([]);
  });

  it('a captured request, sent again within five minutes to whichever endpoint, asks nothing', async () => {
    const headers = signedAt(-240)(endpoint.body());
    expect(await post(endpoint, headers)).toBe(200);
    const again: number[] = [];
    for (const { path } of ENDPOINTS) again.push(await post({ ...endpoint, path }, headers));
    await app.stop();

    expect(app.taken).toHaveLength(1);
    expect(again).toEqual(ENDPOINTS.map(() => endpoint.replayed));
  });

  it('a body larger than anything Slack sends is cut off', async () => {
    const large = { ...endpoint, body: () => 'x'.repeat(3_000_000) };
    const answer = await post(large, signedAt(0)(large.body())).catch(() => 'cut off');

    expect([413, 'cut off']).toContain(answer);
    expect(app.reports).toEqual([]);
  });
});

/** Connections opened by hand, since no client is that slow. */
describe('a sender that never ends', () => {
  const sockets: Socket[] = [];
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
  });

  async function open(): Promise<Socket> {
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  }

  const HEAD = 'POST /slack/commands HTTP/1.1\r\nhost: bot\r\ncontent-type: application/x-www-form-urlencoded\r\n';

  it.each([
    ['of headers', `${HEAD}x-slow: `, 8],
    ['of a body', `${HEAD}content-length: 100000\r\n\r\n`, 13],
    ['of chunks', `${HEAD}transfer-encoding: chunked\r\n\r\n186A0\r\n`, 13],
  ])('%s is cut off within seconds, and others are served meanwhile', async (_, beginning, seconds) => {
    const ended = trickle(await open(), beginning);
    const genuine = await post(ENDPOINTS[0]!, signedAt(0)(ENDPOINTS[0]!.body()));

    expect(genuine).toBe(200);
    expect(await ended).toBeLessThan(seconds);
    expect(app.taken).toHaveLength(1);
  });

  it('does not hold up a shutdown', async () => {
    const slow = await open();
    slow.write(`${HEAD}content-length: 100000\r\n\r\n`);
    await sleep(200);
    const began = performance.now();
    await app.stop();

    expect(performance.now() - began).toBeLessThan(4_000);
  });
});

/** A byte now and then, until the server has had enough. Answers with the seconds that took. */
async function trickle(socket: Socket, beginning: string): Promise<number> {
  const began = performance.now();
  socket.write(beginning);
  const closed = once(socket, 'close');
  socket.resume();
  while (!socket.destroyed) await Promise.race([closed, sleep(200).then(() => socket.write('x'))]);
  return (performance.now() - began) / 1000;
}

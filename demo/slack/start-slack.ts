import { createEmulator, type Emulator } from 'emulate';
import { fieldsOf } from './fields-of.ts';
import { listenOnLoopback, onLoopbackOnly } from '../loopback.ts';
import { createDoor, passOn, type SlackAnswer, type SlackCall, type SlackFault } from './slack-door.ts';
import { createServer, type IncomingMessage, type Server } from 'node:http';

export const BOT_TOKEN = 'xoxb-demo-vpc-why';
export const SIGNING_SECRET = 'demo-signing-secret';

/** Who speaks in the local Slack besides the bot: a person and another app. */
type Speaker = 'dana' | 'monitoring';

const TOKENS: Readonly<Record<Speaker, string>> = { dana: 'xoxp-demo-dana', monitoring: 'xoxb-demo-monitoring' };

/** A local Slack: npm `emulate` behind a door that can refuse, delay and count. Loopback only. */
export interface LocalSlack {
  /** For `SLACK_API_URL`; ends in a slash. */
  readonly apiUrl: string;
  readonly channelId: string;
  readonly userId: string;
  readonly otherUserId: string;
  /** Whom people mention to ask the bot. */
  readonly botUserId: string;
  /** Every call that came through the door, in order: `chat.postMessage`. */
  readonly calls: readonly SlackCall[];
  /** The next calls of a method are answered this way instead, one rule a call. */
  fail(method: string, ...faults: SlackFault[]): void;
  /** What a method answers that `emulate` does not know. */
  answer(method: string, body: unknown): void;
  /** Somebody else says something in the channel. Resolves with the `ts` of the message. */
  say(who: Speaker, message: Readonly<Record<string, string>>): Promise<string>;
  /** Asks the local Slack as the bot would. */
  call(method: string, parameters: Record<string, string>): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

export async function startSlack(): Promise<LocalSlack> {
  const port = await freePort();
  const emulator = await onLoopbackOnly(() => createEmulator(emulatorOptions(port)));
  const calls: SlackCall[] = [];
  const answer = (request: IncomingMessage, body: Buffer): Promise<SlackAnswer> => passOn(request, body, port);
  const door = createDoor({ answer, note: (made) => calls.push(made) });
  const apiUrl = `${await listenOnLoopback(door.server)}/api/`;
  const call = (method: string, parameters: Record<string, string>): Promise<Record<string, unknown>> =>
    callApi(`http://127.0.0.1:${port}/api/${method}`, { token: BOT_TOKEN, parameters });
  const { channelId, ...people } = await inhabitants(call);
  return {
    apiUrl,
    channelId,
    ...people,
    calls,
    fail: (method, ...faults) => door.faults.set(method, [...(door.faults.get(method) ?? []), ...faults]),
    answer: (method, body) => door.answers.set(method, body),
    say: async (who, message) => {
      const said = { token: TOKENS[who], parameters: { channel: channelId, ...message } };
      return String((await callApi(`http://127.0.0.1:${port}/api/chat.postMessage`, said))['ts']);
    },
    call,
    close: () => closeAll(door.server, emulator),
  };
}

const SCOPES = [
  'app_mentions:read',
  'commands',
  'chat:write',
  'chat:write.public',
  'files:write',
  'channels:read',
  'channels:history',
  'groups:read',
  'usergroups:read',
  'groups:history',
  'im:history',
  'im:write',
  'users:read',
];

function emulatorOptions(port: number): Parameters<typeof createEmulator>[0] {
  return {
    service: 'slack',
    port,
    baseUrl: `http://127.0.0.1:${port}`,
    seed: {
      slack: {
        team: { name: 'Demo', domain: 'demo' },
        users: [
          { name: 'dana', real_name: 'Dana' },
          { name: 'sam', real_name: 'Sam' },
        ],
        bots: [{ name: 'vpc-why' }, { name: 'monitoring' }],
        channels: [{ name: 'incidents', topic: 'Why was this traffic rejected?' }],
        tokens: [
          { token: BOT_TOKEN, type: 'bot', scopes: SCOPES },
          { token: TOKENS.monitoring, type: 'bot', user: 'monitoring', scopes: SCOPES },
          { token: TOKENS.dana, type: 'user', user: 'dana', scopes: SCOPES },
        ],
        signing_secret: SIGNING_SECRET,
      },
    },
  };
}

interface ApiCall {
  readonly token: string;
  readonly parameters: Readonly<Record<string, string>>;
}

async function callApi(url: string, { token, parameters }: ApiCall): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(parameters),
  });
  return fieldsOf(await response.json());
}

type Call = LocalSlack['call'];

async function inhabitants(
  call: Call,
): Promise<Pick<LocalSlack, 'channelId' | 'userId' | 'otherUserId' | 'botUserId'>> {
  const [{ channels }, { members }, { user_id: botUserId }] = await Promise.all([
    call('conversations.list', {}),
    call('users.list', {}),
    call('auth.test', {}),
  ]);
  return {
    channelId: idOfNamed(channels, 'incidents'),
    userId: idOfNamed(members, 'dana'),
    otherUserId: idOfNamed(members, 'sam'),
    botUserId: String(botUserId),
  };
}

function idOfNamed(items: unknown, name: string): string {
  const all: unknown[] = Array.isArray(items) ? items : [];
  return String(fieldsOf(all.find((item) => fieldsOf(item)['name'] === name))['id']);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  const { port } = new URL(await listenOnLoopback(probe));
  await new Promise((resolve) => probe.close(resolve));
  return Number(port);
}

async function closeAll(server: Server, emulator: Emulator): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await emulator.close();
}

import { listenOnLoopback } from '../../demo/loopback.ts';
import { createDoor, type SlackAnswer, type SlackDoor } from '../../demo/slack/slack-door.ts';

/** A message as it stands now. */
export interface StandingMessage {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs?: string;
  readonly text: string;
  readonly metadata?: unknown;
  /** When it was posted or edited last, as `performance.now()` counts. */
  readonly at: number;
}

/**
 * The few methods that the bot calls, in memory, without the limits of a real Slack: for thousands of questions and for
 * faults. Every channel exists, everybody is a member.
 */
export interface SmallSlack extends Pick<SlackDoor, 'befall'> {
  readonly apiUrl: string;
  /** What a method answers instead. */
  readonly answer: (method: string, body: unknown) => void;
  /** Of a channel, oldest first. */
  readonly messagesIn: (channel: string) => readonly StandingMessage[];
  readonly close: () => Promise<void>;
}

type Fields = Readonly<Record<string, string>>;
type Channels = Map<string, StandingMessage[]>;
type Method = (fields: Fields, channels: Channels) => object;

const TEAM = 'T000000001';

const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': () => ({ ok: true, team_id: TEAM, user_id: 'UBOT', bot_id: 'BBOT' }),
  'users.info': ({ user }) => ({ ok: true, user: { id: user, team_id: TEAM } }),
  'conversations.info': ({ channel }) => ({ ok: true, channel: { id: channel } }),
  'chat.postEphemeral': () => ({ ok: true }),
  'chat.getPermalink': ({ channel, message_ts: ts }) => ({
    ok: true,
    permalink: `https://x.slack.com/${channel}/${ts}`,
  }),
  'chat.postMessage': postMessage,
  'chat.update': updateMessage,
  'conversations.history': ({ channel = '', oldest }, channels) => ({
    ok: true,
    messages: since(channels.get(channel), oldest).filter(({ threadTs }) => threadTs === undefined),
  }),
  'conversations.replies': ({ channel = '', ts, oldest }, channels) => ({
    ok: true,
    messages: since(channels.get(channel), oldest).filter((message) => message.threadTs === ts || message.ts === ts),
  }),
};

export async function startSmallSlack(): Promise<SmallSlack> {
  const channels: Channels = new Map();
  const door = createDoor({
    answer: async (request, body) => {
      const method = METHODS[(request.url ?? '').replace('/api/', '')];
      const fields = Object.fromEntries(new URLSearchParams(body.toString()));
      return json(method === undefined ? { ok: false, error: 'unknown_method' } : method(fields, channels));
    },
  });
  const url = await listenOnLoopback(door.server);
  return {
    apiUrl: `${url}/api/`,
    befall: door.befall,
    answer: (method, body) => door.answers.set(method, body),
    messagesIn: (channel) => channels.get(channel) ?? [],
    close: () =>
      new Promise((resolve) => {
        door.server.close(() => resolve());
        door.server.closeAllConnections();
      }),
  };
}

function json(value: object): SlackAnswer {
  return { status: 200, contentType: 'application/json', body: Buffer.from(JSON.stringify(value)) };
}

let posted = 0;

/** What is sent to a user lands in a channel of its own. */
function postMessage({ channel = '', text = '', thread_ts: threadTs, metadata }: Fields, channels: Channels): object {
  posted += 1;
  const place = channel.replace(/^U/, 'D');
  const ts = `${Math.floor(Date.now() / 1000)}.${String(posted).padStart(6, '0')}`;
  const message: StandingMessage = {
    channel: place,
    ts,
    text,
    at: performance.now(),
    ...(threadTs !== undefined && { threadTs }),
    ...(metadata !== undefined && { metadata: JSON.parse(metadata) as unknown }),
  };
  channels.set(place, [...(channels.get(place) ?? []), message]);
  return { ok: true, channel: place, ts };
}

function updateMessage({ channel = '', ts, text = '' }: Fields, channels: Channels): object {
  const messages = channels.get(channel) ?? [];
  const index = messages.findIndex((message) => message.ts === ts);
  const message = messages[index];
  if (message === undefined) return { ok: false, error: 'message_not_found' };
  messages[index] = { ...message, text, at: performance.now() };
  return { ok: true, channel, ts };
}

function since(messages: readonly StandingMessage[] = [], oldest = '0'): readonly StandingMessage[] {
  return messages.filter(({ ts }) => Number(ts) >= Number(oldest)).toReversed();
}

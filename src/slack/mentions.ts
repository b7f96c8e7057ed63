import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { readFreeText } from '../command/free-text/read-free-text.ts';
import { readThread } from '../command/free-text/read-thread.ts';
import { explainUnreadParent } from '../explain/explain-unread-parent.ts';
import type { FreeTextReading } from '../explain/reading.ts';
import type { Asking, EntryDesk } from './entry-desk.ts';
import { readParent } from './read-parent.ts';
import { explainUnclear, takeReading } from './take-reading.ts';
import { takeText, type Taken } from './take-text.ts';
import { tellInThread } from './tell-in-thread.ts';

/** Somebody's words for the bot. The answer comes in the thread they stand in, or in one below them. */
interface Mention {
  readonly eventId: string;
  readonly text: string;
  readonly asking: Asking & { readonly threadTs: string };
  /** Something stands above it in the thread. */
  readonly isReply: boolean;
}

interface Tools {
  readonly desk: EntryDesk;
  readonly client: WebClient;
}

/** Answers `@vpc-why …` in channels and whatever people write to the bot directly. Other bots get no answer. */
export function registerMentions(app: App, desk: EntryDesk): void {
  app.event('app_mention', async ({ event, body, context, client }) => {
    const mention = mentionFrom(event, body, context.botUserId);
    if (mention !== undefined) await answerMention(mention, { desk, client });
  });
  app.event('message', async ({ event, body, context, client }) => {
    if (event.channel_type !== 'im' || event.subtype !== undefined) return;
    const mention = mentionFrom(event, body, context.botUserId);
    if (mention !== undefined) await answerMention(mention, { desk, client });
  });
}

interface MentionEvent {
  readonly user?: string;
  readonly bot_id?: string;
  readonly user_team?: string;
  readonly text?: string;
  readonly ts: string;
  readonly thread_ts?: string;
  readonly channel: string;
}

/** `undefined` for what a bot wrote: two bots that answer each other never end. */
function mentionFrom(
  event: MentionEvent,
  body: { readonly event_id: string; readonly team_id: string },
  botUserId: string | undefined,
): Mention | undefined {
  if (event.user === undefined || event.bot_id !== undefined) return undefined;
  const { user, user_team: userTeamId, ts, channel, thread_ts: threadTs = ts } = event;
  return {
    eventId: body.event_id,
    text: withoutMention(event.text ?? '', botUserId),
    isReply: threadTs !== ts,
    asking: {
      askedAt: Math.floor(Number(ts)),
      teamId: body.team_id,
      userId: user,
      ...(userTeamId !== undefined && { userTeamId }),
      channelId: channel,
      threadTs,
      via: 'mention',
    },
  };
}

function withoutMention(text: string, botUserId = ''): string {
  return text.replaceAll(/<@(\w+)(?:\|[^<>]*)?>/g, (mention, id) => (id === botUserId ? ' ' : mention)).trim();
}

/** Deliveries are repeated: what was handled is let go, and what is handled at the same time is the same question. */
function answerMention(mention: Mention, tools: Tools): Promise<void> {
  return tools.desk.once(mention.eventId, async () => {
    const taken = await takeMention(mention, tools);
    await tellInThread(taken, { ...mention, key: mention.eventId }, tools);
  });
}

async function takeMention(mention: Mention, { desk, client }: Tools): Promise<Taken> {
  const { text, asking, isReply } = mention;
  if (OTHER_DEEDS.test(text)) return takeText(desk, text, asking);
  const own = readFreeText(text, asking.askedAt);
  if (!isReply || !needsMore(own)) return takeReading(desk, own, asking);
  const parent = await readParent(client, asking);
  if (parent.kind === 'text') return takeReading(desk, readThread(text, parent.text, asking.askedAt), asking);
  return { kind: 'told', document: explainUnreadParent(parent, explainUnclear(desk, own)) };
}

/** What a bot does besides answering questions, and what nobody writes who means something else. */
const OTHER_DEEDS = /^(?:help(?:\s+\S+)?|audits|audit\s+(?:run|schedule|mute|unmute|remove|list)\b.*)$/is;

function needsMore(own: FreeTextReading): own is Extract<FreeTextReading, { readonly kind: 'nothing' }> {
  return own.kind === 'nothing' && own.because?.kind !== 'mistyped';
}

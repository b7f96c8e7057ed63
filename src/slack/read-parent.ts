import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import * as z from 'zod';
import { messageText } from './message-text.ts';
import { slackTrouble } from './to-failure.ts';

/** The message that a thread began with, or why it could not be read. */
export type Parent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly scope: string }
  | { readonly kind: 'not-read'; readonly because: string };

export interface ThreadPlace {
  readonly channelId: string;
  readonly threadTs: string;
}

/** Reads that one message and nothing else of the channel. */
export async function readParent(client: WebClient, { channelId, threadTs }: ThreadPlace): Promise<Parent> {
  try {
    const { messages = [] } = await client.conversations.replies({
      channel: channelId,
      ts: threadTs,
      limit: 1,
      latest: threadTs,
      oldest: threadTs,
      inclusive: true,
    });
    const parent = messages.find(({ ts }) => ts === threadTs);
    return parent === undefined ? { kind: 'missing' } : { kind: 'text', text: messageText(parent) };
  } catch (error) {
    return whyNot(error, channelId);
  }
}

function whyNot(error: unknown, channelId: string): Parent {
  const trouble = slackTrouble(error);
  if (trouble === undefined) throw error;
  if (trouble.kind !== 'refused') return { kind: 'not-read', because: trouble.kind };
  if (trouble.code === 'missing_scope') return { kind: 'refused', scope: neededBy(error) ?? scopeFor(channelId) };
  return MISSING.has(trouble.code) ? { kind: 'missing' } : { kind: 'not-read', because: trouble.code };
}

const MISSING = new Set(['thread_not_found', 'message_not_found']);

/** Slack names it as `needed`. */
function neededBy(error: unknown): string | undefined {
  const { needed } = Needed.parse(error instanceof WebAPIPlatformError ? error.data : {});
  return needed;
}

const Needed = z.object({
  needed: z
    .string()
    .regex(/^[a-z:.,]{1,100}$/)
    .optional()
    .catch(undefined),
});

/** By the first letter of the id. Conversations of several people have `G` or `C`, like private channels. */
function scopeFor(channelId: string): string {
  if (channelId.startsWith('D')) return 'im:history';
  return channelId.startsWith('G') ? 'groups:history' : 'channels:history';
}

import type { WebClient } from '@slack/web-api';
import type { EpochSeconds } from '../lang/time.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import type { Slot } from '../workflow/post.ts';
import { callSlack } from './call-slack.ts';
import { SIGNATURE_TOLERANCE_SECONDS } from './slack-limits.ts';
import { slackTrouble } from './to-failure.ts';

const EVENT_TYPE = 'vpc_why_answer';
const PAGE = 100;

/** Names a message of ours in Slack, so that a later run can find it. Holds no findings: everybody in Slack can read it. */
export function messageMark(
  questionId: string,
  slot: Slot,
): { event_type: string; event_payload: Record<string, string> } {
  return { event_type: EVENT_TYPE, event_payload: { question_id: questionId, slot: String(slot) } };
}

export interface SearchedMessage {
  readonly channelId: string;
  readonly questionId: string;
  readonly slot: Slot;
  /** Set for replies. */
  readonly threadTs?: string;
  readonly since: EpochSeconds;
}

/** Clocks differ: a message is looked for from this long before we meant to post it, twice what Slack lets a clock be off. */
const CLOCK_TOLERANCE_SECONDS = 2 * SIGNATURE_TOLERANCE_SECONDS;

/**
 * Looks whether a post whose answer was lost stands in the channel after all. Needs `channels:history` and its kin;
 * without them it finds nothing, and posting again is the lesser evil. Throws `ExpectedError` when Slack does not answer:
 * who tries again later looks again.
 */
export async function findPosted(client: WebClient, searched: SearchedMessage): Promise<string | undefined> {
  try {
    const { messages = [] } = await callSlack(() => history(client, searched));
    return messages.find((message) => isMarked(message, searched))?.ts;
  } catch (error) {
    if (error instanceof ExpectedError && slackTrouble(error.cause)?.kind === 'refused') return undefined;
    throw error;
  }
}

interface HistoryMessage {
  readonly ts?: string;
  readonly metadata?: { readonly event_type?: string; readonly event_payload?: object };
}

function history(client: WebClient, searched: SearchedMessage): Promise<{ messages?: readonly HistoryMessage[] }> {
  const page = {
    channel: searched.channelId,
    limit: PAGE,
    include_all_metadata: true,
    oldest: String(searched.since - CLOCK_TOLERANCE_SECONDS),
  };
  return searched.threadTs === undefined
    ? client.conversations.history(page)
    : client.conversations.replies({ ...page, ts: searched.threadTs });
}

function isMarked(message: HistoryMessage, searched: SearchedMessage): boolean {
  const payload = message.metadata?.event_payload;
  if (message.metadata?.event_type !== EVENT_TYPE || payload === undefined) return false;
  const mark = new Map(Object.entries(payload));
  return mark.get('question_id') === searched.questionId && mark.get('slot') === String(searched.slot);
}

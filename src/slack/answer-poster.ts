import type { WebClient } from '@slack/web-api';
import { explainClosedChannel, explainClosedThread } from '../explain/explain-acknowledgement.ts';
import type { Document, Thread } from '../explain/document.ts';
import type { EpochSeconds } from '../lang/time.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import { renderSlackMessages, type SlackMessage } from '../render/block-kit.ts';
import type {
  AmendAnswer,
  AnswerAddress,
  PostLedger,
  PostRecord,
  ShowAnswer,
  ShowProgress,
  Slot,
} from '../workflow/post.ts';
import type { ButtonSeal } from './button-seal.ts';
import { callSlack } from './call-slack.ts';
import { findPosted, messageMark } from './posted-message.ts';
import { sealButtons } from './seal-buttons.ts';
import { showStatus } from './thread-status.ts';

export interface AnswerPoster {
  readonly showProgress: ShowProgress;
  readonly showAnswer: ShowAnswer;
  readonly amendAnswer: AmendAnswer;
}

interface Desk {
  readonly client: WebClient;
  readonly ledger: PostLedger;
  /** Makes the value of an answer's buttons. */
  readonly seal: ButtonSeal['seal'];
  readonly now: () => EpochSeconds;
}

/** Posts and edits the one message and the replies of a question; whatever ran before, nothing stands there twice. */
export function createAnswerPoster(desk: Desk): AnswerPoster {
  return {
    showProgress: (address, document) =>
      desk.ledger.exclusively(address.questionId, async () => {
        const [message] = renderFor(desk, address, document);
        if (await isShownAsStatus(desk, address, document)) return;
        if (message !== undefined) await showParent(desk, address, message);
      }),
    amendAnswer: (address, document) =>
      desk.ledger.exclusively(address.questionId, async () => {
        const [message] = renderFor(desk, address, document);
        const { parentTs, channelId = '' } = (await desk.ledger.read(address.questionId)) ?? {};
        if (message === undefined || parentTs === undefined) return false;
        return edit(desk, channelId, { ts: parentTs, message });
      }),
    showAnswer: (address, thread) =>
      desk.ledger.exclusively(address.questionId, async () => {
        const [parent, ...overflow] = renderFor(desk, address, thread.parent);
        const replies = [...overflow, ...repliesOf(address, thread).flatMap((reply) => renderSlackMessages(reply))];
        if (parent === undefined) return {};
        let record = await showParent(desk, address, parent);
        for (const [index, reply] of replies.entries())
          record = await showReply(desk, address, { record, index, reply });
        return permalinkOf(desk, record);
      }),
  };
}

/** Buttons are sealed for the question they stand below. */
function renderFor(desk: Desk, address: AnswerAddress, document: Document): readonly SlackMessage[] {
  const value = desk.seal(address, desk.now());
  return renderSlackMessages(document).map((message) => sealButtons(message, value));
}

/** In a thread of others nobody is called by a message that says nothing yet: Slack's status line does. */
async function isShownAsStatus(desk: Desk, address: AnswerAddress, { summary }: Document): Promise<boolean> {
  const { channelId, threadTs, questionId } = address;
  if (threadTs === undefined) return false;
  const record = await desk.ledger.read(questionId);
  return record?.parentTs === undefined && showStatus(desk.client, { channelId, threadTs }, `is ${summary}`);
}

/** Among other people's messages the details are one message, split only where Slack demands it. */
function repliesOf({ threadTs }: AnswerAddress, { replies }: Thread): readonly Document[] {
  if (threadTs === undefined || replies.length === 0) return replies;
  const summary = replies.map((reply) => reply.summary).join(' · ');
  return [{ summary, blocks: replies.flatMap(({ blocks }) => blocks) }];
}

async function showParent(desk: Desk, address: AnswerAddress, message: SlackMessage): Promise<PostRecord> {
  const record = await desk.ledger.read(address.questionId);
  if (record?.parentTs !== undefined) {
    const isElsewhere = record.channelId !== address.channelId || record.threadTs !== address.threadTs;
    const edited = { ts: record.parentTs, message: isElsewhere ? withExcuse(address, message) : message };
    if (await edit(desk, record.channelId, edited)) return record;
  }
  try {
    return await post(desk, address, { message, slot: 'parent', record: recordFor(record, address) });
  } catch (error) {
    const { userId } = address;
    if (userId === undefined || !isClosedToUs(error)) throw error;
    const excuse = withExcuse(address, message);
    return post(desk, address, { message: excuse, slot: 'parent', record: { channelId: userId, replyTs: [] } });
  }
}

/** A parent that a person deleted is gone with its replies, unless they stand in a thread that began before it. */
function recordFor(record: PostRecord | undefined, { channelId, threadTs }: AnswerAddress): PostRecord {
  if (record !== undefined && record.parentTs === undefined) return record;
  const place = { channelId, ...(threadTs !== undefined && { threadTs }) };
  const replyTs = record?.threadTs !== undefined && record.threadTs === threadTs ? record.replyTs : [];
  return { ...place, replyTs };
}

interface Reply {
  readonly record: PostRecord;
  readonly index: number;
  readonly reply: SlackMessage;
}

async function showReply(desk: Desk, address: AnswerAddress, { record, index, reply }: Reply): Promise<PostRecord> {
  const ts = record.replyTs[index];
  if (typeof ts === 'string' && (await edit(desk, record.channelId, { ts, message: reply }))) return record;
  return post(desk, address, { message: reply, slot: index, record });
}

interface Posting {
  readonly message: SlackMessage;
  readonly slot: Slot;
  readonly record: PostRecord;
}

/** The intent is written first: a run that dies between Slack's answer and our note leaves a trace to follow. */
async function post(desk: Desk, address: AnswerAddress, posting: Posting): Promise<PostRecord> {
  const { message, slot, record } = posting;
  const intent = record.intent?.slot === slot ? record.intent : undefined;
  const since = intent?.at ?? desk.now();
  const find = (): Promise<Posted | undefined> => findInSlack(desk, address, { posting, since });
  const before = intent === undefined ? undefined : await find();
  if (before !== undefined && (await edit(desk, before.channelId, { ts: before.ts, message }))) {
    return remember(desk, address, withPosted(record, slot, before));
  }
  await desk.ledger.write(address.questionId, { ...record, intent: { slot, at: since } });
  const posted = await callSlack(() => send(desk, address, posting), { found: find });
  return remember(desk, address, withPosted(record, slot, posted));
}

async function remember(desk: Desk, address: AnswerAddress, record: PostRecord): Promise<PostRecord> {
  await desk.ledger.write(address.questionId, record);
  return record;
}

async function findInSlack(
  desk: Desk,
  address: AnswerAddress,
  { posting, since }: { posting: Posting; since: EpochSeconds },
): Promise<Posted | undefined> {
  const { slot, record } = posting;
  const { channelId } = record;
  const threadTs = threadOf(posting);
  const place = { channelId, questionId: address.questionId, slot, since };
  const ts = await findPosted(desk.client, threadTs === undefined ? place : { ...place, threadTs });
  return ts === undefined ? undefined : { ts, channelId };
}

function threadOf({ slot, record }: Posting): string | undefined {
  return record.threadTs ?? (slot === 'parent' ? undefined : record.parentTs);
}

interface Posted {
  readonly ts: string;
  /** A direct message is sent to a user and lands in a channel of its own. */
  readonly channelId: string;
}

async function send(desk: Desk, { questionId }: AnswerAddress, posting: Posting): Promise<Posted> {
  const { message, slot, record } = posting;
  const threadTs = threadOf(posting);
  const { ts, channel } = await desk.client.chat.postMessage({
    channel: record.channelId,
    text: message.text,
    blocks: message.blocks,
    metadata: messageMark(questionId, slot),
    unfurl_links: false,
    unfurl_media: false,
    ...(threadTs !== undefined && { thread_ts: threadTs }),
  });
  if (ts === undefined)
    throw new ExpectedError({ kind: 'unreachable', service: 'Slack', detail: 'no ts in its answer' });
  return { ts, channelId: channel ?? record.channelId };
}

function withPosted(record: PostRecord, slot: Slot, { ts, channelId }: Posted): PostRecord {
  const { intent: _done, ...before } = record;
  if (slot === 'parent') return { ...before, channelId, parentTs: ts };
  const replyTs = Array.from({ length: Math.max(slot + 1, record.replyTs.length) }, (_, index) =>
    index === slot ? ts : (record.replyTs[index] ?? null),
  );
  return { ...before, replyTs };
}

/** False when the message is not there to be edited any more. */
async function edit(
  desk: Desk,
  channelId: string,
  { ts, message }: { ts: string; message: SlackMessage },
): Promise<boolean> {
  try {
    await callSlack(() =>
      desk.client.chat.update({ channel: channelId, ts, text: message.text, blocks: message.blocks }),
    );
    return true;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}

async function permalinkOf(desk: Desk, record: PostRecord): Promise<{ permalink?: string }> {
  if (record.parentTs === undefined) return {};
  try {
    const { permalink } = await desk.client.chat.getPermalink({
      channel: record.channelId,
      message_ts: record.parentTs,
    });
    return permalink === undefined ? {} : { permalink };
  } catch {
    return {};
  }
}

/** https://docs.slack.dev/reference/methods/chat.postMessage */
const CLOSED_TO_US = new Set([
  'not_in_channel',
  'channel_not_found',
  'is_archived',
  'restricted_action',
  'no_permission',
  'restricted_action_read_only_channel',
  'restricted_action_non_threadable_channel',
  'restricted_action_thread_locked',
  'thread_not_found',
  'cannot_reply_to_message',
  'message_not_found',
]);

function isClosedToUs(error: unknown): boolean {
  return CLOSED_TO_US.has(refusalOf(error) ?? '');
}

const GONE = new Set(['message_not_found', 'is_archived', 'channel_not_found']);

/** Nothing stands there that could be edited: deleted, or in a channel that was closed since. */
function isGone(error: unknown): boolean {
  return GONE.has(refusalOf(error) ?? '');
}

function refusalOf(error: unknown): string | undefined {
  return error instanceof ExpectedError && error.failure.kind === 'unreachable' ? error.failure.detail : undefined;
}

/** The place is closed to the bot, so the asker gets the answer in a direct message, and the way to mend it. */
function withExcuse({ threadTs }: AnswerAddress, message: SlackMessage): SlackMessage {
  const explain = threadTs === undefined ? explainClosedChannel : explainClosedThread;
  const excuse = renderSlackMessages(explain()).flatMap(({ blocks }) => blocks);
  return { text: message.text, blocks: [...message.blocks, ...excuse] };
}

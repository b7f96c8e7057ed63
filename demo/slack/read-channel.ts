import { fieldsOf } from './fields-of.ts';
import type { LocalSlack } from './start-slack.ts';

export interface PostedMessage {
  readonly ts: string;
  readonly text: string;
  /** Of a message in a thread, its first one included. */
  readonly threadTs?: string;
  readonly blocks: readonly Record<string, unknown>[];
}

/** A message in the channel with its thread. */
export interface PostedThread {
  readonly parent: PostedMessage;
  readonly replies: readonly PostedMessage[];
}

/** The channel as it stands, oldest first. */
export async function readChannel(slack: LocalSlack, channelId = slack.channelId): Promise<readonly PostedThread[]> {
  const { messages } = await slack.call('conversations.history', { channel: channelId, limit: '200' });
  const parents = listOf(messages)
    .map(readMessage)
    .toSorted((a, b) => Number(a.ts) - Number(b.ts));
  return Promise.all(parents.map((parent) => readThread(slack, channelId, parent)));
}

async function readThread(slack: LocalSlack, channelId: string, parent: PostedMessage): Promise<PostedThread> {
  const { messages } = await slack.call('conversations.replies', { channel: channelId, ts: parent.ts });
  const replies = listOf(messages)
    .map(readMessage)
    .filter(({ ts }) => ts !== parent.ts);
  return { parent, replies };
}

function readMessage(value: unknown): PostedMessage {
  const { ts, text, blocks, thread_ts: threadTs } = fieldsOf(value);
  return {
    ...(typeof threadTs === 'string' && { threadTs }),
    ts: String(ts),
    text: typeof text === 'string' ? text : '',
    blocks: listOf(blocks).map(fieldsOf),
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

import { randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import { readChannel, type PostedThread } from '../../demo/slack/read-channel.ts';
import { sendEvent } from '../../demo/slack/send-event.ts';
import { SIGNING_SECRET } from '../../demo/slack/start-slack.ts';
import type { Stage } from './stage.ts';

export interface MentionPlace {
  /** Of the thread it stands in; absent: a message of its own. */
  readonly threadTs?: string;
  /** Slack lost the acknowledgement and delivers this many times more. */
  readonly repeats?: number;
}

/** Dana mentions the bot; answers with the thread when nothing is left to do. */
export async function mention(stage: Stage, text: string, place: MentionPlace = {}): Promise<PostedThread> {
  const { slack } = stage;
  const { threadTs, repeats = 0 } = place;
  const words = `<@${slack.botUserId}> ${text}`.trim();
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  const ts = await slack.say('dana', { text: words, ...thread });
  const event = { type: 'app_mention', user: slack.userId, channel: slack.channelId, text: words, ts, event_ts: ts };
  const eventId = `Ev-${randomUUID()}`;
  const delivery = { botUrl: stage.url(), signingSecret: SIGNING_SECRET, event: { ...event, ...thread }, eventId };
  await sendEvent(delivery);
  for (let retry = 1; retry <= repeats; retry += 1) await sendEvent({ ...delivery, retry });
  await untilHandled(stage, eventId);
  return threadAt(stage, threadTs ?? ts);
}

/** An event is acknowledged before it is dealt with. */
async function untilHandled({ homes, untilIdle }: Stage, eventId: string): Promise<void> {
  const noted = (): Promise<string | undefined> => homes.store.read(`event:${eventId}`);
  await vi.waitUntil(async () => (await noted()) !== undefined, { timeout: 10_000, interval: 20 });
  await untilIdle();
}

export async function threadAt({ slack }: Stage, ts: string): Promise<PostedThread> {
  const thread = (await readChannel(slack)).find(({ parent }) => parent.ts === ts);
  if (thread === undefined) throw new Error(`no message at ${ts}`);
  return thread;
}

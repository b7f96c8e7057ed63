import { randomUUID } from 'node:crypto';
import { ledgerApi } from './account/stories/ledger-api.ts';
import { checkoutWorker } from './account/stories/neighbours.ts';
import { readChannel, type PostedThread } from './slack/read-channel.ts';
import { sendEvent } from './slack/send-event.ts';
import { SIGNING_SECRET, type LocalSlack } from './slack/start-slack.ts';

export interface MentionScene {
  /** The alert, the mention below it, and the answer. */
  readonly thread: PostedThread;
  readonly names: ReadonlyMap<string, string>;
  /** When the verdict stood in the thread, as `performance.now()` counts. */
  readonly answered: number;
}

interface Players {
  readonly slack: LocalSlack;
  readonly botUrl: string;
  /** Resolves when it is so. */
  readonly until: (done: () => Promise<boolean>) => Promise<void>;
}

/** Monitoring raises an alert, and somebody mentions the bot in its thread without another word. */
export async function mentionUnderAlert({ slack, botUrl, until }: Players): Promise<MentionScene> {
  slack.answer('assistant.threads.setStatus', { ok: true });
  const threadTs = await slack.say('monitoring', ALERT);
  const text = `<@${slack.botUserId}>`;
  const ts = await slack.say('dana', { ...asMessage(text), thread_ts: threadTs });
  const before = slack.calls.length;
  const event = { type: 'app_mention', user: slack.userId, channel: slack.channelId, text, ts, thread_ts: threadTs };
  await sendEvent({ botUrl, signingSecret: SIGNING_SECRET, event, eventId: `Ev-${randomUUID()}` });
  const posts = (): LocalSlack['calls'] =>
    slack.calls.slice(before).filter(({ method }) => method === 'chat.postMessage');
  await until(async () => posts().length >= VERDICT_AND_DETAILS);
  const thread = (await readChannel(slack)).find(({ parent }) => parent.ts === threadTs);
  if (thread === undefined) throw new Error('the alert is gone');
  const names = new Map([
    [slack.userId, 'dana'],
    [slack.botUserId, 'vpc-why'],
  ]);
  return { thread, names, answered: posts()[0]?.at ?? Number.NaN };
}

const VERDICT_AND_DETAILS = 2;

const ALERT = asMessage(
  [
    '*FIRING: checkout times out*',
    `Source: ${checkoutWorker.address}`,
    `Destination: ${ledgerApi.host.address}:8443`,
    'p99 of the ledger client is at its limit of 30 s',
  ].join('\n'),
);

/** Alerts speak in blocks; so does what the demo prints. */
function asMessage(text: string): Readonly<Record<string, string>> {
  return { text: '', blocks: JSON.stringify([{ type: 'section', text: { type: 'mrkdwn', text } }]) };
}

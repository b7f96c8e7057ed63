import { setTimeout as sleep } from 'node:timers/promises';
import type { StandingMessage } from '../support/small-slack.ts';
import type { Asked } from './ask.ts';
import type { World } from './world.ts';

/** What became of the questions of one row. */
export interface Judgement {
  readonly asked: number;
  /** A verdict stands in the channel, or with the asker, with its details. */
  readonly answered: number;
  /** A trouble was told instead: by the bot at once or in the channel, or by Slack, which waits three seconds. */
  readonly told: number;
  /** Nobody told anything, or only half of it. */
  readonly lost: number;
  /** Messages beside the one that should stand there. */
  readonly twice: number;
  /** Seconds until the answer stood there, at worst. */
  readonly longestWait: number;
}

type Judged = Pick<World, 'slack' | 'metrics'>;

/** Above what a deadline, a lock that runs out and three attempts come to. */
const PATIENCE_MS = 240_000;
const POLL_MS = 200;

/** Waits until nothing more is to come, and counts. */
export async function judge(world: Judged, asked: readonly Asked[], patienceMs = PATIENCE_MS): Promise<Judgement> {
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline && !(await isOver(world, asked))) await sleep(POLL_MS);
  return count(asked.map((one) => fateOf(world, one)));
}

/** A job may still run though its answer stands there: whoever took it may have died before saying so. */
async function isOver(world: Judged, asked: readonly Asked[]): Promise<boolean> {
  return asked.every((one) => fateOf(world, one).kind !== 'lost') && (await unfinished(world)) === 0;
}

interface Fate {
  readonly kind: 'answered' | 'told' | 'lost';
  readonly twice: number;
  readonly seconds: number;
}

const VERDICT = /^(?:🔴|🟠|🟢|⚪|⚠️) /u;
/** Needs no details. */
const FAILURE = /^⚠️ /u;

function fateOf({ slack }: Judged, { channel, user, at, acknowledgement }: Asked): Fate {
  const messages = [...slack.messagesIn(channel), ...slack.messagesIn(user.replace(/^U/, 'D'))];
  const parents = messages.filter(({ threadTs }) => threadTs === undefined);
  const parent = parents.find(({ text }) => VERDICT.test(text));
  const twice = messages.length - new Set(messages.map(slotOf)).size;
  if (parent === undefined) return { kind: acknowledgement.kind === 'taken' ? 'lost' : 'told', twice, seconds: 0 };
  const seconds = (parent.at - at) / 1_000;
  if (messages.length > parents.length) return { kind: 'answered', twice, seconds };
  return { kind: FAILURE.test(parent.text) ? 'told' : 'lost', twice, seconds };
}

/** What the message is: of which question, and which of its messages. */
function slotOf({ metadata, ts }: StandingMessage): string {
  return metadata === undefined ? ts : JSON.stringify(metadata);
}

/** `undefined` while nobody tells. */
async function unfinished(world: Judged): Promise<number | undefined> {
  const metrics = await world.metrics();
  const counts = [...metrics.matchAll(/^vpc_why_queue_jobs\{state="(?:waiting|active|delayed)"\} (\d+)/gm)];
  return counts.length < 3 ? undefined : counts.reduce((sum, [, jobs]) => sum + Number(jobs), 0);
}

function count(fates: readonly Fate[]): Judgement {
  const of = (kind: Fate['kind']): number => fates.filter((fate) => fate.kind === kind).length;
  return {
    asked: fates.length,
    answered: of('answered'),
    told: of('told'),
    lost: of('lost'),
    twice: fates.reduce((sum, { twice }) => sum + twice, 0),
    longestWait: Math.max(0, ...fates.map(({ seconds }) => seconds)),
  };
}

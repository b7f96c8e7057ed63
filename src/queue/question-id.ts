import { createHash } from 'node:crypto';
import type { EpochSeconds } from '../lang/time.ts';

/** What makes two questions the same: who asked does not, how it was spaced does not. */
export interface AskedQuestion {
  readonly teamId: string;
  readonly channelId: string;
  /** The same question in another thread is another question: each thread gets its answer. */
  readonly threadTs?: string;
  readonly text: string;
  /** The same question of somebody who may see less is another question. Absent: all accounts. */
  readonly accounts?: readonly string[];
  readonly audience?: 'shared';
}

/**
 * Names one asking of a question. The time is part of it, so that the same question asked again later is a new job
 * with a thread of its own, and so that a job kept for inspection never stands in its way.
 */
export function questionIdOf(question: AskedQuestion & { readonly askedAt: EpochSeconds }): string {
  return digest(sameQuestionKey(question), String(question.askedAt));
}

/** Names one run of an audit: the same when the job is tried again. */
export function runIdOf(jobId: string): string {
  return digest('audit', jobId);
}

/** Names what a button brings about, so that it is posted once. */
export function errandIdOf(questionId: string, what: string): string {
  return digest(questionId, what);
}

/** Equal for equal questions of one channel or thread, whenever they are asked: what the queue tells double asks by. */
export function sameQuestionKey({ teamId, channelId, threadTs, text, accounts, audience }: AskedQuestion): string {
  const place = threadTs === undefined ? [channelId] : [channelId, threadTs];
  const limits = [
    ...(accounts === undefined ? [] : [[...accounts].sort().join()]),
    ...(audience === undefined ? [] : [audience]),
  ];
  return digest(teamId, ...place, normalise(text), ...limits);
}

/** Every word we understand is case-blind; spacing carries nothing. */
function normalise(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
}

/** JSON keeps the parts apart: ("a", "bc") and ("ab", "c") differ. 128 bits are plenty for two minutes. */
function digest(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

import type { JobsOptions } from 'bullmq';
import { QUEUE_NAME } from './contract.ts';

/** What the tests turn, and nobody else: a test cannot wait two minutes. */
export interface Tuning {
  readonly queueName: string;
  /** How long an equal question counts as the same. */
  readonly sameQuestionMs: number;
  /** Before the second attempt; doubled before the third. */
  readonly retryMs: number;
  readonly stall: StallOptions;
}

/**
 * A worker that dies is noticed when its lock has run out and the next check comes round: within 30 seconds. Locks are
 * renewed at half their time, so a job may run for minutes; it may block the process for seconds only. A job whose
 * workers died three times is given up.
 * https://docs.bullmq.io/guide/workers/stalled-jobs
 */
interface StallOptions {
  readonly lockDuration: number;
  readonly stalledInterval: number;
  readonly maxStalledCount: number;
}

export const TUNING: Tuning = {
  queueName: QUEUE_NAME,
  sameQuestionMs: 120_000,
  retryMs: 2_000,
  stall: { lockDuration: 20_000, stalledInterval: 10_000, maxStalledCount: 2 },
};

/**
 * Three attempts: Slack's and AWS's short troubles pass within seconds, longer ones are better told than waited for.
 * Finished jobs go by age, never by count: on the PostgreSQL tables `removeOnComplete: <count>` with several jobs at
 * once was seen to deadlock and to fail jobs that had succeeded (BullMQ 6.7).
 */
export function jobOptions({ retryMs }: Tuning): JobsOptions {
  return {
    attempts: 3,
    backoff: { type: 'exponential', delay: retryMs, jitter: 0.5 },
    removeOnComplete: { age: 3_600 },
    removeOnFail: { age: 86_400 },
  };
}

/** After a lost connection. BullMQ's own 15 seconds would be the asker's wait. */
export const RETRY_CONNECTION_MS = 500;

/** An enqueue stands between the asker and the acknowledgement Slack wants within three seconds. */
export const QUEUE_PATIENCE_MS = 1_800;

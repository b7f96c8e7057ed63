import type { Job } from 'bullmq';
import type { AbandonedJob, Outcome, Processor, QueuedJob, WorkerHandle, WorkerSettings } from './queue.ts';
import { createJobRuns, type JobRuns } from './job-runs.ts';
import { settleJob } from './settle-job.ts';

type RunBullJob = (job: Job, token: string | undefined) => Promise<void>;

export type OpenWorker = (run: RunBullJob, settings: WorkerSettings) => OpenedWorker;

interface OpenedWorker {
  readonly worker: BullWorker;
  /** Cuts its connections, whether it has ended by itself or not. */
  readonly disconnect: () => void;
}

/** The part of BullMQ's `Worker` used here, alike for both homes. */
interface BullWorker {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'failed', listener: (job: Job | undefined, error: Error) => void): unknown;
  on(event: 'lockRenewalFailed', listener: (jobIds: string[]) => void): unknown;
  close(): Promise<void>;
}

interface WorkerParts {
  readonly processor: Processor;
  readonly settings: WorkerSettings;
  readonly open: OpenWorker;
}

/** How long a job may take to notice that it was interrupted. */
const INTERRUPTED_MS = 5_000;

/** Runs jobs until stopped, translating between BullMQ's exceptions and our outcomes. */
export function runWorker({ processor, settings, open }: WorkerParts): WorkerHandle {
  const ran = new WeakSet<Job>();
  const runs = createJobRuns();
  let interrupted = false;
  const { worker, disconnect } = open(async (job, token) => {
    ran.add(job);
    // A wait for jobs that was under way when the worker closed may still bring one: mostly that which was just put back.
    const outcome: Outcome = interrupted ? { kind: 'put-back' } : await runOnce(job, runs, processor);
    await settleJob(job, token, outcome);
  }, settings);
  worker.on('error', settings.onError);
  worker.on('lockRenewalFailed', (jobIds) => {
    for (const id of jobIds) runs.interrupt(id, 'taken-over');
  });
  worker.on('failed', (job, error) => {
    if (job !== undefined && !ran.has(job)) abandon(job, error, processor).catch(settings.onError);
  });
  return {
    stop: async (graceMs) => {
      const closed = worker.close().catch(settings.onError);
      if (!(await endsWithin(closed, graceMs))) {
        interrupted = true;
        runs.interruptAll('shutting-down');
        await endsWithin(closed, INTERRUPTED_MS);
      }
      disconnect();
    },
  };
}

/** A run that another one has followed here ends after it: BullMQ stops renewing a job's lock when any run of it ends. */
async function runOnce(job: Job, runs: JobRuns, processor: Processor): Promise<Outcome> {
  const run = runs.begin(job.id ?? '');
  try {
    return await processor.run(toQueuedJob(job, run.signal));
  } finally {
    run.end();
    await run.untilLast();
  }
}

/** BullMQ gives a job up without running it when its workers died under it too often. */
async function abandon(job: Job, error: Error, processor: Processor): Promise<void> {
  await job.removeDeduplicationKey();
  await processor.abandoned(toAbandonedJob(job), error);
}

function toQueuedJob(job: Job, signal: AbortSignal): QueuedJob {
  const attempt = job.attemptsMade + 1;
  return {
    ...toAbandonedJob(job),
    attempt,
    isLastAttempt: attempt >= (job.opts.attempts ?? 1),
    signal,
  };
}

function toAbandonedJob(job: Job): AbandonedJob {
  return { id: job.id ?? '', name: job.name, data: job.data };
}

async function endsWithin(ending: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, milliseconds, false);
  });
  const ended = await Promise.race([ending.then(() => true), over]);
  clearTimeout(timer);
  return ended;
}

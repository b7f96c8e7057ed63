import type { Job } from 'bullmq';
import type {
  AbandonedJob,
  Interruption,
  Outcome,
  Processor,
  QueuedJob,
  WorkerHandle,
  WorkerSettings,
} from './queue.ts';
import { settleJob } from './settle-job.ts';

/** BullMQ hands the signal only to a function of three parameters. */
type RunBullJob = (job: Job, token: string | undefined, signal: AbortSignal | undefined) => Promise<void>;

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
  cancelJob(jobId: string, reason?: string): boolean;
  cancelAllJobs(reason?: string): void;
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
  let interrupted = false;
  const { worker, disconnect } = open(async (job, token, signal) => {
    ran.add(job);
    // A wait for jobs that was under way when the worker closed may still bring one: mostly that which was just put back.
    const outcome: Outcome = interrupted ? { kind: 'put-back' } : await processor.run(toQueuedJob(job, signal));
    await settleJob(job, token, outcome);
  }, settings);
  worker.on('error', settings.onError);
  worker.on('lockRenewalFailed', (jobIds) => {
    for (const id of jobIds) worker.cancelJob(id, 'taken-over' satisfies Interruption);
  });
  worker.on('failed', (job, error) => {
    if (job !== undefined && !ran.has(job)) abandon(job, error, processor).catch(settings.onError);
  });
  return {
    stop: async (graceMs) => {
      const closed = worker.close().catch(settings.onError);
      if (!(await endsWithin(closed, graceMs))) {
        interrupted = true;
        worker.cancelAllJobs('shutting-down' satisfies Interruption);
        await endsWithin(closed, INTERRUPTED_MS);
      }
      disconnect();
    },
  };
}

/** BullMQ gives a job up without running it when its workers died under it too often. */
async function abandon(job: Job, error: Error, processor: Processor): Promise<void> {
  await job.removeDeduplicationKey();
  await processor.abandoned(toAbandonedJob(job), error);
}

function toQueuedJob(job: Job, signal: AbortSignal | undefined): QueuedJob {
  const attempt = job.attemptsMade + 1;
  return {
    ...toAbandonedJob(job),
    attempt,
    isLastAttempt: attempt >= (job.opts.attempts ?? 1),
    signal: signal ?? new AbortController().signal,
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

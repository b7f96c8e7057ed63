import type { ErrandQueue } from '../src/queue/errand-queue.ts';
import { runErrandJob, tellAbandonedErrand, type ErrandDesk } from './run-errand-job.ts';
import type { RunningWorker } from './worker.ts';
import { warnRarely } from './warn-rarely.ts';

export interface ErrandWorkerDesk extends Omit<ErrandDesk, 'deadlineMs'> {
  readonly queue: ErrandQueue;
  readonly deadlineMs?: number;
}

/** A check reads logs once; a picture takes a second. */
const DEADLINE_MS = 60_000;

/** Questions come first: errands run beside them, one at a time in this process. */
const AT_ONCE = 1;

/** Runs errands until stopped. */
export function startErrandWorker(desk: ErrandWorkerDesk): RunningWorker {
  const jobDesk: ErrandDesk = { ...desk, deadlineMs: desk.deadlineMs ?? DEADLINE_MS };
  return desk.queue.startWorker(
    {
      run: (job) => runErrandJob(job, jobDesk),
      abandoned: (job, error) => tellAbandonedErrand(job, error, jobDesk),
    },
    {
      concurrency: AT_ONCE,
      onError: warnRarely(desk.log, 'the queue of errands is in trouble; the worker carries on'),
    },
  );
}

import { once } from 'node:events';
import type { Interruption } from './queue.ts';

/** One run of a job in this process. */
interface JobRun {
  readonly signal: AbortSignal;
  /** Resolves when no later run of the same job is under way here. */
  readonly untilLast: () => Promise<void>;
  readonly end: () => void;
}

export interface JobRuns {
  /** A worker that missed its lock may take its own job again: the run before is told that it was taken over. */
  readonly begin: (jobId: string) => JobRun;
  /** The run under way, which is the latest. */
  readonly interrupt: (jobId: string, why: Interruption) => void;
  readonly interruptAll: (why: Interruption) => void;
}

interface Run {
  readonly controller: AbortController;
  readonly ended: Promise<unknown>;
}

/** What runs in this process. BullMQ keeps one signal a job, so that of two runs of one job the first is out of reach. */
export function createJobRuns(): JobRuns {
  const latest = new Map<string, Run>();
  const interrupt: JobRuns['interrupt'] = (jobId, why) => latest.get(jobId)?.controller.abort(why);
  return {
    begin: (jobId) => {
      interrupt(jobId, 'taken-over');
      const controller = new AbortController();
      const ending = new AbortController();
      const run: Run = { controller, ended: once(ending.signal, 'abort') };
      latest.set(jobId, run);
      return {
        signal: controller.signal,
        untilLast: async () => {
          for (let later = latest.get(jobId); later !== undefined && later !== run; later = latest.get(jobId))
            await later.ended;
        },
        end: () => {
          if (latest.get(jobId) === run) latest.delete(jobId);
          ending.abort();
        },
      };
    },
    interrupt,
    interruptAll: (why) => {
      for (const { controller } of latest.values()) controller.abort(why);
    },
  };
}

import type { JobsOptions } from 'bullmq';
import type { ErrandPayload } from './errand-contract.ts';
import { jobOptions, type Tuning } from './job-options.ts';
import type { Processor, WorkerHandle, WorkerSettings } from './queue.ts';
import { runWorker, type OpenWorker } from './run-worker.ts';
import { withinPatience } from './within-patience.ts';

/** Errands in one of the queue's two homes. Throws `ExpectedError` (`unreachable`). */
export interface ErrandQueue {
  /** Adds the errand, unless the same one waits or runs already: two presses are one. */
  add(errand: ErrandPayload, delayMs?: number): Promise<void>;
  startWorker(processor: Processor, settings: WorkerSettings): WorkerHandle;
  close(): Promise<void>;
}

/** What differs between the homes. */
export interface ErrandBackend {
  readonly queue: () => Promise<ErrandAdder>;
  readonly openWorker: OpenWorker;
  readonly close: () => Promise<void>;
}

/** The part of BullMQ's `Queue` used here. */
interface ErrandAdder {
  add(name: string, payload: ErrandPayload, options: JobsOptions): Promise<unknown>;
}

/** The contract, once for both homes. */
export function createErrandQueue(backend: ErrandBackend, tuning: Tuning): ErrandQueue {
  return {
    add: async (errand, delayMs = 0) => {
      const options = { ...errandOptions(tuning), jobId: idOf(errand), delay: delayMs };
      await withinPatience(backend.queue().then((queue) => queue.add(errand.kind, errand, options)));
    },
    startWorker: (processor, settings) => runWorker({ processor, settings, open: backend.openWorker }),
    close: backend.close,
  };
}

/** An errand that is over leaves nothing behind, so that the button may be pressed again. */
function errandOptions(tuning: Tuning): JobsOptions {
  return { ...jobOptions(tuning), removeOnComplete: true, removeOnFail: true };
}

function idOf({ kind, questionId, check }: ErrandPayload): string {
  return `${kind} ${questionId} ${check}`;
}

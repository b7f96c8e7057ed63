import { enqueue, type JobAdder } from './enqueue.ts';
import type { Tuning } from './job-options.ts';
import type { QueueCounts, QueueHome } from './queue.ts';
import { runWorker, type OpenWorker } from './run-worker.ts';
import { withinPatience } from './within-patience.ts';

/** What differs between the homes. */
export interface Backend {
  /** Rejects when the queue cannot be reached. */
  readonly queue: () => Promise<BullQueue>;
  readonly openWorker: OpenWorker;
  readonly ping: () => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** The part of BullMQ's `Queue` used here, alike for both homes. */
interface BullQueue extends JobAdder {
  getJobCounts(...states: CountedState[]): Promise<Record<string, number>>;
}

type CountedState = (typeof COUNTED)[number];
const COUNTED = ['waiting', 'active', 'delayed', 'completed', 'failed'] as const;

/** The contract, once for both homes. */
export function createQueueHome(backend: Backend, tuning: Tuning): QueueHome {
  return {
    enqueue: (payload) => withinPatience(backend.queue().then((queue) => enqueue(queue, payload, tuning))),
    counts: () => withinPatience(backend.queue().then(countJobs)),
    ping: async () => {
      await withinPatience(backend.ping());
    },
    startWorker: (processor, settings) => runWorker({ processor, settings, open: backend.openWorker }),
    close: backend.close,
  };
}

async function countJobs(queue: BullQueue): Promise<QueueCounts> {
  const counts = await queue.getJobCounts(...COUNTED);
  const of = (state: CountedState): number => counts[state] ?? 0;
  return {
    waiting: of('waiting'),
    active: of('active'),
    delayed: of('delayed'),
    completed: of('completed'),
    failed: of('failed'),
  };
}

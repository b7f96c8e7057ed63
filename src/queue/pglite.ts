import { createPostgresBackend, withBackend, type PgPool } from 'bullmq';
import { RETRY_CONNECTION_MS, TUNING, type Tuning } from './job-options.ts';
import { createQueueHome } from './queue-home.ts';
import type { QueueHome } from './queue.ts';

export interface PgliteHome {
  readonly pool: PgPool;
  readonly onError: (error: Error) => void;
  readonly tuning?: Partial<Tuning>;
}

/** Bound to the backend by name: given in a wrong place, BullMQ ignores it and looks for a Redis on this machine. */
const { Queue, Worker } = withBackend(createPostgresBackend);

/** The queue in the embedded database: one process, nothing to install. Closing it leaves the database open. */
export function openPgliteQueue({ pool, onError, tuning: given }: PgliteHome): QueueHome {
  const tuning = { ...TUNING, ...given };
  const queue = new Queue(tuning.queueName, { connection: pool });
  queue.on('error', onError);
  return createQueueHome(
    {
      queue: async () => queue,
      openWorker: (run, { concurrency }) => {
        const worker = new Worker(tuning.queueName, run, {
          connection: pool,
          concurrency,
          runRetryDelay: RETRY_CONNECTION_MS,
          ...tuning.stall,
        });
        return { worker, disconnect: () => undefined };
      },
      ping: () => pool.query('SELECT 1'),
      close: () => queue.close(),
    },
    tuning,
  );
}

import { createPostgresBackend, withBackend, type PgPool, type Telemetry } from 'bullmq';
import { AUDIT_QUEUE_NAME } from './audit-contract.ts';
import { createAuditQueue, type AuditBackend, type AuditQueue } from './audit-queue.ts';
import { ERRAND_QUEUE_NAME } from './errand-contract.ts';
import { createErrandQueue, type ErrandBackend, type ErrandQueue } from './errand-queue.ts';
import { RETRY_CONNECTION_MS, TUNING, type Tuning } from './job-options.ts';
import { createQueueHome, type Backend } from './queue-home.ts';
import type { QueueHome } from './queue.ts';

export interface PgliteHome {
  readonly pool: PgPool;
  readonly onError: (error: Error) => void;
  readonly tuning?: Partial<Tuning>;
  /** Carries traces from whoever adds a job to whoever runs it. */
  readonly telemetry?: Telemetry;
}

/** Bound to the backend by name: given in a wrong place, BullMQ ignores it and looks for a Redis on this machine. */
const { Queue, Worker } = withBackend(createPostgresBackend);

/** The queue in the embedded database: one process, nothing to install. Closing it leaves the database open. */
export function openPgliteQueue(home: PgliteHome): QueueHome {
  const tuning = { ...TUNING, ...home.tuning };
  return createQueueHome(openBackend(home, tuning), tuning);
}

/** The audits' queue in the same tables. */
export function openPgliteAuditQueue(home: PgliteHome): AuditQueue {
  const tuning = { ...TUNING, queueName: AUDIT_QUEUE_NAME, ...home.tuning };
  return createAuditQueue(openBackend(home, tuning), tuning);
}

/** The queue of errands, likewise. */
export function openPgliteErrandQueue(home: PgliteHome): ErrandQueue {
  const tuning = { ...TUNING, queueName: ERRAND_QUEUE_NAME, ...home.tuning };
  return createErrandQueue(openBackend(home, tuning), tuning);
}

function openBackend({ pool, onError, telemetry }: PgliteHome, tuning: Tuning): Backend & AuditBackend & ErrandBackend {
  const tracing = telemetry === undefined ? {} : { telemetry };
  const queue = new Queue(tuning.queueName, { connection: pool, ...tracing });
  queue.on('error', onError);
  return {
    queue: async () => queue,
    openWorker: (run, { concurrency }) => {
      const worker = new Worker(tuning.queueName, run, {
        connection: pool,
        concurrency,
        runRetryDelay: RETRY_CONNECTION_MS,
        ...tuning.stall,
        ...tracing,
      });
      return { worker, disconnect: () => undefined };
    },
    ping: () => pool.query('SELECT 1'),
    close: () => queue.close(),
  };
}

import { once } from 'node:events';
import { Queue, Worker, type Telemetry } from 'bullmq';
import type { Redis } from 'ioredis';
import { AUDIT_QUEUE_NAME } from './audit-contract.ts';
import { createAuditQueue, type AuditBackend, type AuditQueue } from './audit-queue.ts';
import { connectFailFast, connectPatiently } from './connection.ts';
import { ERRAND_QUEUE_NAME } from './errand-contract.ts';
import { createErrandQueue, type ErrandBackend, type ErrandQueue } from './errand-queue.ts';
import { RETRY_CONNECTION_MS, TUNING, type Tuning } from './job-options.ts';
import { createQueueHome, type Backend } from './queue-home.ts';
import type { QueueHome } from './queue.ts';
import type { OpenWorker } from './run-worker.ts';
import { unreachable } from './within-patience.ts';

export interface RedisHome {
  readonly url: string;
  /** Lost connections and the like; they mend themselves. */
  readonly onError: (error: Error) => void;
  readonly tuning?: Partial<Tuning>;
  /** Carries traces from whoever adds a job to whoever runs it. */
  readonly telemetry?: Telemetry;
}

/**
 * The queue in Redis, for any number of processes. Opens whether Redis is up or not: until it is, `enqueue` and `ping`
 * say so, and workers wait.
 */
export function openRedisQueue(home: RedisHome): QueueHome {
  const tuning = { ...TUNING, ...home.tuning };
  return createQueueHome(openBackend(home, tuning), tuning);
}

/** The audits' queue beside it, on a connection of its own. */
export function openRedisAuditQueue(home: RedisHome): AuditQueue {
  const tuning = { ...TUNING, queueName: AUDIT_QUEUE_NAME, ...home.tuning };
  return createAuditQueue(openBackend(home, tuning), tuning);
}

/** The queue of errands, likewise. */
export function openRedisErrandQueue(home: RedisHome): ErrandQueue {
  const tuning = { ...TUNING, queueName: ERRAND_QUEUE_NAME, ...home.tuning };
  return createErrandQueue(openBackend(home, tuning), tuning);
}

function openBackend(home: RedisHome, tuning: Tuning): Backend & AuditBackend & ErrandBackend {
  const redis = connectFailFast(home.url, home.onError);
  const producer = keepProducer(redis, tuning.queueName, home);
  return {
    queue: producer.queue,
    openWorker: workerOpener(home, tuning),
    ping: async () => {
      await untilReady(redis);
      await redis.ping();
    },
    close: async () => {
      await producer.close();
      redis.disconnect();
    },
  };
}

interface Producer {
  readonly queue: () => Promise<Queue>;
  readonly close: () => Promise<void>;
}

/**
 * BullMQ's queue asks Redis for its version first, and never recovers when that fails: so it is made once Redis is
 * there, and made anew after a failure.
 */
function keepProducer(redis: Redis, queueName: string, { onError, telemetry }: RedisHome): Producer {
  let opening: Promise<Queue> | undefined;
  const open = async (): Promise<Queue> => {
    const queue = new Queue(queueName, { connection: redis, ...(telemetry !== undefined && { telemetry }) });
    queue.on('error', onError);
    try {
      await queue.waitUntilReady();
      return queue;
    } catch (error) {
      opening = undefined;
      await queue.close();
      throw error;
    }
  };
  return {
    queue: async () => {
      await untilReady(redis);
      opening ??= open();
      return opening;
    },
    close: async () => {
      const queue = await opening?.catch(() => undefined);
      await queue?.close();
    },
  };
}

/** Only a first connection is waited for: after that, "not ready" means that Redis is away. */
async function untilReady(redis: Redis): Promise<void> {
  if (redis.status === 'ready') return;
  if (redis.status === 'reconnecting') throw unreachable('Redis refuses connections');
  await once(redis, 'ready');
}

/** Every worker has connections of its own, for one of them waits for jobs all the time. */
function workerOpener({ url, telemetry }: RedisHome, tuning: Tuning): OpenWorker {
  return (run, { concurrency, onError }) => {
    const { redis, disconnect } = connectPatiently(url, onError);
    const worker = new Worker(tuning.queueName, run, {
      connection: redis,
      concurrency,
      runRetryDelay: RETRY_CONNECTION_MS,
      ...tuning.stall,
      ...(telemetry !== undefined && { telemetry }),
    });
    return { worker, disconnect };
  };
}

import { randomUUID } from 'node:crypto';
import { createPostgresBackend, Queue as RedisQueue, withBackend, Worker as RedisWorker } from 'bullmq';
import type { AuditQueue } from '../../../src/queue/audit-queue.ts';
import type { ErrandQueue } from '../../../src/queue/errand-queue.ts';
import { connectFailFast, connectForStore } from '../../../src/queue/connection.ts';
import { openEmbeddedInMemory } from '../../../src/queue/embedded.ts';
import type { Tuning } from '../../../src/queue/job-options.ts';
import { openPgliteAuditQueue, openPgliteErrandQueue, openPgliteQueue } from '../../../src/queue/pglite.ts';
import type { QueueHome } from '../../../src/queue/queue.ts';
import { openRedisAuditQueue, openRedisErrandQueue, openRedisQueue } from '../../../src/queue/redis.ts';
import { createPgliteStore } from '../../../src/store/pglite.ts';
import { createRedisStore } from '../../../src/store/redis.ts';
import type { Store } from '../../../src/store/store.ts';
import { haveRedis, startRedis } from '../../support/redis.ts';

/** A home with its server or database running, for a whole test file. */
export interface RunningHome {
  /** A queue of its own; the same name opens the same queue. */
  readonly openQueue: (tuning?: Partial<Tuning>) => QueueHome;
  readonly openAudits: (tuning?: Partial<Tuning>) => AuditQueue;
  readonly openErrands: (tuning?: Partial<Tuning>) => ErrandQueue;
  readonly openStore: () => Promise<Store>;
  /** Takes the next job and dies with it: its lock runs out. */
  readonly takeAndDie: (queueName: string) => Promise<void>;
  /** The lock of a running job passes to somebody else for a moment, as after a long freeze. */
  readonly loseLock: (queueName: string, jobId: string) => Promise<void>;
  /** Puts something in the queue that no bot of ours has put there. */
  readonly addStrange: (queueName: string, jobName: string, data: unknown) => Promise<void>;
  /** Queues and stores first, then what they live in. */
  readonly close: () => Promise<void>;
}

export interface Home {
  readonly name: string;
  readonly start: () => Promise<RunningHome>;
}

const pglite: Home = {
  name: 'PGlite',
  start: async () => {
    const { db, pool, close } = await openEmbeddedInMemory();
    const { Queue, Worker } = withBackend(createPostgresBackend);
    return keepTrack({
      openQueue: (tuning) => openPgliteQueue({ pool, onError: ignore, tuning }),
      openAudits: (tuning) => openPgliteAuditQueue({ pool, onError: ignore, tuning }),
      openErrands: (tuning) => openPgliteErrandQueue({ pool, onError: ignore, tuning }),
      openStore: () => createPgliteStore(db),
      rawQueue: (name) => new Queue(name, { connection: pool }),
      rawWorker: (name) => new Worker(name, null, { connection: pool, lockDuration: 200 }),
      loseLock: async (queueName, jobId) => {
        const values = [queueName, jobId, Date.now() + 200];
        const sql = `UPDATE job SET lock_token = 'other', locked_until_ms = $3 WHERE queue = $1 AND id = $2`;
        await db.query(sql, values);
      },
      close,
    });
  },
};

const redis: Home = {
  name: 'Redis',
  start: async () => {
    const server = await startRedis();
    const connection = connectFailFast(server.url, ignore);
    return keepTrack({
      openQueue: (tuning) => openRedisQueue({ url: server.url, onError: ignore, tuning }),
      openAudits: (tuning) => openRedisAuditQueue({ url: server.url, onError: ignore, tuning }),
      openErrands: (tuning) => openRedisErrandQueue({ url: server.url, onError: ignore, tuning }),
      openStore: async () => createRedisStore(connectForStore(server.url, ignore)),
      rawQueue: (name) => new RedisQueue(name, { connection }),
      rawWorker: (name) => new RedisWorker(name, null, { connection: { url: server.url }, lockDuration: 200 }),
      loseLock: async (queueName, jobId) => {
        await connection.set(`bull:${queueName}:${jobId}:lock`, 'other', 'PX', 200);
      },
      close: async () => {
        connection.disconnect();
        await server.stop();
      },
    });
  },
};

/** Every home this machine can run: the suites run on each. */
export const HOMES: readonly Home[] = haveRedis() ? [pglite, redis] : [pglite];

/** Short enough for a test; the windows themselves are not under test. */
export const QUICK: Partial<Tuning> = {
  retryMs: 20,
  stall: { lockDuration: 1_500, stalledInterval: 200, maxStalledCount: 1 },
};

interface Opening extends Pick<RunningHome, 'openStore' | 'loseLock' | 'close'> {
  readonly openQueue: (tuning: Partial<Tuning>) => QueueHome;
  readonly openAudits: (tuning: Partial<Tuning>) => AuditQueue;
  readonly openErrands: (tuning: Partial<Tuning>) => ErrandQueue;
  readonly rawQueue: (name: string) => Pick<RedisQueue, 'add' | 'close'>;
  readonly rawWorker: (name: string) => Pick<RedisWorker, 'getNextJob' | 'close'>;
}

function keepTrack(opening: Opening): RunningHome {
  const opened: { close(): Promise<void> }[] = [];
  const track = <One extends { close(): Promise<void> }>(one: One): One => {
    opened.push(one);
    return one;
  };
  return {
    openQueue: (tuning) => track(opening.openQueue({ ...QUICK, queueName: newName(), ...tuning })),
    openAudits: (tuning) => track(opening.openAudits({ ...QUICK, queueName: newName(), ...tuning })),
    openErrands: (tuning) => track(opening.openErrands({ ...QUICK, queueName: newName(), ...tuning })),
    openStore: async () => track(await opening.openStore()),
    takeAndDie: async (queueName) => {
      const worker = track(opening.rawWorker(queueName));
      const job = await worker.getNextJob('the late worker');
      if (job === undefined) throw new Error('there was no job to take');
    },
    loseLock: opening.loseLock,
    addStrange: async (queueName, jobName, data) => {
      await track(opening.rawQueue(queueName)).add(jobName, data);
    },
    close: async () => {
      for (const one of opened.toReversed()) await one.close();
      await opening.close();
    },
  };
}

export function newName(): string {
  return `test-${randomUUID()}`;
}

function ignore(): void {}

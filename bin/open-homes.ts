import type { Telemetry } from 'bullmq';
import type { QueueSettings } from '../src/config/read-settings.ts';
import type { Log } from '../src/log.ts';
import type { AuditQueue } from '../src/queue/audit-queue.ts';
import type { ErrandQueue } from '../src/queue/errand-queue.ts';
import { connectForStore } from '../src/queue/connection.ts';
import { openEmbedded, openEmbeddedInMemory } from '../src/queue/embedded.ts';
import { openPgliteAuditQueue, openPgliteErrandQueue, openPgliteQueue } from '../src/queue/pglite.ts';
import type { QueueHome } from '../src/queue/queue.ts';
import { openRedisAuditQueue, openRedisErrandQueue, openRedisQueue } from '../src/queue/redis.ts';
import { createPgliteStore } from '../src/store/pglite.ts';
import { createRedisStore } from '../src/store/redis.ts';
import type { Store } from '../src/store/store.ts';
import { warnRarely } from '../jobs/warn-rarely.ts';

/** Where questions wait and where posts are remembered: both in Redis, or both in the embedded database. */
export interface Homes {
  readonly queue: QueueHome;
  readonly audits: AuditQueue;
  readonly errands: ErrandQueue;
  readonly store: Store;
  close(): Promise<void>;
}

/** The embedded default boots its database before it returns, which takes seconds the first time. */
export async function openHomes(settings: QueueSettings, log: Log, telemetry?: Telemetry): Promise<Homes> {
  const onError = warnRarely(log, 'the connection to the queue has trouble');
  const common = { onError, ...(telemetry !== undefined && { telemetry }) };
  return settings.kind === 'redis' ? redisHomes(settings.url, common) : embeddedHomes(settings.dataDirectory, common);
}

interface Common {
  readonly onError: (error: Error) => void;
  /** Traces go with questions; audits and errands have nobody who waits. */
  readonly telemetry?: Telemetry;
}

/** A data directory of this name keeps nothing: for the demo and the tests. */
export const IN_MEMORY = ':memory:';

async function embeddedHomes(dataDirectory: string, common: Common): Promise<Homes> {
  const embedded = await (dataDirectory === IN_MEMORY ? openEmbeddedInMemory() : openEmbedded(dataDirectory));
  const queue = openPgliteQueue({ pool: embedded.pool, ...common });
  const audits = openPgliteAuditQueue({ pool: embedded.pool, onError: common.onError });
  const errands = openPgliteErrandQueue({ pool: embedded.pool, onError: common.onError });
  const store = await createPgliteStore(embedded.db);
  return {
    queue,
    audits,
    errands,
    store,
    close: async () => {
      await errands.close();
      await audits.close();
      await queue.close();
      await store.close();
      await embedded.close();
    },
  };
}

async function redisHomes(url: string, { onError, ...traced }: Common): Promise<Homes> {
  const queue = openRedisQueue({ url, onError, ...traced });
  const audits = openRedisAuditQueue({ url, onError });
  const errands = openRedisErrandQueue({ url, onError });
  const store = createRedisStore(connectForStore(url, onError));
  return {
    queue,
    audits,
    errands,
    store,
    close: async () => {
      await errands.close();
      await audits.close();
      await queue.close();
      await store.close();
    },
  };
}

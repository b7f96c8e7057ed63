import { Redis, type RedisOptions } from 'ioredis';
import { QUEUE_PATIENCE_MS, RETRY_CONNECTION_MS } from './job-options.ts';

type OnError = (error: Error) => void;
type Temper = Pick<
  RedisOptions,
  | 'enableOfflineQueue'
  | 'autoResendUnfulfilledCommands'
  | 'maxRetriesPerRequest'
  | 'commandTimeout'
  | 'enableAutoPipelining'
>;

/** A command is answered, or refused within two seconds. */
const FAIL_FAST: Temper = {
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  commandTimeout: QUEUE_PATIENCE_MS,
};

/**
 * For whoever is waited for. Nothing is kept for later, so that what was reported as refused does not happen after all.
 * https://docs.bullmq.io/guide/going-to-production
 */
export function connectFailFast(url: string, onError: OnError): Redis {
  return connect(url, onError, FAIL_FAST);
}

/**
 * The same for the store: what is asked in one turn of the event loop goes out in one write, since writing costs more
 * than asking. Not for scripts: a Redis that was restarted knows none, and ioredis would not find out.
 */
export function connectForStore(url: string, onError: OnError): Redis {
  return connect(url, onError, { ...FAIL_FAST, enableAutoPipelining: true });
}

export interface PatientConnection {
  readonly redis: Redis;
  readonly disconnect: () => void;
}

/**
 * For workers, who have nobody waiting: a command waits for Redis to come back. BullMQ asks for exactly this, and
 * duplicates the connection to wait for jobs on; the duplicate is kept in mind, since nobody else could end it while
 * Redis is away.
 */
export function connectPatiently(url: string, onError: OnError): PatientConnection {
  const redis = connect(url, onError, { maxRetriesPerRequest: null });
  const family = [redis];
  const makeTwin = redis.duplicate.bind(redis);
  const duplicate = (override?: Partial<RedisOptions>): Redis => {
    const twin = makeTwin({ ...override, replyMapping: 'legacy' });
    family.push(twin);
    return twin;
  };
  return {
    redis: Object.assign(redis, { duplicate }),
    disconnect: () => {
      for (const member of family) member.disconnect();
    },
  };
}

/** A Redis that is back is found within a second: every question until then is refused. */
const LONGEST_PAUSE_MS = 1_000;

/** Without a listener an error event ends the process; ioredis reconnects by itself. */
function connect(url: string, onError: OnError, temper: Temper): Redis {
  const redis = new Redis(url, {
    ...temper,
    replyMapping: 'legacy',
    connectTimeout: QUEUE_PATIENCE_MS,
    retryStrategy: (times) => Math.min(times * RETRY_CONNECTION_MS, LONGEST_PAUSE_MS),
  });
  // Everybody who asks before it is ready listens for that.
  redis.setMaxListeners(0);
  redis.on('error', onError);
  return redis;
}

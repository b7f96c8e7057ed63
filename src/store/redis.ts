import { once } from 'node:events';
import type { Redis } from 'ioredis';
import type { Store } from './store.ts';
import { orUnreachable, PING_MS } from './to-failure.ts';

/** Keeps our keys apart from BullMQ's (`bull:`) and from whoever else uses this Redis. */
const PREFIX = 'vpc-why:';

/** Redis answers in a millisecond, or it is in trouble. */
const PATIENCE_MS = 2_000;

/** On a connection that fails fast; Redis itself forgets what has expired. */
export function createRedisStore(redis: Redis): Store {
  const ask = async <Answer>(command: () => Promise<Answer>): Promise<Answer> => {
    const answering = connected(redis).then(command);
    return orUnreachable(answering, PATIENCE_MS);
  };
  return {
    read: async (key) => (await ask(() => redis.get(PREFIX + key))) ?? undefined,
    write: async (key, value, secondsToLive) => {
      await ask(() => redis.set(PREFIX + key, value, 'EX', secondsToLive));
    },
    writeIfAbsent: async (key, value, secondsToLive) =>
      (await ask(() => redis.set(PREFIX + key, value, 'EX', secondsToLive, 'NX'))) === 'OK',
    remove: async (key) => {
      await ask(() => redis.del(PREFIX + key));
    },
    ping: async () => {
      await orUnreachable(
        connected(redis).then(() => redis.ping()),
        PING_MS,
      );
    },
    close: async () => redis.disconnect(),
  };
}

/** A connection that is being made is waited for; one that is lost is not. */
async function connected(redis: Redis): Promise<void> {
  if (redis.status === 'connecting' || redis.status === 'connect') await once(redis, 'ready');
}

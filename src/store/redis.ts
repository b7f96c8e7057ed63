import type { Redis } from 'ioredis';
import type { Store } from './store.ts';
import { orUnreachable, orUnreachableSoon } from './to-failure.ts';

/** Keeps our keys apart from BullMQ's (`bull:`) and from whoever else uses this Redis. */
const PREFIX = 'vpc-why:';

/** On a connection that fails fast; Redis itself forgets what has expired. */
export function createRedisStore(redis: Redis): Store {
  return {
    read: async (key) => (await orUnreachable(redis.get(PREFIX + key))) ?? undefined,
    write: async (key, value, secondsToLive) => {
      await orUnreachable(redis.set(PREFIX + key, value, 'EX', secondsToLive));
    },
    writeIfAbsent: async (key, value, secondsToLive) =>
      (await orUnreachable(redis.set(PREFIX + key, value, 'EX', secondsToLive, 'NX'))) === 'OK',
    remove: async (key) => {
      await orUnreachable(redis.del(PREFIX + key));
    },
    ping: () => orUnreachableSoon(redis.ping()),
    close: async () => redis.disconnect(),
  };
}

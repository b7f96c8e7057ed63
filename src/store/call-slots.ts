import { setTimeout as sleep } from 'node:timers/promises';
import { ExpectedError } from '../failure/expected-error.ts';
import type { Store } from './store.ts';

/** Longer than anybody's question waits: who comes then is told that AWS grants no more. */
const MOST_AHEAD_MS = 20_000;
/** Clocks of workers differ a little; a slot outlives all that may ask for it. */
const KEPT_SECONDS = 60;

/**
 * Spaces calls of one kind over all workers: time is cut into equal slots, and each is taken by one call. The first may
 * start in the middle of its slot, so that two may come close together and never three.
 */
export function createCallSlots(store: Pick<Store, 'writeIfAbsent'>, aSecond: number) {
  const length = 1_000 / aSecond;
  return async (kind: string, signal: AbortSignal): Promise<void> => {
    const now = Date.now();
    const first = Math.floor(now / length);
    for (let slot = first; (slot - first) * length < MOST_AHEAD_MS; slot += 1) {
      signal.throwIfAborted();
      if (!(await store.writeIfAbsent(`call-slot:${kind}:${slot}`, '1', KEPT_SECONDS))) continue;
      await sleep(Math.max(0, slot * length - Date.now()), undefined, { signal });
      return;
    }
    throw new ExpectedError({ kind: 'throttled', service: 'CloudTrail' });
  };
}

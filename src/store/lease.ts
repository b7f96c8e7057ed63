import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from './store.ts';

/**
 * Runs the work while nobody else holds the key, in any process. The lease is renewed while the work lasts; a holder
 * that dies loses it within half a minute.
 */
export async function holdLease<Result>(store: Store, key: string, work: () => Promise<Result>): Promise<Result> {
  const holder = randomUUID();
  while (!(await store.writeIfAbsent(key, holder, LEASE_SECONDS))) await sleep(POLL_MS);
  const renewal = setInterval(() => {
    // A renewal that fails is made up for by the next; there are two in the time of a lease.
    store.write(key, holder, LEASE_SECONDS).catch(() => undefined);
  }, RENEW_MS);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await release(store, key, holder);
  }
}

const LEASE_SECONDS = 30;
const RENEW_MS = 10_000;
const POLL_MS = 50;

/** Not a lease that somebody else got since; and what cannot be given back expires. */
async function release(store: Store, key: string, holder: string): Promise<void> {
  try {
    if ((await store.read(key)) === holder) await store.remove(key);
  } catch {
    // The work is done, and its result counts for more than the lease.
  }
}

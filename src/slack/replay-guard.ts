import { SIGNATURE_TOLERANCE_SECONDS } from './slack-limits.ts';

/** Signatures remembered at most: half an hour of one request a second would be 1,800. */
const MOST_REMEMBERED = 20_000;

/**
 * Remembers the signatures of verified requests while their timestamps are still good, so that a captured request sent
 * again is known. One process's memory: behind several bot processes the queue's deduplication is the second guard.
 */
export function createReplayGuard(now: () => number): (signature: string) => boolean {
  const seen = new Map<string, number>();
  return (signature) => {
    forgetOld(seen, now());
    const replayed = seen.has(signature);
    if (!replayed) seen.set(signature, now() + 2 * SIGNATURE_TOLERANCE_SECONDS);
    return replayed;
  };
}

/** Oldest first, since a Map keeps the order of arrival. */
function forgetOld(seen: Map<string, number>, now: number): void {
  for (const [signature, until] of seen) {
    if (until > now && seen.size < MOST_REMEMBERED) return;
    seen.delete(signature);
  }
}

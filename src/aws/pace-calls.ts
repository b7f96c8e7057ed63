import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until the next call of this kind may be made. Throws when the signal is aborted first. */
export type TakeTurn = (kind: string, signal: AbortSignal) => Promise<void>;

/**
 * So many a second, within this process. CloudTrail grants two a second to everybody in an account and region, so who
 * has several processes hands in something that they share (API-57). An allowance that nobody used is there at once: so
 * the second call of many comes half a turn early. The other half is kept for calls that are late on their way, since
 * the next one is not.
 */
export function paceCalls(aSecond: number): TakeTurn {
  const turn = 1_000 / aSecond;
  const nextAt = new Map<string, number>();
  return async (kind, signal) => {
    const now = performance.now();
    const due = Math.max(now, nextAt.get(kind) ?? 0);
    nextAt.set(kind, due + turn);
    await sleep(Math.max(0, due - turn / 2 - now), undefined, { signal });
  };
}

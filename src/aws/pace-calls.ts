import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until the next call of this kind may be made. Throws when the signal is aborted first. */
export type TakeTurn = (kind: string, signal: AbortSignal) => Promise<void>;

/**
 * So many a second, within this process. CloudTrail grants two a second to everybody in an account and region, so who
 * has several processes hands in something that they share (API-57).
 */
export function paceCalls(aSecond: number): TakeTurn {
  const nextAt = new Map<string, number>();
  return async (kind, signal) => {
    const now = performance.now();
    const at = Math.max(now, nextAt.get(kind) ?? 0);
    nextAt.set(kind, at + 1_000 / aSecond);
    await sleep(at - now, undefined, { signal });
  };
}

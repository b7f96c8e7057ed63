import type { Log } from './log.ts';

/** A queue that is away fails dozens of times a second, all alike. */
const EVERY_MS = 10_000;
const MOST_REMEMBERED = 100;

/** Writes the first of equal troubles, and then one in ten seconds, which says how many were left out since. */
export function warnRarely(
  log: Pick<Log, 'warn'>,
  message: string,
  now: () => number = () => performance.now(),
): (error: Error) => void {
  const written = new Map<string, { at: number; leftOut: number }>();
  return (err) => {
    const last = written.get(err.message);
    if (last !== undefined && now() - last.at < EVERY_MS) {
      last.leftOut += 1;
      return;
    }
    if (written.size >= MOST_REMEMBERED) written.clear();
    written.set(err.message, { at: now(), leftOut: 0 });
    log.warn({ err, ...(last !== undefined && last.leftOut > 0 && { leftOut: last.leftOut }) }, message);
  };
}

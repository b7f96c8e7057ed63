import type { EpochSeconds } from '../src/lang/time.ts';

/** The one clock of the executable; everything below is told the time. */
export function nowInSeconds(): EpochSeconds {
  return Math.floor(Date.now() / 1000);
}

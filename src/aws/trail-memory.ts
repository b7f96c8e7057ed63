import type { TrailReading } from '../changes/history.ts';
import type { EpochSeconds } from '../lang/time.ts';

/** New events take minutes to arrive anyway, and several people ask about one incident. */
const FRESH_MS = 90_000;
const MOST_OBJECTS = 500;

/** What CloudTrail told a moment ago, by object: its allowance is small and everybody's. */
export class TrailMemory {
  private readonly readings = new Map<string, { readonly at: number; readonly reading: TrailReading }>();

  async take(key: string, since: EpochSeconds, read: () => Promise<TrailReading>): Promise<TrailReading> {
    const known = this.readings.get(key);
    const isFresh = known !== undefined && performance.now() - known.at < FRESH_MS;
    if (isFresh && known.reading.knownSince <= since) return known.reading;
    const reading = await read();
    this.readings.delete(key);
    this.readings.set(key, { at: performance.now(), reading });
    for (const oldest of this.readings.keys()) {
      if (this.readings.size <= MOST_OBJECTS) break;
      this.readings.delete(oldest);
    }
    return reading;
  }
}

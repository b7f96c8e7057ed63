import type { TrailReading } from '../changes/history.ts';
import type { EpochSeconds } from '../lang/time.ts';

/** New events take minutes to arrive anyway, and several people ask about one incident. */
const FRESH_MS = 90_000;
const MOST_OBJECTS = 500;

/** What CloudTrail told a moment ago or is telling now, by object: its allowance is small and everybody's. */
export class TrailMemory {
  private readonly readings = new Map<string, { readonly at: number; readonly reading: TrailReading }>();
  private readonly underWay = new Map<string, Promise<TrailReading>>();

  async take(key: string, since: EpochSeconds, read: () => Promise<TrailReading>): Promise<TrailReading> {
    const known = this.readings.get(key);
    const isFresh = known !== undefined && performance.now() - known.at < FRESH_MS;
    if (isFresh && known.reading.knownSince <= since) return known.reading;
    const underWay = this.underWay.get(key);
    if (underWay === undefined) return this.read(key, read);
    // Another asker's reading may fail for reasons of its own, such as being cancelled.
    const told = await underWay.catch(() => undefined);
    return told !== undefined && told.knownSince <= since ? told : this.read(key, read);
  }

  private async read(key: string, read: () => Promise<TrailReading>): Promise<TrailReading> {
    const reading = read();
    this.underWay.set(key, reading);
    try {
      this.keep(key, await reading);
      return await reading;
    } finally {
      if (this.underWay.get(key) === reading) this.underWay.delete(key);
    }
  }

  private keep(key: string, reading: TrailReading): void {
    this.readings.delete(key);
    this.readings.set(key, { at: performance.now(), reading });
    for (const oldest of this.readings.keys()) {
      if (this.readings.size <= MOST_OBJECTS) break;
      this.readings.delete(oldest);
    }
  }
}

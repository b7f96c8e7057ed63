import type { EpochSeconds, TimeWindow } from '../lang/time.ts';

/** Records that began in one stretch of a window. */
export interface TimeCount {
  /** Start of the stretch. */
  readonly at: EpochSeconds;
  readonly records: number;
}

/** As many stretches as a picture has room for. */
const MOST_STRETCHES = 60;

/** Records are aggregated over a minute at least (FLOW-52): shorter stretches would show gaps that are none. */
const SHORTEST_SECONDS = 60;

/** A window cut into equal parts: whole minutes, sixty of them at most. */
export class Stretches {
  readonly seconds: number;
  readonly count: number;
  readonly #start: EpochSeconds;

  constructor({ start, end }: TimeWindow) {
    const minutes = Math.ceil((end - start) / MOST_STRETCHES / SHORTEST_SECONDS);
    this.seconds = Math.max(1, minutes) * SHORTEST_SECONDS;
    this.count = Math.max(1, Math.ceil((end - start) / this.seconds));
    this.#start = start;
  }

  /** Which one a time falls in; what is before the window counts for its first, what is after for its last (FLOW-93). */
  indexOf(time: EpochSeconds): number {
    const index = Math.floor((time - this.#start) / this.seconds);
    return Math.min(Math.max(index, 0), this.count - 1);
  }

  startOf(index: number): EpochSeconds {
    return this.#start + index * this.seconds;
  }
}

/** Counts records by the stretch in which they began. */
export class CountsOverTime {
  /** Most tallies have few stretches, and records mostly come in order: the last is looked at first. */
  #counts: readonly { readonly at: EpochSeconds; records: number }[] = [];

  add(at: EpochSeconds): void {
    const last = this.#counts.at(-1);
    const known = last?.at === at ? last : this.#counts.find((count) => count.at === at);
    if (known === undefined) this.#counts = this.#counts.concat({ at, records: 1 });
    else known.records += 1;
  }

  /** In order. */
  build(): readonly TimeCount[] {
    return this.#counts.length > 1 ? this.#counts.toSorted((a, b) => a.at - b.at) : this.#counts;
  }
}

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
  readonly #window: TimeWindow;

  constructor(window: TimeWindow) {
    const minutes = Math.ceil((window.end - window.start) / MOST_STRETCHES / SHORTEST_SECONDS);
    this.seconds = Math.max(1, minutes) * SHORTEST_SECONDS;
    this.#window = window;
  }

  get count(): number {
    return Math.floor((this.#window.end - this.#window.start) / this.seconds) + 1;
  }

  /** Which one a time falls in; what is before the window counts for its first, what is after for its last (FLOW-93). */
  indexOf(time: EpochSeconds): number {
    const { start, end } = this.#window;
    return Math.floor((Math.min(Math.max(time, start), end) - start) / this.seconds);
  }

  startOf(index: number): EpochSeconds {
    return this.#window.start + index * this.seconds;
  }
}

/** Counts records by the stretch in which they began. */
export class CountsOverTime {
  /** Most tallies have few stretches, and records mostly come in order: the last is looked at first. */
  readonly #counts: { readonly at: EpochSeconds; records: number }[] = [];

  add(at: EpochSeconds): void {
    const last = this.#counts.at(-1);
    const known = last?.at === at ? last : this.#counts.find((count) => count.at === at);
    if (known === undefined) this.#counts.push({ at, records: 1 });
    else known.records += 1;
  }

  /** In order; nothing may be added any more. */
  build(): readonly TimeCount[] {
    return this.#counts.length > 1 ? this.#counts.sort((a, b) => a.at - b.at) : this.#counts;
  }
}

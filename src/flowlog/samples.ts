import type { EpochSeconds } from '../lang/time.ts';

/** A raw line with its time, so that the earliest are kept whatever order they were read in. */
export interface Sample {
  readonly start: EpochSeconds;
  readonly text: string;
}

/** A line in hand, whose text is asked for only when it is kept. */
export interface RawLine {
  readonly start: EpochSeconds;
  readonly text: () => string;
}

/** Raw lines shown for one tally (issue: five at most). */
export const SAMPLES_EACH = 5;

const LONGEST_SAMPLE = 1000;

/**
 * A raw line fit to be kept: no control or formatting characters, which could forge lines or turn text around in a
 * terminal or channel, and no more than a person would read.
 */
export function cleanSample(line: string): string {
  return line.slice(0, LONGEST_SAMPLE).replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '\u{FFFD}');
}

/** The earliest few of all samples given, in order. */
export function earliest(samples: readonly Sample[]): Sample[] {
  return samples.toSorted(bySample).slice(0, SAMPLES_EACH);
}

function bySample(a: Sample, b: Sample): number {
  if (a.start !== b.start) return a.start - b.start;
  return a.text < b.text ? -1 : Number(a.text > b.text);
}

/** The earliest lines of many tallies, within a budget for all of them together. */
export class SampleStore {
  readonly #kept = new Map<number, readonly Sample[]>();
  #budget: number;

  constructor(budget: number) {
    this.#budget = budget;
  }

  offer(tally: number, line: RawLine): void {
    const kept = this.#kept.get(tally) ?? [];
    const isCrowded = kept.length === SAMPLES_EACH;
    if (isCrowded ? line.start > (kept.at(-1)?.start ?? 0) : this.#budget === 0) return;
    this.#budget -= isCrowded ? 0 : 1;
    this.#kept.set(tally, earliest([...kept, { start: line.start, text: line.text().slice(0, LONGEST_SAMPLE) }]));
  }

  of(tally: number): readonly Sample[] {
    return (this.#kept.get(tally) ?? []).map(({ start, text }) => ({ start, text: cleanSample(text) }));
  }
}

import type { TimeWindow } from '../lang/time.ts';

/** The finest aggregation interval (FLOW-52): between two intervals closer than this no third one fits. */
const CLOSE = 60;

/** Past this many collected intervals they are merged on the way. */
const MERGE_AFTER = 4096;

/** Intervals merged as they come. What is kept cannot outgrow the window: merged ones lie at least `CLOSE` apart. */
export class Intervals {
  #collected: TimeWindow[] = [];
  #mergeAt = MERGE_AFTER;

  add(interval: TimeWindow): void {
    this.#collected.push(interval);
    if (this.#collected.length < this.#mergeAt) return;
    this.#collected = mergeIntervals(this.#collected);
    this.#mergeAt = 2 * this.#collected.length + MERGE_AFTER;
  }

  merged(): readonly TimeWindow[] {
    return mergeIntervals(this.#collected);
  }
}

/** Sorted, and joined where they overlap or nearly touch. */
function mergeIntervals(intervals: readonly TimeWindow[]): TimeWindow[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of intervals.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && start - last.end < CLOSE) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

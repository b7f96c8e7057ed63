import { Runs } from './runs.ts';

/** Which rows of a page have a value: for each of them one bit. */
export class Levels {
  /** As `LineFields.kept`. */
  static readonly kept = new Levels(Buffer.alloc(0), 0);
  /** Rows that have one. */
  readonly count: number;
  readonly #bytes: Buffer;
  readonly #runs: Runs;
  #row = 0;
  #place = 0;

  constructor(bytes: Buffer, rows: number) {
    this.count = new Runs(bytes, 1).onesIn(0, rows);
    this.#bytes = bytes;
    this.#runs = new Runs(bytes, 1);
  }

  /** Where among the values the one of a row stands, or nothing. Rows must not go back. */
  placeOf(row: number): number | undefined {
    this.#place += this.#runs.onesIn(this.#row, row);
    this.#row = row;
    return this.#runs.numberAt(row) === 1 ? this.#place : undefined;
  }

  /** The rows of values at these places, which must be in order. */
  rowsOf(places: readonly number[]): readonly number[] {
    const runs = new Runs(this.#bytes, 1);
    let [row, place] = [-1, -1];
    return places.map((wanted) => {
      while (place < wanted) {
        row += 1;
        place += runs.numberAt(row);
      }
      return row;
    });
  }
}

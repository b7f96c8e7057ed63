import { GROUP, lowest, Words } from './words.ts';

const DASH = 45;
const ZERO = 48;
const MOST_DIGITS = 15;

/** What `LineFields.number` gives for a `-`. */
export const UNTOLD = -1;

/** Fields that stand side by side, so that their text is one piece. */
export interface FieldRun {
  readonly first: number;
  readonly last: number;
}

/** The fields of one line as offsets into its bytes: nothing is copied until somebody asks for it. */
export class LineFields {
  /** With the last object of a class V8 forgets what it compiled for it. This one stays: a bot that rested is quick. */
  static readonly kept = new LineFields(0);
  /** What the line is part of. */
  bytes: Buffer = Buffer.alloc(0);
  /** The same as words. */
  words = new Words(this.bytes);
  /** Where each field begins and ends, in turn. */
  readonly #offsets: Int32Array;
  readonly #most: number;

  /** `most`: fields of a whole line; one more is read, so that a line with too many shows. */
  constructor(most: number) {
    this.#most = most + 1;
    this.#offsets = new Int32Array(2 * this.#most + GROUP);
  }

  /**
   * Splits `bytes[start..end)` at blanks, however many there are (FLOW-51); gives the number of fields. Blanks are the
   * space and all below it: tab, carriage return, control characters.
   */
  split(bytes: Buffer, start: number, end: number): number {
    const words = this.#wordsOf(bytes);
    const offsets = this.#offsets;
    const most = 2 * this.#most;
    let edges = 0;
    let before = 0;
    for (let at = words.wordStart(start); at < end && edges < most; at += GROUP) {
      let text = words.textAt(at);
      if (at < start) text &= -1 << (start - at);
      if (end - at < GROUP) text &= ~(-1 << (end - at));
      let changes = text ^ ((text << 1) | before);
      before = text >>> (GROUP - 1);
      for (; changes !== 0; changes &= changes - 1) {
        offsets[edges] = at + lowest(changes);
        edges += 1;
      }
    }
    if (before === 1) offsets[edges] = end;
    return (edges + 1) >> 1;
  }

  #wordsOf(bytes: Buffer): Words {
    if (bytes !== this.bytes) {
      this.bytes = bytes;
      this.words = new Words(bytes);
    }
    return this.words;
  }

  /** A number of at most 15 digits, `UNTOLD` for a `-`, NaN for anything else. */
  number(field: number): number {
    const start = this.#offsets[2 * field] ?? 0;
    const end = this.#offsets[2 * field + 1] ?? 0;
    if (end - start === 1 && this.bytes[start] === DASH) return UNTOLD;
    if (end - start > MOST_DIGITS) return NaN;
    let value = 0;
    for (let at = start; at < end; at += 1) {
      const digit = (this.bytes[at] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) return NaN;
      value = value * 10 + digit;
    }
    return value;
  }

  startOf(field: number): number {
    return this.#offsets[2 * field] ?? 0;
  }

  endOf(field: number): number {
    return this.#offsets[2 * field + 1] ?? 0;
  }

  isUntold(field: number): boolean {
    const start = this.#offsets[2 * field] ?? 0;
    return this.#offsets[2 * field + 1] === start + 1 && this.bytes[start] === DASH;
  }

  equals(field: number, word: Uint8Array): boolean {
    const start = this.#offsets[2 * field] ?? 0;
    if (this.#offsets[2 * field + 1] !== start + word.length) return false;
    for (let index = 0; index < word.length; index += 1) {
      if (this.bytes[start + index] !== word[index]) return false;
    }
    return true;
  }

  /** The text from the start of one field to the end of another, blanks between them included. */
  text(first: number, last: number = first): string {
    return this.bytes.toString('latin1', this.startOf(first), this.endOf(last));
  }
}

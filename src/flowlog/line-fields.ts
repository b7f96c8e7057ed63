const SPACE = 32;
const TAB = 9;
const RETURN = 13;
const DASH = 45;
const ZERO = 48;
const MOST_DIGITS = 15;

/** What `LineFields.number` gives for a `-`. */
export const UNTOLD = -1;

/** The fields of one line as offsets into its bytes: nothing is copied until somebody asks for it. */
export class LineFields {
  #bytes: Buffer = Buffer.alloc(0);
  readonly #offsets: Int32Array;
  readonly #most: number;

  /** `most`: fields of a whole line; one more is read, so that a line with too many shows. */
  constructor(most: number) {
    this.#most = most + 1;
    this.#offsets = new Int32Array(2 * this.#most);
  }

  /** Splits `bytes[start..end)` at blanks, however many there are (FLOW-51); gives the number of fields. */
  split(bytes: Buffer, start: number, end: number): number {
    this.#bytes = bytes;
    let count = 0;
    let at = start;
    while (count < this.#most) {
      while (at < end && isBlank(bytes[at])) at += 1;
      if (at === end) break;
      this.#offsets[2 * count] = at;
      while (at < end && !isBlank(bytes[at])) at += 1;
      this.#offsets[2 * count + 1] = at;
      count += 1;
    }
    return count;
  }

  /** A number of at most 15 digits, `UNTOLD` for a `-`, NaN for anything else. */
  number(field: number): number {
    const start = this.#offsets[2 * field] ?? 0;
    const end = this.#offsets[2 * field + 1] ?? 0;
    if (end - start === 1 && this.#bytes[start] === DASH) return UNTOLD;
    if (end - start > MOST_DIGITS) return NaN;
    let value = 0;
    for (let at = start; at < end; at += 1) {
      const digit = (this.#bytes[at] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) return NaN;
      value = value * 10 + digit;
    }
    return value;
  }

  isUntold(field: number): boolean {
    const start = this.#offsets[2 * field] ?? 0;
    return this.#offsets[2 * field + 1] === start + 1 && this.#bytes[start] === DASH;
  }

  equals(field: number, word: Uint8Array): boolean {
    const start = this.#offsets[2 * field] ?? 0;
    if (this.#offsets[2 * field + 1] !== start + word.length) return false;
    for (let index = 0; index < word.length; index += 1) {
      if (this.#bytes[start + index] !== word[index]) return false;
    }
    return true;
  }

  /** The text from the start of one field to the end of another, blanks between them included. */
  text(first: number, last: number = first): string {
    return this.#bytes.toString('latin1', this.#offsets[2 * first], this.#offsets[2 * last + 1]);
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB || byte === RETURN;
}

import type { WordText } from './word-text.ts';

const BYTES = 4;
/** So many bytes `textAt` looks at together. */
export const GROUP = 32;

/** For each byte of a word: its lowest bit, its top bit, all but its top bit. */
const LOWEST = 0x0101_0101;
const TOP = 0x8080_8080 | 0;
const BELOW_TOP = 0x7f7f_7f7f;
/** Added to the bits below a byte's top one, this reaches the top one when the byte is above the space. */
const ABOVE_SPACE = 0x5f5f_5f5f;
/** Brings the lowest bits of four bytes together as the four top bits. */
const GATHER = 0x1020_4080;

/**
 * Bytes four at a time, as they lie in memory: a line is walked in a fraction of the time that one byte after the other
 * takes, and the processor need not guess where a field ends. Offsets are those of the buffer that was handed in. The
 * first byte of a word is its lowest, as on all processors that Node is built for but one.
 */
export class Words {
  readonly #words: Int32Array;
  /** The bytes after the last whole word. */
  readonly #rest: number;
  /** Where the buffer begins in its memory. */
  readonly #base: number;

  constructor({ buffer, byteOffset }: Uint8Array) {
    const whole = buffer.byteLength - (buffer.byteLength % BYTES);
    this.#words = new Int32Array(buffer, 0, whole / BYTES);
    this.#rest = new Uint8Array(buffer, whole).reduceRight((word, byte) => (word << 8) | byte, 0);
    this.#base = byteOffset;
  }

  /** Where the byte stands last in `[start..end)`, else `start - 1`. */
  lastIn(start: number, end: number, byte: number): number {
    const [words, rest, sought] = [this.#words, this.#rest, Math.imul(byte, LOWEST)];
    const after = this.#base + end;
    const first = (this.#base + start) >> 2;
    let word = after >> 2;
    let found = equalBytes(words[word] ?? rest, sought) & bytesBelow(after);
    while (found === 0 && word > first) {
      word -= 1;
      found = equalBytes(words[word] ?? rest, sought);
    }
    return found === 0 ? start - 1 : Math.max(start - 1, BYTES * word - this.#base + (highest(found) >> 3));
  }

  /** Where the byte stands first in `[start..end)`, else `end`. */
  firstIn(start: number, end: number, byte: number): number {
    const [words, rest, sought] = [this.#words, this.#rest, Math.imul(byte, LOWEST)];
    const last = (this.#base + end) >> 2;
    let word = (this.#base + start) >> 2;
    let found = equalBytes(words[word] ?? rest, sought) & ~bytesBelow(this.#base + start);
    while (found === 0 && word < last) {
      word += 1;
      found = equalBytes(words[word] ?? rest, sought);
    }
    return found === 0 ? end : Math.min(end, BYTES * word - this.#base + (lowest(found) >> 3));
  }

  /** The beginning of the word that holds this byte. */
  wordStart(at: number): number {
    return at - ((this.#base + at) & 3);
  }

  /**
   * A bit for each of `GROUP` bytes from a word's beginning on, the first byte's the lowest: set when it is text, which
   * is all above the space. Written out, for a loop costs more than what it does.
   */
  textAt(wordStart: number): number {
    const [words, rest] = [this.#words, this.#rest];
    const word = (this.#base + wordStart) >> 2;
    return (
      textIn(words[word] ?? rest) |
      (textIn(words[word + 1] ?? rest) << 4) |
      (textIn(words[word + 2] ?? rest) << 8) |
      (textIn(words[word + 3] ?? rest) << 12) |
      (textIn(words[word + 4] ?? rest) << 16) |
      (textIn(words[word + 5] ?? rest) << 20) |
      (textIn(words[word + 6] ?? rest) << 24) |
      (textIn(words[word + 7] ?? rest) << 28)
    );
  }

  /** Adds `[start..end)` to a text of words, the last word filled up with zeros. */
  copy(start: number, end: number, target: WordText): void {
    const [words, rest] = [this.#words, this.#rest];
    const count = ((end - start) >> 2) + 1;
    target.reserve(count);
    const copied = target.words;
    const shift = 8 * ((this.#base + start) & 3);
    let word = (this.#base + start) >> 2;
    let low = words[word] ?? rest;
    const after = target.length + count;
    for (let at = target.length; at < after; at += 1) {
      word += 1;
      const high = words[word] ?? rest;
      copied[at] = (low >>> shift) | ((high << 1) << (31 - shift));
      low = high;
    }
    copied[after - 1] = (copied[after - 1] ?? 0) & bytesBelow(end - start);
    target.length = after;
  }
}

/** The top bit of each byte that is the same in both. */
function equalBytes(word: number, other: number): number {
  const differs = word ^ other;
  return ~(((differs & BELOW_TOP) + BELOW_TOP) | differs) & TOP;
}

/** Four bits: which bytes of the word are text. */
function textIn(word: number): number {
  const isText = (((word & BELOW_TOP) + ABOVE_SPACE) | word) >>> 7;
  return Math.imul(isText & LOWEST, GATHER) >>> 28;
}

/** All bits of the bytes before this one in its word. */
function bytesBelow(at: number): number {
  return ~(-1 << (8 * (at & 3)));
}

/** The place of the lowest bit that is set. */
export function lowest(bits: number): number {
  return highest(bits & -bits);
}

function highest(bits: number): number {
  return 31 - Math.clz32(bits);
}

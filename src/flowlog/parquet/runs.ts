import { endsTooEarly, readByte, readVarInt, type Cursor } from './cursor.ts';

/** More than any dictionary in memory needs; a number and what is left of a byte then fit into 31 bits. */
const WIDEST = 24;

/** More than any page has; what is counted stays a small number, which is faster. */
const LONGEST = 2 ** 30;

const NONE = -1;

/**
 * Numbers of so many bits each: levels, or codes of a dictionary. They come as runs, of one number repeated or of
 * numbers packed bit by bit, eight at a time. Only what is asked for is read, place after place and never back, so that
 * it does not matter how long a run claims to be.
 * https://parquet.apache.org/docs/file-format/data-pages/encodings/#run-length-encoding--bit-packing-hybrid-rle--3
 */
export class Runs {
  /** As `LineFields.kept`. */
  static readonly kept = new Runs(Buffer.alloc(0), 0);
  readonly #cursor: Cursor;
  readonly #width: number;
  /** The run that was read last: its places, and its number or where its bits begin. */
  #from = 0;
  #end = 0;
  #number = 0;
  #bits = NONE;

  constructor(bytes: Buffer, width: number) {
    if (width > WIDEST) throw new Error(`codes of ${width} bits`);
    this.#cursor = { bytes, at: 0 };
    this.#width = width;
    if (width === 0) this.#end = LONGEST;
  }

  numberAt(place: number): number {
    this.#reach(place);
    if (this.#bits === NONE) return this.#number;
    return bitsAt(this.#cursor.bytes, this.#bits + (place - this.#from) * this.#width, this.#width);
  }

  /** How many of these places hold a 1, where numbers have one bit: whole runs and many bits are counted in one step. */
  onesIn(from: number, end: number): number {
    let ones = 0;
    for (let place = from; place < end;) {
      this.#reach(place);
      const length = Math.min(end, this.#end, this.#bits === NONE ? end : place + WIDEST) - place;
      ones +=
        this.#bits === NONE
          ? this.#number * length
          : onesOf(bitsAt(this.#cursor.bytes, this.#bits + place - this.#from, length));
      place += length;
    }
    return ones;
  }

  #reach(place: number): void {
    while (place >= this.#end) this.#readRun();
  }

  #readRun(): void {
    const cursor = this.#cursor;
    const head = readVarInt(cursor);
    const isPacked = head % 2 === 1;
    const length = Math.min(Math.floor(head / 2), LONGEST >> 3);
    this.#from = this.#end;
    this.#end = Math.min(this.#from + (isPacked ? 8 * length : length), LONGEST);
    this.#bits = isPacked ? cursor.at * 8 : NONE;
    if (isPacked) cursor.at += length * this.#width;
    else this.#number = readNumber(cursor, this.#width);
  }
}

/** In as many bytes as it needs. */
function readNumber(cursor: Cursor, width: number): number {
  let number = 0;
  for (let shift = 0; shift < width; shift += 8) number |= readByte(cursor) << shift;
  return number & ((1 << width) - 1);
}

/** Up to 24 bits, the lowest first, from a bit on. */
function bitsAt(bytes: Buffer, bit: number, width: number): number {
  const shift = bit & 7;
  let at = bit >>> 3;
  let held = byteAt(bytes, at) >>> shift;
  for (let bits = 8 - shift; bits < width; bits += 8) {
    at += 1;
    held |= byteAt(bytes, at) << bits;
  }
  return held & ((1 << width) - 1);
}

function byteAt(bytes: Buffer, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw endsTooEarly();
  return byte;
}

/** https://graphics.stanford.edu/~seander/bithacks.html#CountBitsSetParallel */
function onesOf(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55_55_55_55);
  const fours = (pairs & 0x33_33_33_33) + ((pairs >>> 2) & 0x33_33_33_33);
  return Math.imul((fours + (fours >>> 4)) & 0x0f_0f_0f_0f, 0x01_01_01_01) >>> 24;
}

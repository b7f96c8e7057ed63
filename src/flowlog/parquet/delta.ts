import type { Allow } from './allowance.ts';
import { readBigZigZag, readBytes, readVarInt, type Cursor } from './cursor.ts';

/**
 * Rewrites numbers that are stored as differences to plain ones of so many bytes.
 * https://parquet.apache.org/docs/file-format/data-pages/encodings/#delta-encoding-delta_binary_packed--5
 */
export function plainOfDeltaNumbers(bytes: Buffer, count: number, width: number): Buffer {
  const plain = Buffer.alloc(count * width);
  readDeltas({ bytes, at: 0 }, count).forEach((number, index) => {
    if (width === 4) plain.writeInt32LE(Number(BigInt.asIntN(32, number)), index * width);
    else plain.writeBigInt64LE(number, index * width);
  });
  return plain;
}

/**
 * Rewrites texts to plain ones whose lengths are stored first, as differences.
 * https://parquet.apache.org/docs/file-format/data-pages/encodings/#delta-length-byte-array-delta_length_byte_array--6
 */
export function plainOfDeltaTexts(bytes: Buffer, count: number, allow: Allow): Buffer {
  return plainOfTexts({ bytes, at: 0 }, new Float64Array(count), allow);
}

/** The same where before all that stands how much each text begins with of the one before it. */
export function plainOfSharingTexts(bytes: Buffer, count: number, allow: Allow): Buffer {
  const cursor = { bytes, at: 0 };
  return plainOfTexts(cursor, readLengths(cursor, count), allow);
}

function plainOfTexts(cursor: Cursor, shared: Float64Array, allow: Allow): Buffer {
  const own = readLengths(cursor, shared.length);
  const total = sumOf(shared) + sumOf(own) + own.length * LENGTH;
  allow(total);
  const plain = Buffer.alloc(total);
  let [at, before] = [0, 0];
  own.forEach((length, index) => {
    const prefix = shared[index] ?? 0;
    if (prefix > before) throw new Error('a text that shares more than there is');
    plain.writeUInt32LE(prefix + length, at);
    plain.copyWithin(at + LENGTH, at - before, at - before + prefix);
    readBytes(cursor, length).copy(plain, at + LENGTH + prefix);
    before = prefix + length;
    at += LENGTH + before;
  });
  return plain;
}

/** Bytes before each plain text that say how many it has. */
const LENGTH = 4;

function readLengths(cursor: Cursor, count: number): Float64Array {
  const lengths = Float64Array.from(readDeltas(cursor, count), Number);
  if (lengths.some((length) => length < 0)) throw new Error('a text with a negative length');
  return lengths;
}

function sumOf(lengths: Float64Array): number {
  return lengths.reduce((sum, length) => sum + length, 0);
}

/** Blocks of miniblocks; each number is the one before it, the least difference of the block, and what is packed. */
function readDeltas(cursor: Cursor, count: number): BigInt64Array {
  const numbers = new BigInt64Array(count);
  if (count === 0) return numbers;
  const [blockSize, miniblocks] = [readVarInt(cursor), readVarInt(cursor)];
  const size = blockSize / miniblocks;
  if (!Number.isInteger(size) || size === 0 || size % 8 !== 0) throw new Error('blocks of an odd size');
  readVarInt(cursor);
  let last = readBigZigZag(cursor);
  numbers[0] = last;
  for (let from = 1; from < count;) {
    const least = readBigZigZag(cursor);
    for (const width of readBytes(cursor, miniblocks)) {
      const block = numbers.subarray(from, from + size);
      if (block.length > 0) unpackWide(readBytes(cursor, (size * width) / 8), width, block);
      for (let index = 0; index < block.length; index += 1) {
        last = BigInt.asIntN(64, last + least + (block[index] ?? 0n));
        block[index] = last;
      }
      from += block.length;
    }
  }
  return numbers;
}

/** Numbers of up to 64 bits. */
function unpackWide(bytes: Buffer, width: number, into: BigInt64Array): void {
  if (width > 64) throw new Error(`numbers of ${width} bits`);
  let [held, bits, at] = [0n, 0, 0];
  for (let index = 0; index < into.length; index += 1) {
    for (; bits < width; bits += 8) {
      held |= BigInt(bytes[at] ?? 0) << BigInt(bits);
      at += 1;
    }
    into[index] = BigInt.asUintN(width, held);
    held >>= BigInt(width);
    bits -= width;
  }
}

import { endsTooEarly, readVarInt } from './cursor.ts';

/** A copy of 64 bytes takes three: nothing grows faster, so that no memory is taken for what cannot come. */
const FASTEST_GROWTH = 22;

/** Above this a call to copy pays. */
const LONG = 64;

/**
 * Unpacks to so many bytes, no more and no fewer, or refuses. Pieces that stand there and copies of what came before
 * take turns; each takes at least one byte of what is packed, and gives no more bytes than are still wanted.
 * All is in local numbers: code that knows no object but bytes stays compiled.
 * https://github.com/google/snappy/blob/main/format_description.txt
 */
export function unsnap(packed: Buffer, length: number): Buffer {
  const unpacked = Buffer.alloc(boundedLength(packed, length));
  let at = lengthOfVarInt(packed);
  let to = 0;
  while (at < packed.length) {
    const tag = numberAt(packed, at, 1);
    const size = bytesAfter(tag);
    const number = numberAt(packed, at + 1, size);
    at += 1 + size;
    const isPiece = (tag & 3) === PIECE;
    const count = countOf(tag, number);
    const from = isPiece ? at : to - distanceOf(tag, number);
    const last = isPiece ? packed.length - count : to - 1;
    if (Math.min(from, last - from, length - to - count) < 0) throw new Error('bytes that are not there, or too many');
    const source = isPiece ? packed : unpacked;
    if (count > LONG) source.copy(unpacked, to, from, from + count);
    else for (let index = 0; index < count; index += 1) unpacked[to + index] = source[from + index] ?? 0;
    to += count;
    if (isPiece) at += count;
  }
  return filled(unpacked, to);
}

const PIECE = 0;
const SHORT_COPY = 1;

/** How long it will be stands first, and is believed only as far as it can be true. */
function boundedLength(packed: Buffer, length: number): number {
  if (readVarInt({ bytes: packed, at: 0 }) !== length || length > packed.length * FASTEST_GROWTH) throw otherLength();
  return length;
}

function filled(unpacked: Buffer, to: number): Buffer {
  if (to !== unpacked.length) throw otherLength();
  return unpacked;
}

function lengthOfVarInt(packed: Buffer): number {
  return packed.findIndex((byte) => byte < 0x80) + 1;
}

/** Lengths of pieces from 60 on, and how far back a copy begins, are told in bytes after the tag. */
function bytesAfter(tag: number): number {
  const kind = tag & 3;
  if (kind === PIECE) return tag < 60 << 2 ? 0 : (tag >>> 2) - 59;
  return kind === 3 ? 4 : kind;
}

function countOf(tag: number, number: number): number {
  const kind = tag & 3;
  const told = tag >>> 2;
  if (kind === PIECE) return 1 + (told < 60 ? told : number);
  return kind === SHORT_COPY ? 4 + (told & 7) : 1 + told;
}

function distanceOf(tag: number, number: number): number {
  return (tag & 3) === SHORT_COPY ? ((tag >>> 5) << 8) | number : number;
}

/** In so many bytes, up to four, the lowest first. */
function numberAt(bytes: Buffer, at: number, size: number): number {
  if (at + size > bytes.length) throw endsTooEarly();
  let number = 0;
  for (let index = 0; index < size; index += 1) number |= (bytes[at + index] ?? 0) << (8 * index);
  return number >>> 0;
}

function otherLength(): Error {
  return new Error('a page of another length than it says');
}

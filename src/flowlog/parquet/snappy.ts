import { endsTooEarly, readByte, readVarInt, type Cursor } from './cursor.ts';

/** A copy of 64 bytes takes three: nothing grows faster, so that no memory is taken for what cannot come. */
const FASTEST_GROWTH = 22;

/**
 * Unpacks to so many bytes, no more and no fewer, or refuses: pieces that stand there, and copies of what came before.
 * Each takes at least one byte of what is packed, and gives no more bytes than are still wanted.
 * https://github.com/google/snappy/blob/main/format_description.txt
 */
export function unsnap(packed: Buffer, length: number): Buffer {
  const from: Cursor = { bytes: packed, at: 0 };
  if (readVarInt(from) !== length || length > packed.length * FASTEST_GROWTH) throw otherLength();
  const to: Cursor = { bytes: Buffer.alloc(length), at: 0 };
  while (from.at < packed.length) {
    const tag = readByte(from);
    if ((tag & 3) === LITERAL) takeLiteral(from, tag, to);
    else takeCopy(from, tag, to);
  }
  if (to.at !== length) throw otherLength();
  return to.bytes;
}

const LITERAL = 0;
const SHORT_COPY = 1;

/** Lengths from 60 on are told in the bytes after the tag. */
function takeLiteral(from: Cursor, tag: number, to: Cursor): void {
  const told = tag >>> 2;
  const length = 1 + (told < 60 ? told : readNumber(from, told - 59));
  const start = from.at;
  from.at += length;
  if (from.at > from.bytes.length) throw endsTooEarly();
  append(to, { bytes: from.bytes, at: start }, length);
}

function takeCopy(from: Cursor, tag: number, to: Cursor): void {
  const isShort = (tag & 3) === SHORT_COPY;
  const length = isShort ? 4 + ((tag >>> 2) & 7) : 1 + (tag >>> 2);
  const back = isShort ? ((tag >>> 5) << 8) | readByte(from) : readNumber(from, (tag & 3) === 2 ? 2 : 4);
  if (back === 0 || back > to.at) throw new Error('a copy of what was not there');
  append(to, { bytes: to.bytes, at: to.at - back }, length);
}

/** Above this a call to copy pays. */
const SHORT = 64;

/** Byte by byte, for a copy may begin with what it just wrote. */
function append(to: Cursor, source: Cursor, length: number): void {
  const [into, start, bytes, from] = [to.bytes, to.at, source.bytes, source.at];
  if (start + length > into.length) throw otherLength();
  if (length > SHORT) bytes.copy(into, start, from, from + length);
  else for (let index = 0; index < length; index += 1) into[start + index] = bytes[from + index] ?? 0;
  to.at += length;
}

/** In so many bytes, up to four, the lowest first. */
function readNumber(cursor: Cursor, bytes: number): number {
  let number = 0;
  for (let shift = 0; shift < bytes * 8; shift += 8) number |= readByte(cursor) << shift;
  return number >>> 0;
}

function otherLength(): Error {
  return new Error('a page of another length than it says');
}

/** A place in bytes that moves on as they are read. What lies beyond them is refused, never made up. */
export interface Cursor {
  readonly bytes: Buffer;
  at: number;
}

export function readByte(cursor: Cursor): number {
  const byte = cursor.bytes[cursor.at];
  if (byte === undefined) throw endsTooEarly();
  cursor.at += 1;
  return byte;
}

/** The next so many bytes, as a view. */
export function readBytes(cursor: Cursor, length: number): Buffer {
  const end = cursor.at + length;
  if (!(length >= 0 && end <= cursor.bytes.length)) throw endsTooEarly();
  const bytes = cursor.bytes.subarray(cursor.at, end);
  cursor.at = end;
  return bytes;
}

/** ULEB128: seven bits a byte, the lowest first. What no 64 bits could hold is refused. */
export function readVarInt(cursor: Cursor): number {
  let value = 0;
  for (let shift = 0; shift < 70; shift += 7) {
    const byte = readByte(cursor);
    value = shift < 28 ? value | ((byte & 0x7f) << shift) : value + (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
  throw endless();
}

/** Positive and negative numbers folded into the positive ones; beyond 53 bits not exact. */
export function readZigZag(cursor: Cursor): number {
  const folded = readVarInt(cursor);
  return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
}

/** The same for numbers of 64 bits, all of them. */
export function readBigZigZag(cursor: Cursor): bigint {
  let folded = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = readByte(cursor);
    folded |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return (folded >> 1n) ^ -(folded & 1n);
  }
  throw endless();
}

function endless(): Error {
  return new Error('a number without an end');
}

export function endsTooEarly(): Error {
  return new Error('it ends too early');
}

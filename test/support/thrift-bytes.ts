/** Writes Thrift's compact protocol, field by field. */
export type WrittenField = { readonly type: number; readonly bytes: Buffer };

const STRUCT = 12;
const [TRUE, FALSE, I32, I64, BINARY, LIST] = [1, 2, 5, 6, 8, 9];

/** The number of each field and what it holds. */
export function struct(...fields: readonly (readonly [number, WrittenField])[]): WrittenField {
  const written = fields.flatMap(([id, { type, bytes }]) => [Buffer.of(type), zigzag(id), bytes]);
  return { type: STRUCT, bytes: Buffer.concat([...written, Buffer.of(0)]) };
}

export function truth(is: boolean): WrittenField {
  return { type: is ? TRUE : FALSE, bytes: Buffer.alloc(0) };
}

export function i32(number: number): WrittenField {
  return { type: I32, bytes: zigzag(number) };
}

export function i64(number: number): WrittenField {
  return { type: I64, bytes: zigzag(number) };
}

export function text(written: string): WrittenField {
  return { type: BINARY, bytes: Buffer.concat([varint(Buffer.byteLength(written)), Buffer.from(written)]) };
}

export function list(items: readonly WrittenField[]): WrittenField {
  const head = [Buffer.of(0xf0 | (items[0]?.type ?? STRUCT)), varint(items.length)];
  return { type: LIST, bytes: Buffer.concat([...head, ...items.map(({ bytes }) => bytes)]) };
}

export function varint(number: number): Buffer {
  return number < 0x80
    ? Buffer.of(number)
    : Buffer.concat([Buffer.of((number % 0x80) + 0x80), varint(Math.floor(number / 0x80))]);
}

function zigzag(number: number): Buffer {
  return varint(number < 0 ? -2 * number - 1 : 2 * number);
}

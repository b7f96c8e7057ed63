import { readByte, readBytes, readVarInt, readZigZag, type Cursor } from './cursor.ts';

type Field = number | boolean | Struct;

/** The numbers, truths and structs of a struct, by the number of the field. Texts and lists are passed over. */
export type Struct = ReadonlyMap<number, Field>;

/** Twice as deep as Parquet goes. */
const DEEPEST = 16;

/**
 * Reads a struct of Thrift's compact protocol, in which Parquet writes all that describes. It takes as long as the
 * struct has bytes, and no longer, whatever they claim: nothing is made of a count but a loop that meets the end.
 * https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
export function readStruct(cursor: Cursor, depth = 0): Struct {
  if (depth > DEEPEST) throw new Error('structs within structs without an end');
  const fields = new Map<number, Field>();
  let id = 0;
  for (let head = readByte(cursor); (head & 0xf) !== STOP; head = readByte(cursor)) {
    const step = head >> 4;
    id = step === 0 ? readZigZag(cursor) : id + step;
    const field = readElement(cursor, head & 0xf, depth + 1);
    if (field !== undefined) fields.set(id, field);
  }
  return fields;
}

/** What a struct says of itself, or nothing where it has another kind of field, or none. */
export function numberIn(struct: Struct | undefined, id: number): number | undefined {
  const field = struct?.get(id);
  return typeof field === 'number' ? field : undefined;
}

export function structIn(struct: Struct, id: number): Struct | undefined {
  const field = struct.get(id);
  return typeof field === 'object' ? field : undefined;
}

const STOP = 0;
const [TRUE, FALSE, BYTE] = [1, 2, 3];

type Read = (cursor: Cursor, depth: number) => Field | undefined;

/** By the numbers of the types. Maps and sets are not used by Parquet. */
const READERS: Readonly<Record<number, Read>> = {
  [TRUE]: () => true,
  [FALSE]: () => false,
  [BYTE]: readByte,
  4: readZigZag,
  5: readZigZag,
  6: readZigZag,
  7: (cursor) => void readBytes(cursor, 8),
  8: (cursor) => void readBytes(cursor, readVarInt(cursor)),
  9: passList,
  12: readStruct,
};

function readElement(cursor: Cursor, type: number, depth: number): Field | undefined {
  const read = READERS[type];
  if (read === undefined) throw new Error(`a field of type ${type}`);
  return read(cursor, depth);
}

/** A truth takes a byte of its own in a list. */
function passList(cursor: Cursor, depth: number): undefined {
  if (depth > DEEPEST) throw new Error('lists within lists without an end');
  const head = readByte(cursor);
  const size = head >> 4 === 0xf ? readVarInt(cursor) : head >> 4;
  const type = head & 0xf;
  if (size > cursor.bytes.length - cursor.at) throw new Error('a list longer than its file');
  for (let index = 0; index < size; index += 1) {
    readElement(cursor, type === TRUE || type === FALSE ? BYTE : type, depth + 1);
  }
}

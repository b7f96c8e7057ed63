import type { ParquetType, SchemaElement } from 'hyparquet';

/** What the values of a column are, as far as a flow log may have them. */
export type ValueKind = 'text' | keyof typeof NUMBERS;

/** Bytes each, and how they are read: the lowest byte first. */
export const NUMBERS = {
  int32: { width: 4, read: (bytes: Buffer, at: number) => bytes.readInt32LE(at) },
  uint32: { width: 4, read: (bytes: Buffer, at: number) => bytes.readUInt32LE(at) },
  int64: { width: 8, read: (bytes: Buffer, at: number) => bytes.readBigInt64LE(at) },
  uint64: { width: 8, read: (bytes: Buffer, at: number) => bytes.readBigUInt64LE(at) },
  float: { width: 4, read: (bytes: Buffer, at: number) => bytes.readFloatLE(at) },
  double: { width: 8, read: (bytes: Buffer, at: number) => bytes.readDoubleLE(at) },
} as const;

/** What is written is a date, a fraction or the like: no field of a flow log is such. */
const OTHERS = /DECIMAL|DATE|TIME|JSON|BSON|INTERVAL|GEO|VARIANT/;

const KINDS: Readonly<Partial<Record<ParquetType, readonly [signed: ValueKind, unsigned: ValueKind]>>> = {
  BYTE_ARRAY: ['text', 'text'],
  INT32: ['int32', 'uint32'],
  INT64: ['int64', 'uint64'],
  FLOAT: ['float', 'float'],
  DOUBLE: ['double', 'double'],
};

/** Nothing where a word cannot be made of a value. */
export function kindOf({ type, converted_type, logical_type }: SchemaElement): ValueKind | undefined {
  const kinds = type === undefined || OTHERS.test(`${converted_type} ${logical_type?.type}`) ? undefined : KINDS[type];
  const isUnsigned = logical_type?.type === 'INTEGER' && !logical_type.isSigned;
  return kinds?.[isUnsigned || UNSIGNED.test(`${converted_type}`) ? 1 : 0];
}

const UNSIGNED = /^UINT_/;

import type { Cursor } from './cursor.ts';
import { numberIn, readStruct, structIn, type Struct } from './thrift.ts';

/** Sizes are of bytes, and claims: whoever takes as many bytes checks that they are there. */
interface Sizes {
  readonly packedSize: number;
  readonly unpackedSize: number;
}

export interface DataPageHeader extends Sizes {
  readonly kind: 'data';
  /** Rows without a value are among them. */
  readonly rows: number;
  readonly encoding: Encoding;
  /** The second version has levels before what is packed; in the first one they are packed too. */
  readonly levels: 'packed' | { readonly repetition: number; readonly definition: number };
  /** In the second version a page may stay as it is. */
  readonly isPacked: boolean;
}

export interface DictionaryPageHeader extends Sizes {
  readonly kind: 'dictionary';
  readonly entries: number;
}

/** A kind that came later, or an index: to be passed over. */
interface OtherPageHeader extends Sizes {
  readonly kind: 'other';
}

export type PageHeader = DataPageHeader | DictionaryPageHeader | OtherPageHeader;

/** By their numbers; what is missing was never used, or has gone. */
const ENCODINGS = {
  0: 'PLAIN',
  2: 'PLAIN_DICTIONARY',
  3: 'RLE',
  4: 'BIT_PACKED',
  5: 'DELTA_BINARY_PACKED',
  6: 'DELTA_LENGTH_BYTE_ARRAY',
  7: 'DELTA_BYTE_ARRAY',
  8: 'RLE_DICTIONARY',
  9: 'BYTE_STREAM_SPLIT',
} as const;

export type Encoding = (typeof ENCODINGS)[keyof typeof ENCODINGS];

/** https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift (PageHeader) */
export function readPageHeader(cursor: Cursor): PageHeader {
  const header = readStruct(cursor);
  const sizes = { unpackedSize: count(header, 2), packedSize: count(header, 3) };
  const [first, dictionary, second] = [5, 7, 8].map((id) => structIn(header, id));
  if (dictionary !== undefined) return { kind: 'dictionary', entries: count(dictionary, 1), ...sizes };
  if (first !== undefined) return { ...sizes, ...firstVersion(first) };
  if (second !== undefined) return { ...sizes, ...secondVersion(second) };
  return { kind: 'other', ...sizes };
}

function firstVersion(header: Struct): Omit<DataPageHeader, keyof Sizes> {
  if (encodingOf(header, 3) !== 'RLE') throw new Error('levels that are not in RLE');
  return { kind: 'data', rows: count(header, 1), encoding: encodingOf(header, 2), levels: 'packed', isPacked: true };
}

function secondVersion(header: Struct): Omit<DataPageHeader, keyof Sizes> {
  return {
    kind: 'data',
    rows: count(header, 1),
    encoding: encodingOf(header, 4),
    levels: { definition: count(header, 5), repetition: count(header, 6) },
    isPacked: header.get(7) !== false,
  };
}

function encodingOf(header: Struct, id: number): Encoding {
  const number = numberIn(header, id);
  const [, encoding] = Object.entries(ENCODINGS).find(([each]) => Number(each) === number) ?? [];
  if (encoding === undefined) throw new Error(`encoding ${number ?? 'unknown'}`);
  return encoding;
}

function count(header: Struct, id: number): number {
  const number = numberIn(header, id);
  if (number === undefined || number < 0) throw new Error('a page without its size');
  return number;
}

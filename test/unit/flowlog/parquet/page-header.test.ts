import { describe, expect, it } from 'vitest';
import { readPageHeader } from '../../../../src/flowlog/parquet/page-header.ts';
import { i32, struct, truth, type WrittenField } from '../../../support/thrift-bytes.ts';

const SIZES = [
  [2, i32(900)],
  [3, i32(400)],
] as const;

function read(...fields: readonly (readonly [number, WrittenField])[]) {
  return readPageHeader({ bytes: struct(...fields).bytes, at: 0 });
}

const first = (encoding: number, levels = 3) => struct([1, i32(50)], [2, i32(encoding)], [3, i32(levels)]);
const second = [
  [1, i32(50)],
  [2, i32(4)],
  [3, i32(50)],
  [4, i32(0)],
  [5, i32(9)],
  [6, i32(0)],
] as const;

describe('a page header', () => {
  it.each([
    {
      what: 'data',
      fields: [5, first(8)] as const,
      is: { kind: 'data', rows: 50, encoding: 'RLE_DICTIONARY', levels: 'packed', isPacked: true },
    },
    {
      what: 'data in the second version',
      fields: [8, struct(...second)] as const,
      is: { kind: 'data', rows: 50, encoding: 'PLAIN', levels: { repetition: 0, definition: 9 }, isPacked: true },
    },
    {
      what: 'data that stayed as it was',
      fields: [8, struct(...second, [7, truth(false)])] as const,
      is: { kind: 'data', rows: 50, encoding: 'PLAIN', levels: { repetition: 0, definition: 9 }, isPacked: false },
    },
    { what: 'a dictionary', fields: [7, struct([1, i32(12)])] as const, is: { kind: 'dictionary', entries: 12 } },
    { what: 'an index', fields: [6, struct()] as const, is: { kind: 'other' } },
  ])('tells of $what', ({ fields, is }) => {
    expect(read(...SIZES, fields)).toEqual({ ...is, unpackedSize: 900, packedSize: 400 });
  });

  it.each([
    { what: 'without a size', fields: [SIZES[0], [5, first(0)]] as const, why: 'without its size' },
    { what: 'with a negative size', fields: [SIZES[0], [3, i32(-1)], [5, first(0)]] as const, why: 'without its size' },
    { what: 'of an encoding that is not known', fields: [...SIZES, [5, first(17)]] as const, why: 'encoding 17' },
    { what: 'of levels that nobody writes', fields: [...SIZES, [5, first(0, 4)]] as const, why: 'not in RLE' },
  ])('$what is refused', ({ fields, why }) => {
    expect(() => read(...fields)).toThrow(why);
  });
});

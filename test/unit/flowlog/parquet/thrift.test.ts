import { describe, expect, it } from 'vitest';
import { readStruct, type Struct } from '../../../../src/flowlog/parquet/thrift.ts';
import { i32, i64, list, struct, text, truth } from '../../../support/thrift-bytes.ts';

function read(bytes: readonly number[]): Struct {
  return readStruct({ bytes: Buffer.from(bytes), at: 0 });
}

describe('a struct of Thrift', () => {
  it('gives its numbers, truths and structs by their fields', () => {
    // Field 1: i32 -3; 3: true; 4: false; 5: a struct with field 1: byte 7; 300, told in full: i64 2.
    const bytes = [0x15, 0x05, 0x21, 0x12, 0x1c, 0x13, 0x07, 0x00, 0x06, 0xd8, 0x04, 0x04, 0x00];
    const inner = new Map([[1, 7]]);

    expect(read(bytes)).toEqual(
      new Map<number, unknown>([
        [1, -3],
        [3, true],
        [4, false],
        [5, inner],
        [300, 2],
      ]),
    );
  });

  it('passes over texts, doubles and lists, whatever they hold', () => {
    const lists = [list([text('a'), text('b')]), list([list([i32(1)])]), list([struct([1, truth(true)])]), list([])];
    const double = { type: 7, bytes: Buffer.alloc(8) };
    const truths = { type: 9, bytes: Buffer.of(0x21, 0x01, 0x02) };
    const written = struct(...[...lists, double, truths, text('é')].map((field, id) => [id, field] as const), [
      9,
      i64(5),
    ]);

    expect(read([...written.bytes])).toEqual(new Map([[9, 5]]));
  });

  it.each([
    { what: 'that does not end', bytes: [0x15, 0x02] },
    { what: 'of a number that does not end', bytes: [0x16, ...Array.from({ length: 100 }, () => 0xff)] },
    { what: 'of a text longer than its file', bytes: [0x18, 0xff, 0xff, 0xff, 0x7f, 0x00] },
    { what: 'of a list longer than its file', bytes: [0x19, 0xf5, 0xff, 0xff, 0xff, 0x7f, 0x00] },
    { what: 'of a list that ends early', bytes: [0x19, 0x35, 0x02, 0x00] },
    { what: 'of a map', bytes: [0x1b, 0x00, 0x00] },
    { what: 'of structs without an end', bytes: Array.from({ length: 100_000 }, () => 0x1c) },
    { what: 'of lists without an end', bytes: [0x19, ...Array.from({ length: 100_000 }, () => 0x19)] },
  ])('$what is refused', ({ bytes }) => {
    expect(() => read(bytes)).toThrow(/ends too early|without an end|longer than its file|a field of type 11/);
  });
});

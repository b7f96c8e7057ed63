import { describe, expect, it } from 'vitest';
import { readFooter } from '../../../../src/flowlog/parquet/footer.ts';
import { i32, i64, list, struct, text, type WrittenField } from '../../../support/thrift-bytes.ts';

const TEXT = 6;
const REPEATED = 2;
const column = (name: string, repetition = 1) => struct([1, i32(TEXT)], [3, i32(repetition)], [4, text(name)]);
const folder = (name: string, children: number) => struct([3, i32(1)], [4, text(name)], [5, i32(children)]);
const chunk = (size: number) => struct([3, struct([3, list([text('a')])], [7, i64(size)])]);
const group = (rows: number, sizes: readonly number[]) => struct([1, list(sizes.map(chunk))], [3, i64(rows)]);

const BODY = 1_000;

function fileOf(schema: readonly WrittenField[], groups: readonly WrittenField[]): ArrayBuffer {
  return fileWith(struct([1, i32(1)], [2, list(schema)], [3, i64(0)], [4, list(groups)]).bytes);
}

function fileWith(footer: Buffer): ArrayBuffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return new Uint8Array(Buffer.concat([Buffer.alloc(BODY), footer, length, Buffer.from('PAR1')])).buffer;
}

const ROOT = folder('root', 1);

describe('a footer', () => {
  it('tells of the columns that have one value a row at most', () => {
    const nested = [folder('tags', 2), column('key'), folder('value', 1), column('text')];
    const schema = [folder('root', 4), column('a'), ...nested, column('many', REPEATED), column('b', 0)];

    expect(readFooter(fileOf(schema, []))?.columns.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('tells of as many rows and bytes as a file can hold', () => {
    expect(readFooter(fileOf([ROOT, column('a')], [group(400, [300]), group(600, [700])]))?.groups).toHaveLength(2);
  });

  it.each([
    { what: 'more rows than bytes', groups: [group(3_000, [10])] },
    { what: 'more rows than bytes, all together', groups: [group(800, [10]), group(800, [10])] },
    { what: 'rows below nothing', groups: [group(-1, [10])] },
    { what: 'two columns on the same bytes', groups: [group(1, [800, 800])] },
    { what: 'a column below nothing', groups: [group(1, [-800, 800])] },
  ])('that tells of $what is refused', ({ groups }) => {
    expect(readFooter(fileOf([ROOT, column('a')], groups))).toBeUndefined();
  });

  it.each([
    { what: 'a number without an end', footer: Buffer.concat([Buffer.of(0x16), Buffer.alloc(100_000, 0xff)]) },
    { what: 'structs without an end', footer: Buffer.alloc(100_000, 0x1c) },
    { what: 'a list longer than the file', footer: Buffer.from([0x19, 0xfc, 0xff, 0xff, 0xff, 0x7f]) },
  ])('of $what is not shown to anybody else', ({ footer }) => {
    expect(() => readFooter(fileWith(footer))).toThrow(/without an end|longer than its file/);
  });

  it.each([
    { what: 'nothing', file: new ArrayBuffer(0) },
    { what: 'a length beyond its file', file: new Uint8Array([0xff, 0xff, 0, 0, 0x50, 0x41, 0x52, 0x31]).buffer },
    { what: 'more than a file needs to say', file: fileWith(Buffer.alloc(4 * 2 ** 20 + 1)) },
  ])('of $what is none', ({ file }) => {
    expect(readFooter(file)).toBeUndefined();
  });
});

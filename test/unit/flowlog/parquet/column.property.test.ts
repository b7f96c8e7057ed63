import { gunzipSync, gzipSync } from 'node:zlib';
import { fc, test } from '@fast-check/vitest';
import { parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect } from 'vitest';
import { createAllowance } from '../../../../src/flowlog/parquet/allowance.ts';
import { openChunk } from '../../../../src/flowlog/parquet/chunk.ts';
import { rowsWith, wordsAt } from '../../../../src/flowlog/parquet/column.ts';
import { readFooter } from '../../../../src/flowlog/parquet/footer.ts';
import { createUnpackers } from '../../../../src/flowlog/parquet/unpack.ts';
import { writeParquet, type Layout } from '../../../support/parquet-file.ts';

/** Few texts make a dictionary, many do not; numbers of both widths; every kind of value may be absent. */
const row = fc.record({
  few: fc.option(fc.constantFrom('eni-1', 'eni-2', 'eni-3')),
  many: fc.option(fc.string({ maxLength: 12, unit: 'grapheme' })),
  narrow: fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  wide: fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  whole: fc.constantFrom('a', 'b'),
});
const TYPES = { few: 'BYTE_ARRAY', many: 'BYTE_ARRAY', narrow: 'INT32', wide: 'INT64', whole: 'BYTE_ARRAY' } as const;
const NAMES = ['few', 'many', 'narrow', 'wide', 'whole'] as const;
const TEXTS = ['few', 'many', 'whole'] as const;
type Row = Readonly<Record<(typeof NAMES)[number], string | number | bigint | null>>;

/** Rows alike come in stretches, as they do in files: of such are runs made. */
const rows = fc
  .array(fc.tuple(row, fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, fc.integer({ min: 1, max: 40 }))), {
    minLength: 1,
    maxLength: 80,
  })
  .map((stretches) => stretches.flatMap(([each, times]): Row[] => Array.from({ length: times }, () => each)));
const picks = fc.integer({ min: 1, max: 7 });

const layout: fc.Arbitrary<Layout> = fc.record({
  version: fc.constantFrom(1, 2),
  codec: fc.constantFrom('UNCOMPRESSED', 'SNAPPY', 'GZIP'),
  rowsAGroup: fc.integer({ min: 10, max: 400 }),
  rowsAPage: fc.integer({ min: 5, max: 400 }),
  isCoded: fc.boolean(),
});

test.prop([rows, layout, picks], { numRuns: 100 })(
  'rows are found, and their words, as a reader of whole files has them',
  async (table, laidOut, every) => {
    const columns = NAMES.map((name) => ({
      name,
      type: TYPES[name],
      isOptional: name !== 'whole',
      values: table.map((each) => each[name]),
    }));
    await expectTold(writeParquet(columns, laidOut), table, every);
  },
);

const RARE = {
  few: ['DELTA_LENGTH_BYTE_ARRAY', 'DELTA_BYTE_ARRAY', 'RLE_DICTIONARY', 'PLAIN'],
  many: ['DELTA_LENGTH_BYTE_ARRAY', 'DELTA_BYTE_ARRAY', 'RLE_DICTIONARY', 'PLAIN'],
  narrow: ['DELTA_BINARY_PACKED', 'BYTE_STREAM_SPLIT', 'RLE_DICTIONARY', 'PLAIN'],
  wide: ['DELTA_BINARY_PACKED', 'BYTE_STREAM_SPLIT', 'RLE_DICTIONARY', 'PLAIN'],
  whole: ['DELTA_LENGTH_BYTE_ARRAY', 'DELTA_BYTE_ARRAY', 'RLE_DICTIONARY', 'PLAIN'],
} as const;
const WRITTEN_TYPES = { few: 'STRING', many: 'STRING', narrow: 'INT32', wide: 'INT64', whole: 'STRING' } as const;

const written = fc.record({
  codec: fc.constantFrom('SNAPPY' as const, 'UNCOMPRESSED' as const, 'GZIP' as const),
  rowGroupSize: fc.integer({ min: 10, max: 400 }),
  pageSize: fc.constantFrom(64, 1024, 1_048_576),
  encoding: fc.nat({ max: 3 }),
});

test.prop([rows, written, picks], { numRuns: 100 })(
  'so they are in files of another writer, in every encoding',
  async (table, { encoding, ...options }, every) => {
    const columnData = NAMES.map((name) => ({
      name,
      type: WRITTEN_TYPES[name],
      encoding: RARE[name][encoding]!,
      data: table.map((each) => each[name]),
    }));
    const file = parquetWriteBuffer({ columnData, ...options, compressors: { GZIP: (bytes) => gzipSync(bytes) } });
    await expectTold(file, table, every);
  },
);

async function expectTold(file: ArrayBuffer, table: readonly Row[], every: number): Promise<void> {
  const objects = await parquetReadObjects({ file, compressors: { GZIP: (bytes: Uint8Array) => gunzipSync(bytes) } });
  expect(objects.map((each) => each['whole'])).toEqual(table.map(({ whole }) => whole));
  const { columns, groups } = readFooter(file)!;
  const allow = createAllowance();
  const unpackerOf = createUnpackers((packed) => gunzipSync(packed), allow);
  const bytes = { bytes: Buffer.from(file), allow, unpackerOf };
  let start = 0;
  for (const group of groups) {
    const whole = objects.slice(start, start + Number(group.num_rows));
    const picked = [...whole.keys()].filter((index) => index % every === 0);
    for (const column of columns) {
      const words = wordsAt(openChunk(bytes, group, column)!, picked);
      expect(words).toEqual(picked.map((index) => wordOf(whole[index]![column.name])));
    }
    for (const name of TEXTS) {
      const chunk = openChunk(
        bytes,
        group,
        columns.find((column) => column.name === name)!,
      )!;
      for (const text of ['eni-2', 'a', '']) {
        const found = [...whole.keys()].filter((index) => whole[index]![name] === text);
        expect(rowsWith(chunk, text)).toEqual(found);
      }
    }
    start += whole.length;
  }
  expect(start).toBe(table.length);
}

/** As a line of text would have it. */
function wordOf(value: string | number | bigint | null | undefined): string {
  return value === null || value === undefined ? '-' : String(value).replaceAll(/[\s\p{Cc}]/gu, '_') || '-';
}

import { fc, test } from '@fast-check/vitest';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect } from 'vitest';
import { openParquetColumn } from '../../../src/flowlog/parquet-column.ts';

/** Few texts make a dictionary, many do not; numbers of both widths; every kind of value may be absent. */
const row = fc.record({
  few: fc.option(fc.constantFrom('eni-1', 'eni-2', 'eni-3')),
  many: fc.option(fc.string({ maxLength: 12 })),
  narrow: fc.option(fc.integer({ min: 0, max: 65_535 })),
  wide: fc.option(fc.bigInt({ min: 0n, max: 2n ** 40n })),
  whole: fc.constantFrom('a', 'b'),
});
const TYPES = { few: 'STRING', many: 'STRING', narrow: 'INT32', wide: 'INT64', whole: 'STRING' } as const;
const NAMES = ['few', 'many', 'narrow', 'wide', 'whole'] as const;

const shape = fc.record({
  codec: fc.constantFrom('SNAPPY' as const, 'UNCOMPRESSED' as const),
  rowGroupSize: fc.integer({ min: 1, max: 60 }),
  pageSize: fc.constantFrom(64, 1024, 1_048_576),
  picks: fc.integer({ min: 1, max: 7 }),
});

test.prop([fc.array(row, { minLength: 1, maxLength: 120 }), shape], { numRuns: 200 })(
  'rows are found, and their values, as a reader of whole files has them',
  async (rows, { picks, ...options }) => {
    const columnData = NAMES.map((name) => ({ name, type: TYPES[name], data: rows.map((each) => each[name]) }));
    const file = parquetWriteBuffer({ columnData, ...options });
    const source = { file, metadata: parquetMetadata(file), compressors: {} };
    const read = await parquetReadObjects({ file });
    let start = 0;
    for (const group of source.metadata.row_groups) {
      const whole = read.slice(start, start + Number(group.num_rows));
      const picked = [...whole.keys()].filter((index) => index % picks === 0);
      for (const name of NAMES) {
        const values = openParquetColumn(source, group, name).valuesAt(picked);
        expect(values.map((value) => value ?? null)).toEqual(picked.map((index) => whole[index]![name] ?? null));
      }
      for (const name of ['few', 'many', 'whole'] as const) {
        for (const value of ['eni-2', 'a', '']) {
          const found = [...whole.keys()].filter((index) => whole[index]![name] === value);
          expect(openParquetColumn(source, group, name).rowsWith(value)).toEqual(found);
        }
      }
      start += whole.length;
    }
    expect(start).toBe(rows.length);
  },
);

import { gunzipSync, gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it, vi } from 'vitest';
import type { LogFormat } from '../../../src/flowlog/format.ts';
import { readParquet } from '../../../src/flowlog/parquet.ts';
import { accept, ENI, nodata, observe, observerFor, reject, rich, RICH_FORMAT } from '../../support/flow-lines.ts';
import { writeParquet } from '../../support/parquet-file.ts';
import { DEFAULT_FORMAT, FLOW_FIELDS } from '../../../src/flowlog/format.ts';

type Codec = 'UNCOMPRESSED' | 'SNAPPY' | 'GZIP';

const LINES = [
  rich.reject('10.0.0.5:49152 -> 10.0.1.9:5432 tcp', { flags: 2, direction: 'ingress', at: '14:03:10' }),
  rich.accept('10.0.0.7:40000 -> 10.0.3.3:443 tcp', { eni: 'eni-0ffffffffffffffff' }),
  rich.accept('[2001:db8::5]:49152 -> [2001:db8::9]:443 tcp', { flags: 2, packets: 12 }),
  rich.nodata({ from: '15:00:00', until: '15:00:58' }),
  rich.reject('203.0.113.7 -> 10.0.1.9 icmp', { reason: 'BPA', bytes: '-' }),
];

/** The same lines as AWS would write them to Parquet: names with `_`, numbers as numbers, `-` as null or as itself. */
function parquetOf(
  lines: readonly string[],
  format: LogFormat,
  { codec = 'SNAPPY', dash = null }: { codec?: Codec; dash?: null | '-' } = {},
) {
  const rows = lines.map((line) => line.split(' '));
  const columnData = format.fields.map((field, index) => ({
    name: field.replaceAll('-', '_'),
    ...columnOf(
      rows.map((row) => row[index]!),
      { field, dash },
    ),
  }));
  return parquetWriteBuffer({ columnData, codec, compressors: { GZIP: (bytes) => gzipSync(bytes) }, rowGroupSize: 2 });
}

const WIDE = new Set(['packets', 'bytes', 'start', 'end']);

function columnOf(words: string[], { field, dash }: { field: string; dash: null | '-' }) {
  const isNumber = FLOW_FIELDS.find(({ name }) => name === field)?.kind === 'number';
  if (!isNumber) return { type: 'STRING' as const, data: words.map((word) => (word === '-' ? dash : word)) };
  if (WIDE.has(field)) {
    return { type: 'INT64' as const, data: words.map((word) => (word === '-' ? null : BigInt(word))) };
  }
  return { type: 'INT32' as const, data: words.map((word) => (word === '-' ? null : Number(word))) };
}

const COLUMNS = DEFAULT_FORMAT.fields.length - 1;

/** Of the default format, and of text throughout. */
const textColumns = (lines: readonly string[]) =>
  DEFAULT_FORMAT.fields.map((field, index) => ({
    name: field.replaceAll('-', '_'),
    type: 'BYTE_ARRAY' as const,
    isOptional: field !== 'interface-id',
    values: lines.map((line) => line.split(' ')[index]!),
  }));

const options = {
  interfaceId: ENI,
  gunzip: (packed: Uint8Array, length: number) => gunzipSync(packed, { maxOutputLength: length }),
};

describe('a Parquet file', () => {
  it.each<{ codec: Codec; dash: null | '-' }>([
    { codec: 'UNCOMPRESSED', dash: null },
    { codec: 'SNAPPY', dash: '-' },
    { codec: 'GZIP', dash: null },
  ])('tells what the text file tells, packed with $codec', async ({ codec, dash }) => {
    const observer = observerFor();

    const result = readParquet(parquetOf(LINES, RICH_FORMAT, { codec, dash }), observer, options);

    const expected = observe(LINES.filter((line) => line.includes(ENI)));
    expect(result).toEqual({ records: 3, malformed: 0 });
    expect(observer.finish()).toEqual(expected);
  });

  it('is read in the default format too', async () => {
    const lines = [
      reject('10.0.0.5:49152 -> 10.0.1.9:22 tcp'),
      accept('10.0.0.5:49153 -> 10.0.1.9:443 tcp'),
      nodata({ from: 1, until: 2 }),
    ];
    const observer = observerFor();

    readParquet(parquetOf(lines, DEFAULT_FORMAT), observer, options);

    expect(observer.finish()).toEqual(observe(lines));
  });

  it('without a row of the interface is read no further than its column of interfaces', async () => {
    const observer = observerFor();
    const others = LINES.map((line) => line.replace(ENI, 'eni-0ffffffffffffffff'));

    expect(readParquet(parquetOf(others, RICH_FORMAT), observer, options)).toEqual({ records: 0, malformed: 0 });
    expect(observer.finish().groups).toEqual([]);
  });

  it.each([
    // The dictionary of interfaces, its pages, and of each other column the dictionary and one page of four.
    { what: 'whose rows stand in one page', ours: [12, 15], dictionary: true, unpacked: 1 + 4 + 2 * COLUMNS },
    { what: 'whose rows stand in two pages', ours: [9, 10], dictionary: true, unpacked: 1 + 4 + 3 * COLUMNS },
    { what: 'that its dictionary does not name', ours: [], dictionary: true, unpacked: 1 },
    { what: 'without a row among plain ones', ours: [], dictionary: false, unpacked: 4 },
    { what: 'whose row stands in a plain page', ours: [39], dictionary: false, unpacked: 4 + COLUMNS },
  ])('unpacks for an interface $what no page that it can leave', ({ ours, dictionary, unpacked }) => {
    const lines = Array.from({ length: 40 }, (_, row) =>
      accept('10.0.0.7:40000 -> 10.0.1.9:443 tcp', {
        eni: ours.includes(row) ? ENI : 'eni-0ffffffffffffffff',
        at: `12:00:${10 + row}`,
      }),
    );
    const layout = { version: 1, codec: 'GZIP', rowsAGroup: 40, rowsAPage: 10, isCoded: dictionary } as const;
    const gunzip = vi.fn(options.gunzip);
    const observer = observerFor();

    const result = readParquet(writeParquet(textColumns(lines), layout), observer, { ...options, gunzip });

    expect(result).toEqual({ records: ours.length, malformed: 0 });
    expect(gunzip).toHaveBeenCalledTimes(unpacked);
    expect(observer.finish()).toEqual(observe(lines.filter((line) => line.includes(ENI))));
  });

  it('of more rows than are made lines at once is read to its end', () => {
    const many = 66_000;
    const told = new Set(['interface_id', 'srcaddr', 'dstaddr', 'protocol', 'bytes', 'end', 'action']);
    const columnData = textColumns([accept('10.0.0.7 -> 10.0.1.9 icmp')])
      .filter(({ name }) => told.has(name))
      .map(({ name, values: [word] }) => ({
        name,
        type: 'STRING' as const,
        encoding: 'PLAIN' as const,
        data: Array.from({ length: many }, (_, row) => (name === 'bytes' ? String(row) : word!)),
      }));
    const file = parquetWriteBuffer({ columnData, codec: 'UNCOMPRESSED', rowGroupSize: many, statistics: false });
    const observer = observerFor();

    expect(readParquet(file, observer, options)).toEqual({ records: many, malformed: 0 });
    expect(observer.finish().groups[0]!.ingress.accepted).toMatchObject({ bytes: (many * (many - 1)) / 2 });
  }, 20_000);

  it('reads one column of each name', () => {
    const columns = textColumns([accept('10.0.0.7:40000 -> 10.0.1.9:443 tcp')]);
    const layout = { version: 1, codec: 'SNAPPY', rowsAGroup: 1, rowsAPage: 1, isCoded: false } as const;
    const file = writeParquet([...columns, ...columns], layout);

    expect(readParquet(file, observerFor(), options)).toEqual({ records: 1, malformed: 0 });
  });

  it('reads columns that are no words as untold', () => {
    const columns = textColumns([accept('10.0.0.7:40000 -> 10.0.1.9:443 tcp')]);
    const columnData = columns.map(({ name, values }) =>
      name === 'packets'
        ? { name, type: 'TIMESTAMP' as const, data: [new Date(0)] }
        : { name, type: 'STRING' as const, data: [...values] },
    );
    const observer = observerFor();

    expect(readParquet(parquetWriteBuffer({ columnData }), observer, options)).toEqual({ records: 1, malformed: 0 });
    const { accepted } = observer.finish().groups[0]!.ingress;
    expect(accepted).toMatchObject({ packets: 0, samples: [expect.stringContaining(' 40000 443 6 - 52 ')] });
  });

  it.each([
    ['empty', () => new ArrayBuffer(0)],
    ['not Parquet', () => new TextEncoder().encode('version account-id interface-id'.repeat(20)).buffer],
    ['of other things', () => parquetWriteBuffer({ columnData: [{ name: 'id', data: ['a'], type: 'STRING' }] })],
    ['truncated', () => parquetOf(LINES, RICH_FORMAT).slice(0, 400)],
  ])('that is %s counts as one unreadable line', async (_, file) => {
    const observer = observerFor();

    expect(readParquet(file(), observer, options)).toEqual({ records: 0, malformed: 1 });
    expect(observer.finish().reading.malformed.samples).toEqual(['no Parquet file of flow records']);
  });

  it('with a damaged page says so and keeps what was read', async () => {
    const file = parquetOf(LINES, RICH_FORMAT, { codec: 'GZIP' });
    new Uint8Array(file).fill(0xff, 8, 60);
    const observer = observerFor();

    expect(readParquet(file, observer, options).malformed).toBe(1);
    expect(observer.finish().reading.malformed.samples[0]).toMatch(/^unreadable Parquet file: /);
  });
});

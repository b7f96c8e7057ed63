import { parquetWriteBuffer } from 'hyparquet-writer';
import { DEFAULT_FORMAT } from '../../src/flowlog/format.ts';
import { accept, nodata, reject } from '../support/flow-lines.ts';
import { writeParquet, type Layout, type WrittenColumn } from '../support/parquet-file.ts';
import { diceOf, nearlyBytes, type Dice, type Inputs } from './mutations.ts';

const LINES = [
  reject('10.0.0.5:49152 -> 10.0.1.9:5432 tcp'),
  accept('10.0.0.7:40000 -> 10.0.3.3:443 tcp', { eni: 'eni-0ffffffffffffffff' }),
  nodata({ from: '15:00:00', until: '15:00:58' }),
  accept('[2001:db8::5]:49152 -> [2001:db8::9]:443 tcp', { packets: 12 }),
];

/** Enough of them for pages to have runs of every kind. */
const ROWS = Array.from({ length: 30 }, (_, index) => LINES[index % 3 === 0 ? index % LINES.length : 0]!.split(' '));
const NUMBERS = { srcport: 'INT32', protocol: 'INT32', bytes: 'INT64', start: 'INT64', end: 'INT64' } as const;

const COLUMNS = DEFAULT_FORMAT.fields.map((field, index): WrittenColumn => ({
  name: field.replaceAll('-', '_'),
  type: field in NUMBERS ? NUMBERS[field as keyof typeof NUMBERS] : 'BYTE_ARRAY',
  isOptional: field !== 'interface-id',
  values: ROWS.map((row) => (row[index] === '-' ? null : row[index]!)),
}));

const LAYOUTS: readonly Layout[] = [
  { version: 1, codec: 'SNAPPY', rowsAGroup: 30, rowsAPage: 30, isCoded: true },
  { version: 1, codec: 'UNCOMPRESSED', rowsAGroup: 30, rowsAPage: 11, isCoded: false },
  { version: 2, codec: 'UNCOMPRESSED', rowsAGroup: 20, rowsAPage: 20, isCoded: true },
  { version: 2, codec: 'GZIP', rowsAGroup: 30, rowsAPage: 30, isCoded: true },
];

/** To pack a million files by gzip would take longer than to read them. */
const QUICK = LAYOUTS.filter(({ codec }) => codec !== 'GZIP');

type Encodings = Readonly<Partial<Record<WrittenColumn['type'], 'DELTA_BINARY_PACKED' | 'DELTA_BYTE_ARRAY'>>>;

/** The writer of another hand, with its encodings. */
function writtenElsewhere(codec: 'SNAPPY' | 'UNCOMPRESSED', encodings: Encodings): ArrayBuffer {
  const columnData = COLUMNS.map(({ name, type, values }) => ({
    name,
    type: type === 'BYTE_ARRAY' ? ('STRING' as const) : type,
    data: values.map((value) =>
      value === null || type === 'BYTE_ARRAY' ? value : type === 'INT64' ? BigInt(value) : Number(value),
    ),
    ...(encodings[type] && { encoding: encodings[type] }),
  }));
  return parquetWriteBuffer({ columnData, codec });
}

const GOOD = [
  ...LAYOUTS.map((layout) => writeParquet(COLUMNS, layout)),
  writtenElsewhere('SNAPPY', {}),
  writtenElsewhere('UNCOMPRESSED', {}),
  writtenElsewhere('UNCOMPRESSED', {
    INT32: 'DELTA_BINARY_PACKED',
    INT64: 'DELTA_BINARY_PACKED',
    BYTE_ARRAY: 'DELTA_BYTE_ARRAY',
  }),
].map((file) => new Uint8Array(file));

/** Files with a few bytes changed, cut or doubled anywhere. */
export const nearlyParquet: Inputs<Uint8Array> = (n) => {
  const good = GOOD[n % GOOD.length]!;
  return nearlyBytes(good)(n);
};

/** Files of which every byte is in its place, and of the numbers a reader has to believe a few are lies. */
export const lyingParquet: Inputs<Uint8Array> = (n) => {
  const dice = diceOf(n);
  const [layout, odds] = [QUICK[n % QUICK.length]!, [20, 100, 400][dice(3)]!];
  return new Uint8Array(writeParquet(COLUMNS, layout, (number) => (dice(odds) === 0 ? lie(number, dice) : number)));
};

const LIES: readonly ((number: number) => number)[] = [
  () => 0,
  () => 2 ** 31 - 1,
  () => -1,
  () => 2 ** 48,
  (number) => number + 1,
  (number) => number - 1,
  (number) => number * 2,
  (number) => number * 1_000,
];

function lie(number: number, dice: Dice): number {
  return LIES[dice(LIES.length)]!(number);
}

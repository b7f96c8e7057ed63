import { gzipSync } from 'node:zlib';
import { runBytes, runsOf } from './run-bytes.ts';
import { i32, i64, list, struct, text, truth, varint, type WrittenField } from './thrift-bytes.ts';

/** How a file is laid out. */
export interface Layout {
  /** Of its pages. */
  readonly version: 1 | 2;
  readonly codec: keyof typeof CODECS;
  readonly rowsAGroup: number;
  readonly rowsAPage: number;
  readonly isCoded: boolean;
}

export interface WrittenColumn {
  readonly name: string;
  readonly type: keyof typeof TYPES;
  readonly isOptional: boolean;
  readonly values: readonly Value[];
}

type Value = string | number | bigint | null;

const TYPES = { INT32: 1, INT64: 2, BYTE_ARRAY: 6 } as const;
const UTF8 = 0;
const ENCODINGS = { PLAIN: 0, RLE: 3, RLE_DICTIONARY: 8 } as const;
const PAGES = { data: 0, dictionary: 2, 'second data': 3 } as const;

const CODECS = {
  UNCOMPRESSED: { number: 0, pack: (bytes: Buffer) => bytes },
  SNAPPY: { number: 1, pack: snap },
  GZIP: { number: 2, pack: (bytes: Buffer) => gzipSync(bytes) as Buffer },
} as const;

/** The plainest writer of Parquet there is, for what `hyparquet-writer` does not write: pages of the first version. */
export function writeParquet(columns: readonly WrittenColumn[], layout: Layout): ArrayBuffer {
  const rows = columns[0]!.values.length;
  const file = new Pieces();
  file.add(Buffer.from('PAR1'));
  const groups: WrittenField[] = [];
  for (let from = 0; from < rows; from += layout.rowsAGroup) {
    const values = (column: WrittenColumn) => column.values.slice(from, from + layout.rowsAGroup);
    const chunks = columns.map((column) => writeChunk(file, { ...column, values: values(column) }, layout));
    groups.push(struct([1, list(chunks)], [2, i64(0)], [3, i64(Math.min(layout.rowsAGroup, rows - from))]));
  }
  const schema = [struct([4, text('root')], [5, i32(columns.length)]), ...columns.map(describeColumn)];
  const { bytes: footer } = struct([1, i32(1)], [2, list(schema)], [3, i64(rows)], [4, list(groups)]);
  file.add(footer);
  file.add(fourBytes(footer.length));
  file.add(Buffer.from('PAR1'));
  return new Uint8Array(file.all()).buffer;
}

class Pieces {
  readonly #pieces: Buffer[] = [];
  length = 0;

  add(piece: Buffer): void {
    this.#pieces.push(piece);
    this.length += piece.length;
  }

  all(): Buffer {
    return Buffer.concat(this.#pieces);
  }
}

function describeColumn({ name, type, isOptional }: WrittenColumn): WrittenField {
  const meaning = type === 'BYTE_ARRAY' ? [[6, i32(UTF8)] as const] : [];
  return struct([1, i32(TYPES[type])], [3, i32(isOptional ? 1 : 0)], [4, text(name)], ...meaning);
}

/** Dictionary and pages; answers what the footer says of them. */
function writeChunk(file: Pieces, column: WrittenColumn, layout: Layout): WrittenField {
  const start = file.length;
  const entries = [...new Set(column.values)].filter((value) => value !== null);
  if (layout.isCoded) {
    const bytes = plain(column, entries);
    addPage(file, layout, {
      kind: 'dictionary',
      details: [7, struct([1, i32(entries.length)], [2, i32(ENCODINGS.PLAIN)])],
      unpacked: Buffer.alloc(0),
      bytes,
    });
  }
  const firstPage = file.length;
  for (let from = 0; from < column.values.length; from += layout.rowsAPage) {
    const values = column.values.slice(from, from + layout.rowsAPage);
    writePage(file, { ...column, values }, { layout, entries });
  }
  const description = struct(
    [1, i32(TYPES[column.type])],
    [2, list([i32(ENCODINGS.PLAIN)])],
    [3, list([text(column.name)])],
    [4, i32(CODECS[layout.codec].number)],
    [5, i64(column.values.length)],
    [6, i64(file.length - start)],
    [7, i64(file.length - start)],
    [9, i64(firstPage)],
    ...(layout.isCoded ? [[11, i64(start)] as const] : []),
  );
  return struct([2, i64(start)], [3, description]);
}

interface Coding {
  readonly layout: Layout;
  readonly entries: readonly Value[];
}

function writePage(file: Pieces, column: WrittenColumn, { layout, entries }: Coding): void {
  const present = column.values.filter((value) => value !== null);
  const levels = column.isOptional
    ? runBytes(runsOf(column.values.map((value) => (value === null ? 0 : 1))), 1)
    : undefined;
  const width = 32 - Math.clz32(Math.max(entries.length - 1, 0));
  const codes = present.map((value) => entries.indexOf(value));
  const values = layout.isCoded
    ? Buffer.concat([Buffer.of(width), runBytes(runsOf(codes), width)])
    : plain(column, present);
  const count = i32(column.values.length);
  const encoding = i32(layout.isCoded ? ENCODINGS.RLE_DICTIONARY : ENCODINGS.PLAIN);
  if (layout.version === 1) {
    const details = struct([1, count], [2, encoding], [3, i32(ENCODINGS.RLE)], [4, i32(ENCODINGS.RLE)]);
    const bytes = levels === undefined ? values : Buffer.concat([fourBytes(levels.length), levels, values]);
    addPage(file, layout, { kind: 'data', details: [5, details], unpacked: Buffer.alloc(0), bytes });
  } else {
    const nulls = i32(column.values.length - present.length);
    const sizes = [[5, i32(levels?.length ?? 0)] as const, [6, i32(0)] as const];
    const details = struct([1, count], [2, nulls], [3, count], [4, encoding], ...sizes, [7, truth(true)]);
    addPage(file, layout, {
      kind: 'second data',
      details: [8, details],
      unpacked: levels ?? Buffer.alloc(0),
      bytes: values,
    });
  }
}

interface WrittenPage {
  readonly kind: keyof typeof PAGES;
  readonly details: readonly [number, WrittenField];
  readonly unpacked: Buffer;
  readonly bytes: Buffer;
}

function addPage(file: Pieces, { codec }: Layout, { kind, details, unpacked, bytes }: WrittenPage): void {
  const packed = CODECS[codec].pack(bytes);
  const sizes = [
    [2, i32(unpacked.length + bytes.length)],
    [3, i32(unpacked.length + packed.length)],
  ] as const;
  file.add(struct([1, i32(PAGES[kind])], ...sizes, details).bytes);
  file.add(unpacked);
  file.add(packed);
}

function plain({ type }: WrittenColumn, values: readonly Value[]): Buffer {
  return Buffer.concat(values.map((value) => plainValue(type, value)));
}

function plainValue(type: WrittenColumn['type'], value: Value): Buffer {
  const bytes = Buffer.alloc(8);
  if (type === 'BYTE_ARRAY')
    return Buffer.concat([fourBytes(Buffer.byteLength(String(value))), Buffer.from(String(value))]);
  if (type === 'INT64') bytes.writeBigInt64LE(BigInt(value!));
  else bytes.writeInt32LE(Number(value));
  return type === 'INT64' ? bytes : bytes.subarray(0, 4);
}

function fourBytes(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(number);
  return bytes;
}

/** Snappy with nothing but literals of up to sixty bytes. */
function snap(bytes: Buffer): Buffer {
  const pieces = [varint(bytes.length)];
  for (let at = 0; at < bytes.length; at += 60) {
    const literal = bytes.subarray(at, at + 60);
    pieces.push(Buffer.of((literal.length - 1) << 2), literal);
  }
  return Buffer.concat(pieces);
}

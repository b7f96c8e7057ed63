import { gzipSync } from 'node:zlib';
import { runBytes, runsOf, type Claim } from './run-bytes.ts';
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
  GZIP: { number: 2, pack: (bytes: Buffer) => gzipSync(bytes, { level: 1 }) as Buffer },
} as const;

/**
 * The plainest writer of Parquet there is, for what `hyparquet-writer` does not write: pages of the first version, and
 * lies. Every number that a reader has to believe is what `claim` makes of it.
 */
export function writeParquet(
  columns: readonly WrittenColumn[],
  layout: Layout,
  claim: Claim = (number) => number,
): ArrayBuffer {
  return new Writer(layout, claim).write(columns);
}

class Writer {
  readonly #layout: Layout;
  readonly #claim: Claim;
  readonly #pieces: Buffer[] = [];
  #length = 0;

  constructor(layout: Layout, claim: Claim) {
    this.#layout = layout;
    this.#claim = claim;
  }

  write(columns: readonly WrittenColumn[]): ArrayBuffer {
    const { rowsAGroup } = this.#layout;
    const rows = columns[0]!.values.length;
    this.#add(Buffer.from('PAR1'));
    const groups: WrittenField[] = [];
    for (let from = 0; from < rows; from += rowsAGroup) {
      const end = Math.min(from + rowsAGroup, rows);
      const chunks = columns.map((column) => this.#writeChunk({ ...column, values: column.values.slice(from, end) }));
      groups.push(struct([1, list(chunks)], [2, i64(0)], [3, this.#i64(end - from)]));
    }
    const schema = [struct([4, text('root')], [5, this.#i32(columns.length)]), ...columns.map(describeColumn)];
    const { bytes: footer } = struct([1, i32(1)], [2, list(schema)], [3, this.#i64(rows)], [4, list(groups)]);
    this.#add(footer, this.#fourBytes(footer.length), Buffer.from('PAR1'));
    return new Uint8Array(Buffer.concat(this.#pieces)).buffer;
  }

  /** Dictionary and pages; answers what the footer says of them. */
  #writeChunk(column: WrittenColumn): WrittenField {
    const { codec, isCoded, rowsAPage } = this.#layout;
    const start = this.#length;
    const entries = [...new Set(column.values)].filter((value) => value !== null);
    if (isCoded) {
      const details = struct([1, this.#i32(entries.length)], [2, i32(ENCODINGS.PLAIN)]);
      this.#addPage({ kind: 'dictionary', details: [7, details], bytes: this.#plain(column, entries) });
    }
    const firstPage = this.#length;
    for (let from = 0; from < column.values.length; from += rowsAPage) {
      this.#writePage({ ...column, values: column.values.slice(from, from + rowsAPage) }, entries);
    }
    const description = struct(
      [1, i32(TYPES[column.type])],
      [2, list([i32(ENCODINGS.PLAIN)])],
      [3, list([text(column.name)])],
      [4, i32(CODECS[codec].number)],
      [5, this.#i64(column.values.length)],
      [6, this.#i64(this.#length - start)],
      [7, this.#i64(this.#length - start)],
      [9, this.#i64(firstPage)],
      ...(isCoded ? [[11, this.#i64(start)] as const] : []),
    );
    return struct([2, i64(start)], [3, description]);
  }

  #writePage(column: WrittenColumn, entries: readonly Value[]): void {
    const isThere = column.values.map((value) => (value === null ? 0 : 1));
    const levels = column.isOptional ? runBytes(runsOf(isThere), 1, this.#claim) : NOTHING;
    const values = this.#encode(column, entries);
    const encoding = i32(this.#layout.isCoded ? ENCODINGS.RLE_DICTIONARY : ENCODINGS.PLAIN);
    const count = this.#i32(column.values.length);
    if (this.#layout.version === 1) {
      const details = struct([1, count], [2, encoding], [3, i32(ENCODINGS.RLE)], [4, i32(ENCODINGS.RLE)]);
      const packed = column.isOptional ? [this.#fourBytes(levels.length), levels, values] : [values];
      this.#addPage({ kind: 'data', details: [5, details], bytes: Buffer.concat(packed) });
    } else {
      const nulls = this.#i32(isThere.filter((is) => is === 0).length);
      const sizes = [[5, this.#i32(levels.length)] as const, [6, this.#i32(0)] as const];
      const details = struct([1, count], [2, nulls], [3, count], [4, encoding], ...sizes, [7, truth(true)]);
      this.#addPage({ kind: 'second data', details: [8, details], before: levels, bytes: values });
    }
  }

  #encode(column: WrittenColumn, entries: readonly Value[]): Buffer {
    const present = column.values.filter((value) => value !== null);
    if (!this.#layout.isCoded) return this.#plain(column, present);
    const width = 32 - Math.clz32(Math.max(entries.length - 1, 0));
    const codes = present.map((value) => entries.indexOf(value));
    return Buffer.concat([Buffer.of(this.#claim(width)), runBytes(runsOf(codes), width, this.#claim)]);
  }

  #addPage({ kind, details, before = NOTHING, bytes }: WrittenPage): void {
    const packed = CODECS[this.#layout.codec].pack(bytes);
    const sizes = [before.length + bytes.length, before.length + packed.length].map((size) => this.#i32(size));
    this.#add(struct([1, i32(PAGES[kind])], [2, sizes[0]!], [3, sizes[1]!], details).bytes, before, packed);
  }

  #plain({ type }: WrittenColumn, values: readonly Value[]): Buffer {
    const written = values.map((value) => {
      const bytes = type === 'BYTE_ARRAY' ? Buffer.from(String(value)) : numberBytes(type, value!);
      return type === 'BYTE_ARRAY' ? Buffer.concat([this.#fourBytes(bytes.length), bytes]) : bytes;
    });
    return Buffer.concat(written);
  }

  #add(...pieces: readonly Buffer[]): void {
    this.#pieces.push(...pieces);
    for (const { length } of pieces) this.#length += length;
  }

  #i32(number: number): WrittenField {
    return i32(this.#claim(number));
  }

  #i64(number: number): WrittenField {
    return i64(this.#claim(number));
  }

  #fourBytes(number: number): Buffer {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(this.#claim(number) | 0);
    return bytes;
  }
}

interface WrittenPage {
  readonly kind: keyof typeof PAGES;
  readonly details: readonly [number, WrittenField];
  /** What is never packed. */
  readonly before?: Buffer;
  readonly bytes: Buffer;
}

const NOTHING = Buffer.alloc(0);

function describeColumn({ name, type, isOptional }: WrittenColumn): WrittenField {
  const meaning = type === 'BYTE_ARRAY' ? [[6, i32(UTF8)] as const] : [];
  return struct([1, i32(TYPES[type])], [3, i32(isOptional ? 1 : 0)], [4, text(name)], ...meaning);
}

function numberBytes(type: 'INT32' | 'INT64', value: string | number | bigint): Buffer {
  const bytes = Buffer.alloc(type === 'INT32' ? 4 : 8);
  if (type === 'INT32') bytes.writeInt32LE(Number(value));
  else bytes.writeBigInt64LE(BigInt(value));
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

import type { RowGroup, SchemaElement } from 'hyparquet';
import type { FeedResult } from './feed.ts';
import { formatOfColumns, isKnownField } from './format.ts';
import type { Observer } from './observe.ts';
import { createAllowance } from './parquet/allowance.ts';
import { mayHold, openChunk, type FileBytes } from './parquet/chunk.ts';
import { rowsWith, wordsAt } from './parquet/column.ts';
import { readFooter } from './parquet/footer.ts';
import { kindOf } from './parquet/kind.ts';
import { createUnpackers } from './parquet/unpack.ts';

export interface ParquetOptions {
  readonly interfaceId: string;
  /** Unpacks gzip of so many bytes; handed in, for the core has no zlib. Snappy needs no help. */
  readonly gunzip: (packed: Uint8Array, length: number) => Uint8Array;
}

/** Rows made lines at once: what is in memory does not grow with the file. */
const ROWS_AT_ONCE = 65_536;

/**
 * Reads a Parquet file that lies in memory whole. The column of interfaces is read first, and the others, one after the
 * other, only where a row speaks of ours; each such row is then written out as the line it would have been in a text
 * file, so that lines have one reader. Columns are named like fields, with `_` for `-`.
 * https://docs.aws.amazon.com/athena/latest/ug/vpc-flow-logs.html
 */
export function readParquet(file: ArrayBuffer, observer: Observer, options: ParquetOptions): FeedResult {
  const source = openFile(file, options);
  const feed = observer.open(formatOfColumns(source?.columns.map(({ name }) => name) ?? []));
  if (source === undefined) feed.unreadable('no Parquet file of flow records');
  try {
    if (source !== undefined) readRows(source, (line) => feed.line(line));
  } catch (error) {
    feed.unreadable(`unreadable Parquet file: ${error instanceof Error ? error.message : 'unknown error'}`);
  }
  return feed.end();
}

const INTERFACE = 'interface_id';

interface ParquetSource extends FileBytes {
  readonly interfaceId: string;
  /** Of known fields. */
  readonly columns: readonly SchemaElement[];
  readonly interfaces: SchemaElement;
  readonly groups: readonly RowGroup[];
}

function openFile(file: ArrayBuffer, { interfaceId, gunzip }: ParquetOptions): ParquetSource | undefined {
  try {
    const footer = readFooter(file);
    const columns = knownColumns(footer?.columns ?? []);
    const interfaces = columns.find(({ name }) => name === INTERFACE);
    if (footer === undefined || interfaces === undefined || kindOf(interfaces) !== 'text') return undefined;
    const allow = createAllowance();
    const unpackerOf = createUnpackers(gunzip, allow);
    return { bytes: Buffer.from(file), allow, unpackerOf, interfaceId, columns, interfaces, groups: footer.groups };
  } catch {
    return undefined;
  }
}

/** One of each name. */
function knownColumns(columns: readonly SchemaElement[]): readonly SchemaElement[] {
  const known = columns.filter(({ name }) => isKnownField(name.replaceAll('_', '-')));
  return [...new Map(known.map((column) => [column.name, column])).values()];
}

function readRows(source: ParquetSource, take: (line: string) => void): void {
  for (const group of source.groups) {
    const rows = rowsOf(source, group);
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      const some = rows.slice(from, from + ROWS_AT_ONCE);
      const words = source.columns.map((column) => wordsOf(source, group, { column, rows: some }));
      for (const index of some.keys()) take(words.map((column) => column[index] ?? '-').join(' '));
    }
  }
}

function rowsOf(source: ParquetSource, group: RowGroup): readonly number[] {
  const { interfaceId, interfaces } = source;
  const chunk = mayHold(group, INTERFACE, interfaceId) ? openChunk(source, group, interfaces) : undefined;
  return chunk === undefined ? [] : rowsWith(chunk, interfaceId);
}

interface Wanted {
  readonly column: SchemaElement;
  readonly rows: readonly number[];
}

/** None where no word can be made of what the column holds. */
function wordsOf(source: ParquetSource, group: RowGroup, { column, rows }: Wanted): readonly string[] {
  if (column === source.interfaces) return rows.map(() => source.interfaceId);
  const chunk = openChunk(source, group, column);
  return chunk === undefined ? [] : wordsAt(chunk, rows);
}

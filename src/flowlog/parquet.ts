import { parquetMetadata, parquetScan, parquetSchema, type FileMetaData, type ParquetScan } from 'hyparquet';
import type { FeedResult } from './feed.ts';
import { formatOfColumns, isKnownField } from './format.ts';
import type { Observer } from './observe.ts';

export interface ParquetOptions {
  readonly interfaceId: string;
  /** Unpacks gzip of so many bytes; handed in, for the core has no zlib. Snappy needs no help. */
  readonly gunzip: (packed: Uint8Array, length: number) => Uint8Array;
}

/** Far more than a file of AWS's can hold: it rolls them at 75 MB (FLOW-95). */
const MOST_ROWS = 5_000_000;

/**
 * Reads a Parquet file that lies in memory whole. The column of interfaces is read first, and the others, one after the
 * other, only where a row speaks of ours; each such row is then written out as the line it would have been in a text
 * file, so that lines have one reader. Columns are named like fields, with `_` for `-`.
 * Decoding gives promises, though nothing is waited for: the one place of the core that is not synchronous.
 * https://docs.aws.amazon.com/athena/latest/ug/vpc-flow-logs.html
 */
export async function readParquet(file: ArrayBuffer, observer: Observer, options: ParquetOptions): Promise<FeedResult> {
  const source = openFile(file, options);
  const feed = observer.open(formatOfColumns(source?.columns ?? []));
  if (source === undefined) feed.unreadable('no Parquet file of flow records');
  try {
    if (source !== undefined) await readRows(source, (line) => feed.line(line));
  } catch (error) {
    feed.unreadable(`unreadable Parquet file: ${error instanceof Error ? error.message : 'unknown error'}`);
  }
  return feed.end();
}

const INTERFACE = 'interface_id';
const NOTHING = new Uint8Array(0);

interface ParquetSource extends ParquetOptions {
  readonly file: ArrayBuffer;
  readonly metadata: FileMetaData;
  readonly columns: readonly string[];
}

function openFile(file: ArrayBuffer, options: ParquetOptions): ParquetSource | undefined {
  try {
    const metadata = parquetMetadata(file);
    const names = parquetSchema(metadata).children.map((column) => column.element.name);
    const columns = names.filter((name) => isKnownField(name.replaceAll('_', '-')));
    const isReadable = columns.includes(INTERFACE) && metadata.num_rows <= MOST_ROWS;
    return isReadable ? { file, metadata, columns, ...options } : undefined;
  } catch {
    return undefined;
  }
}

async function readRows(source: ParquetSource, take: (line: string) => void): Promise<void> {
  for (const range of (await openColumn(source, INTERFACE)).ranges) {
    const interfaces = await readColumn(source, INTERFACE, range);
    const rows = [...interfaces.keys()].filter((row) => interfaces[row] === source.interfaceId);
    const lines: string[][] = rows.map(() => []);
    for (const column of rows.length === 0 ? [] : source.columns) {
      const values = await readColumn(source, column, range);
      lines.forEach((line, index) => line.push(wordOf(values[rows[index] ?? -1])));
    }
    for (const line of lines) take(line.join(' '));
  }
}

type Range = ParquetScan['ranges'][number];

/** A scan keeps what it has read: one for each column lets go of the last one. */
async function readColumn(source: ParquetSource, column: string, range: Range): Promise<readonly unknown[]> {
  const scan = await openColumn(source, column);
  return Array.from<unknown>(await scan.readColumn({ column, ...range }));
}

/** Row groups whose statistics leave our interface out are not among the ranges. */
function openColumn({ file, metadata, interfaceId, gunzip }: ParquetSource, column: string): Promise<ParquetScan> {
  return parquetScan({
    file,
    metadata,
    columns: [column],
    // A page of nulls only unpacks to nothing, which zlib won't take for a limit.
    compressors: { GZIP: (packed, length) => (length === 0 ? NOTHING : gunzip(packed, length)) },
    useOffsetIndex: false,
    pruningFilter: { [INTERFACE]: { $eq: interfaceId } },
  });
}

/** A value as a text file would have it: without blanks, and never empty. */
function wordOf(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return '-';
  return String(value).replaceAll(/\s/g, '_') || '-';
}

import { parquetMetadata, parquetScan, parquetSchema, type RowGroup } from 'hyparquet';
import type { FeedResult } from './feed.ts';
import { formatOfColumns, isKnownField } from './format.ts';
import type { Observer } from './observe.ts';
import { isFlat, openParquetColumn, type ParquetFile } from './parquet-column.ts';

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
 * The look at statistics gives promises, though nothing is waited for: the one place of the core that is not
 * synchronous.
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

interface ParquetSource extends ParquetFile {
  readonly interfaceId: string;
  readonly columns: readonly string[];
}

function openFile(file: ArrayBuffer, { interfaceId, gunzip }: ParquetOptions): ParquetSource | undefined {
  try {
    const metadata = parquetMetadata(file);
    const columns = parquetSchema(metadata)
      .children.filter(isFlat)
      .map(({ element }) => element.name)
      .filter((name) => isKnownField(name.replaceAll('_', '-')));
    const isReadable = columns.includes(INTERFACE) && metadata.num_rows <= MOST_ROWS;
    // A page of nulls only unpacks to nothing, which zlib won't take for a limit.
    const compressors = {
      GZIP: (packed: Uint8Array, length: number) => (length === 0 ? NOTHING : gunzip(packed, length)),
    };
    return isReadable ? { file, metadata, columns, interfaceId, compressors } : undefined;
  } catch {
    return undefined;
  }
}

async function readRows(source: ParquetSource, take: (line: string) => void): Promise<void> {
  const { interfaceId, columns } = source;
  for (const group of await groupsOf(source)) {
    const rows = openParquetColumn(source, group, INTERFACE).rowsWith(interfaceId);
    const lines: string[][] = rows.map(() => []);
    for (const column of rows.length === 0 ? [] : columns) {
      const values = openParquetColumn(source, group, column).valuesAt(rows);
      lines.forEach((line, index) => line.push(wordOf(values[index])));
    }
    for (const line of lines) take(line.join(' '));
  }
}

/** Row groups whose statistics leave our interface out are not among the ranges of a scan. */
async function groupsOf({ file, metadata, interfaceId }: ParquetSource): Promise<readonly RowGroup[]> {
  const { ranges } = await parquetScan({
    file,
    metadata,
    columns: [INTERFACE],
    useOffsetIndex: false,
    pruningFilter: { [INTERFACE]: { $eq: interfaceId } },
  });
  let end = 0;
  return metadata.row_groups.filter((group) => {
    const start = end;
    end += Number(group.num_rows);
    return ranges.some(({ rowStart, rowEnd }) => rowStart < end && rowEnd > start);
  });
}

/** A value as a text file would have it: without blanks, and never empty. */
function wordOf(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return '-';
  return String(value).replaceAll(/\s/g, '_') || '-';
}

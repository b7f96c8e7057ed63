import { parquetMetadata, type FileMetaData, type RowGroup, type SchemaElement } from 'hyparquet';
import { readStruct } from './thrift.ts';

/** What a file says of itself at its end. */
export interface Footer {
  /** Those that hold one value a row at most. */
  readonly columns: readonly SchemaElement[];
  readonly groups: readonly RowGroup[];
}

/** AWS rolls files at 75 MB (FLOW-95): far more than it can need to describe one. */
const MOST_BYTES = 4 * 2 ** 20;

/** Far more than a file of AWS's can hold. */
const MOST_ROWS = 5_000_000;

/** Length and `PAR1`. */
const TRAILER = 8;

/**
 * What hyparquet makes of the footer, once it is known to be made as it should: it reads numbers of any length and lists
 * of any size. Nothing, where a file promises more than its bytes can hold: rows take more than a byte each, however
 * well they are packed, and no bytes belong to two columns.
 * https://parquet.apache.org/docs/file-format/metadata/
 */
export function readFooter(file: ArrayBuffer): Footer | undefined {
  const trailer = file.byteLength - TRAILER;
  if (trailer < 0) return undefined;
  const start = trailer - new DataView(file).getUint32(trailer, true);
  if (start < 0 || trailer - start > MOST_BYTES) return undefined;
  readStruct({ bytes: Buffer.from(file, start, trailer - start), at: 0 });
  const metadata = parquetMetadata(file.slice(start), { geoparquet: false });
  const footer = { columns: flatColumns(metadata), groups: metadata.row_groups };
  return isPossible(footer, file.byteLength) ? footer : undefined;
}

function flatColumns({ schema }: FileMetaData): readonly SchemaElement[] {
  const flat: SchemaElement[] = [];
  let nested = 0;
  for (const element of schema.slice(1)) {
    const children = Math.max(element.num_children ?? 0, 0);
    if (nested + children === 0 && element.repetition_type !== 'REPEATED') flat.push(element);
    nested = Math.max(nested - 1, 0) + children;
  }
  return flat;
}

function isPossible({ groups }: Footer, fileBytes: number): boolean {
  const sizes = groups.flatMap(({ columns }) => columns.map(({ meta_data }) => meta_data?.total_compressed_size ?? 0n));
  const rows = groups.map(({ num_rows }) => num_rows);
  return fits(sizes, fileBytes) && fits(rows, Math.min(fileBytes, MOST_ROWS));
}

function fits(counts: readonly bigint[], most: number): boolean {
  return counts.every((each) => each >= 0n) && counts.reduce((sum, each) => sum + each, 0n) <= most;
}

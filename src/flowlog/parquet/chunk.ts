import type { ColumnMetaData, RowGroup, SchemaElement } from 'hyparquet';
import type { Allow } from './allowance.ts';
import { kindOf, type ValueKind } from './kind.ts';
import type { Unpack } from './unpack.ts';

/** One column of one row group, as it lies in the file. */
export interface ColumnChunk {
  readonly bytes: Buffer;
  readonly rows: number;
  readonly kind: ValueKind;
  /** Whether rows may have no value. */
  readonly isOptional: boolean;
  readonly unpack: Unpack;
  readonly allow: Allow;
}

export interface FileBytes {
  readonly bytes: Buffer;
  readonly allow: Allow;
  readonly unpackerOf: (codec: string | undefined) => Unpack;
}

/** Nothing where no word can be made of what the column holds. */
export function openChunk(file: FileBytes, group: RowGroup, column: SchemaElement): ColumnChunk | undefined {
  const kind = kindOf(column);
  if (kind === undefined) return undefined;
  const description = descriptionOf(group, column.name);
  if (description === undefined) throw new Error(`no column ${column.name}`);
  return {
    bytes: bytesOf(file, description),
    rows: Number(group.num_rows),
    kind,
    isOptional: column.repetition_type !== 'REQUIRED',
    unpack: file.unpackerOf(description.codec),
    allow: file.allow,
  };
}

/** The dictionary, where there is one, comes before the pages. */
function bytesOf({ bytes }: FileBytes, description: ColumnMetaData): Buffer {
  const start = Number(description.dictionary_page_offset ?? 0n) || Number(description.data_page_offset);
  const end = start + Number(description.total_compressed_size);
  if (!(start >= 0 && start <= end && end <= bytes.length)) throw new Error('a column outside its file');
  return bytes.subarray(start, end);
}

/** Whether the least and greatest text of a column leave this one in. What is cut off them makes the range wider only. */
export function mayHold(group: RowGroup, name: string, text: string): boolean {
  const { min_value: least, max_value: greatest } = descriptionOf(group, name)?.statistics ?? {};
  return !(typeof least === 'string' && text < least) && !(typeof greatest === 'string' && text > greatest);
}

function descriptionOf({ columns }: RowGroup, name: string): ColumnMetaData | undefined {
  return columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === name)?.meta_data;
}

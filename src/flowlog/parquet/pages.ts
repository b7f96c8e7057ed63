import type { ColumnChunk } from './chunk.ts';
import { openDictionary, type Dictionary } from './coded.ts';
import { readBytes, type Cursor } from './cursor.ts';
import { Levels } from './levels.ts';
import { readPageHeader, type DataPageHeader, type DictionaryPageHeader } from './page-header.ts';
import { plainValues, type Values } from './plain.ts';
import { openValues } from './values.ts';
import { once } from '../../lang/once.ts';

export interface Page {
  /** Counted from 0 within the row group. */
  readonly firstRow: number;
  readonly rows: number;
  /** No: its dictionary has no such text, which is known without unpacking the page. */
  readonly mayHold: (text: string) => boolean;
  /** Unpacks it. */
  readonly open: () => PageContent;
}

interface PageContent {
  /** Absent where each row has a value. */
  readonly levels: Levels | undefined;
  /** Of the rows that have one. */
  readonly values: Values;
}

/**
 * The pages of data, in order. Their headers are read and nothing else, until somebody opens one; the dictionary is
 * unpacked with the first page that needs it.
 * https://parquet.apache.org/docs/file-format/data-pages/
 */
export function* pagesOf(chunk: ColumnChunk): Generator<Page> {
  const cursor: Cursor = { bytes: chunk.bytes, at: 0 };
  let dictionary: (() => Dictionary) | undefined;
  for (let firstRow = 0; firstRow < chunk.rows;) {
    const header = readPageHeader(cursor);
    const body = readBytes(cursor, header.packedSize);
    if (header.kind === 'dictionary') dictionary = once(() => unpackDictionary(chunk, header, body));
    if (header.kind !== 'data') continue;
    if (header.rows > chunk.rows - firstRow) throw new Error('a page with more rows than its group');
    const coded = header.encoding.endsWith('_DICTIONARY') ? dictionary : undefined;
    yield {
      firstRow,
      rows: header.rows,
      mayHold: (text) => coded === undefined || coded().codesOf(text) !== undefined,
      open: () => openPage(chunk, header, { body, dictionary: coded?.() }),
    };
    firstRow += header.rows;
  }
}

function unpackDictionary({ kind, unpack }: ColumnChunk, header: DictionaryPageHeader, body: Buffer): Dictionary {
  const bytes = unpack(body, header.unpackedSize);
  return openDictionary(plainValues(kind, bytes, header.entries), header.entries);
}

interface PageBody {
  readonly body: Buffer;
  readonly dictionary: Dictionary | undefined;
}

function openPage(chunk: ColumnChunk, header: DataPageHeader, { body, dictionary }: PageBody): PageContent {
  const { kind, isOptional, allow } = chunk;
  const { rows, encoding } = header;
  const parts = partsOf(chunk, header, body);
  const levels = isOptional ? new Levels(parts.levels, rows) : undefined;
  const count = levels?.count ?? rows;
  const values = openValues({ encoding, kind, bytes: parts.values, count, allow }, dictionary);
  return { levels: count === rows ? undefined : levels, values };
}

interface Parts {
  readonly levels: Buffer;
  readonly values: Buffer;
}

function partsOf({ isOptional, unpack }: ColumnChunk, header: DataPageHeader, body: Buffer): Parts {
  const { levels, unpackedSize, isPacked } = header;
  if (levels === 'packed') return partsOfFirst(unpack(body, unpackedSize), isOptional);
  const cursor = { bytes: body, at: 0 };
  readBytes(cursor, levels.repetition);
  const definition = readBytes(cursor, levels.definition);
  const rest = body.subarray(cursor.at);
  return { levels: definition, values: isPacked ? unpack(rest, unpackedSize - cursor.at) : rest };
}

/** In the first version levels come after their length, and not at all where each row must have a value. */
function partsOfFirst(bytes: Buffer, isOptional: boolean): Parts {
  const cursor = { bytes, at: 0 };
  const levels = readBytes(cursor, isOptional ? readBytes(cursor, 4).readUInt32LE() : 0);
  return { levels, values: bytes.subarray(cursor.at) };
}

import { parquetSchema, type Compressors, type FileMetaData, type RowGroup, type SchemaTree } from 'hyparquet';
import { parquetHeader, readPage } from 'hyparquet/src/column.js';
import { convert, DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { decompressPage, readDataPage, readDataPageV2 } from 'hyparquet/src/datapage.js';

export interface ParquetFile {
  readonly file: ArrayBuffer;
  readonly metadata: FileMetaData;
  readonly compressors: Compressors;
}

/** One column of one row group. */
export interface ParquetColumn {
  /** The rows that hold this value, counted from 0 within the group. */
  readonly rowsWith: (value: string) => readonly number[];
  /** The values of these rows, which must be in order. */
  readonly valuesAt: (rows: readonly number[]) => readonly unknown[];
}

/**
 * Opens a column for looking up a few rows. Pages are unpacked, but nothing is made of values that nobody asks for:
 * of a dictionary only the codes are compared. The decoding itself is hyparquet's.
 * https://parquet.apache.org/docs/file-format/data-pages/
 */
export function openParquetColumn(source: ParquetFile, group: RowGroup, name: string): ParquetColumn {
  return {
    rowsWith: (value) => [...pagesOf(source, group, name)].flatMap((page) => rowsOf(page, value)),
    valuesAt: (rows) => [...pagesOf(source, group, name)].flatMap((page) => valuesOf(page, rows)),
  };
}

/** Whether a column holds one value a row at most. */
export function isFlat({ children, element }: SchemaTree): boolean {
  return children.length === 0 && element.repetition_type !== 'REPEATED';
}

type Decoder = Parameters<typeof readDataPage>[2];
type Values = ReturnType<typeof readDataPage>['dataPage'];

interface Page {
  readonly firstRow: number;
  readonly rowCount: number;
  /** 0 where a row has no value; absent where each has one. */
  readonly levels: readonly number[] | undefined;
  /** Of the rows that have one: codes where there is a dictionary. */
  readonly values: Values;
  readonly dictionary: Values | undefined;
  readonly decoder: Decoder;
}

function* pagesOf(source: ParquetFile, group: RowGroup, name: string): Generator<Page> {
  const { decoder, reader } = openChunk(source, group, name);
  const groupRows = Number(group.num_rows);
  let dictionary: Values | undefined;
  let firstRow = 0;
  while (firstRow < groupRows && reader.offset < reader.view.byteLength) {
    const header = parquetHeader(reader);
    if (header.type === 'DICTIONARY_PAGE') {
      const { data } = readPage(reader, header, decoder, undefined, undefined, 0);
      dictionary = data === undefined ? undefined : convert(data, decoder);
      continue;
    }
    const rowCount = Number((header.data_page_header ?? header.data_page_header_v2)?.num_values);
    if (!(rowCount >= 0 && rowCount <= groupRows - firstRow)) throw new Error('a page has more rows than its group');
    yield { firstRow, rowCount, decoder, ...decodePage(reader, header, { decoder, dictionary }) };
    firstRow += rowCount;
  }
}

type Reader = Parameters<typeof parquetHeader>[0];

function openChunk({ file, metadata, compressors }: ParquetFile, group: RowGroup, name: string) {
  const root = parquetSchema(metadata);
  const column = root.children.find(({ element }) => element.name === name);
  const chunk = group.columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === name)?.meta_data;
  if (column === undefined || chunk === undefined) throw new Error(`no column ${name}`);
  const decoder: Decoder = {
    ...chunk,
    pathInSchema: chunk.path_in_schema,
    element: column.element,
    schemaPath: [root, column],
    parsers: DEFAULT_PARSERS,
    compressors,
  };
  const start = Number(chunk.dictionary_page_offset ?? 0n) || Number(chunk.data_page_offset);
  const reader: Reader = { view: new DataView(file, start, Number(chunk.total_compressed_size)), offset: 0 };
  return { decoder, reader };
}

type Header = ReturnType<typeof parquetHeader>;

function decodePage(
  reader: Reader,
  header: Header,
  { decoder, dictionary }: Pick<Page, 'decoder' | 'dictionary'>,
): Pick<Page, 'levels' | 'values' | 'dictionary'> {
  const { view, offset } = reader;
  const packed = new Uint8Array(view.buffer, view.byteOffset + offset, header.compressed_page_size);
  reader.offset += header.compressed_page_size;
  const { data_page_header: first, data_page_header_v2: second } = header;
  const { definitionLevels, dataPage } =
    first === undefined
      ? readDataPageV2(packed, header, decoder)
      : readDataPage(unpack(packed, header, decoder), first, decoder);
  const isCoded = (first ?? second)?.encoding.endsWith('_DICTIONARY') === true;
  if (isCoded && dictionary === undefined) throw new Error('a page without its dictionary');
  const levels = definitionLevels === undefined || definitionLevels.length === 0 ? undefined : definitionLevels;
  return { levels, values: dataPage, dictionary: isCoded ? dictionary : undefined };
}

function unpack(packed: Uint8Array, header: Header, { codec, compressors }: Decoder): Uint8Array {
  return decompressPage(packed, header.uncompressed_page_size, codec, compressors);
}

function rowsOf({ firstRow, rowCount, levels, values, dictionary, decoder }: Page, wanted: string): number[] {
  const sought = dictionary === undefined ? wanted : dictionary.indexOf(wanted);
  if (sought === -1) return [];
  const compared = dictionary === undefined ? convert(values, decoder) : values;
  const rows: number[] = [];
  let place = 0;
  for (let row = 0; row < rowCount; row += 1) {
    if (levels !== undefined && levels[row] === 0) continue;
    if (compared[place] === sought) rows.push(firstRow + row);
    place += 1;
  }
  return rows;
}

function valuesOf(page: Page, rows: readonly number[]): unknown[] {
  const { values, dictionary, decoder } = page;
  const picked = placesOf(page, rows).map((place): unknown => (place < 0 ? undefined : values[place]));
  if (dictionary === undefined) return converted(picked, decoder);
  return picked.map((code): unknown => (code === undefined ? undefined : dictionary[Number(code)]));
}

/** Where the values of those rows stand that lie in the page: -1 for a row that has none. */
function placesOf({ firstRow, rowCount, levels }: Page, rows: readonly number[]): number[] {
  const wanted = rows
    .slice(firstAtLeast(rows, firstRow), firstAtLeast(rows, firstRow + rowCount))
    .map((row) => row - firstRow);
  if (levels === undefined) return wanted;
  let [row, place] = [0, 0];
  return wanted.map((each) => {
    for (; row < each; row += 1) if (levels[row] !== 0) place += 1;
    return levels[each] === 0 ? -1 : place;
  });
}

/** What is absent has no type to be converted to. */
function converted(picked: readonly unknown[], decoder: Decoder): unknown[] {
  const present = convert(
    picked.filter((value) => value !== undefined),
    decoder,
  ).values();
  return picked.map((value): unknown => (value === undefined ? undefined : present.next().value));
}

/** Where in ascending numbers the first one stands that is not below. */
function firstAtLeast(numbers: readonly number[], least: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

import type { ColumnChunk } from './chunk.ts';
import { pagesOf, type Page } from './pages.ts';

/** The rows that hold this text, in order, counted from 0 within the row group. Pages that cannot are not unpacked. */
export function rowsWith(chunk: ColumnChunk, text: string): readonly number[] {
  const rows: number[] = [];
  for (const page of pagesOf(chunk)) if (page.mayHold(text)) for (const row of rowsOf(page, text)) rows.push(row);
  return rows;
}

/** The words of these rows, which must be in order: `-` where there is none. Pages that have none of them stay packed. */
export function wordsAt(chunk: ColumnChunk, rows: readonly number[]): readonly string[] {
  const words: string[] = [];
  for (const page of pagesOf(chunk)) {
    const [from, end] = [page.firstRow, page.firstRow + page.rows].map((row) => firstAtLeast(rows, row));
    if (from !== end) for (const word of wordsOf(page, rows.slice(from, end))) words.push(word);
  }
  return words;
}

function rowsOf({ firstRow, open }: Page, text: string): readonly number[] {
  const { levels, values } = open();
  const places = values.placesOf(text);
  return (levels?.rowsOf(places) ?? places).map((row) => firstRow + row);
}

function wordsOf({ firstRow, open }: Page, rows: readonly number[]): readonly string[] {
  const { levels, values } = open();
  return rows.map((row) => {
    const place = levels === undefined ? row - firstRow : levels.placeOf(row - firstRow);
    return place === undefined ? '-' : values.wordAt(place);
  });
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

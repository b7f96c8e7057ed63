import { NUMBERS, type ValueKind } from './kind.ts';

/** The values of a page or a dictionary, each of which can be looked at alone. */
export interface Values {
  /** As a text file would have it: without blanks, and never empty. Of a page, places must not go back. */
  readonly wordAt: (place: number) => string;
  /** The places that hold this text, in order. */
  readonly placesOf: (text: string) => readonly number[];
}

/**
 * So many values as they are: numbers in as many bytes as they have, texts after their lengths.
 * https://parquet.apache.org/docs/file-format/data-pages/encodings/#plain-plain--0
 */
export function plainValues(kind: ValueKind, bytes: Buffer, count: number): Values {
  return kind === 'text' ? texts(bytes, count) : numbers(kind, bytes, count);
}

function numbers(kind: Exclude<ValueKind, 'text'>, bytes: Buffer, count: number): Values {
  const { width, read } = NUMBERS[kind];
  if (bytes.length < count * width) throw tooFew();
  const wordAt = (place: number): string => String(read(bytes, place * width));
  return { wordAt, placesOf: () => [] };
}

function texts(bytes: Buffer, count: number): Values {
  const starts = startsOf(bytes, count);
  const start = (place: number): number => starts[place] ?? bytes.length;
  const end = (place: number): number => start(place + 1) - LENGTH;
  return {
    wordAt: (place) => wordOf(bytes.toString('utf8', start(place), end(place))),
    placesOf(text) {
      const sought = Buffer.from(text);
      const places: number[] = [];
      for (let place = 0; place < count; place += 1) {
        const isAsLong = end(place) - start(place) === sought.length;
        if (isAsLong && standsAt(bytes, start(place), sought)) places.push(place);
      }
      return places;
    },
  };
}

/** Bytes before each text that say how many it has. */
const LENGTH = 4;

/** Where each text begins, and where one more would. */
function startsOf(bytes: Buffer, count: number): Uint32Array {
  if (bytes.length < count * LENGTH) throw tooFew();
  const starts = new Uint32Array(count + 1);
  let at = 0;
  for (let place = 0; place < count; place += 1) {
    if (at + LENGTH > bytes.length) throw tooFew();
    starts[place] = at + LENGTH;
    at += LENGTH + bytes.readUInt32LE(at);
  }
  if (at > bytes.length) throw tooFew();
  starts[count] = at + LENGTH;
  return starts;
}

/** From the end on, for ids begin alike. */
function standsAt(bytes: Buffer, start: number, sought: Buffer): boolean {
  let at = sought.length - 1;
  while (at >= 0 && bytes[start + at] === sought[at]) at -= 1;
  return at < 0;
}

/** Blanks and control characters part the words of a line. */
function wordOf(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]/gu, '_') || '-';
}

function tooFew(): Error {
  return new Error('a page with fewer values than it says');
}

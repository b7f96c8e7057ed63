import { readByte } from './cursor.ts';
import type { Values } from './plain.ts';
import { Runs } from './runs.ts';

/** The values that a column chunk has, once each; its pages then hold codes: places in it. */
export interface Dictionary {
  readonly wordOf: (code: number) => string;
  /** By code, 1 where the entry is this text; nothing when none is. */
  readonly codesOf: (text: string) => Uint8Array | undefined;
}

/** Each entry is made a word once, and each text sought once, however often it is asked for. */
export function openDictionary(values: Values, entries: number): Dictionary {
  const words = new Map<number, string>();
  const sought = new Map<string, Uint8Array | undefined>();
  return {
    wordOf(code) {
      const known = words.get(code);
      if (known !== undefined) return known;
      if (code >= entries) throw new Error('a code that its dictionary has not');
      const word = values.wordAt(code);
      words.set(code, word);
      return word;
    },
    codesOf(text) {
      if (!sought.has(text)) sought.set(text, flagsOf(values.placesOf(text), entries));
      return sought.get(text);
    },
  };
}

function flagsOf(places: readonly number[], entries: number): Uint8Array | undefined {
  if (places.length === 0) return undefined;
  const flags = new Uint8Array(entries);
  for (const place of places) flags[place] = 1;
  return flags;
}

/**
 * Codes, after a byte that says how many bits each has.
 * https://parquet.apache.org/docs/file-format/data-pages/encodings/#dictionary-encoding-plain_dictionary--2-and-rle_dictionary--8
 */
export function codedValues(bytes: Buffer, count: number, dictionary: Dictionary): Values {
  const runs = (): Runs => new Runs(bytes.subarray(1), count === 0 ? 0 : readByte({ bytes, at: 0 }));
  const codes = runs();
  return {
    wordAt: (place) => dictionary.wordOf(codes.numberAt(place)),
    placesOf(text) {
      const sought = dictionary.codesOf(text);
      return sought === undefined ? [] : placesOf(runs(), count, sought);
    },
  };
}

function placesOf(codes: Runs, count: number, sought: Uint8Array): readonly number[] {
  const places: number[] = [];
  for (let place = 0; place < count; place += 1) if (sought[codes.numberAt(place)] === 1) places.push(place);
  return places;
}

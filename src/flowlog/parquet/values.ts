import type { Allow } from './allowance.ts';
import { codedValues, type Dictionary } from './coded.ts';
import { plainOfDeltaNumbers, plainOfDeltaTexts, plainOfSharingTexts } from './delta.ts';
import { NUMBERS, type ValueKind } from './kind.ts';
import type { Encoding } from './page-header.ts';
import { plainValues, type Values } from './plain.ts';

export interface EncodedValues {
  readonly encoding: Encoding;
  readonly kind: ValueKind;
  readonly bytes: Buffer;
  readonly count: number;
  readonly allow: Allow;
}

/** Encodings that come seldom are rewritten to the plain one, so that values have one reader. */
export function openValues(encoded: EncodedValues, dictionary: Dictionary | undefined): Values {
  const { encoding, kind, bytes, count } = encoded;
  if (!encoding.endsWith('_DICTIONARY')) return plainValues(kind, plainBytes(encoded), count);
  if (dictionary === undefined) throw new Error('a page without its dictionary');
  return codedValues(bytes, count, dictionary);
}

type Rewrites<Detail> = Readonly<Partial<Record<Encoding, (bytes: Buffer, count: number, detail: Detail) => Buffer>>>;

const OF_NUMBERS: Rewrites<number> = {
  PLAIN: (bytes) => bytes,
  DELTA_BINARY_PACKED: plainOfDeltaNumbers,
  BYTE_STREAM_SPLIT: plainOfStreams,
};

const OF_TEXTS: Rewrites<Allow> = {
  PLAIN: (bytes) => bytes,
  DELTA_LENGTH_BYTE_ARRAY: plainOfDeltaTexts,
  DELTA_BYTE_ARRAY: plainOfSharingTexts,
};

function plainBytes({ encoding, kind, bytes, count, allow }: EncodedValues): Buffer {
  const plain =
    kind === 'text'
      ? OF_TEXTS[encoding]?.(bytes, count, allow)
      : OF_NUMBERS[encoding]?.(bytes, count, NUMBERS[kind].width);
  if (plain === undefined) throw new Error(`encoding ${encoding} of ${kind} values`);
  return plain;
}

/** All first bytes, then all second ones, and so on. */
function plainOfStreams(bytes: Buffer, count: number, width: number): Buffer {
  if (bytes.length < count * width) throw new Error('a page with fewer values than it says');
  const plain = Buffer.alloc(count * width);
  for (let at = 0; at < plain.length; at += 1) plain[at] = bytes[(at % width) * count + Math.floor(at / width)] ?? 0;
  return plain;
}

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
}

/** Encodings that come seldom are rewritten to the plain one, so that values have one reader. */
export function openValues(encoded: EncodedValues, dictionary: Dictionary | undefined): Values {
  const { encoding, kind, bytes, count } = encoded;
  if (!encoding.endsWith('_DICTIONARY')) return plainValues(kind, plainBytes(encoded), count);
  if (dictionary === undefined) throw new Error('a page without its dictionary');
  return codedValues(bytes, count, dictionary);
}

type Rewrite = (bytes: Buffer, count: number, width: number) => Buffer;
type Rewrites = Readonly<Partial<Record<Encoding, Rewrite>>>;

const OF_NUMBERS: Rewrites = {
  PLAIN: (bytes) => bytes,
  DELTA_BINARY_PACKED: plainOfDeltaNumbers,
  BYTE_STREAM_SPLIT: plainOfStreams,
};

const OF_TEXTS: Rewrites = {
  PLAIN: (bytes) => bytes,
  DELTA_LENGTH_BYTE_ARRAY: plainOfDeltaTexts,
  DELTA_BYTE_ARRAY: plainOfSharingTexts,
};

function plainBytes({ encoding, kind, bytes, count }: EncodedValues): Buffer {
  const isText = kind === 'text';
  const rewrite = (isText ? OF_TEXTS : OF_NUMBERS)[encoding];
  if (rewrite === undefined) throw new Error(`encoding ${encoding} of ${kind} values`);
  return rewrite(bytes, count, isText ? 0 : NUMBERS[kind].width);
}

/** All first bytes, then all second ones, and so on. */
function plainOfStreams(bytes: Buffer, count: number, width: number): Buffer {
  if (bytes.length < count * width) throw new Error('a page with fewer values than it says');
  const plain = Buffer.alloc(count * width);
  for (let at = 0; at < plain.length; at += 1) plain[at] = bytes[(at % width) * count + Math.floor(at / width)] ?? 0;
  return plain;
}

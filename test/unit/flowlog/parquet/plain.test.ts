import { describe, expect, it } from 'vitest';
import { createAllowance } from '../../../../src/flowlog/parquet/allowance.ts';
import type { ValueKind } from '../../../../src/flowlog/parquet/kind.ts';
import { plainValues } from '../../../../src/flowlog/parquet/plain.ts';
import { openValues } from '../../../../src/flowlog/parquet/values.ts';

const allow = createAllowance();
const ALL = Array.from({ length: 8 }, () => 0xff);

describe('plain values', () => {
  it.each<{ kind: ValueKind; bytes: number[]; words: string[] }>([
    { kind: 'int32', bytes: [1, 0, 0, 0, ...ALL.slice(4)], words: ['1', '-1'] },
    { kind: 'uint32', bytes: ALL.slice(4), words: ['4294967295'] },
    { kind: 'int64', bytes: [...ALL, 0, 0, 0, 0, 1, 0, 0, 0], words: ['-1', '4294967296'] },
    { kind: 'uint64', bytes: ALL, words: ['18446744073709551615'] },
    { kind: 'float', bytes: [0, 0, 0xc0, 0x3f], words: ['1.5'] },
    { kind: 'double', bytes: [0, 0, 0, 0, 0, 0, 0xf8, 0x3f], words: ['1.5'] },
    { kind: 'text', bytes: [2, 0, 0, 0, 0x4f, 0x4b, 0, 0, 0, 0, 1, 0, 0, 0, 0x2d], words: ['OK', '-', '-'] },
    { kind: 'text', bytes: [3, 0, 0, 0, 0x61, 0x20, 0x62, 3, 0, 0, 0, 0x61, 0x01, 0x62], words: ['a_b', 'a_b'] },
    { kind: 'text', bytes: [2, 0, 0, 0, 0xc3, 0xa9, 1, 0, 0, 0, 0xff], words: ['é', '\ufffd'] },
  ])('of kind $kind are the words $words', ({ kind, bytes, words }) => {
    const values = plainValues(kind, Buffer.from(bytes), words.length);

    expect(words.map((_, place) => values.wordAt(place))).toEqual(words);
  });

  it('are found by all their bytes', () => {
    const texts = ['eni-1', 'eni-12', 'eni-2', '', 'eni-1', 'xni-1'];
    const bytes = texts.flatMap((text) => [text.length, 0, 0, 0, ...Buffer.from(text)]);
    const values = plainValues('text', Buffer.from(bytes), texts.length);

    expect(values.placesOf('eni-1')).toEqual([0, 4]);
    expect(values.placesOf('')).toEqual([3]);
    expect(values.placesOf('eni-3')).toEqual([]);
  });

  it.each<{ what: string; kind: ValueKind; bytes: number[]; count: number }>([
    { what: 'numbers', kind: 'int64', bytes: [...ALL, 0], count: 2 },
    { what: 'texts', kind: 'text', bytes: [0, 0, 0, 0], count: 2 },
    { what: 'bytes of the last text', kind: 'text', bytes: [3, 0, 0, 0, 0x61], count: 1 },
    { what: 'bytes of a length', kind: 'text', bytes: [4, 0, 0, 0, 1, 2, 3, 4, 0], count: 2 },
    { what: 'bytes than 2³² of them', kind: 'text', bytes: [0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0], count: 2 },
  ])('with fewer $what than they say are refused', ({ kind, bytes, count }) => {
    expect(() => plainValues(kind, Buffer.from(bytes), count)).toThrow('fewer values than it says');
  });
});

describe('values', () => {
  it.each([
    { encoding: 'DELTA_BINARY_PACKED', kind: 'text', why: 'encoding DELTA_BINARY_PACKED of text values' },
    { encoding: 'DELTA_BYTE_ARRAY', kind: 'int32', why: 'encoding DELTA_BYTE_ARRAY of int32 values' },
    { encoding: 'RLE', kind: 'int32', why: 'encoding RLE of int32 values' },
    { encoding: 'RLE_DICTIONARY', kind: 'text', why: 'a page without its dictionary' },
  ] as const)('of kind $kind in $encoding are refused', ({ encoding, kind, why }) => {
    expect(() => openValues({ encoding, kind, bytes: Buffer.alloc(8), count: 1, allow }, undefined)).toThrow(why);
  });

  it('in split streams have their bytes apart', () => {
    const bytes = Buffer.from([1, 3, 2, 4, 0, 0, 0, 0]);
    const values = openValues({ encoding: 'BYTE_STREAM_SPLIT', kind: 'int32', bytes, count: 2, allow }, undefined);

    expect([0, 1].map((place) => values.wordAt(place))).toEqual([String(0x02_01), String(0x04_03)]);
    expect(() =>
      openValues({ encoding: 'BYTE_STREAM_SPLIT', kind: 'int32', bytes, count: 3, allow }, undefined),
    ).toThrow('fewer');
  });
});

import { fc, test } from '@fast-check/vitest';
import { snappyCompress } from 'hyparquet-writer/src/snappy.js';
import { describe, expect, it } from 'vitest';
import { unsnap } from '../../../../src/flowlog/parquet/snappy.ts';

const LITERAL = (length: number) => (length - 1) << 2;
const SHORT_COPY = (length: number, back: number) => [((length - 4) << 2) | ((back >> 8) << 5) | 1, back & 0xff];
const text = (word: string) => [...Buffer.from(word)];
const ABC = [LITERAL(3), ...text('abc')];

describe('Snappy', () => {
  it.each([
    { what: 'nothing', packed: [0], is: '' },
    { what: 'a piece', packed: [3, ...ABC], is: 'abc' },
    { what: 'a copy that runs into itself', packed: [9, ...ABC, ...SHORT_COPY(6, 3)], is: 'abcabcabc' },
    { what: 'a copy two bytes back', packed: [5, ...ABC, (1 << 2) | 2, 2, 0], is: 'abcbc' },
    { what: 'a copy four bytes back', packed: [5, ...ABC, (1 << 2) | 3, 3, 0, 0, 0], is: 'abcab' },
    {
      what: 'a piece with its length after it',
      packed: [70, 60 << 2, 69, ...text('x'.repeat(70))],
      is: 'x'.repeat(70),
    },
    { what: 'a piece with a long length', packed: [3, 63 << 2, 2, 0, 0, 0, ...text('abc')], is: 'abc' },
  ])('unpacks $what', ({ packed, is }) => {
    expect(unsnap(Buffer.from(packed), is.length).toString()).toBe(is);
  });

  it.each([
    { what: 'another length', packed: [3, ...ABC], length: 4 },
    { what: 'more than it says', packed: [2, ...ABC], length: 2 },
    { what: 'less than it says', packed: [9, ...ABC], length: 9 },
    { what: 'more than so many bytes can hold', packed: [0xff, 0xff, 0xff, 0x3f, 0], length: 0x07_ff_ff_ff },
    { what: 'a piece that is not there', packed: [3, LITERAL(3), 0x61], length: 3 },
    {
      what: 'a piece of 2³² bytes, which could lead back',
      packed: [3, 63 << 2, 0xf0, 0xff, 0xff, 0xff, 1, 2],
      length: 3,
    },
    { what: 'a copy from before the beginning', packed: [7, ...ABC, ...SHORT_COPY(4, 4)], length: 7 },
    { what: 'a copy of itself', packed: [7, ...ABC, ...SHORT_COPY(4, 0)], length: 7 },
    { what: 'a copy from 2³² bytes back', packed: [4, ...ABC, 3, 0xff, 0xff, 0xff, 0xff], length: 4 },
    { what: 'a copy longer than there is room', packed: [5, ...ABC, ...SHORT_COPY(4, 3)], length: 5 },
    { what: 'a copy cut off', packed: [7, ...ABC, 1], length: 7 },
    { what: 'no length', packed: [], length: 0 },
  ])('of $what is refused', ({ packed, length }) => {
    expect(() => unsnap(Buffer.from(packed), length)).toThrow(/another length|too early|not there, or too many/);
  });
});

test.prop([fc.array(fc.tuple(fc.uint8Array({ maxLength: 20 }), fc.integer({ min: 1, max: 40 })), { maxLength: 20 })])(
  'what was packed by Snappy is unpacked',
  (stretches) => {
    const bytes = Buffer.concat(stretches.flatMap(([piece, times]) => Array.from({ length: times }, () => piece)));

    expect(unsnap(Buffer.from(snappyCompress(bytes)), bytes.length)).toEqual(bytes);
  },
);

import { describe, expect, it } from 'vitest';
import { createAllowance } from '../../../../src/flowlog/parquet/allowance.ts';
import { plainOfDeltaNumbers, plainOfDeltaTexts, plainOfSharingTexts } from '../../../../src/flowlog/parquet/delta.ts';
import { plainValues } from '../../../../src/flowlog/parquet/plain.ts';

const zeros = (length: number): number[] => Array.from({ length }, () => 0);
const words = (kind: 'int32' | 'int64' | 'text', plain: Buffer, count: number): string[] => {
  const values = plainValues(kind, plain, count);
  return Array.from({ length: count }, (_, place) => values.wordAt(place));
};

/** Blocks of 128 in four miniblocks; the examples are those of the specification. */
const BLOCKS = [0x80, 0x01, 0x04];
const NUMBERS = [...BLOCKS, 8, 14, 3, 2, 0, 0, 0, 0xc0, 0x3f, ...zeros(6)];
const LENGTHS = [...BLOCKS, 4, 10, 0, 1, 0, 0, 0, 0x02, ...zeros(3)];
const SHARED = [...BLOCKS, 4, 0, 3, 3, 0, 0, 0, 0x44, 0x01, ...zeros(10)];
const OWN = [...BLOCKS, 4, 8, 3, 3, 0, 0, 0, 0x70, ...zeros(11)];

describe('differences', () => {
  it('are added up', () => {
    const told = ['7', '5', '3', '1', '2', '3', '4', '5'];

    expect(words('int32', plainOfDeltaNumbers(Buffer.from(NUMBERS), 8, 4), 8)).toEqual(told);
    expect(words('int64', plainOfDeltaNumbers(Buffer.from(NUMBERS), 8, 8), 8)).toEqual(told);
    expect(plainOfDeltaNumbers(Buffer.alloc(0), 0, 4)).toHaveLength(0);
  });

  it('wrap around where the number has no more bits', () => {
    const [first, step] = [[0xfe, 0xff, 0xff, 0xff, 0x0f], 2];

    const plain = plainOfDeltaNumbers(Buffer.from([...BLOCKS, 2, ...first, step, 0, 0, 0, 0]), 2, 4);

    expect(words('int32', plain, 2)).toEqual([String(2 ** 31 - 1), String(-(2 ** 31))]);
  });

  it('give the lengths of texts', () => {
    const bytes = Buffer.concat([Buffer.from(LENGTHS), Buffer.from('HelloWorldFoobarABCDEF')]);

    expect(words('text', plainOfDeltaTexts(bytes, 4, createAllowance()), 4)).toEqual([
      'Hello',
      'World',
      'Foobar',
      'ABCDEF',
    ]);
  });

  it('and what they begin with of the text before', () => {
    const bytes = Buffer.concat([Buffer.from([...SHARED, ...OWN]), Buffer.from('axislebabbleyhood')]);

    expect(words('text', plainOfSharingTexts(bytes, 4, createAllowance()), 4)).toEqual([
      'axis',
      'axle',
      'babble',
      'babyhood',
    ]);
  });

  it.each([
    { what: 'blocks of nothing', bytes: [0, 4, 8, 14, 3, 0, 0, 0, 0], why: 'odd size' },
    { what: 'no miniblocks', bytes: [0x80, 0x01, 0, 8, 14, 3], why: 'odd size' },
    { what: 'miniblocks of three', bytes: [12, 4, 8, 14, 3, 0, 0, 0, 0], why: 'odd size' },
    {
      what: '2²⁸ miniblocks',
      bytes: [0x80, 0x80, 0x80, 0x80, 0x08, 0x80, 0x80, 0x80, 0x80, 0x01, 8, 14, 3],
      why: 'too early',
    },
    { what: 'numbers of 65 bits', bytes: [...BLOCKS, 8, 14, 3, 65, 0, 0, 0, ...zeros(300)], why: '65 bits' },
    { what: 'too few numbers', bytes: NUMBERS.slice(0, 12), why: 'too early' },
    {
      what: 'a number without an end',
      bytes: [...BLOCKS, 8, ...Array.from({ length: 20 }, () => 0xff)],
      why: 'without an end',
    },
  ])('with $what are refused', ({ bytes, why }) => {
    expect(() => plainOfDeltaNumbers(Buffer.from(bytes), 8, 4)).toThrow(why);
  });

  it.each([
    { what: 'shares more than there is', bytes: [...BLOCKS, 1, 4, ...BLOCKS, 1, 0], why: 'shares more' },
    { what: 'is longer than its page', bytes: [...BLOCKS, 1, 0, ...BLOCKS, 1, 8, 0x61], why: 'too early' },
    { what: 'has a negative length', bytes: [...BLOCKS, 1, 0, ...BLOCKS, 1, 7, 0x61], why: 'negative' },
    {
      what: 'would fill the memory',
      bytes: [...BLOCKS, 1, 0xfe, 0xff, 0xff, 0xff, 0x0f, ...BLOCKS, 1, 0],
      why: 'too large',
    },
  ])('of a text that $what are refused', ({ bytes, why }) => {
    expect(() => plainOfSharingTexts(Buffer.from(bytes), 1, createAllowance())).toThrow(why);
  });
});

import { describe, expect, it } from 'vitest';
import { Intervals } from '../../../src/flowlog/intervals.ts';

const merged = (...spans: readonly (readonly [number, number])[]) => {
  const intervals = new Intervals();
  for (const [start, end] of spans) intervals.add({ start, end });
  return intervals.merged().map(({ start, end }) => [start, end]);
};

const minutes = (count: number, every: number) =>
  Array.from({ length: count }, (_, index) => [index * every, index * every + 58] as const);

describe('intervals', () => {
  it.each([
    { what: 'none', spans: [], are: [] },
    {
      what: 'sorted',
      spans: [
        [500, 600],
        [0, 58],
      ],
      are: [
        [0, 58],
        [500, 600],
      ],
    },
    {
      what: 'joined where less than an interval lies between',
      spans: [
        [0, 58],
        [117, 120],
      ],
      are: [[0, 120]],
    },
    {
      what: 'apart where a whole interval fits between',
      spans: [
        [0, 58],
        [118, 120],
      ],
      are: [
        [0, 58],
        [118, 120],
      ],
    },
    {
      what: 'joined where one holds the other',
      spans: [
        [0, 600],
        [60, 120],
      ],
      are: [[0, 600]],
    },
    {
      what: 'joined where they are equal',
      spans: [
        [0, 58],
        [0, 58],
      ],
      are: [[0, 58]],
    },
  ] as const)('are $what', ({ spans, are }) => {
    expect(merged(...spans)).toEqual(are);
  });

  it('of very many minutes come to one', () => {
    expect(merged(...minutes(50_000, 60))).toEqual([[0, 49_999 * 60 + 58]]);
  });

  it('that lie apart stay apart, however many', () => {
    expect(merged(...minutes(10_000, 180).toReversed())).toEqual(minutes(10_000, 180));
  });
});

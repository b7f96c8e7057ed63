import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DistinctNumbers } from '../../../src/flowlog/distinct-numbers.ts';

it('holds each number once, few or many', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 120 }), (numbers) => {
      const distinct = new DistinctNumbers();
      for (const number of numbers) distinct.add(number);
      const expected = [...new Set(numbers)].toSorted((a, b) => a - b);

      expect(distinct.ascending()).toEqual(expected);
      expect(distinct.size).toBe(expected.length);
    }),
  );
});

import { expect, it } from 'vitest';
import { Lru } from '../../../src/aws/lru.ts';

it('makes a value once and forgets the one used longest ago', () => {
  const made: string[] = [];
  const lru = new Lru<string>(2);
  const take = (key: string) =>
    lru.take(key, () => {
      made.push(key);
      return key.toUpperCase();
    });

  expect(take('a')).toBe('A');
  take('b');
  take('a');
  take('c');
  take('a');
  take('b');

  expect(made).toEqual(['a', 'b', 'c', 'b']);
});

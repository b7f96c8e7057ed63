import { expect, it } from 'vitest';
import { ROW_TITLES } from '../../../src/explain/row-titles.ts';

it('every row of the decision table has a title that can follow a flow', () => {
  const rows = Array.from({ length: 70 }, (_, index) => `T-${index + 1}`);

  expect([...ROW_TITLES.keys()]).toEqual(rows);
  expect([...ROW_TITLES.values()].filter((title) => title.endsWith('.') || title.trim() !== title)).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { numberOf, precedenceOf } from '../../../../src/engine/decision-table/precedence.ts';
import { DECISION_TABLE } from '../../../../src/engine/decision-table/table.ts';

const everyRow = Array.from({ length: 70 }, (_, index) => `T-${index + 1}`);

/** `| T-1 | when | what it says |` */
const documented = readFileSync('docs/decision-table.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| T-'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, id, when, says]) => ({ id, when, says }));

describe('the decision table', () => {
  it('has every row from T-1 to T-70 once, in order', () => {
    expect(DECISION_TABLE.map(({ id }) => id)).toEqual(everyRow);
  });

  it('is documented row by row', () => {
    expect(documented.map(({ id }) => id)).toEqual(everyRow);
    expect(documented.filter(({ when }) => when === undefined || when.length < 5)).toEqual([]);
  });

  it.each(DECISION_TABLE.map((row) => [row.id, row] as const))('%s says what its documentation says', (id, row) => {
    expect(documented.find((each) => each.id === id)).toMatchObject({ says: row.title });
  });

  it('asks each row at a place of its own', () => {
    const places = DECISION_TABLE.map(({ id }) => precedenceOf(id));

    expect(new Set(places).size).toBe(places.length);
  });

  it('asks what the record says first, and rows without an explanation last', () => {
    const asked = DECISION_TABLE.map(({ id }) => id).toSorted((a, b) => precedenceOf(a) - precedenceOf(b));

    expect(asked.slice(0, 3)).toEqual(['T-7', 'T-8', 'T-67']);
    expect(asked.indexOf('T-11')).toBeLessThan(asked.indexOf('T-69'));
    expect(asked.indexOf('T-22')).toBeLessThan(asked.indexOf('T-1'));
    expect(asked.indexOf('T-1')).toBeLessThan(asked.indexOf('T-6'));
  });

  it('reads the number of a row', () => {
    expect(numberOf('T-70')).toBe(70);
  });
});

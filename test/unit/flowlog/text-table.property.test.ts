import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { LineFields, type FieldRun } from '../../../src/flowlog/line-fields.ts';
import { TextTable } from '../../../src/flowlog/text-table.ts';

const PIECES: readonly FieldRun[] = [
  { first: 1, last: 2 },
  { first: 4, last: 4 },
];

function numbersOf(lines: readonly string[], pieces = PIECES): number[] {
  const table = new TextTable();
  const fields = new LineFields(5);
  return lines.map((line) => {
    const bytes = Buffer.from(line);
    fields.split(bytes, 0, bytes.length);
    return table.numberOf(fields, pieces);
  });
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', '1'), minLength: 1, maxLength: 3 });
const line = fc.array(word, { minLength: 5, maxLength: 5 }).map((words) => words.join(' '));

test.prop([fc.array(line, { maxLength: 1500 })], { numRuns: 50 })(
  'equal pieces have equal numbers, others have not, and numbers count up',
  (lines) => {
    const numbers = new Map<string, number>();
    const plain = lines.map((each) => {
      const [, first, second, , fourth] = each.split(' ');
      const key = `${first} ${second}|${fourth}`;
      if (!numbers.has(key)) numbers.set(key, numbers.size);
      return numbers.get(key);
    });

    expect(numbersOf(lines)).toEqual(plain);
  },
);

it('pieces do not run into each other', () => {
  const pieces = [
    { first: 0, last: 0 },
    { first: 2, last: 2 },
  ];

  expect(numbersOf(['10.0.0.1 x 22', '10.0.0.12 x 2', '10.0.0.1 x 22'], pieces)).toEqual([0, 1, 0]);
});

it('a text that begins like another is another', () => {
  expect(numbersOf(['- a b - cc', '- a b - c', '- a b - ccc'])).toEqual([0, 1, 2]);
});

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { LineFields } from '../../../src/flowlog/line-fields.ts';
import { TextTable } from '../../../src/flowlog/text-table.ts';
import { Words } from '../../../src/flowlog/words.ts';

const NEWLINE = 10;

/** What is taken for text or blank wrongly when words are reckoned with: neighbours of both, and bytes with a top bit. */
const byte = fc.constantFrom(0, 9, NEWLINE, 11, 31, 32, 33, 65, 127, 128, 138, 160, 255);
const bytes = fc.array(byte, { maxLength: 150 }).map((list) => Buffer.from(list));
const somewhere = fc.record({ before: fc.nat(7), after: fc.nat(7) });

const bounds = fc.tuple(fc.nat(150), fc.nat(150));

function within({ length }: Buffer, [one, other]: readonly [number, number]): readonly [number, number] {
  return [Math.min(one, other, length), Math.min(Math.max(one, other), length)];
}

/** The same bytes somewhere in a memory that need not end with a whole word; what lies around them is text. */
function placed(content: Buffer, { before, after }: { readonly before: number; readonly after: number }): Buffer {
  const memory = new Uint8Array(before + content.length + after).fill(65);
  memory.set(content, before);
  return Buffer.from(memory.buffer, before, content.length);
}

function fieldsOf(content: Buffer, start: number, end: number): string[] {
  const fields = new LineFields(200);
  const count = fields.split(content, start, end);
  return Array.from({ length: count }, (_, field) => fields.text(field));
}

function plainFields(text: string): string[] {
  const spaced = Array.from(text, (char) => (char <= ' ' ? ' ' : char)).join('');
  return spaced.split(' ').filter((field) => field !== '');
}

test.prop([bytes, somewhere, bounds])(
  'fields are what stands between blanks, wherever the line lies',
  (content, place, span) => {
    const [start, end] = within(content, span);
    const text = content.toString('latin1', start, end);

    expect(fieldsOf(placed(content, place), start, end)).toEqual(plainFields(text));
  },
);

test.prop([fc.nat(40), fc.nat(40), somewhere])('of too many fields one more is told', (most, more, place) => {
  const line = placed(Buffer.from('a '.repeat(most + more)), place);

  expect(new LineFields(most).split(line, 0, line.length) > most).toBe(more > 0);
});

test.prop([bytes, somewhere, bounds])('a byte is found before and after any place', (content, place, span) => {
  const [start, end] = within(content, span);
  const words = new Words(placed(content, place));
  const part = content.subarray(start, end);
  const first = part.indexOf(NEWLINE);

  expect(words.lastIn(start, end, NEWLINE)).toBe(start + part.lastIndexOf(NEWLINE));
  expect(words.firstIn(start, end, NEWLINE)).toBe(first < 0 ? end : start + first);
});

test.prop([fc.array(fc.tuple(fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 9 }), somewhere))])(
  'a text has its number wherever it lies',
  (texts) => {
    const [table, fields] = [new TextTable(), new LineFields(2)];
    const numbers = texts.map(([text, place]) => {
      const line = placed(Buffer.from(`${text} ${text.length}`), place);
      fields.split(line, 0, line.length);
      return table.numberOf(fields, [{ first: 0, last: 1 }]);
    });

    expect(numbers).toEqual(numbers.map((_, index) => distinct(texts.slice(0, 1 + index)).indexOf(texts[index]![0])));
  },
);

function distinct(texts: readonly (readonly [string, unknown])[]): readonly string[] {
  return [...new Set(texts.map(([text]) => text))];
}

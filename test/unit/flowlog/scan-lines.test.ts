import { describe, expect, it } from 'vitest';
import { createLineScanner, LONGEST_LINE } from '../../../src/flowlog/scan-lines.ts';

const NEEDLE = Buffer.from('eni-1');

/** The lines shown, too long ones as `…` and their length. */
function linesOf(pieces: readonly (string | Buffer)[], needle: Buffer | 'none' = NEEDLE): string[] {
  const seen: string[] = [];
  const scanner = createLineScanner({
    needle: () => (needle === 'none' ? undefined : needle),
    line: (bytes, start, end) => seen.push(bytes.toString('utf8', start, end)),
    overlong: (head) => seen.push(`…${head.toString().slice(0, 5)}`),
  });
  const reused = Buffer.alloc(Math.max(1, ...pieces.map((piece) => Buffer.byteLength(piece))));
  for (const piece of pieces) {
    const length = Buffer.from(piece).copy(reused);
    scanner.scan(reused.subarray(0, length));
    reused.fill('#');
  }
  scanner.end();
  return seen;
}

const pieces = (text: string, size: number) => text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
const eachByte = (text: string) => Array.from(text);

describe('a stream of lines', () => {
  it.each([
    {
      what: 'the first line, and then those with the needle',
      text: 'head\na eni-1 b\nx\neni-1\n',
      lines: ['head', 'a eni-1 b', 'eni-1'],
    },
    { what: 'a last line without a newline, needle or not', text: 'head\nx\ntail', lines: ['head', 'tail'] },
    { what: 'a line that holds the needle twice, once', text: 'head\neni-1 eni-1\n', lines: ['head', 'eni-1 eni-1'] },
    { what: 'no needle that spans lines', text: 'head\nen\ni-1\n', lines: ['head'] },
    { what: 'carriage returns as they are', text: 'head\r\neni-1\r\n', lines: ['head\r', 'eni-1\r'] },
    { what: 'only the first of empty lines', text: '\n\n\neni-1\n', lines: ['', 'eni-1'] },
    { what: 'nothing of nothing', text: '', lines: [] },
  ])('shows $what', ({ text, lines }) => {
    expect(linesOf([text])).toEqual(lines);
    expect(linesOf(eachByte(text))).toEqual(lines);
  });

  it('shows every line where there is no needle', () => {
    expect(linesOf(['a\nb', '\n\nc'], 'none')).toEqual(['a', 'b', '', 'c']);
  });

  it('may change its needle after the first line, within one piece', () => {
    const seen: string[] = [];
    const scanner = createLineScanner({
      needle: () => (seen.length === 0 ? NEEDLE : Buffer.from('eni-2')),
      line: (bytes, start, end) => seen.push(bytes.toString('utf8', start, end)),
      overlong: () => undefined,
    });
    scanner.scan(Buffer.from('head\neni-1\neni-2\n'));

    expect(seen).toEqual(['head', 'eni-2']);
  });
});

describe('a line that is too long', () => {
  const longest = `eni-1${'x'.repeat(LONGEST_LINE - 5)}`;
  const tooLong = `${longest}y`;
  const megabyte = `eni-1${'y'.repeat(1024 * 1024)}`;

  it('is one beyond 64 KiB', () => {
    expect(linesOf([`head\n${longest}\n`])).toEqual(['head', longest]);
    expect(linesOf([`head\n${tooLong}\n`])).toEqual(['head', '…eni-1']);
  });

  it.each([
    {
      where: 'between others',
      text: `head\neni-1 a\n${megabyte}\nother\neni-1 b\n`,
      lines: ['head', 'eni-1 a', '…eni-1', 'eni-1 b'],
    },
    { where: 'first', text: `${megabyte}\neni-1 b\n`, lines: ['…eni-1', 'eni-1 b'] },
    { where: 'last and unfinished', text: `head\n${megabyte}`, lines: ['head', '…eni-1'] },
    {
      where: 'twice in a row',
      text: `head\n${megabyte}\n${tooLong}\neni-1\n`,
      lines: ['head', '…eni-1', '…eni-1', 'eni-1'],
    },
    {
      where: 'of another interface',
      text: `head\n${'z'.repeat(100_000)}\neni-1\n`,
      lines: ['head', '…zzzzz', 'eni-1'],
    },
  ])('is told and left out, $where, in whatever pieces it comes', ({ text, lines }) => {
    for (const size of [text.length, 777, 65_536, 65_537]) expect(linesOf(pieces(text, size))).toEqual(lines);
  });
});

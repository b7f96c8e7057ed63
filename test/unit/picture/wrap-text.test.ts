import { describe, expect, it } from 'vitest';
import { textWidth } from '../../../src/picture/text-width.ts';
import { wrapText } from '../../../src/picture/wrap-text.ts';

const style = { size: 10 };
const ofLetters = (count: number) => textWidth('m'.repeat(count), style) + 0.01;

describe('a text is broken into lines', () => {
  it.each<[string, { text: string; letters: number; most: number }, readonly string[]]>([
    ['one line where it fits', { text: 'mm mm', letters: 6, most: 2 }, ['mm mm']],
    ['between words', { text: 'mmm mmm', letters: 4, most: 2 }, ['mmm', 'mmm']],
    ['within a word that is too long alone', { text: 'mmmmmm', letters: 4, most: 2 }, ['mmmm', 'mm']],
    ['what is left over is cut', { text: 'mmm mmm mmm', letters: 4, most: 2 }, ['mmm', 'mm…']],
    ['nothing gives nothing', { text: '', letters: 4, most: 2 }, []],
    ['no half of a character', { text: '𝔪𝔪𝔪', letters: 2, most: 9 }, ['𝔪', '𝔪', '𝔪']],
  ])('%s', (_, { text, letters, most }, lines) => {
    expect(wrapText(text, style, { width: ofLetters(letters), most })).toEqual(lines);
  });
});

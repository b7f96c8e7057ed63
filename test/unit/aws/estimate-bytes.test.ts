import { expect, it } from 'vitest';
import { estimateBytes } from '../../../src/aws/estimate-bytes.ts';

const HOUR = { start: 36_000, end: 39_600 };
const at = (seconds: number, length = 100) => ({
  message: 'x'.repeat(length),
  timestampMilliseconds: seconds * 1000,
});

it.each([
  ['a tenth of the window, so ten times the page', [at(39_600), at(39_420), at(39_240)], 3_000],
  ['the same, whichever way round it comes', [at(39_240), at(39_420), at(39_600)], 3_000],
  ['the whole window', [at(36_000), at(39_600)], 200],
  ['more than the window, as a long record begins before it', [at(35_400), at(39_600)], 200],
  ['one moment, which counts as a second', [at(39_600), at(39_600)], 200 * 3_600],
])('a page that spans %s', (_, page, bytes) => {
  expect(estimateBytes(page, HOUR)).toBe(bytes);
});

it.each([
  ['nothing', []],
  ['records without times', [{ message: 'x' }]],
])('a page with %s tells nothing', (_, page) => {
  expect(estimateBytes(page, HOUR)).toBeUndefined();
});

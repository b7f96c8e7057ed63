import { execFileSync } from 'node:child_process';
import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { shellCommand } from '../../../src/explain/shell.ts';

it.each([
  ['eni-0a1b', 'eni-0a1b'],
  ['From=1,To=2', 'From=1,To=2'],
  ['', "''"],
  ['two words', "'two words'"],
  ['$(reboot)', "'$(reboot)'"],
  ["it's", String.raw`'it'\''s'`],
  ['${version}', "'${version}'"],
])('quotes %j as %s', (word, quoted) => {
  expect(shellCommand([word], [])).toBe(quoted);
});

test.prop([fc.array(fc.string({ unit: 'grapheme-ascii', maxLength: 12 }), { minLength: 1, maxLength: 5 })], {
  numRuns: 25,
})('what a shell reads is what was meant', (words) => {
  const printed = execFileSync('sh', ['-c', shellCommand(['printf', String.raw`%s\n`], [words])], { encoding: 'utf8' });

  expect(printed).toBe(words.map((word) => `${word}\n`).join(''));
});

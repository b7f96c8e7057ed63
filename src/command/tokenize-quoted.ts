import { unescapeSlack } from './tokenize.ts';

/**
 * Like `tokenize`, but what stands in quotes is one word and a mention of a channel stays whole:
 * `schedule prod "0 7 * * 1" <#C0123|netsec>`. Phones put in quotes of their own; they mean the same.
 */
export function tokenizeQuoted(text: string): readonly string[] {
  const line = text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
  return [...line.matchAll(WORD)]
    .map(([word, quoted]) => unescapeSlack(quoted ?? word).trim())
    .map((word) => word.replace(/^[\u2012-\u2015]+(?=\w)/, '--'))
    .filter((word) => word !== '');
}

const WORD =
  /["`\u201c-\u201f\u00ab\u00bb]([^"`\u201c-\u201f\u00ab\u00bb]*)["`\u201c-\u201f\u00ab\u00bb]|[^\s"`\u201c-\u201f\u00ab\u00bb]+/gu;

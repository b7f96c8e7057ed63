/**
 * Text from outside, fit to be shown on one line: no control characters, no invisible ones (bidirectional overrides make
 * a reader see another order than the one that is copied), no halves of surrogate pairs.
 */
export function cleanLine(text: string): string {
  return withoutInvisible(text.replace(LINE_BREAKS, ' '));
}

/** The same, with its own line breaks kept. */
export function cleanLines(text: string): readonly string[] {
  return text.split(/\r\n|[\r\n]/).map(cleanLine);
}

/** At most `limit` UTF-16 units, never half a character; what was cut is marked. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = Math.max(0, limit - CUT_MARK.length);
  if (isHighSurrogate(text.charCodeAt(end - 1))) end -= 1;
  return `${text.slice(0, end)}${CUT_MARK}`;
}

/** Stands where text was cut. */
export const CUT_MARK = '…';

const LINE_BREAKS = /[\t\r\n\u{2028}\u{2029}]+/gu;
/** Control and format characters: https://www.unicode.org/reports/tr44/#General_Category_Values */
const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;
const LONE_SURROGATES = /\p{Cs}/gu;

function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, '').replace(LONE_SURROGATES, '\u{FFFD}');
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

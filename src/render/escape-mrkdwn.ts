import { CUT_MARK, cleanLine } from './clean-text.ts';

/**
 * Makes text inert in Slack's markup: a group named `<!channel>` must not ring anybody, a description must not become a
 * link. Slack asks for exactly these three characters. Backticks become look-alikes, so that no text opens or closes code.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function escapeMrkdwn(text: string): string {
  return escapeClean(cleanLine(text));
}

/** Escapes and cuts: at most `limit` characters as sent, and never half an entity. */
export function escapeMrkdwnWithin(text: string, limit: number): string {
  const clean = cleanLine(text);
  if (clean.length <= limit) {
    const escaped = escapeClean(clean);
    if (escaped.length <= limit) return escaped;
  }
  let kept = '';
  for (const character of clean) {
    const next = escapeClean(character);
    if (kept.length + next.length > limit - CUT_MARK.length) break;
    kept += next;
  }
  return limit >= CUT_MARK.length ? `${kept}${CUT_MARK}` : '';
}

function escapeClean(text: string): string {
  return text.replace(/[&<>`]/g, (character) => REPLACEMENTS.get(character) ?? character);
}

const REPLACEMENTS = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['`', 'ˋ'],
]);

import { plainText } from '../explain/plain-text.ts';
import type { Sentence } from '../explain/sentence.ts';
import { cleanLine, cutText } from '../render/clean-text.ts';

/** Text of a picture: one line without anything invisible, no longer than there is room for. */
export function label(text: string | Sentence, limit: number): string {
  return cutText(cleanLine(typeof text === 'string' ? text : plainText(text)), limit);
}

import { plainText } from '../explain/plain-text.ts';
import type { Sentence } from '../explain/sentence.ts';
import { cleanLine } from '../render/clean-text.ts';

/** Text of a picture: one line without anything invisible. It is cut when the picture is whole. */
export function label(text: string | Sentence): string {
  return cleanLine(typeof text === 'string' ? text : plainText(text));
}

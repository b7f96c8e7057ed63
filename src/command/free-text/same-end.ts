import { formatPathEnd } from '../path-end.ts';
import type { EndToken } from './token.ts';

/** Whether two words name the same end, whatever their ports. */
export function sameEnd(a: EndToken, b: EndToken): boolean {
  return endKey(a) === endKey(b);
}

/** The same for all words that name one end. */
export function endKey({ end }: EndToken): string {
  return end.kind === 'host' ? `host:${end.name}` : formatPathEnd(end);
}

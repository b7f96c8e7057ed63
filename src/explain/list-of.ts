import type { Block } from './document.ts';
import type { Sentence } from './sentence.ts';

/** A list of one is a paragraph; a list of none is nothing. */
export function listOf(items: readonly Sentence[], ordered = false): readonly Block[] {
  const [only] = items;
  if (only === undefined) return [];
  return items.length === 1 ? [{ kind: 'paragraph', spans: only }] : [{ kind: 'list', ordered, items }];
}

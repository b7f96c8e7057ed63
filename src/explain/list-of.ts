import type { Block } from './document.ts';
import { sentence, type Sentence } from './sentence.ts';

/** A list of one is a paragraph; a list of none is nothing. */
export function listOf(items: readonly Sentence[], ordered = false): readonly Block[] {
  const [only] = items;
  if (only === undefined) return [];
  return items.length === 1 ? [{ kind: 'paragraph', spans: only }] : [{ kind: 'list', ordered, items }];
}

/** As many as people read, and how many are left. */
export function cutItems(items: readonly Sentence[], most: number): readonly Sentence[] {
  const more = items.length - most;
  return more > 0 ? [...items.slice(0, most), sentence`and ${more} more`] : items;
}

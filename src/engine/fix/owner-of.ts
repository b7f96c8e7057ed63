import type { Owner } from './fix.ts';

const OWNER_TAGS: ReadonlySet<string> = new Set(['owner', 'team', 'owned-by', 'contact']);

/** Whom to ask, by the first tag that tells. */
export function ownerOf(tags: ReadonlyMap<string, string> = new Map()): Owner | undefined {
  const told = [...tags].find(([tag, value]) => OWNER_TAGS.has(tag.toLowerCase()) && value.trim() !== '');
  return told === undefined ? undefined : { tag: told[0], name: told[1] };
}

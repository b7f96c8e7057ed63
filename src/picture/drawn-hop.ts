import type { Sentence } from '../explain/sentence.ts';
import type { HopPicture, HopState } from './answer-picture.ts';
import { label } from './label.ts';

export function drawnHop(state: HopState, title: string | Sentence, detail?: string | Sentence): HopPicture {
  return {
    state,
    title: label(title),
    ...(detail !== undefined && { detail: label(detail) }),
  };
}

/** Whoever stands behind an obstacle gets nothing. */
export function withEndReached(hops: readonly HopPicture[]): readonly HopPicture[] {
  const last = hops.at(-1);
  if (last?.state !== 'end' || !hops.some(({ state }) => state === 'blocked')) return hops;
  return [...hops.slice(0, -1), { ...last, state: 'not-reached', detail: 'not reached' }];
}

import type { EpochSeconds } from '../lang/time.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import type { Change } from './change.ts';
import type { Rewound } from './forget.ts';
import { isLatest, undoChange } from './undo.ts';

/** A configuration that was in force from some time on, until the next one was. */
export interface Version extends Rewound {
  /** What made it, within one second; none: nobody knows what was before. */
  readonly madeBy: readonly Change[];
}

/** The configuration as it was at that time, rebuilt from a later one and the changes in between. */
export function rewind(snapshot: Snapshot, changes: readonly Change[], time: EpochSeconds): Rewound {
  const all = versions(snapshot, changes);
  const then = all.findLast(({ madeBy: [first] }) => first === undefined || first.at <= time);
  return then ?? { snapshot, unknown: new Set() };
}

/** Every configuration there was, oldest first, the last being the one given. */
export function versions(snapshot: Snapshot, changes: readonly Change[]): readonly Version[] {
  const found: Version[] = [];
  let state: Rewound = { snapshot, unknown: new Set() };
  let left = newestFirst(changes);
  while (left.length > 0) {
    const madeBy = left.filter(({ at }) => at === left[0]?.at);
    found.unshift({ ...state, madeBy });
    left = left.slice(madeBy.length);
    state = undoSecond(state, madeBy, left);
  }
  return [{ ...state, madeBy: [] }, ...found];
}

/**
 * CloudTrail's clock has whole seconds, and tells changes within one in no order that can be relied on: any order counts
 * in which each change is what was left behind when its turn comes.
 */
function undoSecond(state: Rewound, changes: readonly Change[], earlier: readonly Change[]): Rewound {
  const fitting = changes.filter((change) => isLatest(state, change));
  const candidates = fitting.length > 0 ? fitting : changes;
  const tried = candidates.slice(0, changes.length > MOST_TO_REORDER ? 1 : candidates.length);
  let first: Rewound | undefined;
  for (const change of tried) {
    const left = changes.filter((other) => other !== change);
    const was = undoSecond(undoChange(state, change, [...left, ...earlier]), left, earlier);
    if (was.unknown.size === state.unknown.size) return was;
    first ??= was;
  }
  return first ?? state;
}

/** Orders grow fast; a script that changes more in a second changes different things. */
const MOST_TO_REORDER = 4;

/** Each once: several of the objects looked up may tell of the same change. */
function newestFirst(changes: readonly Change[]): readonly Change[] {
  return [...new Map(changes.map((change) => [change.id, change])).values()].toSorted((a, b) => b.at - a.at);
}

import { isNonEmpty } from '../../lang/non-empty.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import { applyFix } from '../fix/apply-fix.ts';
import type { Change } from '../fix/fix.ts';
import { alsoOpens } from './also-opens.ts';
import { analysePath } from './analyse-path.ts';
import { mendObstacle } from './mend-obstacle.ts';
import type { PathFix, PathFixCaution } from './path-fix.ts';
import type { Obstacle, PathAnalysis } from './path.ts';

/**
 * The narrowest changes that lead a path through, all obstacles there and back: found by trying, each change on a copy
 * of the configuration that is then followed again. Without changes it says why there are none; `undefined` where
 * nothing is in the way.
 */
export function fixPath(analysis: PathAnalysis, snapshot: Snapshot): PathFix | undefined {
  if (analysis.obstacles.length === 0) return undefined;
  const { analysis: after, changes, cautions } = tryChanges({ analysis, snapshot, changes: [], cautions: [] });
  if (after.verdict !== 'reachable') return { ...NO_FIX, verdict: analysis.verdict, cautions: distinct(cautions) };
  return {
    changes,
    verdict: after.verdict,
    alsoOpens: changes.map((change) => alsoOpens(change, snapshot)),
    cautions: distinct(cautions),
  };
}

const NO_FIX = { changes: [], alsoOpens: [] } as const;

interface Attempt {
  readonly analysis: PathAnalysis;
  readonly snapshot: Snapshot;
  readonly changes: readonly Change[];
  /** Of the changes so far; where no change led on, why. */
  readonly cautions: readonly PathFixCaution[];
}

/** A group, an ACL and a route at each end and the ACLs of two gateways between them, there and back. */
const MOST_CHANGES = 16;

/** Past the first obstacle by the first of its changes that leads all the way. */
function tryChanges(attempt: Attempt): Attempt {
  const { analysis, snapshot, changes } = attempt;
  const [obstacle] = analysis.obstacles;
  if (obstacle === undefined) return proven(attempt);
  const mending = mendObstacle({ analysis, snapshot, obstacle });
  if (changes.length === MOST_CHANGES || mending.changes.length === 0) return stuckAt(attempt, obstacle);
  let first: Attempt | undefined;
  for (const change of mending.changes) {
    const tried = tryChanges(withChange(attempt, change, mending.cautions));
    if (tried.analysis.verdict === 'reachable') return tried;
    first ??= tried;
  }
  return first ?? stuckAt(attempt, obstacle);
}

function withChange(attempt: Attempt, change: Change, cautions: readonly PathFixCaution[]): Attempt {
  const snapshot = applyFix(attempt.snapshot, [change]);
  return {
    analysis: analysePath(attempt.analysis.question, snapshot),
    snapshot,
    changes: [...attempt.changes, change],
    cautions: [...attempt.cautions, ...cautions],
  };
}

/** Without an obstacle only what we could not see is left. */
function proven(attempt: Attempt): Attempt {
  const { gaps } = attempt.analysis;
  return isNonEmpty(gaps) ? { ...attempt, cautions: [{ kind: 'not-proven', gaps }] } : attempt;
}

/** What else cannot be mended is told with it, so that nobody has to ask twice. */
function stuckAt(attempt: Attempt, first: Obstacle): Attempt {
  const { analysis, snapshot } = attempt;
  const cautions = analysis.obstacles.flatMap((obstacle) => {
    const mending = mendObstacle({ analysis, snapshot, obstacle });
    return mending.changes.length === 0 ? mending.cautions : [];
  });
  return { ...attempt, cautions: cautions.length === 0 ? [{ kind: 'beyond-rules', obstacle: first }] : cautions };
}

/** What stands in the way both there and back is told once. */
function distinct(cautions: readonly PathFixCaution[]): readonly PathFixCaution[] {
  return [...new Map(cautions.toReversed().map((caution) => [keyOf(caution), caution])).values()].toReversed();
}

function keyOf(caution: PathFixCaution): string {
  if (caution.kind === 'not-proven') return caution.kind;
  if (!('obstacle' in caution)) return JSON.stringify(caution);
  const { kind, id, reason } = caution.obstacle;
  return JSON.stringify([caution.kind, kind, id, reason]);
}

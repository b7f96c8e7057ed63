import { isNonEmpty } from '../../lang/non-empty.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import { applyFix } from '../fix/apply-fix.ts';
import type { PathChange } from '../fix/fix.ts';
import { alsoOpens } from './also-opens.ts';
import { analysePath } from './analyse-path.ts';
import { mendObstacle } from './mend-obstacle.ts';
import type { PathFix, PathFixCaution } from './path-fix.ts';
import type { Obstacle, PathAnalysis, PathQuestion } from './path.ts';

/**
 * The narrowest changes that lead a path through, all obstacles there and back: found by trying, each change on a copy
 * of the configuration that is then followed again. Without changes it says why there are none; `undefined` where
 * nothing is in the way.
 */
export function fixPath(analysis: PathAnalysis, snapshot: Snapshot): PathFix | undefined {
  if (analysis.obstacles.length === 0) return undefined;
  const attempt = tryChanges({ analysis, snapshot, applied: [] });
  const { verdict } = attempt.analysis;
  if (verdict !== 'reachable') {
    return { changes: [], alsoOpens: [], verdict: analysis.verdict, cautions: distinct(attempt.because ?? []) };
  }
  const applied = withoutIdle(attempt.applied, analysis.question, snapshot);
  const changes = applied.map(({ change }) => change);
  return {
    changes,
    verdict,
    alsoOpens: changes.map((change) => alsoOpens(change, snapshot)),
    cautions: distinct(applied.flatMap(({ cautions }) => cautions)),
  };
}

interface Attempt {
  readonly analysis: PathAnalysis;
  readonly snapshot: Snapshot;
  readonly applied: readonly Applied[];
  /** Why no change led on. */
  readonly because?: readonly PathFixCaution[];
}

interface Applied {
  readonly change: PathChange;
  readonly cautions: readonly PathFixCaution[];
}

/** A group, an ACL and a route at each end and the ACLs of two gateways between them, there and back. */
const MOST_CHANGES = 16;

/** Past the first obstacle by the first of its changes that leads all the way. */
function tryChanges(attempt: Attempt): Attempt {
  const { analysis, snapshot, applied } = attempt;
  const [obstacle] = analysis.obstacles;
  if (obstacle === undefined) return proven(attempt);
  if (applied.length === MOST_CHANGES) return stuckAt(attempt, obstacle);
  const mending = mendObstacle({ analysis, snapshot, obstacle });
  let first: Attempt | undefined;
  for (const change of mending.changes) {
    const tried = tryChanges(withChange(attempt, { change, cautions: mending.cautions }));
    if (tried.analysis.verdict === 'reachable') return tried;
    first ??= tried;
  }
  return first ?? stuckAt(attempt, obstacle);
}

function withChange({ analysis: { question }, ...before }: Attempt, next: Applied): Attempt {
  const snapshot = applyFix(before.snapshot, [next.change]);
  return { analysis: analysePath(question, snapshot), snapshot, applied: [...before.applied, next] };
}

/** Without an obstacle only what we could not see is left. */
function proven(attempt: Attempt): Attempt {
  const { gaps } = attempt.analysis;
  return isNonEmpty(gaps) ? { ...attempt, because: [{ kind: 'not-proven', gaps }] } : attempt;
}

/** What else cannot be mended is told with it, so that nobody has to ask twice. */
function stuckAt(attempt: Attempt, first: Obstacle): Attempt {
  const { analysis, snapshot } = attempt;
  const cautions = analysis.obstacles.flatMap((obstacle) => {
    const mending = mendObstacle({ analysis, snapshot, obstacle });
    return mending.changes.length === 0 ? mending.cautions : [];
  });
  return { ...attempt, because: cautions.length === 0 ? [{ kind: 'beyond-rules', obstacle: first }] : cautions };
}

/** What one target of a load balancer needed is idle, where a later rule opens the way to another one. */
function withoutIdle(applied: readonly Applied[], question: PathQuestion, snapshot: Snapshot): readonly Applied[] {
  let kept = applied;
  for (const next of applied) {
    const others = kept.filter((each) => each !== next);
    if (others.length > 0 && isReachable(others, question, snapshot)) kept = others;
  }
  return kept;
}

function isReachable(applied: readonly Applied[], question: PathQuestion, snapshot: Snapshot): boolean {
  const changed = applyFix(
    snapshot,
    applied.map(({ change }) => change),
  );
  return analysePath(question, changed).verdict === 'reachable';
}

/** What stands in the way both there and back is told once. */
function distinct(cautions: readonly PathFixCaution[]): readonly PathFixCaution[] {
  return [...new Map(cautions.toReversed().map((caution) => [keyOf(caution), caution])).values()].toReversed();
}

function keyOf(caution: PathFixCaution): string {
  if (!('obstacle' in caution)) return JSON.stringify(caution);
  const { kind, id, reason } = caution.obstacle;
  return JSON.stringify([caution.kind, kind, id, reason]);
}

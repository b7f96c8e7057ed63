import type { Change } from '../changes/change.ts';
import type { FlowGroup, Tally } from '../flowlog/observations.ts';
import type { EpochSeconds } from '../lang/time.ts';
import type { AnswersThen } from './decision-table/situation.ts';
import type { Answer } from './decision.ts';
import type { Era } from './eras.ts';
import { filterAnswers } from './filter-answers.ts';
import type { Blocker } from './finding.ts';
import { obstaclesOn } from './obstacles-on.ts';
import type { Way } from './packet-of-flow.ts';

/** A change takes a moment to reach every interface; a reject within it may have met the old rules (EVAL-23). */
export const GRACE_SECONDS = 60;

/** Rejects of one group on its way. */
export interface Rejects {
  readonly group: FlowGroup;
  readonly way: Way;
  readonly rejected: Times;
}

type Times = Pick<Tally, 'firstSeen' | 'lastSeen'>;

/** What the rules said while these packets were rejected, era by era. */
export function answersThen(eras: readonly Era[], rejects: Rejects): AnswersThen {
  const { rejected } = rejects;
  const judged = eras.map((era) => judge(era, rejects));
  const met = judged.filter(
    ({ from, until }) => from <= rejected.lastSeen && until + GRACE_SECONDS >= rejected.firstSeen,
  );
  const denying = met.filter(({ answer }) => answer === 'deny');
  const [first] = denying;
  const last = denying.at(-1);
  if (first !== undefined && last !== undefined && coverAll(denying, rejected)) {
    const { blockers } = last;
    return { answer: 'deny', blockers, closedBy: closersOf(judged, first), openedBy: openersOf(judged, last) };
  }
  const isAllowed = met.every(({ answer }) => answer === 'allow') && coverAll(met, rejected);
  return { answer: isAllowed ? 'allow' : 'unknown', blockers: [], closedBy: [], openedBy: [] };
}

interface Judged {
  readonly from: EpochSeconds;
  readonly until: EpochSeconds;
  readonly answer: Answer;
  readonly blockers: readonly Blocker[];
  /** What began it, where it is known from its beginning. */
  readonly madeBy: readonly Change[];
}

function judge({ until, madeBy, known }: Era, { group, way }: Rejects): Judged {
  const start = madeBy[0]?.at ?? -Infinity;
  const told = known();
  if (told === undefined) return { from: start, until, answer: 'unknown', blockers: [], madeBy: [] };
  const answers = filterAnswers(told.filters, group, way.direction);
  const blockers = obstaclesOn(way.leg, answers);
  const isAllowed = answers.sg === 'allow' && answers.acl === 'allow';
  // An ACL that keeps back some of the client's ports explains nothing about the others (NACL-18).
  const isDenied = blockers.length > 0 && (way.leg === 'forward' || answers.aclDeniesAll);
  const answer = isDenied ? 'deny' : isAllowed ? 'allow' : 'unknown';
  return { from: told.from, until, answer, blockers, madeBy: told.from === start ? madeBy : [] };
}

/** Whether there is no moment between the first and the last reject at which none of these was in force. */
function coverAll(eras: readonly Judged[], { firstSeen, lastSeen }: Times): boolean {
  const [first] = eras;
  if (first === undefined || first.from > firstSeen) return false;
  let covered = firstSeen;
  for (const { from, until } of eras) if (from <= covered) covered = Math.max(covered, until + GRACE_SECONDS);
  return covered >= lastSeen;
}

/** Back to where it was allowed: the change that ended that closed the way. */
function closersOf(judged: readonly Judged[], denying: Judged): readonly Change[] {
  const index = judged.indexOf(denying);
  const before = judged[index - 1];
  if (before === undefined || denying.madeBy.length === 0) return [];
  if (before.answer === 'deny') return closersOf(judged, before);
  return before.answer === 'allow' ? denying.madeBy : [];
}

function openersOf(judged: readonly Judged[], denying: Judged): readonly Change[] {
  const after = judged[judged.indexOf(denying) + 1];
  if (after === undefined || after.madeBy.length === 0) return [];
  if (after.answer === 'deny') return openersOf(judged, after);
  return after.answer === 'allow' ? after.madeBy : [];
}

import type { Change } from '../changes/change.ts';
import type { FlowGroup, Tally } from '../flowlog/observations.ts';
import { isNonEmpty } from '../lang/non-empty.ts';
import type { EpochSeconds } from '../lang/time.ts';
import type { AnswersThen } from './decision-table/situation.ts';
import type { Answer } from './decision.ts';
import type { Era } from './eras.ts';
import { filterAnswers } from './filter-answers.ts';
import type { Blocker } from './finding.ts';
import { lazily } from './lazily.ts';
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

/** What the rules said while these packets were rejected. Only the eras that tell something of it are judged. */
export function answersThen(eras: readonly Era[], rejects: Rejects): AnswersThen {
  const { rejected } = rejects;
  const judgedAt = lazily((index) => judge(eras[index], index, rejects));
  const met = eras.flatMap((era, index) => (mayHaveMet(era, rejected) ? [judgedAt(index)] : []));
  const denying = met.filter(({ answer }) => answer === 'deny');
  if (isNonEmpty(denying) && coverAll(denying, rejected)) {
    const [first] = denying;
    const last = denying.at(-1) ?? first;
    const { blockers } = last;
    return { answer: 'deny', blockers, closedBy: closersOf(first, judgedAt), openedBy: openersOf(last, judgedAt) };
  }
  const isAllowed = met.every(({ answer }) => answer === 'allow') && coverAll(met, rejected);
  return { answer: isAllowed ? 'allow' : 'unknown', blockers: [], closedBy: [], openedBy: [] };
}

interface Judged {
  readonly index: number;
  readonly from: EpochSeconds;
  readonly until: EpochSeconds;
  readonly answer: Answer;
  readonly blockers: readonly Blocker[];
  /** What began it, where it is known from its beginning. */
  readonly madeBy: readonly Change[];
}

function mayHaveMet({ from, until }: Era, { firstSeen, lastSeen }: Times): boolean {
  return from() <= lastSeen && until + GRACE_SECONDS >= firstSeen;
}

function judge(era: Era | undefined, index: number, { group, way }: Rejects): Judged {
  if (era === undefined) return NOT_KNOWN;
  const { until, madeBy } = era;
  const known = era.known();
  if (known === undefined) return NOT_KNOWN;
  const { from, filters } = known;
  const answers = filterAnswers(filters, group, way.direction);
  const blockers = obstaclesOn(way.leg, answers);
  const isAllowed = answers.sg === 'allow' && answers.acl === 'allow';
  // An ACL that keeps back some of the client's ports explains nothing about the others (NACL-18).
  const isDenied = blockers.length > 0 && (way.leg === 'forward' || answers.aclDeniesAll);
  const answer = isDenied ? 'deny' : isAllowed ? 'allow' : 'unknown';
  return { index, from, until, answer, blockers, madeBy: from === madeBy[0]?.at ? madeBy : [] };
}

/** Nobody knows the rules, or there is no such era. */
const NOT_KNOWN: Judged = { index: 0, from: Infinity, until: -Infinity, answer: 'unknown', blockers: [], madeBy: [] };

/** Whether there is no moment between the first and the last reject at which none of these was in force. */
function coverAll(eras: readonly Judged[], { firstSeen, lastSeen }: Times): boolean {
  if (eras.length === 0) return false;
  let covered = firstSeen;
  for (const { from, until } of eras) if (from <= covered) covered = Math.max(covered, until + GRACE_SECONDS);
  return covered >= lastSeen;
}

/** Eras by their place, each judged when it is asked for. */
type JudgedAt = (index: number) => Judged;

/** Back to where it was allowed: the change that ended that closed the way. */
function closersOf({ index, madeBy }: Judged, judgedAt: JudgedAt): readonly Change[] {
  if (madeBy.length === 0) return [];
  const before = judgedAt(index - 1);
  if (before.answer === 'deny') return closersOf(before, judgedAt);
  return before.answer === 'allow' ? madeBy : [];
}

function openersOf({ index }: Judged, judgedAt: JudgedAt): readonly Change[] {
  const after = judgedAt(index + 1);
  if (after.madeBy.length === 0) return [];
  if (after.answer === 'deny') return openersOf(after, judgedAt);
  return after.answer === 'allow' ? after.madeBy : [];
}

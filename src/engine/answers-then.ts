import type { Change } from '../changes/change.ts';
import type { FlowGroup, Tally } from '../flowlog/observations.ts';
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
  const judged: JudgedEras = { count: eras.length, at: lazily((index) => judge(eras, index, rejects)) };
  const met = eras.flatMap((era, index) => (mayHaveMet(era, rejected) ? [judged.at(index)] : []));
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

/** Eras by their place, each judged when it is asked for. */
interface JudgedEras {
  readonly count: number;
  readonly at: (index: number) => Judged;
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

function judge(eras: readonly Era[], index: number, { group, way }: Rejects): Judged {
  const era = eras[index];
  const known = era?.known();
  const when = { index, from: era?.from() ?? Infinity, until: era?.until ?? -Infinity };
  if (era === undefined || known === undefined) return { ...when, answer: 'unknown', blockers: [], madeBy: [] };
  const answers = filterAnswers(known.filters, group, way.direction);
  const blockers = obstaclesOn(way.leg, answers);
  const isAllowed = answers.sg === 'allow' && answers.acl === 'allow';
  // An ACL that keeps back some of the client's ports explains nothing about the others (NACL-18).
  const isDenied = blockers.length > 0 && (way.leg === 'forward' || answers.aclDeniesAll);
  const answer = isDenied ? 'deny' : isAllowed ? 'allow' : 'unknown';
  const isKnownFromItsBeginning = known.from === era.madeBy[0]?.at;
  return { ...when, answer, blockers, madeBy: isKnownFromItsBeginning ? era.madeBy : [] };
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
function closersOf(judged: JudgedEras, { index, madeBy }: Judged): readonly Change[] {
  if (index === 0 || madeBy.length === 0) return [];
  const before = judged.at(index - 1);
  if (before.answer === 'deny') return closersOf(judged, before);
  return before.answer === 'allow' ? madeBy : [];
}

function openersOf(judged: JudgedEras, { index }: Judged): readonly Change[] {
  if (index + 1 === judged.count) return [];
  const after = judged.at(index + 1);
  if (after.madeBy.length === 0) return [];
  if (after.answer === 'deny') return openersOf(judged, after);
  return after.answer === 'allow' ? after.madeBy : [];
}

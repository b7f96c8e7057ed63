import type { Finding } from '../engine/finding.ts';
import type { Direction } from '../net/direction.ts';
import { assertNever } from '../lang/exhaustive.ts';
import type { Tone } from './document.ts';
import { blockerClause, blockerName, explainBlocker } from './explain-blocker.ts';
import { explainConfidence } from './explain-confidence.ts';
import { explainFlow, targetName } from './explain-flow.ts';
import { explainGap, nameGap } from './explain-gap.ts';
import { explainReason } from './explain-reason.ts';
import { count, DIRECTION_WORD, roughly } from './phrase.ts';
import { rowTitle } from './row-titles.ts';
import { joinSpans, sentence, timeRange, type Part, type Sentence } from './sentence.ts';
import type { Telling } from './telling.ts';

/** A finding in sentences, for thread and JSON alike. */
export interface ExplainedFinding {
  readonly tone: Tone;
  /** One sentence that stands alone: what, how often, by which rule. */
  readonly headline: Sentence;
  /** Counts, times, how sure, what stands behind the first obstacle. */
  readonly details: Sentence;
  /** The obstacles in the order the packet meets them. */
  readonly obstacles: readonly Sentence[];
  /** The other facts the finding rests on. */
  readonly facts: readonly Sentence[];
  readonly couldNotSee: readonly Sentence[];
}

export function explainFinding(telling: Telling): ExplainedFinding {
  const { finding } = telling;
  return {
    tone: toneOf(finding),
    headline: headlineOf(telling),
    details: detailsOf(telling),
    obstacles: finding.blockedBy.map((blocker) => explainBlocker(blocker, telling)),
    facts: finding.reasons
      .filter(({ kind }) => kind !== 'configuration-denies' || finding.blockedBy.length === 0)
      .map((reason) => explainReason(reason, telling)),
    couldNotSee: finding.gaps.map(explainGap),
  };
}

/** How a verdict looks. Only what is certain is called blocked without a "likely". */
export function toneOf(finding: Finding): Tone {
  switch (finding.verdict) {
    case 'blocked':
      return finding.confidence === 'certain' ? 'blocked' : 'likely-blocked';
    case 'was-blocked':
    case 'not-a-rule':
      return 'not-blocked';
    case 'no-evidence':
      return 'no-evidence';
    case 'undetermined':
      return 'could-not-check';
    default:
      return assertNever(finding.verdict);
  }
}

function headlineOf(telling: Telling): Sentence {
  const { finding } = telling;
  const rejected = rejectedTally(finding)?.records ?? 0;
  const times = rejected > 0 ? `, ${roughly(rejected, 'record')}` : '';
  return sentence`${subjectOf(telling)}${times}: ${causeOf(telling)}`;
}

/** Silence is about the interface unless somebody asked for one flow. */
function subjectOf(telling: Telling): Sentence {
  const { finding, diagnosis } = telling;
  const nobodyNamedAFlow = Object.keys(diagnosis.question.filter).length === 0;
  return finding.group === undefined && nobodyNamedAFlow ? [targetName(diagnosis)] : explainFlow(telling);
}

function causeOf(telling: Telling): Sentence {
  const { finding } = telling;
  const [first] = finding.blockedBy;
  if (first !== undefined && finding.verdict === 'blocked') return blockerClause(first, telling);
  const [gap] = finding.gaps;
  const unseen = finding.verdict === 'undetermined' && gap !== undefined ? ` (${nameGap(gap)})` : '';
  return sentence`${rowTitle(finding.row)}${unseen}`;
}

/** Records of the direction and fate that the finding is about. */
function rejectedTally({ group, flow }: Finding): NonNullable<Finding['group']>['ingress']['rejected'] {
  return group?.[flow.direction].rejected;
}

function detailsOf(telling: Telling): Sentence {
  const parts: Part[] = [...countsOf(telling), explainConfidence(telling.finding), ...blockersBehind(telling)];
  const [first = '', ...rest] = parts;
  return sentence`${joinSpans([typeof first === 'string' ? capital(first) : first, ...rest], ' · ')}`;
}

function countsOf({ finding }: Telling): Part[] {
  const rejected = rejectedTally(finding);
  if (finding.group === undefined || rejected === undefined) return [];
  const seen = timeRange(rejected.firstSeen, rejected.lastSeen);
  return [
    acceptedWords(finding),
    sentence`rejected ${rejected.firstSeen === rejected.lastSeen ? 'at' : 'from'} ${seen}`,
  ];
}

/** What passed says as much as what did not. On the way back it is the requests that passed. */
function acceptedWords(finding: Finding): string {
  const { direction, leg } = finding.flow;
  const opposite = direction === 'ingress' ? 'egress' : 'ingress';
  const requests = acceptedRecords(finding, opposite);
  if (leg === 'return' && requests > 0) return `${roughly(requests, 'request')} accepted ${DIRECTION_WORD[opposite]}`;
  const accepted = acceptedRecords(finding, direction);
  return accepted === 0 ? 'none accepted' : `${roughly(accepted, 'record')} accepted`;
}

function acceptedRecords({ group }: Finding, direction: Direction): number {
  return group?.[direction].accepted?.records ?? 0;
}

function blockersBehind({ finding, diagnosis }: Telling): Part[] {
  const [, ...behind] = finding.blockedBy;
  if (behind.length === 0) return [];
  const names = joinSpans(
    behind.map((blocker) => blockerName(blocker, diagnosis.target.region)),
    ', ',
  );
  return [sentence`${count(behind.length, 'more blocker')} behind it: ${names}`];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

import type { Blocker, Finding, Reason } from '../engine/finding.ts';
import type { Gap } from '../vpc/gap.ts';
import { rejectedRecords } from '../engine/order-findings.ts';
import { explainFirstTrouble } from './explain-coverage.ts';
import { tallyOf } from './finding-tallies.ts';
import { formatAddress } from '../net/address.ts';
import { opposite, type Direction } from '../net/direction.ts';
import { assertNever } from '../lang/exhaustive.ts';
import type { Tone } from './document.ts';
import { explainObstruction, obstructionClause, obstructionName } from './explain-obstruction.ts';
import { resource } from './console-link.ts';
import { explainConfidence, LOGS_ARE_BLIND } from './explain-confidence.ts';
import { explainFlow, explainFlowBriefly, targetName } from './explain-flow.ts';
import { explainGap, nameGap } from './explain-gap.ts';
import { explainQuiet, isQuiet } from './explain-quiet.ts';
import { explainReason } from './explain-reason.ts';
import type { Verdict } from './verdict.ts';
import { count, formatList, roughly } from './phrase.ts';
import { rowRemark, rowTitle } from './row-titles.ts';
import { joinSpans, sentence, time, timeRange, type Part, type Sentence } from './sentence.ts';
import type { Telling } from './telling.ts';

/** A finding in sentences, for thread and JSON alike. */
export interface ExplainedFinding extends Verdict {
  /** The obstacles in the order the packet meets them. */
  readonly obstacles: readonly Sentence[];
  /** The other facts the finding rests on. */
  readonly facts: readonly Sentence[];
  readonly couldNotSee: readonly Sentence[];
}

export function explainFinding(telling: Telling): ExplainedFinding {
  const { finding, diagnosis } = telling;
  return {
    ...(isQuiet(telling) ? explainQuiet(diagnosis) : verdictOf(telling)),
    obstacles: finding.blockedBy.map((blocker) => obstacleOf(blocker, telling)),
    facts: [...alikeOf(finding), ...reasonsOf(telling)],
    couldNotSee: finding.gaps.map(explainGap),
  };
}

function obstacleOf(blocker: Blocker, telling: Telling): Sentence {
  const told = explainObstruction(blocker, telling);
  return telling.finding.verdict === 'was-blocked' ? sentence`As the rules were then, ${midSentence(told)}` : told;
}

/** `No inbound rule of …` where other words stand before it; names keep their capitals. */
function midSentence([first, ...rest]: Sentence): Sentence {
  const isPlain = first.kind === 'words' && first.text.startsWith('No ');
  return isPlain ? [{ ...first, text: `n${first.text.slice(1)}` }, ...rest] : [first, ...rest];
}

function verdictOf(telling: Telling): Verdict {
  return { tone: toneOf(telling.finding), headline: headlineOf(telling), details: detailsOf(telling) };
}

/** How a verdict looks. Only what is certain is called blocked without a "likely". */
function toneOf(finding: Finding): Tone {
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
  return sentence`${subjectOf(telling)}${timesOf(telling.finding)}: ${causeOf(telling)}`;
}

/** One line for a finding beside the first, whose headline named the interface already. */
export function explainBriefly(telling: Telling): Sentence {
  return sentence`${explainFlowBriefly(telling.finding)}${timesOf(telling.finding)}: ${causeOf(telling)}`;
}

function timesOf(finding: Finding): string {
  const rejected = rejectedRecords(finding);
  return rejected > 0 ? `, ${roughly(rejected, 'record')}` : '';
}

/** Silence is about the interface unless somebody asked for one flow. */
function subjectOf(telling: Telling): Sentence {
  const { finding, diagnosis } = telling;
  return finding.group === undefined && Object.keys(diagnosis.question.filter).length === 0
    ? [targetName(diagnosis)]
    : explainFlow(telling);
}

function causeOf(telling: Telling): Sentence {
  const { row, blockedBy, verdict } = telling.finding;
  const [first] = blockedBy;
  if (first !== undefined && verdict === 'blocked')
    return sentence`${obstructionClause(first, telling)}${rowRemark(row)}`;
  return (CAUSES[verdict] ?? plainCause)(telling);
}

function plainCause({ finding }: Telling): Sentence {
  return sentence`${rowTitle(finding.row)}`;
}

/** Too long for a first line, and told below. */
const UNNAMED: ReadonlySet<Gap['fact']> = new Set(['path', 'configuration-changes']);

const CAUSES: Partial<Record<Finding['verdict'], (telling: Telling) => Sentence>> = {
  'not-a-rule': (telling) => {
    const { finding, diagnosis } = telling;
    const answered = finding.reasons.find(({ kind }) => kind === 'answered-by-other-interface');
    return answered?.kind === 'answered-by-other-interface'
      ? sentence`requests reach the host, and it answers by another interface, ${resource(diagnosis.target.region, answered.interfaceId)}`
      : plainCause(telling);
  },
  'was-blocked': (telling) => {
    const changes = telling.finding.reasons.filter((reason) => reason.kind === 'changed');
    const last = (changes.find(({ effect }) => effect === 'opened') ?? changes.at(-1))?.change.at;
    return last === undefined
      ? plainCause(telling)
      : sentence`the configuration blocked it until ${time(last)} and allows it now`;
  },
  undetermined: (telling) => {
    const gap = telling.finding.gaps.find(({ fact, about }) => about !== undefined && !UNNAMED.has(fact));
    return sentence`${plainCause(telling)}${gap === undefined ? '' : ` (${nameGap(gap)})`}`;
  },
  'no-evidence': (telling) => {
    const trouble = telling.finding.row === 'T-61' ? explainFirstTrouble(telling.diagnosis.coverage) : undefined;
    return trouble === undefined ? plainCause(telling) : sentence`${plainCause(telling)} (${trouble})`;
  },
};

function detailsOf(telling: Telling): Sentence {
  const [first = '', ...rest] = [...countsOf(telling), ...surenessOf(telling.finding), ...blockersBehind(telling)];
  return sentence`${joinSpans([typeof first === 'string' ? capital(first) : first, ...rest], ' · ')}`;
}

function surenessOf(finding: Finding): readonly string[] {
  if (finding.verdict === 'undetermined') return ['undetermined: what is missing is told in the thread'];
  if (finding.verdict === 'no-evidence' && LOGS_ARE_BLIND.has(finding.row)) {
    return ['so nothing can be said about what was blocked or allowed'];
  }
  return [explainConfidence(finding)];
}

function countsOf({ finding }: Telling): readonly Part[] {
  const rejected = tallyOf(finding, finding.flow.direction, 'rejected');
  if (rejected === undefined) return unansweredWords(finding);
  const seen = timeRange(rejected.firstSeen, rejected.lastSeen);
  return [
    acceptedWords(finding),
    sentence`rejected ${rejected.firstSeen === rejected.lastSeen ? 'at' : 'from'} ${seen}`,
  ];
}

/** Nothing was rejected: what went one way and never the other. */
function unansweredWords(finding: Finding): readonly string[] {
  const { direction } = finding.flow;
  const sent = acceptedRecords(finding, direction);
  if (sent === 0 || acceptedRecords(finding, opposite(direction)) > 0) return [];
  const [went, answer] = direction === 'egress' ? ['left', 'came back'] : ['came in', 'went out'];
  return [`${roughly(sent, 'record')} ${went}, no answer ${answer}`];
}

/** What passed says as much as what did not. On the way back it is the requests that passed. */
function acceptedWords(finding: Finding): string {
  const { direction, leg } = finding.flow;
  const requests = acceptedRecords(finding, opposite(direction));
  if (leg === 'return' && requests > 0) {
    return `the requests get ${direction === 'egress' ? 'in' : 'out'} (${roughly(requests, 'record')} accepted)`;
  }
  const accepted = acceptedRecords(finding, direction);
  return accepted === 0 ? 'none accepted' : `${roughly(accepted, 'record')} accepted`;
}

function acceptedRecords(finding: Finding, direction: Direction): number {
  return tallyOf(finding, direction, 'accepted')?.records ?? 0;
}

function blockersBehind(telling: Telling): Part[] {
  const { finding, diagnosis } = telling;
  const [, ...behind] = finding.blockedBy;
  if (behind.length === 0) return [];
  const names = joinSpans(
    behind.map((blocker) => obstructionName(blocker, diagnosis.target, telling)),
    ', ',
  );
  return [sentence`${count(behind.length, 'more blocker')} behind it: ${names}`];
}

function reasonsOf(telling: Telling): readonly Sentence[] {
  const { reasons, blockedBy } = telling.finding;
  return reasons
    .toSorted((a, b) => Number(isTurningPoint(b)) - Number(isTurningPoint(a)))
    .filter(({ kind }) => kind !== 'configuration-denies' || blockedBy.length === 0)
    .map((reason) => explainReason(reason, telling));
}

/** Whose hand it was comes before the smaller facts. */
function isTurningPoint(reason: Reason): boolean {
  return reason.kind === 'changed' && reason.effect !== undefined;
}

function alikeOf({ alike = [] }: Finding): readonly Sentence[] {
  if (alike.length === 0) return [];
  const addresses = formatList(
    alike.map(({ remote }) => formatAddress(remote)),
    6,
  );
  return [sentence`The same holds for ${addresses}.`];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

import type { Finding } from '../engine/finding.ts';
import type { Direction } from '../net/direction.ts';
import type { Block, Document } from './document.ts';
import type { ExplainedFinding } from './explain-finding.ts';
import { groupsOf, tallyOf } from './finding-tallies.ts';
import { opposite } from '../net/direction.ts';
import { cutItems, listOf } from './list-of.ts';
import { count, DIRECTION_WORD } from './phrase.ts';
import { rowTitle } from './row-titles.ts';
import { sentence, type Sentence } from './sentence.ts';
import type { Telling } from './telling.ts';

/** Obstacles in the order the packet meets them, the facts, the records. `undefined` when there is nothing to add. */
export function explainWhy(telling: Telling, { obstacles, facts }: ExplainedFinding): Document | undefined {
  const blocks = [...listOf(obstacles, true), ...listOf(cutItems(facts, MOST_FACTS)), ...evidenceOf(telling)];
  if (blocks.length === 0) return undefined;
  const title = 'Why';
  return {
    summary: title,
    blocks: [{ kind: 'title', text: title }, ...blocks, { kind: 'note', spans: rowNote(telling) }],
  };
}

/** The first are the most telling; a reader needs no more. */
const MOST_FACTS = 6;

/** Rejected records first: they are the question. One of a kind says what they look like; all are in the evidence. */
function evidenceOf({ finding }: Telling): readonly Block[] {
  const { direction } = finding.flow;
  const words = TALLIES.flatMap(([way, fate]) => tallyWords(finding, way, fate));
  if (words.length === 0) return [];
  const conversations = groupsOf(finding).reduce((sum, group) => sum + group.conversations, 0);
  const samples = [
    ...samplesOf(finding, direction, 'rejected').slice(0, 1),
    ...samplesOf(finding, opposite(direction), 'accepted').slice(0, 1),
    ...samplesOf(finding, direction, 'accepted').slice(0, 1),
  ];
  return [
    { kind: 'paragraph', spans: sentence`Records of ${count(conversations, 'connection')}: ${words.join(', ')}.` },
    ...(samples.length === 0 ? [] : [{ kind: 'evidence', lines: samples } as const]),
  ];
}

type Fate = 'accepted' | 'rejected';

const TALLIES: readonly (readonly [Direction, Fate])[] = [
  ['ingress', 'rejected'],
  ['ingress', 'accepted'],
  ['egress', 'rejected'],
  ['egress', 'accepted'],
];

/** Exact: the evidence is what people check. */
function tallyWords(finding: Finding, direction: Direction, fate: Fate): string[] {
  const tally = tallyOf(finding, direction, fate);
  const action = fate === 'accepted' ? 'ACCEPT' : 'REJECT';
  return tally === undefined ? [] : [`${count(tally.records, action, action)} ${DIRECTION_WORD[direction]}`];
}

function samplesOf(finding: Finding, direction: Direction, fate: Fate): readonly string[] {
  return tallyOf(finding, direction, fate)?.samples ?? [];
}

function rowNote({ finding }: Telling): Sentence {
  const doubtful = finding.confidence === 'certain' ? [] : finding.alternatives;
  const others = doubtful.slice(0, 3).map((row) => `${row} (${rowTitle(row)})`);
  const also = others.length === 0 ? '' : ` · also possible: ${others.join('; ')}`;
  return sentence`decision table row ${finding.row}${also}`;
}

import { isNonEmpty } from '../lang/non-empty.ts';
import type { Block, Document } from './document.ts';
import type { ExplainedFinding } from './explain-finding.ts';
import { count, DIRECTION_WORD } from './phrase.ts';
import { rowTitle } from './row-titles.ts';
import { sentence, type Sentence } from './sentence.ts';
import type { Telling } from './telling.ts';
import type { Direction } from '../net/direction.ts';
import type { Tallies } from '../flowlog/observations.ts';

/** Obstacles in the order the packet meets them, the facts, the records. */
export function explainWhy(telling: Telling, explained: ExplainedFinding): Document {
  return {
    summary: 'Why',
    blocks: [
      { kind: 'title', text: 'Why' },
      ...listOf(explained.obstacles, explained.obstacles.length > 1),
      ...listOf(explained.facts, false),
      ...evidenceOf(telling),
      { kind: 'note', spans: rowNote(telling) },
    ],
  };
}

function listOf(items: readonly Sentence[], ordered: boolean): readonly Block[] {
  const [only] = items;
  if (only === undefined) return [];
  return items.length === 1 ? [{ kind: 'paragraph', spans: only }] : [{ kind: 'list', ordered, items }];
}

const MOST_RECORDS = 5;

/** Rejected records first: they are the question. */
function evidenceOf({ finding }: Telling): readonly Block[] {
  const { group, flow } = finding;
  if (group === undefined) return [];
  const opposite: Direction = flow.direction === 'ingress' ? 'egress' : 'ingress';
  const tallies = [group[flow.direction].rejected, group[opposite].accepted, group[flow.direction].accepted];
  const lines = tallies.flatMap((tally) => tally?.samples.slice(0, 2) ?? []);
  const rejected = group[flow.direction].rejected?.samples ?? [];
  const shown = [...rejected, ...lines.filter((line) => !rejected.includes(line))].slice(0, MOST_RECORDS);
  const words = [...tallyWords('ingress', group.ingress), ...tallyWords('egress', group.egress)];
  if (!isNonEmpty(words)) return [];
  return [
    {
      kind: 'paragraph',
      spans: sentence`Records of ${count(group.conversations, 'connection')}: ${words.join(', ')}.`,
    },
    ...(shown.length === 0 ? [] : [{ kind: 'evidence', lines: shown } as const]),
  ];
}

/** Exact: the evidence is what people check. */
function tallyWords(direction: Direction, { accepted, rejected }: Tallies): string[] {
  const word = DIRECTION_WORD[direction];
  return [
    ...(rejected === undefined ? [] : [`${count(rejected.records, 'REJECT', 'REJECT')} ${word}`]),
    ...(accepted === undefined ? [] : [`${count(accepted.records, 'ACCEPT', 'ACCEPT')} ${word}`]),
  ];
}

function rowNote({ finding }: Telling): Sentence {
  const others = finding.alternatives.slice(0, 3).map((row) => `${row} (${rowTitle(row)})`);
  const also = others.length === 0 ? '' : ` · also possible: ${others.join('; ')}`;
  return sentence`decision table row ${finding.row}${also}`;
}

import type { Diagnosis } from '../engine/diagnosis.ts';
import type { Finding } from '../engine/finding.ts';
import type { Tally } from '../flowlog/observations.ts';
import type { Direction } from '../net/direction.ts';
import type { Block, Document } from './document.ts';
import { explainFlowBriefly } from './explain-flow.ts';
import { opposite } from '../net/direction.ts';
import { groupsOf } from './finding-tallies.ts';
import { listOf } from './list-of.ts';
import { count, exactly } from './phrase.ts';
import { code, joinSpans, sentence, strong, timeRange, type Sentence } from './sentence.ts';

/** What an answer rests on, exactly: every tally, raw records, and the logs they came from. `undefined`: no records. */
export function explainEvidence({ findings, coverage, reading }: Diagnosis): Document | undefined {
  const shown = findings.filter((finding) => groupsOf(finding).length > 0).slice(0, MOST_FINDINGS);
  if (shown.length === 0) return undefined;
  const logs = coverage.logs.flatMap(({ log, reading: { kind } }) =>
    kind === 'read' ? [sentence`${code(log.id)}: ${code(log.format)}`] : [],
  );
  return {
    summary: TITLE,
    blocks: [
      { kind: 'title', text: TITLE },
      ...shown.flatMap(explainRecords),
      ...samplesOf(shown),
      ...(logs.length === 0 ? [] : [{ kind: 'paragraph', spans: sentence`Flow logs and their formats:` } as const]),
      ...listOf(logs),
      {
        kind: 'note',
        spans: sentence`${count(reading.records, 'record')} read, ${exactly(reading.accepted)} ACCEPT, ${exactly(reading.rejected)} REJECT`,
      },
    ],
  };
}

const TITLE = 'Evidence';

/** As many as an answer tells of. */
const MOST_FINDINGS = 5;

/** Never more in one message. */
const MOST_SAMPLES = 5;

function explainRecords(finding: Finding): readonly Block[] {
  const { direction } = finding.flow;
  const tallies = [direction, opposite(direction)].flatMap((way) =>
    FATES.flatMap((fate) => tellTally(finding, way, fate)),
  );
  return [{ kind: 'paragraph', spans: sentence`${strong(explainFlowBriefly(finding))}` }, ...listOf(tallies)];
}

type Fate = 'rejected' | 'accepted';
const FATES: readonly Fate[] = ['rejected', 'accepted'];
const ACTIONS: Readonly<Record<Fate, string>> = { rejected: 'REJECT', accepted: 'ACCEPT' };

/** One line a group: other addresses with the same fate have tallies of their own. */
function tellTally(finding: Finding, way: Direction, fate: Fate): readonly Sentence[] {
  return groupsOf(finding)
    .slice(0, MOST_FINDINGS)
    .flatMap((group) => {
      const tally = group[way][fate];
      return tally === undefined ? [] : [sentence`${tallyWords(way, fate, tally)}`];
    });
}

function tallyWords(way: Direction, fate: Fate, tally: Tally): Sentence {
  const details = [
    sentence`${count(tally.records, ACTIONS[fate], ACTIONS[fate])} ${way}, ${timeRange(tally.firstSeen, tally.lastSeen)}`,
    `${count(tally.packets, 'packet')}, ${count(tally.bytes, 'byte')}`,
    ...(tally.flags.length === 0 ? [] : [`tcp-flags ${tally.flags.join(', ')}`]),
    ...(tally.rejectReasons.length === 0 ? [] : [`reject-reason ${tally.rejectReasons.join(', ')}`]),
  ];
  return sentence`${joinSpans(details, ' · ')}`;
}

function samplesOf(findings: readonly Finding[]): readonly Block[] {
  const lines = findings.flatMap((finding) =>
    groupsOf(finding).flatMap((group) =>
      [finding.flow.direction, opposite(finding.flow.direction)].flatMap((way) =>
        FATES.flatMap((fate) => group[way][fate]?.samples.slice(0, 2) ?? []),
      ),
    ),
  );
  return lines.length === 0 ? [] : [{ kind: 'evidence', lines: lines.slice(0, MOST_SAMPLES) }];
}

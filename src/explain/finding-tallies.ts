import type { Finding } from '../engine/finding.ts';
import type { FlowGroup, Tally } from '../flowlog/observations.ts';
import type { Direction } from '../net/direction.ts';
import type { EpochSeconds } from '../lang/time.ts';

/** Records of one direction and fate, over all the groups that a finding stands for. */
export interface FindingTally {
  readonly records: number;
  readonly firstSeen: EpochSeconds;
  readonly lastSeen: EpochSeconds;
  readonly samples: readonly string[];
}

/** All groups of a finding: its own, and those of other addresses that met the same fate. */
export function groupsOf({ group, alike = [] }: Finding): readonly FlowGroup[] {
  return group === undefined ? alike : [group, ...alike];
}

export function tallyOf(
  finding: Finding,
  direction: Direction,
  fate: 'accepted' | 'rejected',
): FindingTally | undefined {
  const [first, ...others] = groupsOf(finding).flatMap((group) => group[direction][fate] ?? []);
  return first === undefined ? undefined : others.reduce<FindingTally>(add, first);
}

function add(sum: FindingTally, tally: Tally): FindingTally {
  return {
    records: sum.records + tally.records,
    firstSeen: Math.min(sum.firstSeen, tally.firstSeen),
    lastSeen: Math.max(sum.lastSeen, tally.lastSeen),
    samples: [...sum.samples, ...tally.samples].slice(0, MOST_SAMPLES),
  };
}

const MOST_SAMPLES = 5;

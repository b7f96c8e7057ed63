import { historyOf, type History } from '../changes/history.ts';
import type { Diagnosis } from '../engine/diagnosis.ts';
import { wantsChanges } from '../engine/wants-changes.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import type { Gap } from '../vpc/gap.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import { NO_COST } from './costs.ts';
import type { CollectChanges, CollectionCost, CollectOptions } from './sources.ts';

export interface HistoryWanted {
  readonly diagnosis: Diagnosis;
  readonly snapshot: Snapshot;
  readonly askedBy: string;
}

/** Who changed what the verdict rests on; `undefined` where it rests on nothing that changes. Never fails for AWS. */
export async function readHistory(
  { diagnosis, snapshot, askedBy }: HistoryWanted,
  collectChanges: CollectChanges,
  options: CollectOptions,
): Promise<{ readonly history?: History; readonly cost: CollectionCost }> {
  const wanted = wantsChanges(diagnosis, snapshot);
  if (wanted === undefined) return { cost: NO_COST };
  options.onStep({ kind: 'looking-for-changes' });
  const { accountId, region } = diagnosis.target;
  const { objectIds, since } = wanted;
  try {
    const told = await collectChanges({ scope: { accountId, region }, objectIds, since, askedBy }, options);
    const gaps = distinct([...wanted.gaps, ...told.gaps]);
    return { history: historyOf(told.readings, { readAt: told.readAt, gaps }), cost: told.cost };
  } catch (error) {
    if (!(error instanceof ExpectedError) || options.signal.aborted) throw error;
    return { cost: NO_COST };
  }
}

/** One refusal is told once, however many objects it was about. */
function distinct(gaps: readonly Gap[]): readonly Gap[] {
  return [...new Map(gaps.map((gap) => [`${gap.because} ${gap.about ?? ''}`, gap])).values()];
}

import type { EpochSeconds } from '../lang/time.ts';
import type { Gap } from '../vpc/gap.ts';
import type { Change } from './change.ts';
import { parseEvent } from './parse-event.ts';

/** Who changed what, of the objects that were looked up. */
export interface History {
  readonly changes: readonly Change[];
  /** Of each object looked up: every change since then is known. */
  readonly knownSince: ReadonlyMap<string, EpochSeconds>;
  /** When CloudTrail was asked. What was changed shortly before may not have been told yet. */
  readonly readAt: EpochSeconds;
  /** Objects that could not be looked up, and why. */
  readonly gaps: readonly Gap[];
}

/** What CloudTrail told of one object: its events as JSON texts, the newest first. */
export interface TrailReading {
  readonly objectId: string;
  readonly events: readonly string[];
  readonly knownSince: EpochSeconds;
}

export function historyOf(
  readings: readonly TrailReading[],
  { readAt, gaps }: Pick<History, 'readAt' | 'gaps'>,
): History {
  const changes = readings.flatMap(({ events }) => events.flatMap((event) => parseEvent(event) ?? []));
  return {
    changes: [...new Map(changes.map((change) => [change.id, change])).values()].toSorted((a, b) => a.at - b.at),
    knownSince: new Map(readings.map(({ objectId, knownSince }) => [objectId, knownSince])),
    readAt,
    gaps,
  };
}

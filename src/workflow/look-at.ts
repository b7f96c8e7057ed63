import type { History } from '../changes/history.ts';
import type { WhyRejectedCommand } from '../command/command.ts';
import { diagnose } from '../engine/diagnose.ts';
import type { Diagnosis } from '../engine/diagnosis.ts';
import type { OtherRecords } from '../engine/other-records.ts';
import type { EpochSeconds } from '../lang/time.ts';
import { parseSnapshot } from '../vpc/parse-snapshot.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import type { Collected } from './sources.ts';

export interface Investigation {
  readonly command: WhyRejectedCommand;
  readonly askedBy: string;
  /** Unix seconds: what "not delivered yet" is measured against. */
  readonly now: () => EpochSeconds;
}

/** What was read so far, and what it comes to. */
export interface Read {
  readonly investigation: Investigation;
  readonly collected: Collected;
  readonly others: OtherRecords;
  readonly history?: History;
}

export interface Look extends Read {
  readonly diagnosis: Diagnosis;
  readonly snapshot: Snapshot;
}

/** Parse and diagnose. */
export function lookAt(read: Read): Look {
  const { investigation, collected, others, history } = read;
  const {
    command: { filter, window },
    now,
  } = investigation;
  const { interfaceId, observations, logReadings } = collected;
  const snapshot = parseSnapshot(collected.snapshots);
  const diagnosis = diagnose({
    question: { filter, window },
    snapshot,
    interfaceId,
    observations,
    logReadings,
    others,
    ...(history !== undefined && { history }),
    now: now(),
  });
  return { ...read, diagnosis, snapshot };
}

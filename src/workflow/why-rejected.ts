import type { WhyRejectedCommand } from '../command/command.ts';
import { diagnose } from '../engine/diagnose.ts';
import type { Diagnosis } from '../engine/diagnosis.ts';
import type { EpochSeconds } from '../lang/time.ts';
import { parseSnapshot } from '../vpc/parse-snapshot.ts';
import type { Collect, CollectionCost, CollectOptions } from './sources.ts';

export interface Investigation {
  readonly command: WhyRejectedCommand;
  readonly askedBy: string;
  /** Unix seconds: what "not delivered yet" is measured against. */
  readonly now: () => EpochSeconds;
}

export interface WhyRejectedAnswer {
  readonly diagnosis: Diagnosis;
  readonly cost: CollectionCost;
}

/** Collect, parse, diagnose: the whole story of one question. What it reads comes through `collect`. */
export async function answerWhyRejected(
  { command, askedBy, now }: Investigation,
  collect: Collect,
  options: CollectOptions,
): Promise<WhyRejectedAnswer> {
  const { target, scope, window, filter } = command;
  const collected = await collect({ target, scope, window, askedBy }, options);
  options.onStep({ kind: 'diagnosing' });
  const { interfaceId, observations, logReadings, changes, cost } = collected;
  const diagnosis = diagnose({
    question: { filter, window },
    snapshot: parseSnapshot(collected.snapshots),
    interfaceId,
    observations,
    logReadings,
    ...(changes !== undefined && { changes }),
    now: now(),
  });
  return { diagnosis, cost };
}

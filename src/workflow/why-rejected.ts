import type { WhyRejectedCommand } from '../command/command.ts';
import { diagnose } from '../engine/diagnose.ts';
import type { Diagnosis } from '../engine/diagnosis.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import type { EpochSeconds } from '../lang/time.ts';
import { parseSnapshot } from '../vpc/parse-snapshot.ts';
import { remoteVpcs, wantsPath } from '../engine/wants-path.ts';
import type { RawSnapshot } from '../vpc/raw-snapshot.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import { proveFix } from './prove-fix.ts';
import type { Collect, Collected, CollectionCost, CollectNetwork, CollectOptions, CollectProof } from './sources.ts';

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

/** What a question is answered from. */
export interface WhyRejectedSources {
  readonly collect: Collect;
  readonly collectNetwork: CollectNetwork;
  readonly collectProof: CollectProof;
}

/**
 * Collect, parse, diagnose: the whole story of one question. Where the cause lies further on, the networks that the
 * packet crosses are read too and the question is asked again.
 */
export async function answerWhyRejected(
  investigation: Investigation,
  sources: WhyRejectedSources,
  options: CollectOptions,
): Promise<WhyRejectedAnswer> {
  const { target, scope, window } = investigation.command;
  const collected = await sources.collect({ target, scope, window, askedBy: investigation.askedBy }, options);
  options.onStep({ kind: 'diagnosing' });
  const snapshot = parseSnapshot(collected.snapshots);
  const diagnosis = diagnoseFrom(investigation, collected, snapshot);
  const first = { investigation, collected, diagnosis, snapshot };
  const answer = wantsPath(diagnosis, snapshot)
    ? await lookFurther(first, sources.collectNetwork, options)
    : { diagnosis, cost: collected.cost };
  const { snapshots } = collected;
  const proven = await proveFix(
    { ...answer, snapshots, askedBy: investigation.askedBy },
    sources.collectProof,
    options,
  );
  return { ...answer, ...proven, cost: proven.cost === undefined ? answer.cost : sumOf(answer.cost, proven.cost) };
}

function diagnoseFrom({ command, now }: Investigation, collected: Collected, snapshot: Snapshot): Diagnosis {
  const { filter, window } = command;
  const { interfaceId, observations, logReadings, changes } = collected;
  return diagnose({
    question: { filter, window },
    snapshot,
    interfaceId,
    observations,
    logReadings,
    ...(changes !== undefined && { changes }),
    now: now(),
  });
}

interface FirstLook {
  readonly investigation: Investigation;
  readonly collected: Collected;
  readonly diagnosis: Diagnosis;
  readonly snapshot: Snapshot;
}

/** What the first look found stands if the second one fails: it said itself what it did not see. */
async function lookFurther(
  { investigation, collected, diagnosis, snapshot }: FirstLook,
  collectNetwork: CollectNetwork,
  options: CollectOptions,
): Promise<WhyRejectedAnswer> {
  const { accountId, region } = diagnosis.target;
  const request = {
    scope: { accountId, region },
    vpcIds: remoteVpcs(diagnosis, snapshot),
    askedBy: investigation.askedBy,
  };
  try {
    const onStep = (): void => options.onStep({ kind: 'following-path' });
    const network = await collectNetwork(request, { signal: options.signal, onStep });
    const raws = [...collected.snapshots, ...network.snapshots.map(withoutFlowLogs)];
    return {
      diagnosis: diagnoseFrom(investigation, collected, parseSnapshot(raws)),
      cost: sumOf(collected.cost, network.cost),
    };
  } catch (error) {
    if (!(error instanceof ExpectedError) || options.signal.aborted) throw error;
    return { diagnosis, cost: collected.cost };
  }
}

/** They were read for the interface already, with what their destinations say. */
function withoutFlowLogs({ FlowLogs: _known, ...rest }: RawSnapshot): RawSnapshot {
  return rest;
}

function sumOf(a: CollectionCost, b: CollectionCost): CollectionCost {
  return {
    calls: a.calls + b.calls,
    rounds: a.rounds + b.rounds,
    milliseconds: a.milliseconds + b.milliseconds,
  };
}

import type { WhyRejectedCommand } from '../command/command.ts';
import type { History } from '../changes/history.ts';
import { diagnose } from '../engine/diagnose.ts';
import type { Diagnosis } from '../engine/diagnosis.ts';
import type { OtherRecords } from '../engine/other-records.ts';
import { remoteVpcs, wantsPath } from '../engine/wants-path.ts';
import { wantsRecordsOf } from '../engine/wants-records.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import type { EpochSeconds } from '../lang/time.ts';
import { parseSnapshot } from '../vpc/parse-snapshot.ts';
import type { RawSnapshot } from '../vpc/raw-snapshot.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import { inTurn } from './costs.ts';
import { proveFix } from './prove-fix.ts';
import { readHistory } from './read-history.ts';
import { readOthers } from './read-others.ts';
import type {
  Collect,
  CollectChanges,
  Collected,
  CollectionCost,
  CollectNetwork,
  CollectOptions,
  CollectProof,
} from './sources.ts';

export interface Investigation {
  readonly command: WhyRejectedCommand;
  readonly askedBy: string;
  /** Unix seconds: what "not delivered yet" is measured against. */
  readonly now: () => EpochSeconds;
  /** Told what stands before the slow part begins: who changed it, the way beyond, the proof of the fix. */
  readonly onFirstLook?: (diagnosis: Diagnosis) => void;
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
  readonly collectChanges: CollectChanges;
}

/**
 * Collect, parse, diagnose: the whole story of one question. Where the cause lies further on, the records of the host's
 * other interfaces and the networks that the packet crosses are read too, and the question is asked again.
 */
export async function answerWhyRejected(
  investigation: Investigation,
  sources: WhyRejectedSources,
  options: CollectOptions,
): Promise<WhyRejectedAnswer> {
  const { target, scope, window } = investigation.command;
  const collected = await sources.collect({ target, scope, window, askedBy: investigation.askedBy }, options);
  options.onStep({ kind: 'diagnosing' });
  const near = await lookAtOthers(lookAt({ investigation, collected, others: new Map() }), sources.collect, options);
  investigation.onFirstLook?.(near.diagnosis);
  const look = await lookBack(near, sources.collectChanges, options);
  const answer = wantsPath(look.diagnosis, look.snapshot)
    ? await lookFurther(look, sources.collectNetwork, options)
    : { diagnosis: look.diagnosis, cost: look.collected.cost };
  const { snapshots } = collected;
  const proven = await proveFix(
    { ...answer, snapshots, askedBy: investigation.askedBy },
    sources.collectProof,
    options,
  );
  return { ...answer, ...proven, cost: proven.cost === undefined ? answer.cost : inTurn(answer.cost, proven.cost) };
}

/** What was read so far, and what it comes to. */
interface Read {
  readonly investigation: Investigation;
  readonly collected: Collected;
  readonly others: OtherRecords;
  readonly history?: History;
}

interface Look extends Read {
  readonly diagnosis: Diagnosis;
  readonly snapshot: Snapshot;
}

function lookAt(read: Read): Look {
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

/** An answer may have left by another interface of the instance (CT-21). */
async function lookAtOthers(look: Look, collect: Collect, { onStep, signal }: CollectOptions): Promise<Look> {
  const { investigation, collected, diagnosis } = look;
  const wanted = wantsRecordsOf(diagnosis);
  if (wanted.length === 0) return look;
  onStep({ kind: 'reading-other-interfaces' });
  const { accountId, region } = diagnosis.target;
  const request = {
    scope: { accountId, region },
    window: investigation.command.window,
    askedBy: investigation.askedBy,
  };
  const { records, snapshots, cost } = await readOthers(wanted, { collect, request, signal });
  const both = { snapshots: [...collected.snapshots, ...snapshots], cost: inTurn(collected.cost, cost) };
  return lookAt({ investigation, collected: { ...collected, ...both }, others: records });
}

/** The rejects may have met other rules than today's, and somebody's hand may have changed them. */
async function lookBack(look: Look, collectChanges: CollectChanges, options: CollectOptions): Promise<Look> {
  const { investigation, collected, others, diagnosis, snapshot } = look;
  const wanted = { diagnosis, snapshot, askedBy: investigation.askedBy };
  const { history, cost } = await readHistory(wanted, collectChanges, options);
  if (history === undefined) return look;
  return lookAt({ investigation, collected: { ...collected, cost: inTurn(collected.cost, cost) }, others, history });
}

/** What the looks before found stands if this one fails: it said itself what it did not see. */
async function lookFurther(
  { diagnosis, snapshot, ...read }: Look,
  collectNetwork: CollectNetwork,
  options: CollectOptions,
): Promise<WhyRejectedAnswer> {
  const { investigation, collected } = read;
  const { accountId, region } = diagnosis.target;
  const request = {
    scope: { ...investigation.command.scope, accountId, region },
    vpcIds: remoteVpcs(diagnosis, snapshot),
    askedBy: investigation.askedBy,
  };
  try {
    const onStep = (): void => options.onStep({ kind: 'following-path' });
    const network = await collectNetwork(request, { signal: options.signal, onStep });
    const snapshots = [...collected.snapshots, ...network.snapshots.map(withoutFlowLogs)];
    const cost = inTurn(collected.cost, network.cost);
    return { diagnosis: lookAt({ ...read, collected: { ...collected, snapshots } }).diagnosis, cost };
  } catch (error) {
    if (!(error instanceof ExpectedError) || options.signal.aborted) throw error;
    return { diagnosis, cost: collected.cost };
  }
}

/** They were read for the interface already, with what their destinations say. */
function withoutFlowLogs({ FlowLogs: _known, ...rest }: RawSnapshot): RawSnapshot {
  return rest;
}

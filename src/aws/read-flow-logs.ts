import type { LogReading } from '../engine/diagnosis.ts';
import type { Step } from '../engine/step.ts';
import type { Observations } from '../flowlog/observations.ts';
import { createObserver } from '../flowlog/observe.ts';
import type { TimeWindow } from '../lang/time.ts';
import { parseAddress } from '../net/address.ts';
import type { FlowLog } from '../vpc/flow-log.ts';
import type { FlowLogId } from '../vpc/ids.ts';
import { parseSnapshot } from '../vpc/parse-snapshot.ts';
import type { RawRefusal } from '../vpc/raw-snapshot.ts';
import type { AwsLimits } from './aws-settings.ts';
import { continueChain } from './chain.ts';
import { chooseFlowLogs, see } from './choose-flow-logs.ts';
import type { Scene } from './read-configuration.ts';
import { withDeadline } from './deadline.ts';
import type { LargeLogs } from './large-logs.ts';
import type { LogScene } from './log-scene.ts';
import { readLog, type LogOutcome } from './read-log.ts';
import type { Part } from './read-part.ts';
import { isReadable, type ReadableFlowLog } from './readable-destination.ts';
import { settleAll } from './work-through.ts';

export interface FlowLogQuestion {
  readonly window: TimeWindow;
  readonly limits: AwsLimits;
  readonly largeLogs?: LargeLogs;
  readonly onStep: (step: Step) => void;
}

export interface FlowLogAnswer {
  readonly observations: Observations;
  readonly logReadings: ReadonlyMap<FlowLogId, LogReading>;
  /** Parts of a log that could not be read, where the rest was. */
  readonly refusals: readonly RawRefusal[];
}

/**
 * Reads the flow logs that cover the interface: the fewest that show both what passed and what was rejected.
 * `scene.asking` is the chain along which `list` was read.
 */
export async function readFlowLogs(
  scene: Scene,
  list: Promise<Part>,
  question: FlowLogQuestion,
): Promise<FlowLogAnswer> {
  const { flowLogs, logScene } = prepare(scene, await list, question);
  const outcomes = await readInTurn(flowLogs, logScene);
  const stopped = [...outcomes.values()].map((outcome) => outcome.stopped).find((reason) => reason !== undefined);
  if (stopped !== undefined) logScene.observer.stop(stopped);
  return {
    observations: logScene.observer.finish(),
    logReadings: new Map(flowLogs.map(({ id }) => [id, outcomes.get(id)?.reading ?? { kind: 'not-needed' }])),
    refusals: [...outcomes.values()].flatMap((outcome) => outcome.refusal ?? []),
  };
}

function prepare(
  { asking, accountId, found: { interface: found } }: Scene,
  { items = [] }: Part,
  { window, limits, largeLogs, onStep }: FlowLogQuestion,
): { flowLogs: readonly FlowLog[]; logScene: LogScene } {
  const { flowLogs } = parseSnapshot([{ accountId, region: asking.place.region, FlowLogs: items }]);
  const observer = createObserver({
    interfaceId: found.id,
    addresses: found.addresses.map(parseAddress).filter((address) => address !== undefined),
    window,
    // Rejects are read by a pass of their own and have room of their own.
    limits: { records: 2 * limits.logRecords, bytes: limits.logBytes },
  });
  const signal = withDeadline(asking.signal, limits.logMilliseconds);
  const logScene = {
    asking: { ...asking, signal },
    accountId,
    interfaceId: found.id,
    window,
    limits,
    ...(largeLogs !== undefined && { largeLogs }),
    observer,
    onProgress: (records: number) => onStep({ kind: 'reading-flow-logs', records }),
  };
  return { flowLogs, logScene };
}

/** A log that turns out unreadable is replaced by the next best, if there is one. */
async function readInTurn(flowLogs: readonly FlowLog[], scene: LogScene): Promise<ReadonlyMap<FlowLogId, LogOutcome>> {
  const outcomes = new Map(flowLogs.flatMap(unreadable));
  let seen = { accept: false, reject: false };
  let batch = chooseFlowLogs(untried(flowLogs, outcomes), seen);
  while (batch.length > 0) {
    const turn = { ...scene, asking: continueChain(scene.asking) };
    const answers = await settleAll(batch.map(async (log) => ({ log, outcome: await readLog(log, turn) })));
    for (const { log, outcome } of answers) {
      outcomes.set(log.id, outcome);
      if (outcome.reading.kind === 'read') seen = see(seen, log);
    }
    batch = chooseFlowLogs(untried(flowLogs, outcomes), seen);
  }
  return outcomes;
}

function unreadable({ id, destination }: FlowLog): [FlowLogId, LogOutcome][] {
  if (destination.kind !== 'unreadable') return [];
  return [[id, { reading: { kind: 'unreadable-destination', type: destination.type } }]];
}

function untried(
  flowLogs: readonly FlowLog[],
  outcomes: ReadonlyMap<FlowLogId, LogOutcome>,
): readonly ReadableFlowLog[] {
  return flowLogs.filter(isReadable).filter(({ id }) => !outcomes.has(id));
}

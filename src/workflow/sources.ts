import type { Scope, Target } from '../command/command.ts';
import type { LogReading } from '../engine/diagnosis.ts';
import type { Change } from '../engine/finding.ts';
import type { Step } from '../engine/step.ts';
import type { Observations } from '../flowlog/observations.ts';
import type { TimeWindow } from '../lang/time.ts';
import type { FlowLogId, NetworkInterfaceId, VpcId } from '../vpc/ids.ts';
import type { RawSnapshot } from '../vpc/raw-snapshot.ts';

export interface CollectRequest {
  readonly target: Target;
  readonly scope: Scope;
  readonly window: TimeWindow;
  /** Who asked, for the session name of an assumed role: CloudTrail then shows it. */
  readonly askedBy: string;
}

/** Everything the engine needs, read from AWS or from a file. */
export interface Collected {
  readonly interfaceId: NetworkInterfaceId;
  readonly snapshots: readonly RawSnapshot[];
  readonly observations: Observations;
  readonly logReadings: ReadonlyMap<FlowLogId, LogReading>;
  /** Absent: nobody looked. */
  readonly changes?: readonly Change[];
  readonly cost: CollectionCost;
}

/** What an answer cost in calls, printed by the demo and written to the log. */
export interface CollectionCost {
  readonly calls: number;
  /** Calls that had to wait for another's answer, the longest chain. */
  readonly rounds: number;
  readonly milliseconds: number;
}

export interface CollectOptions {
  readonly signal: AbortSignal;
  readonly onStep: (step: Step) => void;
}

/** Throws `ExpectedError`: no-such-resource, ambiguous-target, no-credentials, no-region, missing-permission, throttled, unreachable. */
export type Collect = (request: CollectRequest, options: CollectOptions) => Promise<Collected>;

export interface NetworkRequest {
  readonly scope: Scope;
  /** Absent: every VPC of the scope. */
  readonly vpcIds?: readonly VpcId[];
  readonly askedBy: string;
}

/** The configuration of whole networks, as a snapshot file would hold it. */
export interface CollectedNetwork {
  readonly snapshots: readonly RawSnapshot[];
  readonly cost: CollectionCost;
}

/** Throws `ExpectedError`: no-credentials, no-region, not-allowed, throttled, unreachable. What was refused is in the snapshots. */
export type CollectNetwork = (request: NetworkRequest, options: CollectOptions) => Promise<CollectedNetwork>;

import type { TrailReading } from '../changes/history.ts';
import type { Scope, Target } from '../command/command.ts';
import type { LogReading } from '../engine/diagnosis.ts';
import type { Step } from '../engine/step.ts';
import type { PlacedVpc } from '../engine/wants-path.ts';
import type { Observations } from '../flowlog/observations.ts';
import type { EpochSeconds, TimeWindow } from '../lang/time.ts';
import type { FlowLog } from '../vpc/flow-log.ts';
import type { Gap } from '../vpc/gap.ts';
import type { AccountId, FlowLogId, NetworkInterfaceId, Region, SecurityGroupId, VpcId } from '../vpc/ids.ts';
import type { NetworkInterface } from '../vpc/network-interface.ts';
import type { RawSnapshot } from '../vpc/raw-snapshot.ts';

export interface CollectRequest {
  readonly target: Target;
  readonly scope: Scope;
  readonly window: TimeWindow;
  /** Who asked, for the session name of an assumed role: CloudTrail then shows it. */
  readonly askedBy: string;
  /** Nobody asked just now: nothing is done that AWS charges for by its size. */
  readonly withoutQueries?: boolean;
}

/** Everything the engine needs, read from AWS or from a file. */
export interface Collected {
  readonly interfaceId: NetworkInterfaceId;
  readonly snapshots: readonly RawSnapshot[];
  readonly observations: Observations;
  readonly logReadings: ReadonlyMap<FlowLogId, LogReading>;
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
  /** VPCs of which it is known where they are, so that nobody looks for them. Those out of reach are left out. */
  readonly placed?: readonly PlacedVpc[];
  /** Ends of a way: where they tell it, only the VPCs between them are read. */
  readonly between?: readonly Target[];
  readonly askedBy: string;
}

export interface ChangesRequest {
  readonly scope: Scope & { readonly accountId: AccountId; readonly region: Region };
  readonly objectIds: readonly string[];
  readonly since: EpochSeconds;
  readonly askedBy: string;
}

export interface CollectedChanges {
  readonly readings: readonly TrailReading[];
  readonly readAt: EpochSeconds;
  /** What was refused or not told in time. */
  readonly gaps: readonly Gap[];
  readonly cost: CollectionCost;
}

/** Throws `ExpectedError`: no-credentials, no-region, not-allowed. What CloudTrail does not tell is in the gaps. */
export type CollectChanges = (request: ChangesRequest, options: CollectOptions) => Promise<CollectedChanges>;

/** The configuration of whole networks, as a snapshot file would hold it. */
export interface CollectedNetwork {
  readonly snapshots: readonly RawSnapshot[];
  readonly cost: CollectionCost;
}

/** Throws `ExpectedError`: no-credentials, no-region, not-allowed, throttled, unreachable. What was refused is in the snapshots. */
export type CollectNetwork = (request: NetworkRequest, options: CollectOptions) => Promise<CollectedNetwork>;

/** What a fix lets through besides is looked for in this neighbourhood, and in these records. */
export interface ProofRequest {
  readonly scope: Scope;
  readonly askedBy: string;
  readonly accountId: AccountId;
  readonly interface: NetworkInterface;
  readonly vpcId: VpcId;
  /** Groups of which every carrier is wanted. */
  readonly groupIds: readonly SecurityGroupId[];
  /** Whether every interface of the VPC is wanted, because its ACL is changed. */
  readonly wholeVpc: boolean;
  /** Absent: no more records are wanted. */
  readonly window?: TimeWindow;
  /** The logs that the answer rests on. */
  readonly flowLogs: readonly FlowLog[];
}

export interface CollectedProof {
  /** Beside the snapshots of the answer: what was refused is in them. */
  readonly snapshots: readonly RawSnapshot[];
  /** Rejects only. Absent: nothing came in time. */
  readonly day?: Observations;
  readonly cost: CollectionCost;
}

/** Takes a few seconds at most. Throws `ExpectedError`, as `Collect` does. */
export type CollectProof = (request: ProofRequest, options: CollectOptions) => Promise<CollectedProof>;

export interface TrafficRequest {
  readonly scope: Scope;
  readonly interfaceId: NetworkInterfaceId;
  readonly logGroup: string;
  /** Of the flow log that writes there, as AWS has it. */
  readonly format: string;
  readonly window: TimeWindow;
  readonly askedBy: string;
}

/** What a flow log shows of an interface in a long time, without reading it. */
export type FoundTraffic =
  /** Something came or went, accepted or rejected. */
  | { readonly kind: 'traffic' }
  /** Nothing did, and that is on record since then. */
  | { readonly kind: 'silence'; readonly since: EpochSeconds }
  /** Records were lost, or there was too much to look through. */
  | { readonly kind: 'incomplete' }
  /** Not a line of this interface. */
  | { readonly kind: 'nothing' };

/** Throws `ExpectedError`: missing-permission, no-such-resource, throttled, unreachable. */
export type FindTraffic = (request: TrafficRequest, options: { readonly signal: AbortSignal }) => Promise<FoundTraffic>;

import type { RawSnapshot } from '../../src/vpc/raw-snapshot.ts';

/** One account in one region as the loopback endpoints serve it. Several entries may share an account id. */
export interface StandInAccount {
  /** What every `Describe*` call answers from: a recorded network, as in `src/vpc/raw-snapshot.ts`. */
  readonly snapshot: RawSnapshot;
  readonly logGroups?: readonly StandInLogGroup[];
  readonly buckets?: readonly StandInBucket[];
  readonly tables?: readonly StandInTable[];
  /** What CloudTrail remembers. */
  readonly trail?: readonly StandInTrailEvent[];
  /** IAM actions that are refused: `ec2:DescribeFlowLogs`, `logs:FilterLogEvents`, `s3:GetObject`. */
  readonly denied?: readonly string[];
  /** Roles that others may assume; a role that is not here is refused. */
  readonly roles?: readonly StandInRole[];
}

interface StandInRole {
  readonly name: string;
  /** Refuses whoever doesn't bring it (API-68). */
  readonly externalId?: string;
}

export interface StandInLogGroup {
  readonly name: string;
  /** `INFREQUENT_ACCESS` groups refuse FilterLogEvents and GetLogEvents (API-47). */
  readonly class?: 'STANDARD' | 'INFREQUENT_ACCESS';
  /** Absent: kept for ever. */
  readonly retentionInDays?: number;
  readonly streams: readonly StandInLogStream[];
}

export interface StandInLogStream {
  readonly name: string;
  readonly events: readonly StandInLogEvent[];
}

export interface StandInLogEvent {
  readonly timestampMs: number;
  readonly message: string;
}

export interface StandInTrailEvent {
  readonly id: string;
  readonly name: string;
  readonly atMs: number;
  /** Names by which it can be looked up. */
  readonly resources: readonly string[];
  /** The whole event, JSON. */
  readonly text: string;
  readonly readOnly?: boolean;
}

export interface StandInBucket {
  readonly name: string;
  readonly objects: ReadonlyMap<string, Buffer>;
  /** Other accounts that may read it; its own account always may. */
  readonly readers?: readonly string[];
}

/** A table of Athena over the flow logs of a bucket: every file that a flow log could have written. */
export interface StandInTable {
  readonly database: string;
  readonly table: string;
  readonly bucket: string;
  /** A query that would scan more is cancelled, as a workgroup may have it. */
  readonly scanLimit?: number;
}

/** The key that signs as an account: 20 characters, as AWS's own have. */
export function accessKeyOf(accountId: string): string {
  return `AKIA${accountId}DEMO`;
}

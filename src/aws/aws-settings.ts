import type { LargeLogs } from './large-logs.ts';

/** Where to look and how hard, as the composition root read it from the configuration. */
export interface AwsSettings {
  /** Reached by assuming a role. Without any, the SDK's own credential chain is used. */
  readonly accounts: readonly AwsAccount[];
  /** Read with the SDK's own chain when no accounts are configured. Empty: the SDK's own region. */
  readonly regions: readonly string[];
  /** For stand-ins. Absent: AWS, or what `AWS_ENDPOINT_URL` says. */
  readonly endpoint?: string;
  readonly limits: AwsLimits;
  /** Absent: every log is read, as far as the limits allow. */
  readonly largeLogs?: LargeLogs;
}

export interface AwsAccount {
  readonly id: string;
  readonly roleArn: string;
  /** Against the confused deputy (API-63). The configuration refuses a role without one. */
  readonly externalId: string;
  readonly regions: readonly string[];
}

export interface AwsLimits {
  /** Until a connection stands, and until a call is answered, each attempt on its own. */
  readonly connectMilliseconds: number;
  readonly requestMilliseconds: number;
  /** For everything read about one question. Configuration that is missing by then becomes a gap. */
  readonly collectMilliseconds: number;
  /** For reading whole networks, as paths and audits do. */
  readonly networkMilliseconds: number;
  /** For reading flow logs. Newest records come first, so what is left out is the oldest. */
  readonly logMilliseconds: number;
  readonly logRecords: number;
  readonly logBytes: number;
  /** A Parquet object is held in memory whole; larger ones are skipped and said. */
  readonly parquetBytes: number;
  /** For everything that only tells what a fix lets through besides: the answer waits for it. */
  readonly proofMilliseconds: number;
  readonly proofRecords: number;
  readonly proofBytes: number;
  /** For asking CloudTrail who changed something: it grants two calls a second. */
  readonly changesMilliseconds: number;
  /** Of one operation in one account: its rate is shared with everybody there (API-34). */
  readonly callsAtOnce: number;
  readonly objectsAtOnce: number;
  /** Of one listing: 1,000 items a page for most. */
  readonly pages: number;
  /** The same where whole networks are read. A listing with more of them counts as not read. */
  readonly networkPages: number;
}

export const DEFAULT_LIMITS: AwsLimits = {
  connectMilliseconds: 2_000,
  requestMilliseconds: 8_000,
  collectMilliseconds: 30_000,
  networkMilliseconds: 300_000,
  logMilliseconds: 15_000,
  logRecords: 500_000,
  logBytes: 512 * 1024 * 1024,
  parquetBytes: 64 * 1024 * 1024,
  proofMilliseconds: 2_000,
  proofRecords: 50_000,
  proofBytes: 64 * 1024 * 1024,
  changesMilliseconds: 6_000,
  callsAtOnce: 5,
  objectsAtOnce: 4,
  pages: 20,
  networkPages: 500,
};

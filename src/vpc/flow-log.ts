import type { EpochSeconds } from '../lang/time.ts';
import type { AccountId, FlowLogId, Region } from './ids.ts';

/** A flow log subscription as `DescribeFlowLogs` tells it. Cannot be changed once made (FLOW-89). */
export interface FlowLog {
  readonly id: FlowLogId;
  /** The interface, subnet or VPC that is monitored (FLOW-84). */
  readonly resourceId: string;
  readonly trafficType: 'ACCEPT' | 'REJECT' | 'ALL';
  readonly destination: FlowLogDestination;
  /** `${version} ${account-id} …`: the template, fields in their order (FLOW-42). */
  readonly format: string;
  /** 60 or 600 seconds (FLOW-52). */
  readonly aggregationInterval: number;
  readonly delivery: { readonly status: 'success' | 'failed' | 'unknown'; readonly error?: string };
  readonly createdAt?: EpochSeconds;
}

export type FlowLogDestination =
  | {
      readonly kind: 'cloud-watch-logs';
      readonly logGroup: string;
      /** Whose log group, where AWS tells: it may be another account's. */
      readonly accountId?: AccountId;
    }
  | {
      readonly kind: 's3';
      readonly bucket: string;
      /** With its final slash, or empty. */
      readonly prefix: string;
      readonly fileFormat: 'plain-text' | 'parquet';
      readonly hiveCompatible: boolean;
      readonly perHour: boolean;
    }
  | { readonly kind: 'unreadable'; readonly type: string; readonly arn: string };

/** A log group of CloudWatch Logs, as `DescribeLogGroups` tells it. */
export interface LogGroup {
  readonly name: string;
  readonly accountId: AccountId;
  readonly region: Region;
  /** Absent: events are kept for ever. */
  readonly retentionInDays?: number;
  /** `STANDARD`, `INFREQUENT_ACCESS`, `DELIVERY`. */
  readonly logGroupClass?: string;
}

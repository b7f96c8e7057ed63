import type { Observer } from '../flowlog/observe.ts';
import type { TimeWindow } from '../lang/time.ts';
import type { NetworkInterfaceId } from '../vpc/ids.ts';
import type { AwsLimits } from './aws-settings.ts';
import type { Asking } from './call-aws.ts';
import type { LargeLogs } from './large-logs.ts';

/** What the reading of all logs of one question has in common. */
export interface LogScene {
  readonly asking: Asking;
  /** The owner of the flow logs: their files are under its id (API-55). */
  readonly accountId: string;
  readonly interfaceId: NetworkInterfaceId;
  readonly window: TimeWindow;
  readonly limits: AwsLimits;
  /** Absent: nothing is asked by queries, however large the logs are. */
  readonly largeLogs?: LargeLogs;
  readonly observer: Observer;
  /** Absent: whatever the log holds. */
  readonly only?: 'REJECT';
  readonly onProgress: (records: number) => void;
}

import type { EpochSeconds, TimeWindow } from '../lang/time.ts';
import { epochOf, utcOf } from '../lang/utc.ts';

/** Where a flow log puts its files in a bucket (FLOW-96, FLOW-98). */
export interface S3Layout {
  /** With its final slash, or empty. */
  readonly prefix: string;
  /** The owner of the flow log, whoever owns the bucket (API-55). */
  readonly accountId: string;
  readonly region: string;
  readonly hiveCompatible: boolean;
  readonly perHour: boolean;
}

/** A file is stamped with the start of the five minutes in which its records end (FLOW-95). */
const FILE_SPAN = 5 * 60;

/** Files may be stamped later than they should (API-54). */
const LATENESS = 10 * 60;

/** The longest aggregation interval (FLOW-52). */
const LONGEST_INTERVAL = 10 * 60;

const HOUR = 3600;
const DAY = 24 * HOUR;

/**
 * The folders, by day or by hour in UTC, in which the records of a window lie.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-path.html
 */
export function s3Prefixes(layout: S3Layout, window: TimeWindow): string[] {
  const step = layout.perHour ? HOUR : DAY;
  const { start, end } = fileStamps(window, LONGEST_INTERVAL);
  const first = start - (start % step);
  const count = Math.floor((end - first) / step) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => folderAt(layout, first + index * step));
}

/** Decided by the time in the file's name: `LastModified` is later (FLOW-99). */
export function objectInWindow(key: string, window: TimeWindow, aggregationInterval: number): boolean {
  const stamp = parseObjectKey(key)?.stamp;
  if (stamp === undefined) return false;
  const { start, end } = fileStamps(window, aggregationInterval);
  return stamp >= start && stamp <= end;
}

/** What the name of a file tells: `acct_vpcflowlogs_region_fl-…_20261120T1405Z_hash.log.gz` (FLOW-95). */
export interface ObjectName {
  readonly flowLogId: string;
  readonly stamp: EpochSeconds;
}

/** `undefined` for files that no flow log wrote. */
export function parseObjectKey(key: string): ObjectName | undefined {
  const [, flowLogId, year, month, day, hour, minute] = OBJECT_NAME.exec(key) ?? [];
  if (flowLogId === undefined) return undefined;
  const stamp = epochOf({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: 0,
  });
  return stamp === undefined ? undefined : { flowLogId, stamp };
}

const OBJECT_NAME =
  /(?:^|\/)\d{12}_vpcflowlogs_[a-z0-9-]{1,32}_(fl-[0-9a-f]{1,32})_(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})Z_[^/]{1,128}$/;

/** Stamps of all files that may hold a record of the window: a record may end one interval after the window. */
export function fileStamps(window: TimeWindow, aggregationInterval: number): TimeWindow {
  return {
    start: window.start - (window.start % FILE_SPAN),
    end: window.end + aggregationInterval + LATENESS,
  };
}

function folderAt(layout: S3Layout, time: EpochSeconds): string {
  const { year, month, day, hour } = utcOf(time);
  const [yyyy, mm, dd, hh] = [padded(year, 4), padded(month, 2), padded(day, 2), padded(hour, 2)];
  const { prefix, accountId, region } = layout;
  if (layout.hiveCompatible) {
    const account = `aws-account-id=${accountId}/aws-service=vpcflowlogs/aws-region=${region}`;
    const date = `year=${yyyy}/month=${mm}/day=${dd}/`;
    return `${prefix}AWSLogs/${account}/${date}${layout.perHour ? `hour=${hh}/` : ''}`;
  }
  const date = `${yyyy}/${mm}/${dd}/`;
  return `${prefix}AWSLogs/${accountId}/vpcflowlogs/${region}/${date}${layout.perHour ? `${hh}/` : ''}`;
}

function padded(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

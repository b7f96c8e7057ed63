import type { TimeWindow } from '../lang/time.ts';
import { utcOf } from '../lang/utc.ts';
import type { FlowLogId, NetworkInterfaceId } from '../vpc/ids.ts';
import { fileStamps } from './s3-layout.ts';

/** A table of Athena over the flow logs of a bucket. Names are the configuration's, which checked them. */
export interface AthenaTable {
  readonly database: string;
  readonly table: string;
  /** How it is cut into partitions, as AWS's guides do it. */
  readonly partitions: Partitions;
}

/**
 * `date`: a column of dates, over one account and region.
 * `projection`: `accid`, `region` and `day` as `2026/11/20`.
 * `hive`: what Hive-compatible folders name: `aws-account-id`, `aws-region`, `year`, `month`, `day`.
 * `hive-hourly`: the same and `hour`.
 * https://docs.aws.amazon.com/athena/latest/ug/vpc-flow-logs.html
 */
export type Partitions = (typeof PARTITIONS)[number];
export const PARTITIONS = ['date', 'projection', 'hive', 'hive-hourly'] as const;

export interface AthenaQuestion {
  readonly table: AthenaTable;
  readonly interfaceId: NetworkInterfaceId;
  readonly flowLogId: FlowLogId;
  readonly accountId: string;
  readonly region: string;
  readonly window: TimeWindow;
  readonly aggregationInterval: number;
  readonly mostRows: number;
}

/** A text with question marks, and what stands for each of them: no value is ever written into a text. */
export interface AthenaQuery {
  readonly text: string;
  readonly values: readonly string[];
}

/** Pages hold 1,000 rows: more than a hundred would be read for longer than anybody waits. */
const MOST_ATHENA_ROWS = 100_000;

/**
 * The records of one interface, out of the partitions of the window alone. Rejects come first, then the newest. All
 * columns are asked for, since which there are is the table's affair and their names tell (API-56). A table may hold what
 * several flow logs wrote: their files have their ids in the names (FLOW-95).
 */
export function athenaQuery(question: AthenaQuestion): AthenaQuery {
  const { table, interfaceId, accountId, region, flowLogId, window, mostRows } = question;
  const conditions: readonly Condition[] = [
    ...PARTITION_CONDITIONS[table.partitions](question),
    { text: '"interface_id" = ?', values: [literal(interfaceId)] },
    { text: '"end" >= ?', values: [String(window.start)] },
    { text: '"start" <= ?', values: [String(window.end)] },
    { text: '"$path" LIKE ?', values: [literal(`%/${accountId}_vpcflowlogs_${region}_${flowLogId}_%`)] },
  ];
  return {
    text: [
      `SELECT * FROM "${table.database}"."${table.table}"`,
      `WHERE ${conditions.map(({ text }) => text).join('\n  AND ')}`,
      `ORDER BY CASE WHEN "action" = 'REJECT' THEN 0 ELSE 1 END, "start" DESC`,
      `LIMIT ${rowsOf(mostRows)}`,
    ].join('\n'),
    values: conditions.flatMap(({ values }) => values),
  };
}

/** As many rows as are asked for when so many are wanted. */
export function rowsOf(mostRows: number): number {
  return Math.min(mostRows, MOST_ATHENA_ROWS);
}

interface Condition {
  readonly text: string;
  readonly values: readonly string[];
}

const PARTITION_CONDITIONS: Readonly<Record<Partitions, (question: AthenaQuestion) => readonly Condition[]>> = {
  date: (question) => {
    const { first, last } = daysOf(question, '-');
    return [{ text: '"date" BETWEEN CAST(? AS date) AND CAST(? AS date)', values: [literal(first), literal(last)] }];
  },
  projection: (question) => {
    const { first, last } = daysOf(question, '/');
    return [
      { text: '"accid" = ?', values: [literal(question.accountId)] },
      { text: '"region" = ?', values: [literal(question.region)] },
      { text: '"day" BETWEEN ? AND ?', values: [literal(first), literal(last)] },
    ];
  },
  hive: (question) => [...ownerOf(question), eachDay(question)],
  'hive-hourly': (question) => [...ownerOf(question), eachHour(question)],
};

function ownerOf({ accountId, region }: AthenaQuestion): readonly Condition[] {
  return [
    { text: '"aws-account-id" = ?', values: [literal(accountId)] },
    { text: '"aws-region" = ?', values: [literal(region)] },
  ];
}

/** One of some days or hours, each told by its columns: plain comparisons are what partitions are chosen by. */
function eachOf(steps: readonly Step[], columns: readonly (keyof Step)[]): Condition {
  const one = columns.map((column) => `"${column}" = ?`).join(' AND ');
  return {
    text: `(${steps.map(() => `(${one})`).join(' OR ')})`,
    values: steps.flatMap((step) => columns.map((column) => literal(step[column]))),
  };
}

function eachDay(question: AthenaQuestion): Condition {
  return eachOf(stepsOf(question, DAY), ['year', 'month', 'day']);
}

/** Of a long time the hours at its ends would spare little. */
function eachHour(question: AthenaQuestion): Condition {
  const hours = stepsOf(question, HOUR);
  return hours.length > MOST_HOURS ? eachDay(question) : eachOf(hours, ['year', 'month', 'day', 'hour']);
}

const HOUR = 3_600;
const DAY = 24 * HOUR;
const MOST_HOURS = 48;

function daysOf(question: AthenaQuestion, separator: string): { readonly first: string; readonly last: string } {
  const days = stepsOf(question, DAY).map(({ year, month, day }) => [year, month, day].join(separator));
  return { first: days.at(0) ?? '', last: days.at(-1) ?? '' };
}

interface Step {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
}

/** The days or hours, in UTC, whose folders may hold files of the window. */
function stepsOf({ window, aggregationInterval }: AthenaQuestion, size: number): readonly Step[] {
  const { start, end } = fileStamps(window, aggregationInterval);
  const first = start - (start % size);
  const count = Math.floor((end - first) / size) + 1;
  return Array.from({ length: count }, (_, index) => stepAt(first + index * size));
}

function stepAt(time: number): Step {
  const { year, month, day, hour } = utcOf(time);
  return { year: padded(year, 4), month: padded(month, 2), day: padded(day, 2), hour: padded(hour, 2) };
}

function padded(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

/** Values are put in place of question marks as SQL has them: texts in quotes. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

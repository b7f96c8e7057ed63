import { gunzipSync } from 'node:zlib';
import type { StandInBucket } from '../stand-in-account.ts';
import { ServiceError } from '../service-error.ts';
import { compileCondition, type RowValues } from './evaluate-condition.ts';

export interface SqlAnswer {
  readonly columns: readonly string[];
  readonly rows: readonly RowValues[];
  /** Of the files in partitions that the conditions do not rule out. */
  readonly scannedBytes: number;
}

interface Sql {
  readonly database: string;
  readonly table: string;
  readonly condition: string;
  readonly limit: number;
}

const SELECT = /^SELECT \* FROM "(\w+)"\."(\w+)"\s+WHERE ([\s\S]+?)\s+ORDER BY ([\s\S]+?)\s+LIMIT (\d+)$/;
const REJECTS_FIRST = `CASE WHEN "action" = 'REJECT' THEN 0 ELSE 1 END, "start" DESC`;

/** SQL as far as flow logs are asked about in it; anything else is refused. */
export function parseSql(text: string): Sql {
  const [, database, table, condition, order, limit] = SELECT.exec(text) ?? [];
  if (database === undefined || table === undefined || condition === undefined || order !== REJECTS_FIRST) {
    throw new ServiceError('InvalidRequestException', 'line 1:1: mismatched input');
  }
  return { database, table, condition, limit: Number(limit) };
}

/** Opens the files of the partitions that the conditions leave, and answers their rows. */
export function runSql({ condition, limit }: Sql, values: readonly string[], bucket: StandInBucket): SqlAnswer {
  const test = compileCondition(condition, values);
  const files = [...bucket.objects].flatMap(([key, body]) => {
    const partition = partitionOf(`s3://${bucket.name}/${key}`);
    return partition === undefined || test(partition) === false ? [] : [{ partition, body }];
  });
  const rows = files.flatMap(({ partition, body }) => rowsIn(body, partition)).filter((row) => test(row) === true);
  return {
    columns: [...new Set(rows.flatMap((row) => [...row.keys()].filter((name) => name !== '$path')))],
    rows: rows.toSorted(byFate).slice(0, limit),
    scannedBytes: files.reduce((sum, { body }) => sum + body.length, 0),
  };
}

const NAME = /\/(\d{12})_vpcflowlogs_([a-z0-9-]+)_fl-[0-9a-f]+_(\d{4})(\d{2})(\d{2})T\d{4}Z_[^/]+$/;

/** Every way of cutting flow logs into partitions at once: which of them a table has is not looked at. */
function partitionOf(path: string): RowValues | undefined {
  const [, account, region, year, month, day] = NAME.exec(path) ?? [];
  if (account === undefined || region === undefined || year === undefined) return undefined;
  const hour = /\/(?:hour=)?(\d{2})\/[^/]+$/.exec(path)?.[1] ?? '';
  return new Map([
    ['$path', path],
    ['aws-account-id', account],
    ['accid', account],
    ['aws-region', region],
    ['region', region],
    ['date', `${year}-${month}-${day}`],
    ['year', year],
    ['month', month ?? ''],
    ['hour', hour],
    ['day', isHive(path) ? (day ?? '') : `${year}/${month}/${day}`],
  ]);
}

function isHive(path: string): boolean {
  return path.includes('/day=');
}

/** A dash in a column of numbers is none. */
function rowsIn(body: Buffer, partition: RowValues): readonly RowValues[] {
  const [header = '', ...lines] = gunzipSync(body).toString().trimEnd().split('\n');
  const columns = header.split(' ').map((name) => name.replaceAll('-', '_'));
  return lines.map((line) => {
    const words = line.split(' ');
    const fields = columns.flatMap((column, index): [string, string][] => {
      const word = words[index] ?? '-';
      return word === '-' ? [] : [[column, word]];
    });
    return new Map([...columns.map((column): [string, string] => [column, '']), ...fields, ...partition]);
  });
}

function byFate(a: RowValues, b: RowValues): number {
  return rankOf(b) - rankOf(a);
}

function rankOf(row: RowValues): number {
  return (row.get('action') === 'REJECT' ? 1e12 : 0) + Number(row.get('start'));
}

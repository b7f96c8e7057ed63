import {
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
  type Datum,
  type GetQueryResultsOutput,
  type QueryExecution,
} from '@aws-sdk/client-athena';
import { ExpectedError } from '../failure/expected-error.ts';
import { athenaQuery, rowsOf } from '../flowlog/athena-query.ts';
import { formatOfColumns, isKnownField, parseLogFormat, type LogFormat } from '../flowlog/format.ts';
import { awaitQuery, type QueryLook, type StartedQuery } from './await-query.ts';
import { callAws, isTimeUp, type Asking } from './call-aws.ts';
import { continueChain } from './chain.ts';
import { chargeQuery } from './charge-query.ts';
import { withDeadline } from './deadline.ts';
import type { ConfiguredTable, LargeLogs } from './large-logs.ts';
import type { LogIntake } from './log-intake.ts';
import type { LogScene } from './log-scene.ts';
import type { ReadableFlowLog } from './readable-destination.ts';

export interface BucketQuestion {
  readonly log: ReadableFlowLog;
  readonly table: ConfiguredTable;
  readonly settings: LargeLogs;
  /** Of all files of the window. */
  readonly size: number;
}

/**
 * Asks Athena for an interface's records in a bucket, by one query over the partitions of the window. Throws
 * `ExpectedError` when it told nothing. A workgroup may limit what a query scans and where its results go, in place of
 * what is configured here.
 * https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html
 */
export async function askAthena(scene: LogScene, question: BucketQuestion, intake: LogIntake): Promise<void> {
  const { queryMilliseconds, prices } = question.settings;
  const asking = { ...scene.asking, signal: withDeadline(scene.asking.unhurried, queryMilliseconds) };
  const id = await startQuery(asking, scene, question);
  const { isRunning, scanned } = await awaitQuery(asking, startedQuery(id));
  if (isRunning) throw unanswered('no answer before time was up');
  intake.query = chargeQuery({ service: 'athena', size: question.size, scanned }, prices);
  const format = parseLogFormat(question.log.format);
  const rows = await takeRows(continueChain(asking), id, { format, intake }).catch((error: unknown) => {
    if (!isTimeUp(asking)) throw error;
    intake.cut('time-limit');
    return 0;
  });
  if (rows >= rowsOf(scene.limits.logRecords)) intake.cut('record-limit');
}

async function startQuery(asking: Asking, scene: LogScene, { log, table }: BucketQuestion): Promise<string> {
  const { window, interfaceId, accountId, limits } = scene;
  const { id: flowLogId, aggregationInterval } = log;
  const where = { accountId, region: scene.asking.place.region, window, aggregationInterval };
  const { text, values } = athenaQuery({ table, interfaceId, flowLogId, ...where, mostRows: limits.logRecords });
  const { workgroup, outputLocation } = table;
  const input = {
    QueryString: text,
    ExecutionParameters: [...values],
    WorkGroup: workgroup,
    ...(outputLocation !== undefined && { ResultConfiguration: { OutputLocation: outputLocation } }),
  };
  const client = await asking.clients.athena();
  const { QueryExecutionId } = await callAws(asking, 'StartQueryExecution', (options) =>
    client.send(new StartQueryExecutionCommand(input), options),
  );
  if (QueryExecutionId === undefined) throw unanswered('no query was started');
  return QueryExecutionId;
}

interface Progress extends QueryLook {
  readonly scanned: number;
}

function startedQuery(QueryExecutionId: string): StartedQuery<Progress> {
  return {
    call: 'GetQueryExecution',
    look: async (asking) => {
      const client = await asking.clients.athena();
      const { QueryExecution } = await callAws(asking, 'GetQueryExecution', (options) =>
        client.send(new GetQueryExecutionCommand({ QueryExecutionId }), options),
      );
      return toProgress(QueryExecution);
    },
    isEnough: () => false,
    stop: async (asking) => {
      const client = await asking.clients.athena();
      return callAws(asking, 'StopQueryExecution', (options) =>
        client.send(new StopQueryExecutionCommand({ QueryExecutionId }), options),
      );
    },
  };
}

function toProgress({ Status = {}, Statistics = {} }: QueryExecution = {}): Progress {
  const { State = 'RUNNING', StateChangeReason = '' } = Status;
  if (State === 'FAILED' || State === 'CANCELLED') throw unanswered(whyEnded(State, StateChangeReason));
  return { isRunning: State !== 'SUCCEEDED', scanned: Statistics.DataScannedInBytes ?? 0 };
}

/** AWS's own words may repeat what was asked: only what they begin with, a code, is passed on. */
function whyEnded(state: string, reason: string): string {
  const known = REASONS.find(({ said }) => said.test(reason));
  return known?.means ?? `the query ended as ${/^[A-Z][A-Z_]{3,60}(?=:)/.exec(reason)?.[0] ?? state}`;
}

const REASONS = [
  { said: /bytes scanned limit/i, means: 'the workgroup lets no query scan as much' },
  { said: /access denied|insufficient permission/i, means: 'Athena may not read the table or its files' },
] as const;

function unanswered(detail: string): ExpectedError {
  return new ExpectedError({ kind: 'unreachable', service: 'Athena', detail });
}

interface Taking {
  /** Of the flow log. */
  readonly format: LogFormat;
  readonly intake: LogIntake;
}

/** Page by page, of 1,000 rows at most; the first row of all repeats the names of the columns. Counts rows. */
async function takeRows(asking: Asking, id: string, taking: Taking): Promise<number> {
  const seen = new Set<string>();
  let file: Columns | undefined;
  let count = 0;
  let nextToken: string | undefined;
  for (let page = 0; ; page += 1) {
    const results = await readResults({ ...asking, round: asking.round + page }, id, nextToken);
    const { Rows = [] } = results.ResultSet ?? {};
    file ??= openColumns(results, taking);
    const records = page === 0 ? Rows.slice(1) : Rows;
    count += records.length;
    const wantsMore = file.take(records.map(({ Data = [] }) => Data));
    nextToken = results.NextToken;
    if (!wantsMore || nextToken === undefined || seen.has(nextToken)) break;
    seen.add(nextToken);
  }
  file.end();
  return count;
}

async function readResults(asking: Asking, id: string, nextToken?: string): Promise<GetQueryResultsOutput> {
  const client = await asking.clients.athena();
  const input = { QueryExecutionId: id, NextToken: nextToken };
  return callAws(asking, 'GetResultsOfAthena', (options) => client.send(new GetQueryResultsCommand(input), options));
}

interface Columns {
  /** Answers whether more is wanted. */
  readonly take: (rows: readonly (readonly Datum[])[]) => boolean;
  readonly end: () => void;
}

/**
 * Rows are written out as the lines that the flow log wrote, as far as the table has its fields, below a line that names
 * them, so that lines have one reader. What else the table has, its partitions among it, is left out.
 */
function openColumns({ ResultSet = {} }: GetQueryResultsOutput, { format, intake }: Taking): Columns {
  const columns = formatOfColumns((ResultSet.ResultSetMetadata?.ColumnInfo ?? []).map(({ Name = '' }) => Name));
  const fields = format.fields.filter((field) => isKnownField(field) && columns.fields.includes(field));
  const places = fields.map((field) => columns.fields.indexOf(field));
  const file = intake.openFile();
  const write = (lines: readonly string[]) => file.take(Buffer.from(lines.map((line) => `${line}\n`).join('')));
  write([fields.join(' ')]);
  return {
    take: (rows) => write(rows.map((row) => places.map((place) => wordOf(row[place])).join(' '))),
    end: file.end,
  };
}

/** A dash stood in a column of numbers, which holds none then (FLOW-48). Words of a line have no spaces in them. */
function wordOf(datum: Datum | undefined): string {
  const word = (datum?.VarCharValue ?? '').replaceAll(/\s+/g, '_');
  return word === '' ? '-' : word;
}

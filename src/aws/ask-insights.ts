import {
  GetQueryResultsCommand,
  StartQueryCommand,
  StopQueryCommand,
  type GetQueryResultsResponse,
  type ResultField,
} from '@aws-sdk/client-cloudwatch-logs';
import { ExpectedError } from '../failure/expected-error.ts';
import { insightsQuery, MOST_INSIGHTS_ROWS } from '../flowlog/insights-query.ts';
import { chargeQuery, type ScannedLog } from './charge-query.ts';
import { awaitQuery, type QueryLook, type StartedQuery } from './await-query.ts';
import { callAws, isTimeUp, type Asking } from './call-aws.ts';
import { continueChain } from './chain.ts';
import { withDeadline } from './deadline.ts';
import type { LargeLogs } from './large-logs.ts';
import type { LogIntake } from './log-intake.ts';
import type { LogScene } from './log-scene.ts';
import type { LogGroupSource } from './read-log-group.ts';

export interface InsightsQuestion {
  readonly source: LogGroupSource;
  readonly settings: LargeLogs & Required<Pick<LargeLogs, 'insights'>>;
  /** As estimated before. */
  readonly size?: number;
}

/**
 * Asks CloudWatch Logs Insights for an interface's records, by one query. Throws `ExpectedError` when it told nothing;
 * what it told before time was up, or before it had scanned too much, counts.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html
 */
export async function askInsights(scene: LogScene, question: InsightsQuestion, intake: LogIntake): Promise<void> {
  const { queryMilliseconds, insights } = question.settings;
  const { unhurried } = scene.asking;
  const asking = { ...scene.asking, signal: withDeadline(unhurried, queryMilliseconds) };
  const queryId = await startQuery(asking, scene, question);
  const found = await awaitQuery(asking, startedQuery(queryId, insights.scanBytes));
  intake.query = chargeQuery(scannedBy(found, question), question.settings.prices);
  await takeRows(continueChain(asking), { queryId, found }, intake).catch((error: unknown) => {
    if (!isTimeUp(asking)) throw error;
    intake.cut('time-limit');
  });
  if (found.isRunning) intake.cut(found.scanned >= insights.scanBytes ? 'byte-limit' : 'time-limit');
  if (found.matched > rowsFor(scene)) intake.cut('record-limit');
}

/** Both ends of the window count, in seconds (API-42); an event has the time at which its record starts (FLOW-93). */
async function startQuery(asking: Asking, scene: LogScene, { source }: InsightsQuestion): Promise<string> {
  const { window, aggregationInterval, logGroup } = source;
  const input = {
    logGroupName: logGroup,
    startTime: window.start - aggregationInterval,
    endTime: window.end,
    queryString: insightsQuery(scene.interfaceId, rowsFor(scene)),
  };
  const { queryId } = await callAws(asking, 'StartQuery', (options) =>
    asking.clients.logs().send(new StartQueryCommand(input), options),
  );
  if (queryId === undefined) throw unanswered('no query was started');
  return queryId;
}

function rowsFor({ limits }: LogScene): number {
  return Math.min(limits.logRecords, MOST_INSIGHTS_ROWS);
}

interface Found extends QueryLook {
  readonly rows: readonly (readonly ResultField[])[];
  readonly nextToken: string | undefined;
  readonly matched: number;
  readonly scanned: number;
}

function startedQuery(queryId: string, scanBytes: number): StartedQuery<Found> {
  return {
    call: 'GetQueryResults',
    look: async (asking) => toFound(await readResults(asking, queryId)),
    isEnough: ({ scanned }) => scanned >= scanBytes,
    stop: (asking) =>
      callAws(asking, 'StopQuery', (options) => asking.clients.logs().send(new StopQueryCommand({ queryId }), options)),
  };
}

function readResults(asking: Asking, queryId: string, nextToken?: string): Promise<GetQueryResultsResponse> {
  return callAws(asking, 'GetQueryResults', (options) =>
    asking.clients.logs().send(new GetQueryResultsCommand({ queryId, nextToken }), options),
  );
}

/** While it runs, what it found until now is told already (API-43). */
function toFound({ status = 'Unknown', results = [], statistics, nextToken }: GetQueryResultsResponse): Found {
  if (ENDED_BADLY.has(status)) throw unanswered(`the query ended as ${status}`);
  const { recordsMatched: matched = 0, bytesScanned: scanned = 0 } = statistics ?? {};
  return { isRunning: status !== 'Complete', rows: results, nextToken, matched, scanned };
}

const ENDED_BADLY: ReadonlySet<string> = new Set(['Failed', 'Cancelled', 'Timeout']);

function unanswered(detail: string): ExpectedError {
  return new ExpectedError({ kind: 'unreachable', service: 'CloudWatch Logs Insights', detail });
}

function scannedBy({ scanned }: Found, { size }: InsightsQuestion): ScannedLog {
  return { service: 'logs-insights', ...(size !== undefined && { size }), scanned };
}

interface Results {
  readonly queryId: string;
  readonly found: Found;
}

/** Page by page, of 10,000 rows at most (API-43). Of a query that was stopped there is the one page. */
async function takeRows(asking: Asking, { queryId, found }: Results, intake: LogIntake): Promise<void> {
  const take = intake.openEvents();
  const seen = new Set<string>();
  let { rows, nextToken } = found;
  for (let page = 0; ; page += 1) {
    const wantsMore = take(rows.flatMap(toEvent));
    if (found.isRunning || !wantsMore || nextToken === undefined || seen.has(nextToken)) return;
    seen.add(nextToken);
    ({ results: rows = [], nextToken } = await readResults(
      { ...asking, round: asking.round + page },
      queryId,
      nextToken,
    ));
  }
}

function toEvent(row: readonly ResultField[]) {
  const message = valueIn(row, '@message');
  if (message === undefined) return [];
  const timestampMilliseconds = timeOf(valueIn(row, '@timestamp'));
  return [timestampMilliseconds === undefined ? { message } : { message, timestampMilliseconds }];
}

function valueIn(row: readonly ResultField[], name: string): string | undefined {
  return row.find(({ field }) => field === name)?.value;
}

/** `2026-11-20 14:05:10.000`, in UTC. */
function timeOf(text: string | undefined): number | undefined {
  const time = Date.parse(`${(text ?? '').replace(' ', 'T')}Z`);
  return Number.isNaN(time) ? undefined : time;
}

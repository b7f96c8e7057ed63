import { cutPage, fingerprint } from '../page.ts';
import type { BookedQuery } from '../query-book.ts';
import { numberOf, textOf } from '../record.ts';
import type { JsonRecord } from '../record.ts';
import type { ServiceContext } from '../wire.ts';
import { findLogGroup } from './find-log-group.ts';
import { runInsights } from './run-insights.ts';

/** The most rows of one page of results (API-43). */
const LARGEST_PAGE = 10_000;

/** Times are seconds here, both included (API-42); every event of that time is scanned, whatever is asked (API-46). */
export function startQuery(input: JsonRecord, { caller, queries }: ServiceContext): JsonRecord {
  const from = (numberOf(input['startTime']) ?? 0) * 1000;
  const until = (numberOf(input['endTime']) ?? 0) * 1000 + 999;
  const group = findLogGroup({ logGroupName: input['logGroupName'] }, caller);
  const events = group.streams.flatMap(({ name, events: all }) =>
    all
      .filter(({ timestampMs }) => timestampMs >= from && timestampMs <= until)
      .map(({ message, timestampMs }) => ({ message, timestampMs, stream: name })),
  );
  const found = runInsights(textOf(input['queryString']) ?? '', events);
  const queryId = queries.open({
    accountId: caller.identity.accountId,
    rows: found.events.map(({ message, timestampMs }, index) => ({ message, timestampMs, index })),
    scannedBytes: events.reduce((sum, { message }) => sum + message.length, 0),
    matched: found.matched,
  });
  return { queryId };
}

/** Running for as many looks as were ordered, with half of the rows told until then. */
export function getQueryResults(input: JsonRecord, { caller, paging, queries }: ServiceContext): JsonRecord {
  const query = queries.find(textOf(input['queryId']) ?? '', caller.identity.accountId);
  query.looks += 1;
  if (query.isStopped) return { status: 'Cancelled', results: [], statistics: statisticsOf(query, 1) };
  if (query.looks <= (paging.runningLooks ?? 0)) {
    const some = query.rows.slice(0, Math.ceil(query.rows.length / 2));
    return { status: 'Running', results: some.map(toFields), statistics: statisticsOf(query, 0.5) };
  }
  const page = cutPage(query.rows, {
    of: fingerprint('GetQueryResults', input),
    token: textOf(input['nextToken']),
    size: Math.min(LARGEST_PAGE, paging.pageSize ?? LARGEST_PAGE),
    invalidToken: 'InvalidParameterException',
  });
  return {
    status: 'Complete',
    queryLanguage: 'CWLI',
    results: page.items.map(toFields),
    statistics: statisticsOf(query, 1),
    nextToken: page.nextToken,
  };
}

export function stopQuery(input: JsonRecord, { caller, queries }: ServiceContext): JsonRecord {
  queries.find(textOf(input['queryId']) ?? '', caller.identity.accountId).isStopped = true;
  return { success: true };
}

function statisticsOf({ rows, matched, scannedBytes }: BookedQuery, share: number): JsonRecord {
  return { recordsMatched: matched, recordsScanned: rows.length, bytesScanned: scannedBytes * share };
}

/** `2026-11-20 14:05:10.000` */
function toFields({ timestampMs, message, index }: JsonRecord): readonly JsonRecord[] {
  const at = new Date(numberOf(timestampMs) ?? 0).toISOString();
  return [
    { field: '@timestamp', value: at.replace('T', ' ').replace('Z', '') },
    { field: '@message', value: message },
    { field: '@ptr', value: `ptr-${String(index)}` },
  ];
}

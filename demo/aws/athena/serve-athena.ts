import { jsonService } from '../json-service.ts';
import { cutPage, fingerprint } from '../page.ts';
import type { BookedQuery } from '../query-book.ts';
import { numberOf, textOf, textsOf } from '../record.ts';
import type { JsonRecord } from '../record.ts';
import { ServiceError } from '../service-error.ts';
import type { TroubleTable } from '../service-error.ts';
import type { ServiceContext } from '../wire.ts';
import { parseSql, runSql } from './run-sql.ts';

const TROUBLE: TroubleTable = {
  throttled: { code: 'TooManyRequestsException', status: 400 },
  denied: { code: 'AccessDeniedException', status: 400 },
  internal: { code: 'InternalServerException', status: 500 },
  'unknown-credentials': { code: 'UnrecognizedClientException', status: 400 },
  'unknown-operation': { code: 'UnknownOperationException', status: 400 },
};

/** Athena. */
export const athenaService = jsonService({
  target: 'AmazonAthena.',
  action: 'athena',
  trouble: TROUBLE,
  operations: {
    StartQueryExecution: startQuery,
    GetQueryExecution: tellQuery,
    GetQueryResults: tellResults,
    StopQueryExecution: stopQuery,
  },
});

/** The most rows of one page of results, the names of the columns among them. */
const LARGEST_PAGE = 1_000;

function startQuery(input: JsonRecord, { caller, directory, queries }: ServiceContext): JsonRecord {
  const sql = parseSql(textOf(input['QueryString']) ?? '');
  const table = caller.account.tables?.find((each) => each.database === sql.database && each.table === sql.table);
  const bucket = directory.findBucket(table?.bucket ?? '')?.bucket;
  const base = { accountId: caller.identity.accountId, matched: 0 };
  if (table === undefined || bucket === undefined) {
    const failure = { state: 'FAILED', reason: `TABLE_NOT_FOUND: line 1:15: Table '${sql.table}' does not exist` };
    return { QueryExecutionId: queries.open({ ...base, rows: [], scannedBytes: 0, failure }) };
  }
  const { columns, rows, scannedBytes } = runSql(sql, textsOf(input['ExecutionParameters']), bucket);
  const failure = { state: 'CANCELLED', reason: 'Query cancelled! : Bytes scanned limit was exceeded' };
  const told = [columns, ...rows.map((row) => columns.map((column) => row.get(column) ?? ''))];
  return {
    QueryExecutionId: queries.open({
      ...base,
      rows: told.map((words) => ({ words })),
      scannedBytes,
      ...(scannedBytes > (table.scanLimit ?? Infinity) && { failure }),
    }),
  };
}

/** A column that holds nothing has no text. */
function toRow({ words }: JsonRecord): JsonRecord {
  return { Data: textsOf(words).map((word) => (word === '' ? {} : { VarCharValue: word })) };
}

function tellQuery(input: JsonRecord, context: ServiceContext): JsonRecord {
  const query = findQuery(input, context);
  query.looks += 1;
  const { state, reason } = stateOf(query, context);
  return {
    QueryExecution: {
      QueryExecutionId: input['QueryExecutionId'],
      Status: { State: state, StateChangeReason: reason },
      Statistics: { DataScannedInBytes: query.scannedBytes },
    },
  };
}

function stateOf(query: BookedQuery, { paging }: ServiceContext): { readonly state: string; readonly reason?: string } {
  if (query.isStopped) return { state: 'CANCELLED', reason: 'Query cancelled by user' };
  if (query.looks <= (paging.runningLooks ?? 0)) return { state: query.looks === 1 ? 'QUEUED' : 'RUNNING' };
  return query.failure ?? { state: 'SUCCEEDED' };
}

function tellResults(input: JsonRecord, context: ServiceContext): JsonRecord {
  const query = findQuery(input, context);
  if (stateOf(query, context).state !== 'SUCCEEDED') {
    throw new ServiceError('InvalidRequestException', 'Query has not yet finished.');
  }
  const largest = Math.min(LARGEST_PAGE, numberOf(input['MaxResults']) ?? LARGEST_PAGE);
  const page = cutPage(query.rows, {
    of: fingerprint('GetQueryResults', input),
    token: textOf(input['NextToken']),
    size: Math.min(largest, context.paging.pageSize ?? largest),
    invalidToken: 'InvalidRequestException',
  });
  const ColumnInfo = textsOf(query.rows[0]?.['words']).map((Name) => ({ Name, Type: 'varchar' }));
  return {
    ResultSet: { Rows: page.items.map(toRow), ResultSetMetadata: { ColumnInfo } },
    NextToken: page.nextToken,
  };
}

function stopQuery(input: JsonRecord, context: ServiceContext): JsonRecord {
  findQuery(input, context).isStopped = true;
  return {};
}

function findQuery(input: JsonRecord, { caller, queries }: ServiceContext): BookedQuery {
  return queries.find(textOf(input['QueryExecutionId']) ?? '', caller.identity.accountId);
}

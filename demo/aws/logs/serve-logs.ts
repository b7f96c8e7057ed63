import { isRecord } from '../record.ts';
import type { JsonRecord } from '../record.ts';
import { ServiceError, serviceError } from '../service-error.ts';
import type { TroubleTable } from '../service-error.ts';
import { textAnswer } from '../wire.ts';
import type { Answer, ServiceContext, StandInService, WireRequest } from '../wire.ts';
import { describeLogGroups, describeLogStreams } from './describe-logs.ts';
import { filterLogEvents } from './filter-log-events.ts';
import { getLogEvents } from './get-log-events.ts';
import { getQueryResults, startQuery, stopQuery } from './insights-queries.ts';

const TARGET = 'Logs_20140328.';

const TROUBLE: TroubleTable = {
  throttled: { code: 'ThrottlingException', status: 400 },
  denied: { code: 'AccessDeniedException', status: 400 },
  internal: { code: 'ServiceUnavailableException', status: 500 },
  'unknown-credentials': { code: 'UnrecognizedClientException', status: 400 },
  'unknown-operation': { code: 'UnknownOperationException', status: 400 },
};

const OPERATIONS: Readonly<Record<string, (input: JsonRecord, context: ServiceContext) => JsonRecord>> = {
  FilterLogEvents: filterLogEvents,
  GetLogEvents: getLogEvents,
  DescribeLogGroups: describeLogGroups,
  DescribeLogStreams: describeLogStreams,
  StartQuery: startQuery,
  GetQueryResults: getQueryResults,
  StopQuery: stopQuery,
};

/** CloudWatch Logs: JSON 1.1, the operation in a header. */
export const logsService: StandInService = {
  trouble: TROUBLE,
  readCall(request) {
    const operation = readTarget(request);
    return { operation, action: `logs:${operation}`, input: readJson(request.body) };
  },
  answer(call, context) {
    return jsonAnswer(200, OPERATIONS[call.operation]?.(call.input, context) ?? {});
  },
  answerError: (error) => jsonAnswer(error.status, { __type: error.code, message: error.message }),
};

function readTarget(request: WireRequest): string {
  const target = request.headers['x-amz-target'];
  const operation = typeof target === 'string' && target.startsWith(TARGET) ? target.slice(TARGET.length) : '';
  if (!(operation in OPERATIONS)) {
    throw serviceError(TROUBLE, 'unknown-operation', `No stand-in for ${operation}.`);
  }
  return operation;
}

function readJson(body: string): JsonRecord {
  try {
    const parsed: unknown = JSON.parse(body);
    return isRecord(parsed) ? parsed : {};
  } catch {
    throw new ServiceError('SerializationException', 'The request body is not JSON.');
  }
}

function jsonAnswer(status: number, body: JsonRecord): Answer {
  return textAnswer(status, 'application/x-amz-json-1.1', JSON.stringify(body));
}

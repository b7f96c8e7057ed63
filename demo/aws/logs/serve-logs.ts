import { jsonService } from '../json-service.ts';
import type { TroubleTable } from '../service-error.ts';
import { describeLogGroups, describeLogStreams } from './describe-logs.ts';
import { filterLogEvents } from './filter-log-events.ts';
import { getLogEvents } from './get-log-events.ts';
import { getQueryResults, startQuery, stopQuery } from './insights-queries.ts';

const TROUBLE: TroubleTable = {
  throttled: { code: 'ThrottlingException', status: 400 },
  denied: { code: 'AccessDeniedException', status: 400 },
  internal: { code: 'ServiceUnavailableException', status: 500 },
  'unknown-credentials': { code: 'UnrecognizedClientException', status: 400 },
  'unknown-operation': { code: 'UnknownOperationException', status: 400 },
};

/** CloudWatch Logs. */
export const logsService = jsonService({
  target: 'Logs_20140328.',
  action: 'logs',
  trouble: TROUBLE,
  operations: {
    FilterLogEvents: filterLogEvents,
    GetLogEvents: getLogEvents,
    DescribeLogGroups: describeLogGroups,
    DescribeLogStreams: describeLogStreams,
    StartQuery: startQuery,
    GetQueryResults: getQueryResults,
    StopQuery: stopQuery,
  },
});

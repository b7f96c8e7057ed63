import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { parseLogFormat } from '../flowlog/format.ts';
import { parseRecord } from '../flowlog/parse-record.ts';
import type { FoundTraffic, TrafficRequest } from '../workflow/sources.ts';
import { askingFor } from './asking-for.ts';
import { callAws, type Asking } from './call-aws.ts';
import { continueChain } from './chain.ts';
import type { World } from './collect.ts';
import { placesInScope } from './places-in-scope.ts';
import { questionContext } from './question-context.ts';

/** Of a silent interface a week is about ten thousand lines, which are few pages to search. */
const MOST_PAGES = 10;

/**
 * Whether an interface's flow log holds anything but silence in a long time. CloudWatch Logs searches it: one call finds
 * the newest line that is not NODATA, and where there is none a second one tells since when there are lines at all.
 * When a stream was last written to says nothing of either (API-41), since silence is written too (FLOW-57).
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export async function findTraffic(world: World, request: TrafficRequest, signal: AbortSignal): Promise<FoundTraffic> {
  const [place] = placesInScope(world.settings, request.scope);
  if (place === undefined) return { kind: 'nothing' };
  const context = questionContext(world, { askedBy: request.askedBy, cancelled: signal, signal });
  const asking = await askingFor(place, context);
  const newest = await firstEvent(asking, request, NEWEST_TRAFFIC);
  if (newest === 'too-many-pages') return { kind: 'incomplete' };
  if (newest !== undefined) return { kind: meaningOf(newest, request) };
  const oldest = await firstEvent(continueChain(asking), request, OLDEST_LINE);
  if (oldest === 'too-many-pages') return { kind: 'incomplete' };
  return oldest === undefined ? { kind: 'nothing' } : { kind: 'silence', since: Math.floor(oldest.timestamp / 1000) };
}

interface Search {
  readonly filterPattern?: string;
  readonly startFromHead: boolean;
}

const NEWEST_TRAFFIC: Search = { filterPattern: '-NODATA', startFromHead: false };
const OLDEST_LINE: Search = { startFromHead: true };

interface LogEvent {
  readonly message: string;
  readonly timestamp: number;
}

/** An empty page means nothing; only a missing token ends the search (API-38). */
async function firstEvent(
  asking: Asking,
  { logGroup, interfaceId, window }: TrafficRequest,
  search: Search,
): Promise<LogEvent | undefined | 'too-many-pages'> {
  let nextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const input = {
      logGroupName: logGroup,
      logStreamNamePrefix: `${interfaceId}-`,
      startTime: window.start * 1000,
      endTime: window.end * 1000,
      limit: 1,
      nextToken,
      ...search,
    };
    const answer = await callAws({ ...asking, round: asking.round + page }, 'FilterLogEvents', (options) =>
      asking.clients.logs().send(new FilterLogEventsCommand(input), options),
    );
    const [event] = answer.events ?? [];
    if (event?.message !== undefined && event.timestamp !== undefined) {
      return { message: event.message, timestamp: event.timestamp };
    }
    nextToken = answer.nextToken;
    if (nextToken === undefined) return undefined;
  }
  return 'too-many-pages';
}

/** Lost records may have been anything (FLOW-56), and a line of silence here shows a server that searches by no pattern. */
function meaningOf({ message }: LogEvent, { format }: TrafficRequest): 'traffic' | 'incomplete' {
  return parseRecord(message, parseLogFormat(format), { action: 'ACCEPT' }).kind === 'record'
    ? 'traffic'
    : 'incomplete';
}

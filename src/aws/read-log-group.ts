import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { TimeWindow } from '../lang/time.ts';
import { callAws, type Asking } from './call-aws.ts';
import { settleAll } from './work-through.ts';

export interface LogGroupSource {
  readonly logGroup: string;
  readonly interfaceId: string;
  readonly window: TimeWindow;
  /** Seconds. An event is stamped with the start of its record (FLOW-93). */
  readonly aggregationInterval: number;
  readonly trafficType: 'ACCEPT' | 'REJECT' | 'ALL';
}

export interface LogEvent {
  readonly message: string;
  readonly timestampMilliseconds?: number;
}

/** Takes the events of a pass, page by page; answers whether more are wanted. */
export type TakeEvents = (events: readonly LogEvent[]) => boolean;

/**
 * Reads an interface's records from CloudWatch Logs, newest first (API-39). Where a log holds both actions, the rejects
 * are read by a filter of their own beside all the rest: on a busy interface they are few among very many, and it is
 * them that the question is about.
 */
export async function readLogGroup(asking: Asking, source: LogGroupSource, open: () => TakeEvents): Promise<void> {
  const passes = source.trafficType === 'ALL' ? [REJECTS, OTHERS] : [ALL];
  const ofInterface = { logStreamNamePrefix: `${source.interfaceId}-` };
  const counts = await settleAll(
    passes.map((pass) => readPass(asking, { source, streams: ofInterface, ...pass, take: open(), pages: Infinity })),
  );
  if (counts.some((count) => count > 0)) return;
  const again = { ...asking, round: asking.round + 1 };
  const anywhere = { ...mentioning(source.interfaceId), streams: {}, pages: asking.pages };
  await readPass(again, { source, ...anywhere, take: open() });
}

interface Pass {
  readonly filterPattern?: string;
  /** The same once more on our side: patterns are not understood everywhere, and no record may come twice. */
  readonly keeps: (message: string) => boolean;
}

const REJECTS: Pass = { filterPattern: 'REJECT', keeps: (message) => message.includes('REJECT') };
const OTHERS: Pass = { keeps: (message) => !message.includes('REJECT') };
const ALL: Pass = { keeps: () => true };

/** Streams are observed to be named after the interface; AWS does not promise it (FLOW-92). */
function mentioning(interfaceId: string): Pass {
  return { filterPattern: `"${interfaceId}"`, keeps: (message) => message.includes(interfaceId) };
}

interface PassRequest extends Pass {
  readonly source: LogGroupSource;
  readonly streams: { readonly logStreamNamePrefix?: string };
  readonly take: TakeEvents;
  readonly pages: number;
}

/** Follows the token; an empty page means nothing, only a missing token ends the pass (API-38). Counts events. */
async function readPass(asking: Asking, pass: PassRequest): Promise<number> {
  const seen = new Set<string>();
  let nextToken: string | undefined;
  let count = 0;
  for (let page = 0; page < pass.pages; page += 1) {
    const answer = await readPage({ ...asking, round: asking.round + page }, pass, nextToken);
    count += answer.events.length;
    nextToken = answer.nextToken;
    const wantsMore = pass.take(answer.events);
    if (!wantsMore || nextToken === undefined || seen.has(nextToken)) break;
    seen.add(nextToken);
  }
  return count;
}

async function readPage(asking: Asking, { source, streams, filterPattern, keeps }: PassRequest, nextToken?: string) {
  const input = { logGroupName: source.logGroup, ...streams, filterPattern, nextToken, ...timesOf(source) };
  const { events = [], nextToken: next } = await callAws(asking, 'FilterLogEvents', (options) =>
    asking.clients.logs().send(new FilterLogEventsCommand(input), options),
  );
  const kept = events.flatMap(({ message, timestamp }): LogEvent[] => {
    if (message === undefined || !keeps(message)) return [];
    return [timestamp === undefined ? { message } : { message, timestampMilliseconds: timestamp }];
  });
  return { events: kept, nextToken: next };
}

/** 2024-01-01T00:00:00Z, in seconds: newest first is for windows that start later (API-39). */
const NEWEST_FIRST_SINCE = 1_704_067_200;

function timesOf({ window, aggregationInterval }: LogGroupSource) {
  const start = window.start - aggregationInterval;
  return {
    startTime: start * 1000,
    endTime: window.end * 1000 + 999,
    ...(start >= NEWEST_FIRST_SINCE ? { startFromHead: false } : {}),
  };
}

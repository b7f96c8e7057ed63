import { FilterLogEventsCommand, type FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import type { TimeWindow } from '../lang/time.ts';
import { callAws, type Asking } from './call-aws.ts';
import { beginChain, continueChain } from './chain.ts';
import { estimateBytes } from './estimate-bytes.ts';
import { settleAll } from './work-through.ts';

export interface LogGroupSource {
  readonly logGroup: string;
  readonly interfaceId: string;
  readonly window: TimeWindow;
  /** Seconds. An event is stamped with the start of its record (FLOW-93). */
  readonly aggregationInterval: number;
  readonly trafficType: 'ACCEPT' | 'REJECT' | 'ALL';
  /** Nothing else is asked for. */
  readonly only?: 'REJECT';
  /** Whether so many bytes, as estimated from the first page, are too many to be read. Absent: none are. */
  readonly isLarge?: (bytes: number) => boolean;
}

/** Too large: nothing of it was taken. */
export interface UnreadGroup {
  readonly size: number;
}

interface LogEvent {
  readonly message: string;
  readonly timestampMilliseconds?: number;
}

/** Takes the events of a pass, page by page; answers whether more are wanted. */
export type TakeEvents = (events: readonly LogEvent[]) => boolean;

/**
 * Reads an interface's records from CloudWatch Logs, newest first (API-39), unless they are too many. `cut`: there are more
 * pages than are looked through for an interface that has no stream of its own.
 */
export async function readLogGroup(
  asking: Asking,
  source: LogGroupSource,
  open: () => TakeEvents,
): Promise<UnreadGroup | 'cut' | undefined> {
  const chain = beginChain(asking);
  const found = await readStreams(chain, source, open);
  if (typeof found === 'object') return found;
  if (found > 0) return undefined;
  const anywhere = { ...mentioning(source), streams: {}, pages: asking.pages };
  const { isCut } = await readPass(continueChain(chain), { source, ...anywhere, take: open() });
  return isCut ? 'cut' : undefined;
}

/**
 * Often one page is all: then it is one call, of which AWS grants a few a second to everybody (API-45). Where there is
 * more and the log holds both actions, the rejects are read by a filter of their own beside all the rest: on a busy
 * interface they are few among very many, and it is them that the question is about.
 */
async function readStreams(
  asking: Asking,
  source: LogGroupSource,
  open: () => TakeEvents,
): Promise<number | UnreadGroup> {
  const ofInterface = { logStreamNamePrefix: `${source.interfaceId}-` };
  const passOf = (pass: Pass) => ({ source, streams: ofInterface, ...pass, take: open(), pages: Infinity });
  if (source.only !== undefined) return (await readPass(asking, passOf(REJECTS))).count;
  const first = await readPage(asking, { source, streams: ofInterface });
  const size = first.nextToken === undefined ? undefined : estimateBytes(first.events, source.window);
  if (size !== undefined && source.isLarge?.(size) === true) return { size };
  if (first.nextToken === undefined || source.trafficType !== 'ALL') {
    return (await readPass(asking, passOf(ALL), first)).count;
  }
  const passes = await settleAll([
    readPass(asking, passOf(OTHERS), first),
    readPass({ ...asking, round: asking.round + 1 }, passOf(REJECTS)),
  ]);
  return passes.reduce((sum, { count }) => sum + count, 0);
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
function mentioning({ interfaceId, only }: LogGroupSource): Pass {
  const terms = [interfaceId, ...(only === undefined ? [] : [only])];
  return {
    filterPattern: terms.map((term) => `"${term}"`).join(' '),
    keeps: (message) => terms.every((term) => message.includes(term)),
  };
}

interface PageRequest {
  readonly source: LogGroupSource;
  readonly streams: { readonly logStreamNamePrefix?: string };
  readonly filterPattern?: string;
}

interface PassRequest extends Pass, PageRequest {
  readonly take: TakeEvents;
  readonly pages: number;
}

interface PassOutcome {
  readonly count: number;
  /** There were more pages than are read. */
  readonly isCut: boolean;
}

interface EventPage {
  readonly events: readonly LogEvent[];
  readonly nextToken: string | undefined;
}

/** Follows the token; an empty page means nothing, only a missing token ends the pass (API-38). Counts events. */
async function readPass(asking: Asking, pass: PassRequest, first?: EventPage): Promise<PassOutcome> {
  const seen = new Set<string>();
  let { events, nextToken } = first ?? (await readPage(asking, pass));
  let count = 0;
  for (let page = 1; ; page += 1) {
    const kept = events.filter(({ message }) => pass.keeps(message));
    count += kept.length;
    const wantsMore = pass.take(kept);
    if (!wantsMore || nextToken === undefined || seen.has(nextToken)) return { count, isCut: false };
    if (page >= pass.pages) return { count, isCut: true };
    seen.add(nextToken);
    ({ events, nextToken } = await readPage({ ...asking, round: asking.round + page }, pass, nextToken));
  }
}

async function readPage(asking: Asking, request: PageRequest, nextToken?: string): Promise<EventPage> {
  const { source, streams, filterPattern } = request;
  const input = { logGroupName: source.logGroup, ...streams, filterPattern, nextToken, ...timesOf(source) };
  const { events = [], nextToken: next } = await callAws(asking, 'FilterLogEvents', (options) =>
    asking.clients.logs().send(new FilterLogEventsCommand(input), options),
  );
  return { events: events.flatMap(toEvent), nextToken: next };
}

function toEvent({ message, timestamp }: FilteredLogEvent): readonly LogEvent[] {
  if (message === undefined) return [];
  return [timestamp === undefined ? { message } : { message, timestampMilliseconds: timestamp }];
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

import { cutPage, fingerprint } from '../page.ts';
import { numberOf, textOf, textsOf } from '../record.ts';
import type { JsonRecord } from '../record.ts';
import { ServiceError } from '../service-error.ts';
import type { StandInLogEvent, StandInLogGroup, StandInLogStream } from '../stand-in-account.ts';
import type { ServiceContext } from '../wire.ts';
import { compileFilterPattern } from './compile-filter-pattern.ts';
import { findLogGroup, findLogStream, refuseInfrequentAccess } from './find-log-group.ts';

/** The most events of one page, whatever is asked for (API-38). */
const LARGEST_PAGE = 10_000;
/** AWS delivers records some minutes after they were made (FLOW-54). */
const INGESTION_DELAY_MS = 5 * 60_000;

/**
 * Events of a group in order of time, both ends of the window included, in milliseconds.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export function filterLogEvents(input: JsonRecord, { caller, paging }: ServiceContext): JsonRecord {
  const group = findLogGroup(input, caller);
  refuseInfrequentAccess(group, 'FilterLogEvents');
  const matches = compileFilterPattern(textOf(input['filterPattern']) ?? '');
  const from = numberOf(input['startTime']) ?? -Infinity;
  const until = numberOf(input['endTime']) ?? Infinity;
  const found = selectStreams(group, input).flatMap((stream) =>
    stream.events
      .filter(({ timestampMs, message }) => timestampMs >= from && timestampMs <= until && matches(message))
      .map((event) => ({ stream: stream.name, event })),
  );
  const page = cutPage(inOrder(found, input['startFromHead'] !== false), {
    of: fingerprint('FilterLogEvents', input),
    token: textOf(input['nextToken']),
    size: Math.min(numberOf(input['limit']) ?? LARGEST_PAGE, LARGEST_PAGE, paging.pageSize ?? LARGEST_PAGE),
    invalidToken: 'InvalidParameterException',
    ...(paging.emptyPages === undefined ? {} : { emptyPages: paging.emptyPages }),
  });
  return { events: page.items.map(describeEvent), searchedLogStreams: [], nextToken: page.nextToken };
}

interface FoundEvent {
  readonly stream: string;
  readonly event: StandInLogEvent;
}

function selectStreams(group: StandInLogGroup, input: JsonRecord): readonly StandInLogStream[] {
  const names = textsOf(input['logStreamNames']);
  const prefix = textOf(input['logStreamNamePrefix']);
  if (names.length > 0 && prefix !== undefined) {
    throw new ServiceError('InvalidParameterException', 'Give either logStreamNames or logStreamNamePrefix.');
  }
  if (names.length > 100) {
    throw new ServiceError('InvalidParameterException', 'At most 100 log stream names.');
  }
  return names.length > 0
    ? names.map((name) => findLogStream(group, name))
    : group.streams.filter(({ name }) => name.startsWith(prefix ?? ''));
}

function inOrder(events: FoundEvent[], fromHead: boolean): readonly FoundEvent[] {
  const sign = fromHead ? 1 : -1;
  return events.sort((a, b) => sign * (a.event.timestampMs - b.event.timestampMs));
}

function describeEvent({ stream, event }: FoundEvent, index: number): JsonRecord {
  return {
    logStreamName: stream,
    timestamp: event.timestampMs,
    message: event.message,
    ingestionTime: event.timestampMs + INGESTION_DELAY_MS,
    eventId: `${event.timestampMs}${String(index).padStart(8, '0')}`,
  };
}

import { numberOf, textOf } from '../record.ts';
import type { JsonRecord } from '../record.ts';
import { ServiceError } from '../service-error.ts';
import type { ServiceContext } from '../wire.ts';
import { findLogGroup, findLogStream, refuseInfrequentAccess } from './find-log-group.ts';

const LARGEST_PAGE = 10_000;

/**
 * One stream, forwards or backwards; the end is reached when the token given back is the one that was sent (API-40).
 * Unlike FilterLogEvents, the end of the window is not included.
 */
export function getLogEvents(input: JsonRecord, { caller, paging }: ServiceContext): JsonRecord {
  const group = findLogGroup(input, caller);
  refuseInfrequentAccess(group, 'GetLogEvents');
  const from = numberOf(input['startTime']) ?? -Infinity;
  const until = numberOf(input['endTime']) ?? Infinity;
  const events = findLogStream(group, textOf(input['logStreamName']) ?? '')
    .events.filter(({ timestampMs }) => timestampMs >= from && timestampMs < until)
    .sort((a, b) => a.timestampMs - b.timestampMs);
  const size = Math.min(numberOf(input['limit']) ?? LARGEST_PAGE, paging.pageSize ?? LARGEST_PAGE);
  const place = readPlace(input, events.length);
  const start = place.forward ? place.at : Math.max(0, place.at - size);
  const end = place.forward ? Math.min(events.length, place.at + size) : place.at;
  return {
    events: events
      .slice(start, end)
      .map(({ timestampMs, message }) => ({ timestamp: timestampMs, message, ingestionTime: timestampMs })),
    nextForwardToken: `f/${end}`,
    nextBackwardToken: `b/${start}`,
  };
}

interface Place {
  readonly forward: boolean;
  readonly at: number;
}

function readPlace(input: JsonRecord, length: number): Place {
  const token = textOf(input['nextToken']);
  if (token === undefined) {
    return input['startFromHead'] === true ? { forward: true, at: 0 } : { forward: false, at: length };
  }
  const [, way, at] = /^([fb])\/(\d{1,9})$/.exec(token) ?? [];
  if (way === undefined) {
    throw new ServiceError('InvalidParameterException', 'The specified nextToken is invalid.');
  }
  return { forward: way === 'f', at: Number(at) };
}

import type { EpochSeconds, TimeWindow } from '../lang/time.ts';
import { epochOf, utcOf } from '../lang/utc.ts';
import { notUnderstood } from './not-understood.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const DEFAULT_LENGTH = HOUR;
/** A week of one interface's records is the most that is read while somebody waits. */
const LONGEST_WINDOW = 7 * DAY;
/** Flow logs are seldom kept longer; the log group's own retention is seen when it is read. */
const OLDEST_START = 400 * DAY;
/** Clocks of people and machines differ. */
const FUTURE_TOLERANCE = 2 * MINUTE;

/** `--since` and `--until` as a window: a duration back from now (`90m`, `2h`, `1d`), or a time in UTC. */
export function parseWindow(since: string | undefined, until: string | undefined, now: EpochSeconds): TimeWindow {
  const end = until === undefined ? now : parseMoment('until', until, now);
  const start = since === undefined ? end - DEFAULT_LENGTH : parseMoment('since', since, now);
  if (end > now + FUTURE_TOLERANCE) throw unusable('--until', until, 'a time that is not in the future');
  if (start >= end) throw unusable('--since', since, 'a time before the end of the window and not in the future');
  if (end - start > LONGEST_WINDOW) throw unusable('--since', since, 'a window of at most 7 days');
  if (start < now - OLDEST_START) throw unusable('--since', since, 'a time within the last 400 days');
  return { start, end };
}

const SECONDS_OF = new Map([
  ['s', 1],
  ['m', MINUTE],
  ['h', HOUR],
  ['d', DAY],
]);

function parseMoment(option: string, text: string, now: EpochSeconds): EpochSeconds {
  if (text === 'now') return now;
  const duration = /^(\d{1,6})([smhd])$/.exec(text);
  if (duration !== null) return now - Number(duration[1]) * (SECONDS_OF.get(duration[2] ?? '') ?? 0);
  const moment = parseUtc(text, now);
  if (moment === undefined)
    throw unusable(
      `--${option}`,
      text,
      'a duration such as 90m, 2h or 1d, or a UTC time such as 2026-11-23T14:00Z or 14:00',
    );
  return moment;
}

const UTC = /^(?:(\d{4})-(\d{2})-(\d{2})T)?(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?Z?$/;

/** A UTC time; without a date the last such time before now. */
function parseUtc(text: string, now: EpochSeconds): EpochSeconds | undefined {
  const parts = UTC.exec(text);
  if (parts === null) return undefined;
  const field = (index: number): number => Number(parts[index] ?? 0);
  const clock = { hour: field(4), minute: field(5), second: field(6) };
  if (parts[1] !== undefined) return epochOf({ year: field(1), month: field(2), day: field(3), ...clock });
  const today = epochOf({ ...utcOf(now), ...clock });
  return today !== undefined && today > now ? today - DAY : today;
}

function unusable(option: string, value: string | undefined, expected: string): Error {
  return notUnderstood(`${option} ${value ?? ''}`, expected);
}

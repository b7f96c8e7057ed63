import type { EpochSeconds } from './time.ts';

const DAY = 86_400;

/** Calendar fields in UTC. Months and days count from 1. */
export interface UtcTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/**
 * Seconds to calendar and back without `Date`, which the core may not touch because it also knows the clock.
 * The proleptic Gregorian rule in days since 1 March of year 0: https://howardhinnant.github.io/date_algorithms.html
 */
export function utcOf(time: EpochSeconds): UtcTime {
  const seconds = ((Math.floor(time) % DAY) + DAY) % DAY;
  const days = (Math.floor(time) - seconds) / DAY + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
    hour: Math.floor(seconds / 3600),
    minute: Math.floor((seconds % 3600) / 60),
    second: seconds % 60,
  };
}

/** `undefined` for a day that the calendar does not have. */
export function epochOf(time: UtcTime): EpochSeconds | undefined {
  const year = time.month <= 2 ? time.year - 1 : time.year;
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const marchMonth = time.month > 2 ? time.month - 3 : time.month + 9;
  const dayOfYear = Math.floor((153 * marchMonth + 2) / 5) + time.day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  const days = era * 146_097 + dayOfEra - 719_468;
  const epoch = days * DAY + time.hour * 3600 + time.minute * 60 + time.second;
  const back = utcOf(epoch);
  return FIELDS.every((field) => back[field] === time[field]) ? epoch : undefined;
}

const FIELDS = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;

/** `2026-11-23T14:03:10Z`. */
export function formatUtc(time: EpochSeconds): string {
  const { year, month, day, hour, minute, second } = utcOf(time);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}Z`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

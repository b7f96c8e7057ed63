import type { EpochSeconds } from '../lang/time.ts';

/** A minute in UTC, as names of files and folders spell it. */
export interface CivilTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

const DAY = 86_400;
const DAYS_IN_400_YEARS = 146_097;
/** From 0000-03-01 to 1970-01-01. */
const DAYS_BEFORE_EPOCH = 719_468;

/**
 * The core has no clock and no `Date`: proleptic Gregorian arithmetic, counting years from March so that the leap day
 * comes last. https://howardhinnant.github.io/date_algorithms.html
 */
export function civilTime(time: EpochSeconds): CivilTime {
  const days = Math.floor(time / DAY) + DAYS_BEFORE_EPOCH;
  const era = Math.floor(days / DAYS_IN_400_YEARS);
  const dayOfEra = days - era * DAYS_IN_400_YEARS;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / (DAYS_IN_400_YEARS - 1))) /
      365,
  );
  const dayOfYear = dayOfEra - daysBeforeYear(yearOfEra);
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const second = time - Math.floor(time / DAY) * DAY;
  return {
    year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - daysBeforeMonth(monthFromMarch) + 1,
    hour: Math.floor(second / 3600),
    minute: Math.floor(second / 60) % 60,
  };
}

/** `undefined` for a time that no calendar has: `20260231T2560Z`. */
export function epochOf(civil: CivilTime): EpochSeconds | undefined {
  const { month, day, hour, minute } = civil;
  const year = month <= 2 ? civil.year - 1 : civil.year;
  const era = Math.floor(year / 400);
  const monthFromMarch = (month + 9) % 12;
  const days = era * DAYS_IN_400_YEARS + daysBeforeYear(year - era * 400) + daysBeforeMonth(monthFromMarch) + day - 1;
  const time = (days - DAYS_BEFORE_EPOCH) * DAY + hour * 3600 + minute * 60;
  return isSame(civilTime(time), civil) ? time : undefined;
}

function daysBeforeYear(yearOfEra: number): number {
  return 365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
}

function daysBeforeMonth(monthFromMarch: number): number {
  return Math.floor((153 * monthFromMarch + 2) / 5);
}

function isSame(a: CivilTime, b: CivilTime): boolean {
  return a.year === b.year && a.month === b.month && a.day === b.day && a.hour === b.hour && a.minute === b.minute;
}

import { CronExpressionParser, type CronDate } from 'cron-parser';
import type { EpochSeconds } from '../lang/time.ts';

/** When an audit runs: a cron expression, read in a time zone. */
export interface Timetable {
  readonly cron: string;
  /** As in the IANA database: `Europe/Berlin`, `UTC`. */
  readonly timezone: string;
}

export type CronReading =
  | { readonly kind: 'runs'; readonly next: readonly Run[] }
  | { readonly kind: 'unreadable'; readonly why: string };

interface Run {
  readonly at: EpochSeconds;
  /** In the time zone asked for: `Mon 2026-11-30 07:00`. */
  readonly local: string;
}

/** The next runs, by the parser that the queue itself uses; or what is wrong with the expression or its time zone. */
export function readCron({ cron, timezone }: Timetable, after: EpochSeconds, most = 5): CronReading {
  if (!isTimezone(timezone)) return unreadable(`${timezone} is no time zone such as Europe/Berlin or UTC`);
  const fields = cron.trim().split(/\s+/).length;
  if (fields !== FIELDS && !cron.startsWith('@')) return unreadable(`it has ${fields} fields instead of ${FIELDS}`);
  if (HASHED.test(cron)) return unreadable("H stands for a time of the parser's own choosing: name one");
  try {
    const dates = CronExpressionParser.parse(cron, { currentDate: new Date(after * 1_000), tz: timezone }).take(most);
    return tooClose(dates)
      ? unreadable('audits may not run more often than every five minutes')
      : { kind: 'runs', next: dates.map(toRun) };
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error));
  }
}

/** Minute, hour, day of the month, month, day of the week. */
const FIELDS = 5;

/** `H H * * *`: another minute and hour each time it is read. */
const HASHED = /(?:^|[\s,])H/i;

/** An audit reads whole networks: one after the other without a pause would be of no use to anybody. */
const CLOSEST_SECONDS = 300;

function unreadable(why: string): CronReading {
  return { kind: 'unreadable', why };
}

/** https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Intl/DateTimeFormat: unknown zones throw. */
function isTimezone(timezone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timezone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function tooClose(dates: readonly CronDate[]): boolean {
  const times = dates.map((date) => date.getTime() / 1_000);
  return times.some((time, index) => time - (times[index - 1] ?? Number.NEGATIVE_INFINITY) < CLOSEST_SECONDS);
}

function toRun(date: CronDate): Run {
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return { at: Math.floor(date.getTime() / 1_000), local: `${WEEKDAYS[date.getDay()] ?? ''} ${day} ${clock}` };
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

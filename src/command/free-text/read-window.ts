import type { EpochSeconds, TimeWindow } from '../../lang/time.ts';
import { epochOf } from '../../lang/utc.ts';
import type { Said } from './candidate.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Records tell of up to ten minutes at once (FLOW-52), and clocks differ. */
const MARGIN = 15 * MINUTE;

/** Times further apart tell of more than one event. */
const LONGEST_EVENT = 6 * HOUR;
const OLDEST = 399 * DAY;
const LONGEST_WINDOW = 7 * DAY;

/**
 * The time that a text tells beyond doubt: a duration back from now, or moments with their zone.
 * `undefined` leaves the last hour, also where that holds the moments.
 */
export function readWindow(text: string, askedAt: EpochSeconds): Said<TimeWindow> | undefined {
  return readDuration(text, askedAt) ?? readMoments(text, askedAt);
}

/** The moments of a record, with room around them; `undefined` where no flow log can be asked about them. */
export function windowAround({ start, end }: TimeWindow, askedAt: EpochSeconds): TimeWindow | undefined {
  const window = { start: start - MARGIN, end: Math.min(end + MARGIN, askedAt) };
  const isAskable = end <= askedAt + MARGIN && window.start >= askedAt - OLDEST && window.start < window.end;
  return isAskable && window.end - window.start <= LONGEST_WINDOW ? window : undefined;
}

const DURATION =
  /\b(?:since|last|past|previous|seit|letzten?|vergangenen?)[\s=:]{1,3}(?:the\s{1,3})?(\d{1,4})\s?(m|min|mins|minutes?|minuten|h|hrs?|hours?|std|stunden?|d|days?|tagen?)\b/i;

const SECONDS: ReadonlyMap<string, number> = new Map([
  ['m', MINUTE],
  ['h', HOUR],
  ['s', HOUR],
  ['d', DAY],
  ['t', DAY],
]);

function readDuration(text: string, askedAt: EpochSeconds): Said<TimeWindow> | undefined {
  const [words, amount = '', unit = ''] = DURATION.exec(text) ?? [];
  const length = Number(amount) * (SECONDS.get(unit.charAt(0).toLowerCase()) ?? 0);
  if (words === undefined || length === 0 || length > LONGEST_WINDOW) return undefined;
  return { value: { start: askedAt - length, end: askedAt }, words };
}

const MOMENT =
  /\b(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)? ?(?:Z|UTC|([+-])(\d{2}):?(\d{2}))(?![\w:])/g;

function readMoments(text: string, askedAt: EpochSeconds): Said<TimeWindow> | undefined {
  const found = [...text.matchAll(MOMENT)].flatMap((parts) => momentOf(parts) ?? []);
  const past = found.filter(({ at }) => at <= askedAt && at >= askedAt - OLDEST);
  const [first] = past;
  if (first === undefined) return undefined;
  const times = past.map(({ at }) => at);
  const event = { start: least(times), end: -least(times.map((at) => -at)) };
  const isRecent = event.start - MARGIN >= askedAt - HOUR;
  if (isRecent || event.end - event.start > LONGEST_EVENT) return undefined;
  const value = windowAround(event, askedAt);
  return value === undefined ? undefined : { value, words: first.words };
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.min(a, b));
}

function momentOf(parts: RegExpExecArray): { readonly at: EpochSeconds; readonly words: string } | undefined {
  const field = (index: number): number => Number(parts[index] ?? 0);
  const [year, month, day, hour, minute, second] = [field(1), field(2), field(3), field(4), field(5), field(6)];
  const local = epochOf({ year, month, day, hour, minute, second });
  const ahead = (parts[7] === '-' ? -1 : 1) * (field(8) * HOUR + field(9) * MINUTE);
  return local === undefined ? undefined : { at: local - ahead, words: parts[0] };
}

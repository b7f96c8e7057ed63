import * as z from 'zod';
import type { EpochSeconds } from '../../lang/time.ts';
import { epochOf } from '../../lang/utc.ts';
import { textOf } from './fields.ts';

/** A time as a file holds it (ISO 8601, any offset) or as an SDK hands it over (a date object). */
export const timestampField: z.ZodType<EpochSeconds> = z.union([
  textOf(parseTimestamp),
  z.date().transform((date) => Math.floor(date.getTime() / 1000)),
]);

/** `2026-11-23T14:03:10.123Z`, `2026-11-23 14:03:10+00:00`; fractions of a second are dropped. */
export function parseTimestamp(text: string): EpochSeconds | undefined {
  const groups = ISO_8601.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const field = (name: string): number => Number(groups[name]);
  const local = epochOf({
    year: field('year'),
    month: field('month'),
    day: field('day'),
    hour: field('hour'),
    minute: field('minute'),
    second: field('second'),
  });
  return local === undefined ? undefined : local - offsetOf(groups['offset'] ?? 'Z');
}

const ISO_8601 =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)[T ](?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)(?:\.\d{1,9})?(?<offset>Z|[+-]\d\d:?\d\d)$/;

function offsetOf(offset: string): number {
  if (offset === 'Z') return 0;
  const sign = offset.startsWith('-') ? -1 : 1;
  return sign * (Number(offset.slice(1, 3)) * 3600 + Number(offset.slice(-2)) * 60);
}

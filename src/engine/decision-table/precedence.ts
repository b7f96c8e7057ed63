import type { RowId } from '../finding.ts';

/**
 * "Most specific first" (DEC-1 step 7), made explicit. Rows named here are asked in this order before all others; the
 * others follow in the table's order; `ASKED_LAST` comes after everything, in its own order.
 */
const ASKED_FIRST: readonly RowId[] = [
  // The record itself names the cause.
  'T-7',
  'T-8',
  // The packet was only passing through: its ends are elsewhere.
  'T-67',
  // ICMP without a known type: neither filter may be blamed for what it might say.
  'T-19',
  'T-18',
  // Who sent it.
  'T-14',
  'T-17',
  'T-16',
  'T-15',
  'T-13',
  // The crowd of scanners, whoever they came to, before a client that keeps trying.
  'T-11',
  'T-12',
  // Who received it.
  'T-24',
  'T-69',
  'T-70',
  'T-23',
  // What kind of packet it is.
  'T-68',
  'T-21',
  'T-22',
  // A connection that was forgotten explains more than a rule that narrowed.
  'T-20',
  'T-34',
  'T-31',
  'T-5',
  // Nothing was rejected: what narrows the accepted traffic down.
  'T-53',
  'T-37',
  'T-35',
  'T-40',
  'T-39',
  'T-45',
  'T-66',
  'T-51',
  'T-50',
  'T-52',
  // Nothing is on record: why nothing could be.
  'T-55',
  'T-58',
  'T-61',
  'T-62',
  'T-57',
  'T-56',
];

const ASKED_LAST: readonly RowId[] = [
  // Both filters allow today: the better explanations of that before the one that has none.
  'T-9',
  'T-65',
  'T-4',
  'T-6',
  'T-28',
  'T-33',
  // Only beside another row, or when nothing else holds.
  'T-36',
  'T-54',
  'T-41',
];

/** Smaller is asked earlier. */
export function precedenceOf(id: RowId): number {
  const first = ASKED_FIRST.indexOf(id);
  if (first >= 0) return first - ASKED_FIRST.length;
  const last = ASKED_LAST.indexOf(id);
  return last >= 0 ? AFTER_ALL_NUMBERS + last : numberOf(id);
}

export function numberOf(id: RowId): number {
  return Number(id.slice(2));
}

const AFTER_ALL_NUMBERS = 1000;

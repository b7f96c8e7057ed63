import { ExpectedError } from '../failure/expected-error.ts';

/** What was typed is quoted, and not for ever. */
const LONGEST_QUOTE = 80;

export function notUnderstood(input: string, expected: string): ExpectedError {
  return new ExpectedError({ kind: 'not-understood', input: input.trim().slice(0, LONGEST_QUOTE), expected });
}

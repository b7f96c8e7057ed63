import { ExpectedError } from '../failure/expected-error.ts';

/** Who mistyped one verb wants no example of another: the error as one about `verb`. */
export function withExample(verb: 'path' | 'audit', error: unknown): unknown {
  if (!(error instanceof ExpectedError) || error.failure.kind !== 'not-understood') return error;
  return new ExpectedError({ ...error.failure, verb }, { cause: error });
}

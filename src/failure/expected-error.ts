import type { Failure } from './failure.ts';

/** The one error thrown on purpose. Carries a failure as data; the foreign error is its `cause`. */
export class ExpectedError extends Error {
  override readonly name = 'ExpectedError';
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.kind, options);
    this.failure = failure;
  }
}

import type { PathAnalysis } from '../../engine/path/path.ts';
import type { Failure } from '../../failure/failure.ts';
import type { Expectation, ExpectedEnd } from './expectation.ts';

/** Broken expectations, and those that cannot be checked. */
export type ExpectationFault = { readonly family: 'expectations'; readonly expectation: Expectation } & (
  | ({ readonly kind: 'must-reach-broken' } & CheckedPaths)
  | ({ readonly kind: 'must-not-reach-broken' } & CheckedPaths)
  | ({ readonly kind: 'expectation-undetermined' } & CheckedPaths)
  /** The end matches nothing in the snapshot. */
  | { readonly kind: 'expectation-names-nothing'; readonly end: ExpectedEnd; readonly side: 'from' | 'to' }
  /** More paths than are checked for one line. */
  | { readonly kind: 'expectation-names-too-much'; readonly paths: number; readonly most: number }
  /** The ends exist and no packet can go between them: two families of addresses, an ambiguous address. */
  | { readonly kind: 'expectation-not-checkable'; readonly failure: Failure }
);

/** All paths between what the two ends stand for, and the first that is not as expected. */
interface CheckedPaths {
  readonly example: PathAnalysis;
  readonly failing: number;
  readonly paths: number;
}

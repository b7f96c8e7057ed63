import type { Failure } from '../src/failure/failure.ts';

/** What a script that calls us can rely on. */
export const EXIT = { answered: 0, fault: 1, broken: 1, unusableInput: 2, awsSaidNo: 3, notFound: 4 } as const;

const CODE_OF: Record<Failure['kind'], number> = {
  'not-understood': EXIT.unusableInput,
  'no-region': EXIT.unusableInput,
  'ambiguous-target': EXIT.unusableInput,
  'no-such-resource': EXIT.notFound,
  'not-allowed': EXIT.awsSaidNo,
  'no-account-in-reach': EXIT.awsSaidNo,
  'no-credentials': EXIT.awsSaidNo,
  'missing-permission': EXIT.awsSaidNo,
  throttled: EXIT.awsSaidNo,
  unreachable: EXIT.awsSaidNo,
  cancelled: EXIT.awsSaidNo,
};

export function exitCodeOf(failure: Failure): number {
  return CODE_OF[failure.kind];
}

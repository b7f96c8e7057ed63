import { ExpectedError } from '../src/failure/expected-error.ts';
import type { Failure } from '../src/failure/failure.ts';
import type { Interruption, Outcome } from '../src/queue/queue.ts';

/** What kept a job from its answer. */
export type Trouble =
  | { readonly kind: 'interrupted'; readonly outcome: Outcome }
  | ExpectedTrouble
  | { readonly kind: 'defect'; readonly error: Error };

export interface ExpectedTrouble {
  readonly kind: 'expected';
  readonly failure: Failure;
  readonly error: Error;
}

/** Once a job is interrupted, whatever it throws is a consequence of that. */
export function readTrouble(thrown: unknown, signal: AbortSignal): Trouble {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (signal.aborted) return INTERRUPTED.get(signal.reason) ?? { kind: 'defect', error };
  if (thrown instanceof ExpectedError) return { kind: 'expected', failure: thrown.failure, error };
  return { kind: 'defect', error };
}

const TOO_LATE: Failure = { kind: 'cancelled', detail: 'no answer in time' };

/** By the `Interruption` a signal was aborted with. */
const INTERRUPTED: ReadonlyMap<unknown, Trouble> = new Map<Interruption, Trouble>([
  ['shutting-down', { kind: 'interrupted', outcome: { kind: 'put-back' } }],
  ['taken-over', { kind: 'interrupted', outcome: { kind: 'left-to-another' } }],
  ['out-of-time', { kind: 'expected', failure: TOO_LATE, error: new ExpectedError(TOO_LATE) }],
]);

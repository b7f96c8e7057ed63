import type { Failure } from '../failure/failure.ts';
import type { Gap } from '../vpc/gap.ts';

/** Why something was not read, where the reading failed and the answer goes on without it. */
export function gapOf(failure: Failure): Pick<Gap, 'because' | 'action'> {
  if (failure.kind === 'missing-permission') return { because: 'access-denied', action: failure.action };
  if (failure.kind === 'no-such-resource') return { because: 'not-found' };
  return { because: failure.kind === 'throttled' ? 'throttled' : 'unreachable' };
}

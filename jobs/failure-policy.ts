import type { Failure } from '../src/failure/failure.ts';

export interface FailurePolicy {
  /** Whether trying again in a few seconds can help. */
  readonly next: 'again' | 'never';
  /** Whether only the asker can put it right (info), or whoever runs the bot may have to look (warn). */
  readonly level: 'info' | 'warn';
}

/** One line a kind: a new kind of failure does not compile until somebody has decided. */
export const FAILURE_POLICY: Readonly<Record<Failure['kind'], FailurePolicy>> = {
  'not-understood': { next: 'never', level: 'info' },
  'not-allowed': { next: 'never', level: 'info' },
  'no-such-resource': { next: 'never', level: 'info' },
  'ambiguous-target': { next: 'never', level: 'info' },
  'no-account-in-reach': { next: 'never', level: 'warn' },
  'no-credentials': { next: 'never', level: 'warn' },
  'no-region': { next: 'never', level: 'warn' },
  'missing-permission': { next: 'never', level: 'warn' },
  throttled: { next: 'again', level: 'warn' },
  unreachable: { next: 'again', level: 'warn' },
  cancelled: { next: 'never', level: 'warn' },
};

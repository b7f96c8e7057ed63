import { DelayedError, UnrecoverableError, WaitingError, type Job } from 'bullmq';
import { assertNever } from '../lang/exhaustive.ts';
import type { Outcome } from './queue.ts';

/** Tells BullMQ the outcome: by returning, or by one of the errors it knows. */
export async function settleJob(job: Job, token: string | undefined, outcome: Outcome): Promise<void> {
  switch (outcome.kind) {
    case 'done':
      return;
    case 'again':
      throw outcome.error;
    case 'never':
      // A question that failed for good may be asked again at once: its two minutes end here.
      await job.removeDeduplicationKey();
      throw asUnrecoverable(outcome.error);
    case 'later':
      await job.moveToDelayed(Date.now() + outcome.milliseconds, token);
      throw new DelayedError();
    case 'put-back':
      await job.moveToWait(token);
      throw new WaitingError();
    case 'left-to-another':
      // BullMQ takes it for a job that was moved already, and touches nothing.
      throw new WaitingError();
    default:
      assertNever(outcome);
  }
}

/** BullMQ keeps message and stack with the job, and retries whatever has another name. */
function asUnrecoverable(error: Error): UnrecoverableError {
  return Object.assign(new UnrecoverableError(error.message), { stack: error.stack, cause: error });
}

import type { JobsOptions } from 'bullmq';
import type { QuestionPayload } from './contract.ts';
import { jobOptions, type Tuning } from './job-options.ts';
import { sameQuestionKey } from './question-id.ts';
import type { Enqueued } from './queue.ts';

/** The part of BullMQ's `Queue` that adds a job; where an equal one counts, that one comes back. */
export interface JobAdder {
  add(name: string, payload: QuestionPayload, options: JobsOptions): Promise<{ id?: string | undefined }>;
}

/**
 * The window opens with the first asking and is kept beside the queue under the question's key, so that no boundary of
 * the clock can split a double ask. It outlives the job: an answer given in a second still holds for the other 119.
 * https://docs.bullmq.io/guide/jobs/deduplication
 */
export async function enqueue(queue: JobAdder, payload: QuestionPayload, tuning: Tuning): Promise<Enqueued> {
  const { askedBy, questionId } = payload;
  const key = sameQuestionKey({ ...payload, teamId: askedBy.teamId });
  const job = await queue.add(payload.kind, payload, {
    ...jobOptions(tuning),
    jobId: questionId,
    deduplication: { id: key, ttl: tuning.sameQuestionMs },
  });
  return job.id === undefined || job.id === questionId
    ? { kind: 'added', questionId }
    : { kind: 'duplicate', questionId: job.id };
}

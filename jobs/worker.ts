import type { QueueHome } from '../src/queue/queue.ts';
import type { QuestionPayload } from '../src/queue/contract.ts';
import { answerQuestion, type AnswerDesk } from './answer-question.ts';
import type { Measure } from './measure.ts';
import { runJob, tellAbandoned, type JobDesk } from './run-job.ts';
import { warnRarely } from './warn-rarely.ts';

/** Everything a worker needs, as functions: `bin` connects them. */
export interface WorkerDesk
  extends Omit<AnswerDesk, 'onProgressError' | 'measure'>, Pick<JobDesk, 'explainFailure' | 'explainDefect' | 'log'> {
  readonly measure: Measure;
  readonly queue: QueueHome;
  /** Jobs at once in this process. */
  readonly concurrency: number;
  readonly deadlineMs?: number;
}

export interface RunningWorker {
  /** Finishes what can be finished within the time, puts the rest back for other workers, and ends. */
  stop(timeoutMs: number): Promise<void>;
}

/** Someone waits in a channel: after a minute a clear "took too long" is worth more than a late answer. */
const DEADLINE_MS = 60_000;

/** Takes questions from the queue until stopped. */
export function startWorker(desk: WorkerDesk): RunningWorker {
  const { queue, concurrency, log, deadlineMs = DEADLINE_MS } = desk;
  const work = (payload: QuestionPayload, signal: AbortSignal): Promise<void> =>
    answerQuestion(payload, signal, {
      ...desk,
      onProgressError: (err) => log.warn({ err, questionId: payload.questionId }, 'progress could not be shown'),
    });
  const jobDesk: JobDesk = { ...desk, work, deadlineMs };
  return queue.startWorker(
    {
      run: (job) => runJob(job, jobDesk),
      abandoned: (job, error) => tellAbandoned(job, error, jobDesk),
    },
    { concurrency, onError: warnRarely(log, 'the queue is in trouble; the worker carries on') },
  );
}

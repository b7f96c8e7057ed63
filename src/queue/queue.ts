import type { QuestionPayload } from './contract.ts';

/** The queue in one of its two homes (ADR 0002). Both behave alike; one suite holds them to it. */
export interface QueueHome {
  /**
   * Adds the question, unless an equal one was added within the last two minutes. Throws `ExpectedError`
   * (`unreachable`) within two seconds when the queue does not answer.
   */
  enqueue(payload: QuestionPayload): Promise<Enqueued>;
  startWorker(processor: Processor, options: WorkerSettings): WorkerHandle;
  counts(): Promise<QueueCounts>;
  /** Resolves when the queue answers; throws `ExpectedError` (`unreachable`) when it does not within two seconds. */
  ping(): Promise<void>;
  /** Ends what `openQueue` opened. Stop the workers first. */
  close(): Promise<void>;
}

/** `duplicate` names the question that is already being answered: its thread is the answer to both. */
export interface Enqueued {
  readonly kind: 'added' | 'duplicate';
  readonly questionId: string;
}

export interface QueueCounts {
  readonly waiting: number;
  readonly active: number;
  /** Waiting for another attempt. */
  readonly delayed: number;
  readonly completed: number;
  readonly failed: number;
}

export interface WorkerSettings {
  /** Jobs at once in this process. */
  readonly concurrency: number;
  /** What goes wrong outside of any job: connections, lost locks. The worker carries on by itself. */
  readonly onError: (error: Error) => void;
}

export interface WorkerHandle {
  /** Takes no more jobs, waits for those it has, interrupts them after `graceMs`, and ends. Waiting jobs stay. */
  stop(graceMs: number): Promise<void>;
}

/** What is done with a job, as two functions so that no job ends without someone knowing. */
export interface Processor {
  /** Never throws: what went wrong is an outcome. */
  run(job: QueuedJob): Promise<Outcome>;
  /** The job ended without being run to an outcome: its workers died under it too often. */
  abandoned(job: AbandonedJob, error: Error): Promise<void>;
}

export interface AbandonedJob {
  readonly id: string;
  readonly name: string;
  /** As it came out of the queue: not parsed, not trusted. */
  readonly data: unknown;
}

export interface QueuedJob extends AbandonedJob {
  /** Counts from 1. */
  readonly attempt: number;
  /** After this one nobody tries again. */
  readonly isLastAttempt: boolean;
  /** Aborted with an `Interruption` as its reason. */
  readonly signal: AbortSignal;
}

/** Why a running job is told to end. */
export type Interruption =
  /** This process ends; another takes the job over. */
  | 'shutting-down'
  /** The lock is gone: another worker has the job already, so this run must not post any more. */
  | 'taken-over'
  | 'out-of-time';

export type Outcome =
  | { readonly kind: 'done' }
  /** Worth another attempt after a pause; the last attempt fails instead. */
  | { readonly kind: 'again'; readonly error: Error }
  | { readonly kind: 'never'; readonly error: Error }
  /** Once more after this time, as if never taken: the asker could not even be told what went wrong. */
  | { readonly kind: 'later'; readonly milliseconds: number }
  /** Back to the head of the queue as if never taken. */
  | { readonly kind: 'put-back' }
  /** Another worker has it: this run leaves no mark. */
  | { readonly kind: 'left-to-another' };

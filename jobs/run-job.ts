import { ACCESS_LINE, accessLine } from '../src/access/access-line.ts';
import type { Document, Thread } from '../src/explain/document.ts';
import { secretsIn } from '../src/explain/secrets.ts';
import type { Failure } from '../src/failure/failure.ts';
import { assertNever } from '../src/lang/exhaustive.ts';
import type { EpochSeconds } from '../src/lang/time.ts';
import { QuestionPayload } from '../src/queue/contract.ts';
import type { AbandonedJob, Outcome, QueuedJob } from '../src/queue/queue.ts';
import type { ShowAnswer } from '../src/workflow/post.ts';
import { addressOf } from './answer-address.ts';
import { startDeadline } from './deadline.ts';
import { FAILURE_POLICY } from './failure-policy.ts';
import type { Log } from './log.ts';
import type { Measure } from './measure.ts';
import { readTrouble, type ExpectedTrouble, type Trouble } from './trouble.ts';

/** What is around every job. */
export interface JobDesk {
  readonly work: (payload: QuestionPayload, signal: AbortSignal) => Promise<void>;
  readonly showAnswer: ShowAnswer;
  readonly explainFailure: (failure: Failure) => Document;
  /** A fault of ours, and the name under which the log has it. */
  readonly explainDefect: (questionId: string) => Document;
  readonly measure: Pick<Measure, 'failed'>;
  readonly now: () => EpochSeconds;
  readonly log: Log;
  /** A job that takes longer is ended and its asker told. */
  readonly deadlineMs: number;
}

/** Runs one job to an outcome. Whatever happens, the asker hears of it or somebody tries again. */
export async function runJob(job: QueuedJob, desk: JobDesk): Promise<Outcome> {
  const payload = readPayload(job, desk.log);
  if (payload === undefined) return { kind: 'never', error: new Error('the payload could not be read') };
  const deadline = startDeadline(desk.deadlineMs);
  const signal = AbortSignal.any([job.signal, deadline.signal]);
  try {
    await desk.work(payload, signal);
    desk.log.info({ questionId: payload.questionId, attempt: job.attempt }, 'question answered');
    noteAnswer(payload, 'answered', desk);
    return { kind: 'done' };
  } catch (error) {
    return await conclude({ job, payload, trouble: readTrouble(error, signal) }, desk);
  } finally {
    deadline.clear();
  }
}

/** A job whose workers died under it: it never came to an outcome, so its asker is told here. */
export async function tellAbandoned(job: AbandonedJob, error: Error, desk: JobDesk): Promise<void> {
  const payload = readPayload(job, desk.log);
  if (payload === undefined) return;
  desk.log.error({ questionId: payload.questionId, err: error }, 'a job was given up because its workers died');
  await tellDefect(payload, desk);
}

/** The one parser of what comes out of the queue; any program may have written it. */
function readPayload({ id, name, data }: AbandonedJob, log: Log): QuestionPayload | undefined {
  const parsed = QuestionPayload.safeParse(data);
  if (parsed.success && parsed.data.kind === name) return parsed.data;
  log.error({ jobId: id, jobName: name, issues: parsed.error?.issues.slice(0, 5) }, 'a job could not be read');
  return undefined;
}

interface Failed {
  readonly job: QueuedJob;
  readonly payload: QuestionPayload;
  readonly trouble: Trouble;
}

async function conclude(failed: Failed, desk: JobDesk): Promise<Outcome> {
  const { trouble, payload } = failed;
  const { questionId } = payload;
  switch (trouble.kind) {
    case 'interrupted':
      desk.log.info({ questionId, outcome: trouble.outcome.kind }, 'a job was interrupted');
      return trouble.outcome;
    case 'expected':
      return retryOrTell(failed, trouble, desk);
    case 'defect': {
      desk.log.error({ questionId, err: trouble.error }, 'a defect ended a job');
      desk.measure.failed({ kind: payload.kind, failure: 'defect' });
      const isTold = await tellDefect(payload, desk);
      return isTold ? { kind: 'never', error: trouble.error } : laterOrNever(payload, trouble.error, desk);
    }
    default:
      return assertNever(trouble);
  }
}

async function retryOrTell(
  { job, payload }: Failed,
  { failure, error }: ExpectedTrouble,
  desk: JobDesk,
): Promise<Outcome> {
  const { questionId } = payload;
  const { next, level } = FAILURE_POLICY[failure.kind];
  if (next === 'again' && !job.isLastAttempt) {
    desk.log[level]({ questionId, failure, attempt: job.attempt }, 'a job will be tried again');
    return { kind: 'again', error };
  }
  desk.log[level]({ questionId, failure }, 'a question was answered with a failure');
  desk.measure.failed({ kind: payload.kind, failure: failure.kind });
  noteAnswer(payload, failure.kind, desk);
  const thread = { parent: desk.explainFailure(failure), replies: [], secrets: () => secretsIn(failure) };
  return (await tell(payload, thread, desk)) ? { kind: 'never', error } : laterOrNever(payload, error, desk);
}

/** Whoever waits for an answer for so long has found another way. */
const GIVEN_UP_AFTER_SECONDS = 900;
const FIRST_PAUSE_SECONDS = 15;

/** While Slack is away nobody can be told anything: the question is kept, and asked again at growing distances. */
function laterOrNever({ askedAt }: QuestionPayload, error: Error, { now }: JobDesk): Outcome {
  const age = now() - askedAt;
  if (age > GIVEN_UP_AFTER_SECONDS) return { kind: 'never', error };
  return { kind: 'later', milliseconds: Math.max(FIRST_PAUSE_SECONDS, age) * 1_000 };
}

function tellDefect(payload: QuestionPayload, desk: JobDesk): Promise<boolean> {
  noteAnswer(payload, 'defect', desk);
  return tell(payload, { parent: desk.explainDefect(payload.questionId), replies: [] }, desk);
}

/** The line of the log by which somebody can tell later who was answered what. */
function noteAnswer(payload: QuestionPayload, outcome: string, { log }: JobDesk): void {
  const { askedBy, channelId, kind, text, via, accounts, audience = 'inside', questionId } = payload;
  const asked = { ...askedBy, channelId, kind, text, via, accounts: accounts ?? 'all', audience, questionId } as const;
  log.info(accessLine({ ...asked, event: 'answer', outcome }), ACCESS_LINE);
}

/** In the question's own thread, where the answer would have stood. False: nobody knows of it. */
async function tell(payload: QuestionPayload, thread: Thread, desk: JobDesk): Promise<boolean> {
  try {
    await desk.showAnswer(addressOf(payload), thread);
    return true;
  } catch (error) {
    desk.log.error({ questionId: payload.questionId, err: error }, 'an asker could not be told of a failure');
    return false;
  }
}

import { ACCESS_LINE, accessLine } from '../src/access/access-line.ts';
import type { Document } from '../src/explain/document.ts';
import type { Failure } from '../src/failure/failure.ts';
import { assertNever } from '../src/lang/exhaustive.ts';
import { ErrandPayload, type ErrandKind } from '../src/queue/errand-contract.ts';
import type { AbandonedJob, Outcome, QueuedJob } from '../src/queue/queue.ts';
import type { Whisper } from '../src/workflow/post.ts';
import type { AccountId } from '../src/vpc/ids.ts';
import { startDeadline } from './deadline.ts';
import { FAILURE_POLICY } from './failure-policy.ts';
import type { Log } from './log.ts';
import { readTrouble } from './trouble.ts';

/** What is around every errand. */
export interface ErrandDesk {
  /** Each says whether it told anything. A kind that nobody runs does not compile. */
  readonly errands: Readonly<Record<ErrandKind, (errand: ErrandPayload, signal: AbortSignal) => Promise<boolean>>>;
  /** Whose networks the answer tells of that the button belongs to. */
  readonly accountsOf: (questionId: string) => Promise<readonly AccountId[]>;
  /** Tells whoever pressed the button. */
  readonly whisper: Whisper;
  readonly explainFailure: (failure: Failure) => Document;
  /** A fault of ours, and the name under which the log has it. */
  readonly explainDefect: (questionId: string) => Document;
  readonly log: Log;
  readonly deadlineMs: number;
}

/** Runs one errand to an outcome. Whatever happens, whoever pressed the button hears of it or somebody tries again. */
export async function runErrandJob(job: QueuedJob, desk: ErrandDesk): Promise<Outcome> {
  const errand = readErrand(job, desk.log);
  if (errand === undefined) return { kind: 'never', error: new Error('the payload could not be read') };
  const deadline = startDeadline(desk.deadlineMs);
  const signal = AbortSignal.any([job.signal, deadline.signal]);
  try {
    if (await desk.errands[errand.kind](errand, signal)) await noteAnswer(errand, desk);
    return { kind: 'done' };
  } catch (error) {
    return await conclude({ job, errand, thrown: error, signal }, desk);
  } finally {
    deadline.clear();
  }
}

/** An errand whose workers died under it too often. */
export async function tellAbandonedErrand(job: AbandonedJob, error: Error, desk: ErrandDesk): Promise<void> {
  const errand = readErrand(job, desk.log);
  if (errand === undefined) return;
  desk.log.error({ ...fieldsOf(errand), err: error }, 'an errand was given up because its workers died');
  await desk.whisper(errand, desk.explainDefect(errand.questionId));
}

/** The one parser of what comes out of the queue; any program may have written it. */
function readErrand({ id, name, data }: AbandonedJob, log: Log): ErrandPayload | undefined {
  const parsed = ErrandPayload.safeParse(data);
  if (parsed.success && parsed.data.kind === name) return parsed.data;
  log.error({ jobId: id, jobName: name, issues: parsed.error?.issues.slice(0, 5) }, 'an errand could not be read');
  return undefined;
}

interface Failed {
  readonly job: QueuedJob;
  readonly errand: ErrandPayload;
  readonly thrown: unknown;
  readonly signal: AbortSignal;
}

async function conclude({ job, errand, thrown, signal }: Failed, desk: ErrandDesk): Promise<Outcome> {
  const trouble = readTrouble(thrown, signal);
  switch (trouble.kind) {
    case 'interrupted':
      return trouble.outcome;
    case 'expected': {
      const { next, level } = FAILURE_POLICY[trouble.failure.kind];
      desk.log[level]({ ...fieldsOf(errand), failure: trouble.failure, attempt: job.attempt }, 'an errand failed');
      if (next === 'again' && !job.isLastAttempt) return { kind: 'again', error: trouble.error };
      await desk.whisper(errand, desk.explainFailure(trouble.failure));
      return { kind: 'never', error: trouble.error };
    }
    case 'defect':
      desk.log.error({ ...fieldsOf(errand), err: trouble.error }, 'a defect ended an errand');
      await desk.whisper(errand, desk.explainDefect(errand.questionId));
      return { kind: 'never', error: trouble.error };
    default:
      return assertNever(trouble);
  }
}

/** The line of the log by which somebody can tell later who was told what. */
async function noteAnswer(errand: ErrandPayload, { accountsOf, log }: ErrandDesk): Promise<void> {
  const { teamId, userId, channelId, questionId, kind } = errand;
  const told = { teamId, userId, channelId, questionId, kind, text: '', via: 'button' };
  const accounts = await accountsOf(questionId);
  log.info(accessLine({ ...told, accounts, event: 'answer', outcome: 'answered' }), ACCESS_LINE);
}

function fieldsOf({ questionId, kind, check }: ErrandPayload): object {
  return { questionId, errand: kind, check };
}

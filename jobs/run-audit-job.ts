import type { Document } from '../src/explain/document.ts';
import type { Failure } from '../src/failure/failure.ts';
import { assertNever } from '../src/lang/exhaustive.ts';
import { AuditPayload } from '../src/queue/audit-contract.ts';
import { runIdOf } from '../src/queue/question-id.ts';
import type { AbandonedJob, Outcome, QueuedJob } from '../src/queue/queue.ts';
import { tellTrouble } from './audit-trouble.ts';
import { audit, fieldsOf, type AuditDesk, type AuditRun } from './audit.ts';
import { startDeadline } from './deadline.ts';
import { FAILURE_POLICY } from './failure-policy.ts';
import { readTrouble, type ExpectedTrouble } from './trouble.ts';

/** What is around every audit. */
export interface AuditJobDesk extends AuditDesk {
  readonly explainFailure: (name: string, failure: Failure) => Document;
  /** A fault of ours, and the name under which the log has it. */
  readonly explainDefect: (runId: string) => Document;
  /** An audit that takes longer is ended and its channel told. */
  readonly deadlineMs: number;
}

/** Runs one audit to an outcome. Whatever happens, its channel hears of it or somebody tries again. */
export async function runAuditJob(job: QueuedJob, desk: AuditJobDesk): Promise<Outcome> {
  const run = readRun(job, desk);
  if (run === undefined) return { kind: 'never', error: new Error('the payload could not be read') };
  const deadline = startDeadline(desk.deadlineMs);
  const signal = AbortSignal.any([job.signal, deadline.signal]);
  try {
    await audit(run, signal, desk);
    return { kind: 'done' };
  } catch (error) {
    return await conclude({ job, run, thrown: error, signal }, desk);
  } finally {
    deadline.clear();
  }
}

/** An audit whose workers died under it too often. */
export async function tellAbandonedAudit(job: AbandonedJob, error: Error, desk: AuditJobDesk): Promise<void> {
  const run = readRun(job, desk);
  if (run === undefined) return;
  desk.log.error({ ...fieldsOf(run), err: error }, 'an audit was given up because its workers died');
  await tellTrouble(run, desk.explainDefect(run.runId), desk);
}

/** The one parser of what comes out of the queue; any program may have written it. */
function readRun({ id, data }: AbandonedJob, { log }: AuditJobDesk): AuditRun | undefined {
  const parsed = AuditPayload.safeParse(data);
  if (parsed.success) return { runId: runIdOf(id), audit: parsed.data.audit, isAsked: parsed.data.isAsked };
  log.error({ jobId: id, issues: parsed.error.issues.slice(0, 5) }, 'an audit could not be read');
  return undefined;
}

interface Failed {
  readonly job: QueuedJob;
  readonly run: AuditRun;
  readonly thrown: unknown;
  readonly signal: AbortSignal;
}

async function conclude(failed: Failed, desk: AuditJobDesk): Promise<Outcome> {
  const { run, thrown, signal } = failed;
  const trouble = readTrouble(thrown, signal);
  switch (trouble.kind) {
    case 'interrupted':
      desk.log.info({ ...fieldsOf(run), outcome: trouble.outcome.kind }, 'an audit was interrupted');
      return trouble.outcome;
    case 'expected':
      return retryOrTell(failed, trouble, desk);
    case 'defect':
      desk.log.error({ ...fieldsOf(run), err: trouble.error }, 'a defect ended an audit');
      await tellTrouble(run, desk.explainDefect(run.runId), desk);
      return { kind: 'never', error: trouble.error };
    default:
      return assertNever(trouble);
  }
}

async function retryOrTell(
  { job, run }: Failed,
  { failure, error }: ExpectedTrouble,
  desk: AuditJobDesk,
): Promise<Outcome> {
  const { next, level } = FAILURE_POLICY[failure.kind];
  if (next === 'again' && !job.isLastAttempt) {
    desk.log[level]({ ...fieldsOf(run), failure, attempt: job.attempt }, 'an audit will be tried again');
    return { kind: 'again', error };
  }
  desk.log[level]({ ...fieldsOf(run), failure }, 'an audit came to nothing');
  await tellTrouble(run, desk.explainFailure(run.audit.name, failure), desk);
  return { kind: 'never', error };
}

import type { AuditQueue } from '../src/queue/audit-queue.ts';
import { runAuditJob, tellAbandonedAudit, type AuditJobDesk } from './run-audit-job.ts';
import type { RunningWorker } from './worker.ts';
import { warnRarely } from './warn-rarely.ts';

export interface AuditWorkerDesk extends Omit<AuditJobDesk, 'deadlineMs'> {
  readonly queue: AuditQueue;
  readonly deadlineMs?: number;
}

/** An account of hundreds of VPCs takes minutes when AWS slows us down; nobody sits and waits. */
const DEADLINE_MS = 15 * 60_000;

/** Audits one at a time in this process: each has many calls under way already. */
const AT_ONCE = 1;

/** Runs audits when they are due, until stopped. */
export function startAuditWorker(desk: AuditWorkerDesk): RunningWorker {
  const jobDesk: AuditJobDesk = { ...desk, deadlineMs: desk.deadlineMs ?? DEADLINE_MS };
  return desk.queue.startWorker(
    {
      run: (job) => runAuditJob(job, jobDesk),
      abandoned: (job, error) => tellAbandonedAudit(job, error, jobDesk),
    },
    {
      concurrency: AT_ONCE,
      onError: warnRarely(desk.log, 'the queue of audits is in trouble; the worker carries on'),
    },
  );
}

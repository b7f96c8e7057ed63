import type { JobSchedulerJson, JobsOptions } from 'bullmq';
import type { EpochSeconds } from '../lang/time.ts';
import type { PlannedAudit } from '../audit/planned-audit.ts';
import { AUDIT_JOB, AuditPayload } from './audit-contract.ts';
import type { Timetable } from './cron.ts';
import { jobOptions, type Tuning } from './job-options.ts';
import type { Processor, WorkerHandle, WorkerSettings } from './queue.ts';
import { runWorker, type OpenWorker } from './run-worker.ts';
import { withinPatience } from './within-patience.ts';

/** Audits that are due at their times, in one of the queue's two homes. Throws `ExpectedError` (`unreachable`). */
export interface AuditQueue {
  /** Keeps this schedule from now on, in place of an earlier one of the same name. */
  schedule(scheduled: ScheduledAudit): Promise<void>;
  /** False: there was none of this name. */
  unschedule(name: string): Promise<boolean>;
  /** By name. */
  schedules(): Promise<readonly KeptSchedule[]>;
  /** One run, now. Told whether one of the same audit was asked for already and has not ended. */
  runNow(audit: PlannedAudit): Promise<'added' | 'duplicate'>;
  startWorker(processor: Processor, settings: WorkerSettings): WorkerHandle;
  close(): Promise<void>;
}

interface ScheduledAudit extends Timetable {
  readonly audit: PlannedAudit;
}

interface KeptSchedule extends ScheduledAudit {
  /** In the past when it is overdue: it runs as soon as there is a worker, once. */
  readonly next?: EpochSeconds;
}

/** What differs between the homes. */
export interface AuditBackend {
  readonly queue: () => Promise<SchedulingQueue>;
  readonly openWorker: OpenWorker;
  readonly close: () => Promise<void>;
}

/** The part of BullMQ's `Queue` used here. https://docs.bullmq.io/guide/job-schedulers */
interface SchedulingQueue {
  upsertJobScheduler(id: string, repeat: { pattern: string; tz: string }, template: Template): Promise<unknown>;
  removeJobScheduler(id: string): Promise<boolean>;
  getJobSchedulers(start: number, end: number, ascending: boolean): Promise<JobSchedulerJson<unknown>[]>;
  add(name: string, payload: AuditPayload, options: JobsOptions): Promise<{ id?: string | undefined }>;
}

interface Template {
  name: string;
  data: AuditPayload;
  opts: Omit<JobsOptions, 'jobId' | 'repeat' | 'delay'>;
}

/** More schedules than anybody will make, so that a listing has an end. */
const MOST_SCHEDULES = 200;

/** The contract, once for both homes. */
export function createAuditQueue(backend: AuditBackend, tuning: Tuning): AuditQueue {
  const ask = <Answer>(asking: (queue: SchedulingQueue) => Promise<Answer>): Promise<Answer> =>
    withinPatience(backend.queue().then(asking));
  return {
    schedule: ({ audit, cron, timezone }) =>
      ask(async (queue) => {
        const data = toPayload(audit, { isAsked: false });
        const template = { name: AUDIT_JOB, data, opts: jobOptions(tuning) };
        await queue.upsertJobScheduler(audit.name, { pattern: cron, tz: timezone }, template);
      }),
    unschedule: (name) => ask((queue) => queue.removeJobScheduler(name)),
    schedules: () => ask(listSchedules),
    runNow: (audit) => ask((queue) => addRun(queue, audit, tuning)),
    startWorker: (processor, settings) => runWorker({ processor, settings, open: backend.openWorker }),
    close: backend.close,
  };
}

function toPayload(audit: PlannedAudit, { isAsked }: { readonly isAsked: boolean }): AuditPayload {
  const { families, accounts, regions, vpcs } = audit.scope;
  const scope = {
    ...(families !== undefined && { families: [...families] }),
    ...(accounts !== undefined && { accounts: [...accounts] }),
    ...(regions !== undefined && { regions: [...regions] }),
    ...(vpcs !== undefined && { vpcs: [...vpcs] }),
  };
  return { version: 1, audit: { ...audit, scope }, isAsked };
}

async function listSchedules(queue: SchedulingQueue): Promise<readonly KeptSchedule[]> {
  const kept = await queue.getJobSchedulers(0, MOST_SCHEDULES - 1, true);
  return kept.flatMap(toSchedule).toSorted((a, b) => (a.audit.name < b.audit.name ? -1 : 1));
}

/** One that somebody else put there, or a version of us that is yet to come, is none of ours. */
function toSchedule({ pattern, tz, next, template }: JobSchedulerJson<unknown>): readonly KeptSchedule[] {
  const payload = AuditPayload.safeParse(template?.data);
  if (!payload.success || pattern === undefined) return [];
  const due = next === undefined ? {} : { next: Math.floor(next / 1_000) };
  return [{ audit: payload.data.audit, cron: pattern, timezone: tz ?? 'UTC', ...due }];
}

/** Two clicks are one run; who asks again after it has ended wants another. */
async function addRun(queue: SchedulingQueue, audit: PlannedAudit, tuning: Tuning): Promise<'added' | 'duplicate'> {
  const key = `${audit.name} ${audit.channelId}`;
  const jobId = `asked ${key} ${Date.now()}`;
  const options = { ...jobOptions(tuning), jobId, deduplication: { id: key } };
  const job = await queue.add(AUDIT_JOB, toPayload(audit, { isAsked: true }), options);
  return job.id === undefined || job.id === jobId ? 'added' : 'duplicate';
}

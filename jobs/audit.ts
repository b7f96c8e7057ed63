import { ACCESS_LINE, accessLine } from '../src/access/access-line.ts';
import type { AuditHistory, Mute } from '../src/audit/audit-history.ts';
import type { PlannedAudit } from '../src/audit/planned-audit.ts';
import type { EpochSeconds } from '../src/lang/time.ts';
import type { AnswerAddress, ShowAnswer } from '../src/workflow/post.ts';
import { editAudit, runAudit, type AuditSources } from '../src/workflow/run-audit.ts';
import type { Log } from './log.ts';
import { untilAborted } from './until-aborted.ts';

/** One run of an audit, by its schedule or because somebody asked. */
export interface AuditRun {
  /** 32 hexadecimal digits: names the run, its thread and the log lines. */
  readonly runId: string;
  readonly audit: PlannedAudit;
  readonly isAsked: boolean;
}

/** Everything an audit needs, as functions. */
export interface AuditDesk extends AuditSources {
  readonly memory: AuditMemory;
  readonly mutes: (now: EpochSeconds) => Promise<readonly Mute[]>;
  readonly showAnswer: ShowAnswer;
  /** Whether this run, tried before, has posted already. */
  readonly wasPosted: (runId: string) => Promise<boolean>;
  readonly log: Log;
}

/** What each audit found last. */
interface AuditMemory {
  readonly read: (name: string) => Promise<AuditHistory | undefined>;
  readonly write: (name: string, history: AuditHistory) => Promise<void>;
  /** One run at a time, in whichever process. */
  readonly exclusively: <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;
}

/**
 * Audits, tells what changed and keeps it in mind, in this order: a run that dies before it has kept it comes to the
 * same news again and edits what it posted; one that dies after has nothing new to say.
 */
export async function audit(run: AuditRun, signal: AbortSignal, desk: AuditDesk): Promise<void> {
  const { name } = run.audit;
  await desk.memory.exclusively(name, async () => {
    signal.throwIfAborted();
    const result = await untilAborted(runAudit(run.audit, desk, signal), signal);
    const [history, mutes] = await Promise.all([desk.memory.read(name), desk.mutes(result.now)]);
    const isAsked = run.isAsked || (await desk.wasPosted(run.runId));
    const edition = editAudit(run.audit, result, { history, mutes, isAsked });
    signal.throwIfAborted();
    if (edition.thread !== undefined) {
      await desk.showAnswer(addressOf(run), edition.thread);
      noteDigest(run, 'answered', desk);
    }
    await desk.memory.write(name, edition.history);
    const { new: fresh, back, worse, resolved, unchanged, muted } = edition.news;
    const counts = { fresh, back, worse, resolved, unchanged, muted };
    desk.log.info(
      { ...fieldsOf(run), posted: edition.thread !== undefined, ...lengthsOf(counts), cost: result.cost },
      'audited',
    );
  });
}

/** Where a digest goes: whoever planned it hears of it where the channel is closed to us. */
export function addressOf({ runId, audit: { channelId, teamId, userId } }: AuditRun): AnswerAddress {
  return { questionId: runId, channelId, teamId, ...(userId !== undefined && { userId }) };
}

/** The line of the log by which somebody can tell later what a channel was told. */
export function noteDigest({ runId, audit: planned, isAsked }: AuditRun, outcome: string, { log }: AuditDesk): void {
  const { name, scope, channelId, teamId, userId } = planned;
  const where = { teamId, channelId, ...(userId !== undefined && { userId }) };
  const what = { kind: 'audit', text: name, via: isAsked ? 'command' : 'schedule' };
  const accounts = scope.accounts ?? 'all';
  log.info(accessLine({ ...where, ...what, event: 'answer', accounts, outcome, questionId: runId }), ACCESS_LINE);
}

/** By these a line of the log is found. */
export function fieldsOf({ runId, audit: { name } }: AuditRun): { readonly runId: string; readonly audit: string } {
  return { runId, audit: name };
}

function lengthsOf(lists: Readonly<Record<string, readonly unknown[]>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(lists).map(([name, { length }]) => [name, length]));
}

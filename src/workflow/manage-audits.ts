import type { AuditHistory, Mute } from '../audit/audit-history.ts';
import type { PlannedAudit } from '../audit/planned-audit.ts';
import type { AuditDeed, MuteDeed, ScheduleDeed } from '../command/audit-command.ts';
import {
  explainAudits,
  explainMuted,
  explainNoSuchAudit,
  explainRemoved,
  explainRunning,
  explainScheduled,
  explainUnmuted,
} from '../explain/explain-audit-deeds.ts';
import type { Document } from '../explain/document.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import { assertNever } from '../lang/exhaustive.ts';
import type { EpochSeconds } from '../lang/time.ts';

/** Who wants something done about audits, where and when. */
export interface AuditAsker {
  readonly teamId: string;
  readonly userId: string;
  readonly channelId: string;
  readonly askedAt: EpochSeconds;
}

export interface TimedAudit {
  readonly audit: PlannedAudit;
  readonly cron: string;
  readonly timezone: string;
}

export interface KeptAudit extends TimedAudit {
  readonly next?: EpochSeconds;
}

/** A run that is to come, at the clock of the schedule's time zone. */
interface ComingRun {
  readonly at: EpochSeconds;
  readonly local: string;
}

type TimetableReading =
  | { readonly kind: 'runs'; readonly next: readonly ComingRun[] }
  | { readonly kind: 'unreadable'; readonly why: string };

/** What is needed to do as asked, as functions. */
export interface AuditDesk {
  readonly schedules: () => Promise<readonly KeptAudit[]>;
  readonly schedule: (timed: TimedAudit) => Promise<void>;
  readonly unschedule: (name: string) => Promise<boolean>;
  readonly runNow: (audit: PlannedAudit) => Promise<'added' | 'duplicate'>;
  readonly readTimetable: (timed: Omit<TimedAudit, 'audit'>, after: EpochSeconds) => TimetableReading;
  readonly history: (name: string) => Promise<AuditHistory | undefined>;
  readonly forget: (name: string) => Promise<void>;
  readonly mutes: (now: EpochSeconds) => Promise<readonly Mute[]>;
  readonly mute: (mute: Mute, now: EpochSeconds) => Promise<boolean>;
  readonly unmute: (findingId: string, now: EpochSeconds) => Promise<boolean>;
}

/** Does what was asked about audits and says what was done. Throws `ExpectedError`. */
export async function manageAudits(deed: AuditDeed, asker: AuditAsker, desk: AuditDesk): Promise<Document> {
  switch (deed.kind) {
    case 'list':
      return listAudits(asker, desk);
    case 'schedule':
      return schedule(deed, asker, desk);
    case 'remove':
      return remove(deed.name, desk);
    case 'run':
      return run(deed.name, asker, desk);
    case 'mute':
      return mute(deed, asker, desk);
    case 'unmute':
      return explainUnmuted(deed.findingId, await desk.unmute(deed.findingId, asker.askedAt));
    default:
      return assertNever(deed);
  }
}

async function listAudits({ askedAt }: AuditAsker, desk: AuditDesk): Promise<Document> {
  const [kept, mutes] = await Promise.all([desk.schedules(), desk.mutes(askedAt)]);
  const audits = await Promise.all(
    kept.map(async (timed) => ({ timed, history: await desk.history(timed.audit.name) })),
  );
  return explainAudits({ audits, mutes, now: askedAt });
}

async function schedule(deed: ScheduleDeed, asker: AuditAsker, desk: AuditDesk): Promise<Document> {
  const { name, cron, timezone, scope, channelId = asker.channelId } = deed;
  const reading = desk.readTimetable({ cron, timezone }, asker.askedAt);
  if (reading.kind === 'unreadable') throw notACron(`${cron} ${timezone}`, reading.why);
  const existing = await find(name, desk);
  if (existing?.audit.origin === 'configuration') throw inConfiguration(name);
  const { teamId, userId } = asker;
  const audit: PlannedAudit = { name, origin: 'slack', channelId, teamId, userId, scope };
  await desk.schedule({ audit, cron, timezone });
  return explainScheduled({ audit, cron, timezone, next: reading.next, isChanged: existing !== undefined });
}

async function remove(name: string, desk: AuditDesk): Promise<Document> {
  const existing = await find(name, desk);
  if (existing === undefined) return noSuchAudit(name, desk);
  if (existing.audit.origin === 'configuration') throw inConfiguration(name);
  await desk.unschedule(name);
  await desk.forget(name);
  return explainRemoved(name);
}

/** Of a schedule in its own channel: its readers would otherwise never hear of what is found now. */
async function run(name: string | undefined, asker: AuditAsker, desk: AuditDesk): Promise<Document> {
  const existing = name === undefined ? undefined : await find(name, desk);
  if (name !== undefined && existing === undefined) return noSuchAudit(name, desk);
  const { teamId, userId, channelId } = asker;
  const audit: PlannedAudit = existing?.audit ?? {
    name: onceIn(channelId),
    origin: 'once',
    channelId,
    teamId,
    scope: {},
  };
  const outcome = await desk.runNow({ ...audit, userId });
  return explainRunning({ ...(name !== undefined && { name }), channelId: audit.channelId, outcome });
}

/** The memory of a channel: the second time it is asked, the answer is what changed. */
function onceIn(channelId: string): string {
  return `once-${channelId.toLowerCase()}`.replace(/[^a-z0-9-]/g, '').slice(0, LONGEST_NAME);
}

const LONGEST_NAME = 40;

async function mute({ findingId, seconds, reason }: MuteDeed, asker: AuditAsker, desk: AuditDesk): Promise<Document> {
  const { userId, askedAt } = asker;
  const asked: Mute = { findingId, reason, by: userId, until: askedAt + seconds };
  if (await desk.mute(asked, askedAt)) return explainMuted(asked);
  throw new ExpectedError({ kind: 'not-understood', input: findingId, expected: 'fewer mutes', verb: 'audit' });
}

async function find(name: string, desk: AuditDesk): Promise<KeptAudit | undefined> {
  return (await desk.schedules()).find(({ audit }) => audit.name === name);
}

async function noSuchAudit(name: string, desk: AuditDesk): Promise<Document> {
  const names = (await desk.schedules()).map(({ audit }) => audit.name);
  return explainNoSuchAudit(name, names);
}

function notACron(input: string, why: string): ExpectedError {
  const expected = `a cron expression such as "0 7 * * 1" (Mondays at 7) and a time zone; ${why}`;
  return new ExpectedError({ kind: 'not-understood', input, expected, verb: 'audit' });
}

function inConfiguration(name: string): ExpectedError {
  const expected = 'another name: the configuration file keeps this audit, and changes are made there';
  return new ExpectedError({ kind: 'not-understood', input: name, expected, verb: 'audit' });
}

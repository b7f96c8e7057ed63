import { ACCESS_LINE, accessLine } from '../src/access/access-line.ts';
import type { AuditDeed } from '../src/command/audit-command.ts';
import type { Document } from '../src/explain/document.ts';
import type { Log } from '../src/log.ts';
import { readCron } from '../src/queue/cron.ts';
import type { AdmittedAsking } from '../src/slack/entry-desk.ts';
import { createAuditHistories } from '../src/store/audit-histories.ts';
import { createMutes } from '../src/store/mutes.ts';
import { manageAudits as manage, type AuditDesk } from '../src/workflow/manage-audits.ts';
import type { Homes } from './open-homes.ts';

type Manage = (deed: AuditDeed, asker: AdmittedAsking) => Promise<Document>;

/** Schedules, runs and mutes as Slack asks for them, in the queue and the store. */
export function manageAudits({ audits, store }: Pick<Homes, 'audits' | 'store'>, log: Log): Manage {
  const histories = createAuditHistories(store);
  const mutes = createMutes(store);
  const desk: AuditDesk = {
    schedules: () => audits.schedules(),
    schedule: (timed) => audits.schedule(timed),
    unschedule: (name) => audits.unschedule(name),
    runNow: (audit) => audits.runNow(audit),
    readTimetable: readCron,
    history: histories.read,
    forget: histories.forget,
    mutes: mutes.list,
    mute: mutes.add,
    unmute: mutes.remove,
  };
  return (deed, asker) => {
    if (asker.via !== 'home') noteDeed(deed, asker, log);
    return manage(deed, asker, desk);
  };
}

/** The page of the app lists audits though nobody asked. */
function noteDeed({ kind }: AuditDeed, { teamId, userId, channelId, via, access }: AdmittedAsking, log: Log): void {
  const asked = { teamId, userId, channelId, kind: 'audit', text: `audit ${kind}`, via };
  log.info(accessLine({ ...asked, ...access, event: 'question', outcome: 'taken' }), ACCESS_LINE);
}

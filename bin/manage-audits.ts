import { readCron } from '../src/queue/cron.ts';
import { createAuditHistories } from '../src/store/audit-histories.ts';
import { createMutes } from '../src/store/mutes.ts';
import { manageAudits as manage, type AuditDesk } from '../src/workflow/manage-audits.ts';
import type { Homes } from './open-homes.ts';

type Manage = (deed: Parameters<typeof manage>[0], asker: Parameters<typeof manage>[1]) => ReturnType<typeof manage>;

/** Schedules, runs and mutes as Slack asks for them, in the queue and the store. */
export function manageAudits({ audits, store }: Pick<Homes, 'audits' | 'store'>): Manage {
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
  return (deed, asker) => manage(deed, asker, desk);
}

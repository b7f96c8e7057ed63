import type { KeptAudit, TimedAudit } from './manage-audits.ts';

/** What is needed to keep schedules, as functions. */
export interface ScheduleKeeper {
  readonly schedules: () => Promise<readonly KeptAudit[]>;
  readonly schedule: (timed: TimedAudit) => Promise<void>;
  readonly unschedule: (name: string) => Promise<boolean>;
}

/**
 * Makes the schedules of the configuration file what the file says, and leaves those of Slack alone. One that is as it
 * should be is not touched: to make it anew would forget a run that is due.
 */
export async function keepSchedules(wanted: readonly TimedAudit[], keeper: ScheduleKeeper): Promise<void> {
  const kept = new Map((await keeper.schedules()).map((each) => [each.audit.name, each]));
  const names = new Set(wanted.map(({ audit }) => audit.name));
  for (const timed of wanted) {
    const existing = kept.get(timed.audit.name);
    if (existing === undefined || !isSame(timed, existing)) await keeper.schedule(timed);
  }
  for (const { audit } of kept.values()) {
    if (audit.origin === 'configuration' && !names.has(audit.name)) await keeper.unschedule(audit.name);
  }
}

function isSame(a: TimedAudit, b: TimedAudit): boolean {
  return canonical(a) === canonical(b);
}

function canonical({ audit, cron, timezone }: TimedAudit): string {
  const { name, origin, channelId, teamId, userId, scope } = audit;
  const { families, accounts, regions, vpcs } = scope;
  return JSON.stringify([cron, timezone, name, origin, channelId, teamId, userId, families, accounts, regions, vpcs]);
}

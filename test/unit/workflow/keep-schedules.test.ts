import { describe, expect, it } from 'vitest';
import type { PlannedAudit } from '../../../src/audit/planned-audit.ts';
import { keepSchedules, type ScheduleKeeper } from '../../../src/workflow/keep-schedules.ts';
import type { KeptAudit, TimedAudit } from '../../../src/workflow/manage-audits.ts';

const planned = (name: string, given: Partial<PlannedAudit> = {}): TimedAudit => ({
  audit: { name, origin: 'configuration', channelId: 'C0NETSEC', teamId: '', scope: {}, ...given },
  cron: '0 7 * * 1',
  timezone: 'UTC',
});

/** A keeper in memory that notes what was done to it. */
function keeperOf(...kept: readonly KeptAudit[]): ScheduleKeeper & { readonly deeds: readonly string[] } {
  const deeds: string[] = [];
  return {
    deeds,
    schedules: async () => kept,
    schedule: async ({ audit }) => void deeds.push(`schedule ${audit.name}`),
    unschedule: async (name) => deeds.push(`unschedule ${name}`) > 0,
  };
}

describe('the schedules of the configuration file', () => {
  it.each<[string, [readonly TimedAudit[], readonly KeptAudit[]], readonly string[]]>([
    ['are made', [[planned('prod')], []], ['schedule prod']],
    ['are not touched when they are as they should be', [[planned('prod')], [{ ...planned('prod'), next: 1 }]], []],
    [
      'are changed when their time did',
      [[{ ...planned('prod'), cron: '0 8 * * 1' }], [planned('prod')]],
      ['schedule prod'],
    ],
    [
      'are changed when what they look at did',
      [[planned('prod', { scope: { families: ['peering'] } })], [planned('prod')]],
      ['schedule prod'],
    ],
    ['end when they are no longer in it', [[], [planned('prod')]], ['unschedule prod']],
    ['leave those of Slack alone', [[], [planned('mine', { origin: 'slack', userId: 'U0DANA' })]], []],
    ['take the place of one of Slack', [[planned('prod')], [planned('prod', { origin: 'slack' })]], ['schedule prod']],
  ])('%s', async (_, [wanted, kept], deeds) => {
    const keeper = keeperOf(...kept);

    await keepSchedules(wanted, keeper);

    expect(keeper.deeds).toEqual(deeds);
  });
});

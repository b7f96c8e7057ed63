import { beforeEach, describe, expect, it } from 'vitest';
import type { Mute } from '../../../src/audit/audit-history.ts';
import type { PlannedAudit } from '../../../src/audit/planned-audit.ts';
import type { AuditDeed } from '../../../src/command/audit-command.ts';
import type { Document } from '../../../src/explain/document.ts';
import { readCron } from '../../../src/queue/cron.ts';
import { renderMarkdown } from '../../../src/render/markdown.ts';
import { manageAudits, type AuditDesk, type TimedAudit } from '../../../src/workflow/manage-audits.ts';
import { NOON } from '../../support/peered-vpcs.ts';

const asker = { teamId: 'T0ACME', userId: 'U0DANA', channelId: 'C0NETSEC', askedAt: NOON };
const everyMonday: AuditDeed = {
  kind: 'schedule',
  name: 'prod',
  cron: '0 7 * * 1',
  timezone: 'Europe/Berlin',
  scope: {},
};
const configured: TimedAudit = {
  audit: { name: 'nightly', origin: 'configuration', channelId: 'C0OPS', teamId: '', scope: { families: ['peering'] } },
  cron: '0 1 * * *',
  timezone: 'UTC',
};

let kept: TimedAudit[];
let mutes: Mute[];
let forgotten: string[];
let runs: PlannedAudit[];
let desk: AuditDesk;

beforeEach(() => {
  [kept, mutes, forgotten, runs] = [[configured], [], [], []];
  desk = {
    schedules: async () => kept.map((timed) => ({ ...timed, next: NOON + 3_600 })),
    schedule: async (timed) => {
      kept = [...kept.filter(({ audit }) => audit.name !== timed.audit.name), timed];
    },
    unschedule: async (name) => {
      const before = kept.length;
      kept = kept.filter(({ audit }) => audit.name !== name);
      return kept.length < before;
    },
    runNow: async (audit) => (runs.push(audit) > 1 ? 'duplicate' : 'added'),
    readTimetable: readCron,
    history: async (name) => (name === 'nightly' ? { ranAt: NOON - 60, findings: [], blindSpots: [] } : undefined),
    forget: async (name) => void forgotten.push(name),
    mutes: async () => mutes,
    mute: async (mute) => mutes.push(mute) > 0,
    unmute: async (id) => mutes.some(({ findingId }) => findingId === id),
  };
});

const text = (parent: Document): string => renderMarkdown({ parent, replies: [] });
const told = async (deed: AuditDeed): Promise<string> => text(await manageAudits(deed, asker, desk));

describe('a schedule', () => {
  it('is kept, and its next five runs are told by the clock of its zone', async () => {
    const answer = await told(everyMonday);

    expect(kept).toContainEqual({
      audit: { name: 'prod', origin: 'slack', channelId: 'C0NETSEC', teamId: 'T0ACME', userId: 'U0DANA', scope: {} },
      cron: '0 7 * * 1',
      timezone: 'Europe/Berlin',
    });
    expect(answer.match(/- Mon \d{4}-\d{2}-\d{2} 07:00/g)).toHaveLength(5);
    expect(answer).toContain('Mon 2026-11-30 07:00');
  });

  it('tells in the channel that was named', async () => {
    await told({ ...everyMonday, channelId: 'C0OTHER' });

    expect(kept.at(-1)?.audit.channelId).toBe('C0OTHER');
  });

  it('is changed by making it again', async () => {
    await told(everyMonday);

    expect(await told({ ...everyMonday, cron: '0 8 * * 1' })).toContain('is changed');
    expect(kept.filter(({ audit }) => audit.name === 'prod')).toHaveLength(1);
  });

  it.each([
    [{ cron: 'every monday' }, /2 fields instead of 5/],
    [{ cron: '0 25 * * *' }, /0 7 \* \* 1.*Constraint/],
    [{ timezone: 'Mars/Olympus' }, /no time zone/],
    [{ name: 'nightly' }, /the configuration file keeps this audit/],
  ])('%j is refused, and nothing is kept', async (given, expected) => {
    const deed = { ...everyMonday, ...given };

    await expect(manageAudits(deed, asker, desk)).rejects.toMatchObject({
      failure: { kind: 'not-understood', expected: expect.stringMatching(expected), verb: 'audit' },
    });
    expect(kept).toEqual([configured]);
  });
});

describe('removing', () => {
  it('ends a schedule and what it remembered', async () => {
    await told(everyMonday);
    await told({ kind: 'remove', name: 'prod' });

    expect(kept).toEqual([configured]);
    expect(forgotten).toEqual(['prod']);
  });

  it('is for the configuration file where that keeps it', async () => {
    await expect(manageAudits({ kind: 'remove', name: 'nightly' }, asker, desk)).rejects.toThrow('not-understood');
    expect(kept).toEqual([configured]);
  });

  it('of what is not there tells what is', async () => {
    expect(await told({ kind: 'remove', name: 'weekly' })).toContain('scheduled are nightly');
  });
});

describe('running', () => {
  it('a schedule tells in its own channel', async () => {
    const answer = await told({ kind: 'run', name: 'nightly' });

    expect(runs).toEqual([{ ...configured.audit, userId: 'U0DANA' }]);
    expect(answer).toContain('C0OPS');
  });

  it('without a name audits everything, for this channel', async () => {
    await told({ kind: 'run' });

    expect(runs).toMatchObject([{ name: 'once-c0netsec', origin: 'once', channelId: 'C0NETSEC', scope: {} }]);
  });

  it('twice says that it runs already', async () => {
    await told({ kind: 'run' });

    expect(await told({ kind: 'run' })).toContain('runs already');
  });
});

it('lists schedules with their last and next run, and mutes', async () => {
  await told(everyMonday);
  await told({ kind: 'mute', findingId: 'peering-unused:pcx-1', seconds: 86_400, reason: 'waits for *the* migration' });
  const answer = await told({ kind: 'list' });

  expect(answer).toContain('**nightly** (configuration file): `0 1 * * *` UTC, in C0OPS, for peering everywhere');
  expect(answer).toMatch(/nightly.*last run 2026-11-23 11:59:00Z, 0 findings · next 2026-11-23 13:00:00Z/);
  expect(answer).toMatch(/prod.*last run never/);
  expect(answer).toContain(
    String.raw`peering-unused:pcx-1\` until 2026-11-24 12:00:00Z by U0DANA: waits for \*the\* migration`.replace(
      '\\`',
      '`',
    ),
  );
});

describe('a mute', () => {
  it('says until when', async () => {
    const mute = { kind: 'mute', findingId: 'peering-unused:pcx-1', seconds: 86_400, reason: 'known' } as const;

    expect(await told(mute)).toContain('muted until 2026-11-24 12:00:00Z: known');
    expect(mutes).toEqual([{ findingId: mute.findingId, reason: 'known', by: 'U0DANA', until: NOON + 86_400 }]);
  });

  it('can be ended before its time', async () => {
    expect(await told({ kind: 'unmute', findingId: 'peering-unused:pcx-1' })).toContain('was not muted');
    await told({ kind: 'mute', findingId: 'peering-unused:pcx-1', seconds: 86_400, reason: 'known' });

    expect(await told({ kind: 'unmute', findingId: 'peering-unused:pcx-1' })).toContain('is no longer muted');
  });
});

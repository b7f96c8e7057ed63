import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PlannedAudit } from '../../../src/audit/planned-audit.ts';
import type { AuditQueue } from '../../../src/queue/audit-queue.ts';
import type { QueuedJob, WorkerHandle } from '../../../src/queue/queue.ts';
import { HOMES, newName, type RunningHome } from './homes.ts';

const audit: PlannedAudit = {
  name: 'prod-peering',
  origin: 'slack',
  channelId: 'C0NETSEC',
  teamId: 'T0ACME',
  userId: 'U0DANA',
  scope: { families: ['peering'] },
};
const WEEKLY = { cron: '0 7 * * 1', timezone: 'Europe/Berlin' };

describe.each(HOMES)('audits scheduled in $name', ({ start }) => {
  let home: RunningHome;
  let queueName: string;
  let audits: AuditQueue;
  const workers: WorkerHandle[] = [];

  beforeAll(async () => {
    home = await start();
  });
  beforeEach(() => {
    queueName = newName();
    audits = home.openAudits({ queueName });
  });
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.stop(0);
  });
  afterAll(() => home.close());

  function work(queue: AuditQueue, run: (job: QueuedJob) => void): void {
    const processor = {
      run: async (job: QueuedJob) => {
        run(job);
        return { kind: 'done' } as const;
      },
      abandoned: async () => undefined,
    };
    workers.push(queue.startWorker(processor, { concurrency: 1, onError: () => undefined }));
  }

  it('are listed with their next run, by name', async () => {
    await audits.schedule({ audit, ...WEEKLY });
    await audits.schedule({ audit: { ...audit, name: 'all-day' }, cron: '0 7 * * *', timezone: 'UTC' });

    const [first, second] = await audits.schedules();
    expect(first).toMatchObject({ audit: { name: 'all-day' }, cron: '0 7 * * *', timezone: 'UTC' });
    expect(second).toMatchObject({ audit, ...WEEKLY });
    expect(new Date((second?.next ?? 0) * 1_000).getUTCDay()).toBe(1);
  });

  it('outlive those who made them', async () => {
    await audits.schedule({ audit, ...WEEKLY });

    expect(await home.openAudits({ queueName }).schedules()).toMatchObject([{ audit, ...WEEKLY }]);
  });

  it('change when they are made again, and are one still', async () => {
    await audits.schedule({ audit, ...WEEKLY });
    await audits.schedule({ audit: { ...audit, channelId: 'C0OTHER' }, cron: '0 8 * * *', timezone: 'UTC' });

    expect(await audits.schedules()).toMatchObject([{ audit: { channelId: 'C0OTHER' }, cron: '0 8 * * *' }]);
  });

  it('end when they are removed, and only then', async () => {
    await audits.schedule({ audit, ...WEEKLY });

    expect(await audits.unschedule('prod-peering')).toBe(true);
    expect(await audits.unschedule('prod-peering')).toBe(false);
    expect(await audits.schedules()).toEqual([]);
  });

  it('run once at their time, however many workers there are', async () => {
    const run = vi.fn();
    work(audits, run);
    work(home.openAudits({ queueName }), run);
    await audits.schedule({ audit, cron: EACH_SECOND, timezone: 'UTC' });

    await eventually(() => expect(run.mock.calls.length).toBeGreaterThanOrEqual(2));
    await audits.unschedule(audit.name);
    const ids = run.mock.calls.map(([job]: QueuedJob[]) => job?.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(run.mock.calls[0]?.[0]).toMatchObject({ name: 'audit', data: { audit, isAsked: false } });
  });

  it('that were missed are made up for once, and the next comes in its time', async () => {
    await audits.schedule({ audit, cron: EACH_SECOND, timezone: 'UTC' });
    await sleep(3_500);
    const due = (await audits.schedules())[0]?.next ?? 0;
    expect(due).toBeLessThan(Date.now() / 1_000 - 2);

    const startedAt = Date.now();
    const times: number[] = [];
    work(audits, () => times.push(Date.now() - startedAt));
    await eventually(() => expect(times.length).toBeGreaterThanOrEqual(2));
    await audits.unschedule(audit.name);

    expect(times.filter((after) => after < 150).length).toBeLessThanOrEqual(2);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeLessThan(1_500);
  });

  it('go on after a worker died in the middle of one', async () => {
    await audits.schedule({ audit, cron: EACH_SECOND, timezone: 'UTC' });
    await sleep(1_200);
    await home.takeAndDie(queueName);
    const ids = new Set<string>();
    work(audits, ({ id }) => ids.add(id));

    await eventually(() => expect(ids.size).toBeGreaterThanOrEqual(2));
    await audits.unschedule(audit.name);
  });

  it('can be run at once, and two clicks are one run', async () => {
    const answers = [await audits.runNow(audit), await audits.runNow(audit)];
    const run = vi.fn();
    work(audits, run);

    await eventually(() => expect(run).toHaveBeenCalledTimes(1));
    expect(answers).toEqual(['added', 'duplicate']);
    expect(run.mock.calls[0]?.[0]).toMatchObject({ data: { audit, isAsked: true } });
  });
});

/** The queue takes six fields, too; people may not. */
const EACH_SECOND = '* * * * * *';

async function eventually(check: () => void | Promise<void>): Promise<void> {
  await vi.waitFor(check, { timeout: 10_000, interval: 25 });
}

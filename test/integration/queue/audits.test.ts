import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startAuditWorker, type AuditWorkerDesk } from '../../../jobs/audit-worker.ts';
import type { RunningWorker } from '../../../jobs/worker.ts';
import { explainDefect, explainFailure } from '../../../src/explain/explain-failure.ts';
import { explainFailedAudit } from '../../../src/explain/explain-failed-audit.ts';
import { ExpectedError } from '../../../src/failure/expected-error.ts';
import type { AuditQueue } from '../../../src/queue/audit-queue.ts';
import { createAuditHistories, type AuditHistories } from '../../../src/store/audit-histories.ts';
import { createMutes, type Mutes } from '../../../src/store/mutes.ts';
import { createPostLedger } from '../../../src/store/post-ledger.ts';
import type { PostLedger } from '../../../src/workflow/post.ts';
import { DAY, PROD, readAt, sourcesOf } from '../../support/audit-runs.ts';
import type { VpcBuilder } from '../../support/build-vpc.ts';
import { openChannel, type Channel } from '../../support/channel.ts';
import { accepter, NOON, requester } from '../../support/peered-vpcs.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { HOMES, newName, type RunningHome } from './homes.ts';

const oneSided = [requester(), accepter([])];
const healthy = [requester(), accepter()];

describe.each(HOMES)('audits run from $name', ({ start }) => {
  let home: RunningHome;
  let histories: AuditHistories;
  let mutes: Mutes;
  let ledger: PostLedger;
  let queueName: string;
  let queue: AuditQueue;
  let channel: Channel;
  let log: ReturnType<typeof recordingLog>;
  let network: readonly VpcBuilder[];
  let now: number;
  let audit: typeof PROD;
  const workers: RunningWorker[] = [];

  beforeAll(async () => {
    home = await start();
    const store = await home.openStore();
    [histories, mutes, ledger] = [createAuditHistories(store), createMutes(store), createPostLedger(store)];
  });
  beforeEach(() => {
    queueName = newName();
    queue = home.openAudits({ queueName, sameQuestionMs: 1 });
    channel = openChannel(ledger);
    log = recordingLog();
    [network, now] = [oneSided, NOON];
    audit = { ...PROD, name: `prod-${queueName.slice(-8)}` };
  });
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.stop(0);
  });
  afterAll(() => home.close());

  function work(given: Partial<AuditWorkerDesk> = {}): RunningWorker {
    const worker = startAuditWorker({
      ...sourcesOf(() => readAt(now, ...network)),
      now: () => now,
      queue,
      memory: histories,
      mutes: mutes.list,
      showAnswer: channel.showAnswer,
      wasPosted: async (runId) => (await ledger.read(runId))?.parentTs !== undefined,
      explainFailure: (name, failure) => explainFailedAudit(name, explainFailure(failure)),
      explainDefect,
      log,
      ...given,
    });
    workers.push(worker);
    return worker;
  }

  const scheduled = () => queue.schedule({ audit, cron: EACH_SECOND, timezone: 'UTC' });
  const written = (): readonly object[] =>
    log.lines.filter(({ message }) => message === 'access').map(({ fields }) => fields);
  const audited = (): number => log.lines.filter(({ message }) => message === 'audited').length;
  /** One run by the schedule's worker, waited for. */
  async function runOnce(): Promise<void> {
    const before = audited();
    await queue.runNow(audit);
    await eventually(() => expect(audited()).toBe(before + 1));
  }

  it('post what changed and are silent otherwise, with several workers', async () => {
    work();
    work({ queue: home.openAudits({ queueName }) });
    await scheduled();

    await eventually(() => expect(audited()).toBeGreaterThanOrEqual(3));
    expect(channel.messages()).toEqual([`Audit ${audit.name}, first run: 1 finding`]);

    network = healthy;
    now = NOON + DAY;
    await eventually(() => expect(channel.messages()).toHaveLength(2));
    await queue.unschedule(audit.name);
    const digest = { event: 'answer', kind: 'audit', text: audit.name, via: 'schedule', outcome: 'answered' };
    await eventually(() => expect(written()).toMatchObject([{ access: digest }, { access: digest }]));
    expect(channel.messages()[1]).toBe(`Audit ${audit.name}: 1 resolved, 0 unchanged`);
  });

  it('remember over a restart', async () => {
    const first = work();
    await scheduled();
    await eventually(() => expect(audited()).toBeGreaterThanOrEqual(1));
    await first.stop(1_000);
    const before = audited();

    queue = home.openAudits({ queueName });
    work();
    await eventually(() => expect(audited()).toBeGreaterThan(before));
    await queue.unschedule(audit.name);
    expect(channel.messages()).toEqual([`Audit ${audit.name}, first run: 1 finding`]);
  });

  it('that died after they had posted edit the post and add none', async () => {
    const write = vi.fn(histories.write).mockRejectedValueOnce(new ExpectedError(AWAY));
    work({ memory: { ...histories, write } });
    await queue.runNow(audit);

    await eventually(() => expect(audited()).toBe(1));
    expect(channel.messages()).toEqual([`Audit ${audit.name}, first run: 1 finding`]);
    expect(write).toHaveBeenCalledTimes(2);
  });

  it('that died after they had posted edit the post though the network was mended meanwhile', async () => {
    const write = vi.fn(histories.write).mockImplementationOnce(async () => {
      network = healthy;
      throw new ExpectedError(AWAY);
    });
    work();
    await runOnce();
    network = [...oneSided];
    await workers.pop()?.stop(0);
    work({ memory: { ...histories, write } });
    await queue.runNow(audit);

    await eventually(() => expect(audited()).toBe(2));
    expect(channel.messages()).toHaveLength(2);
    expect(channel.messages()[1]).toBe(`Audit ${audit.name}: 1 resolved, 0 unchanged`);
  });

  it('keep muted findings quiet', async () => {
    work();
    await runOnce();
    const [finding] = (await histories.read(audit.name))?.findings ?? [];
    const mute = { findingId: finding?.id ?? '', reason: 'known', by: 'U0DANA', until: NOON + DAY };
    await mutes.add(mute, NOON);
    await runOnce();
    await mutes.remove(mute.findingId, NOON);

    expect(channel.messages()[1]).toBe(`Audit ${audit.name}: 0 unchanged (1 muted)`);
  });

  it('tell a failure once, however often it comes again, and that it has passed', async () => {
    let isAway = true;
    const sources = sourcesOf(() => readAt(now, ...network));
    work({
      collectNetwork: (...asked) =>
        isAway ? Promise.reject(new ExpectedError(NO_CREDENTIALS)) : sources.collectNetwork(...asked),
    });
    await scheduled();
    await eventually(() => expect(log.lines.filter(({ message }) => message === FAILED).length).toBeGreaterThan(2));
    expect(channel.messages()).toEqual([
      expect.stringMatching(/came to no result: this bot has no valid AWS credentials/),
    ]);

    isAway = false;
    await eventually(() => expect(channel.messages()).toHaveLength(2));
    await queue.unschedule(audit.name);
    expect(channel.messages()[1]).toBe(`Audit ${audit.name}, first run: 1 finding`);
  });

  it('are put back when the process ends in the middle, and posted once', async () => {
    const stuck = work({ collectNetwork: () => new Promise(() => undefined) });
    await queue.runNow(audit);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await stuck.stop(0);
    work();

    await eventually(() => expect(audited()).toBe(1));
    expect(channel.messages()).toHaveLength(1);
  });

  it('that take too long are ended, and their channel told', async () => {
    work({ deadlineMs: 100, collectNetwork: () => new Promise(() => undefined) });
    await queue.runNow(audit);

    await eventually(() => expect(channel.messages()).toEqual([expect.stringMatching(/no result.*was stopped/)]));
  });

  it('are not disturbed by jobs that are none', async () => {
    await home.addStrange(queueName, 'audit', { version: 1, audit: { ...audit, name: '../../etc' }, isAsked: true });
    work();
    await runOnce();

    expect(log.lines.map(({ message }) => message)).toContain('an audit could not be read');
    expect(channel.messages()).toHaveLength(1);
  });
});

const EACH_SECOND = '* * * * * *';
const FAILED = 'an audit came to nothing';
const AWAY = { kind: 'unreachable', service: 'the store', detail: 'away' } as const;
const NO_CREDENTIALS = { kind: 'no-credentials', detail: 'expired' } as const;

async function eventually(check: () => void | Promise<void>): Promise<void> {
  await vi.waitFor(check, { timeout: 10_000, interval: 25 });
}

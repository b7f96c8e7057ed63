import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startErrandWorker, type ErrandWorkerDesk } from '../../../jobs/errand-worker.ts';
import type { RunningWorker } from '../../../jobs/worker.ts';
import { explainDefect, explainFailure } from '../../../src/explain/explain-failure.ts';
import { ExpectedError } from '../../../src/failure/expected-error.ts';
import type { ErrandPayload } from '../../../src/queue/errand-contract.ts';
import type { ErrandQueue } from '../../../src/queue/errand-queue.ts';
import { diagnosis } from '../../support/build-diagnosis.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { HOMES, newName, type RunningHome } from './homes.ts';

const errand = (more: Partial<ErrandPayload> = {}): ErrandPayload => ({
  version: 1,
  kind: 'evidence',
  questionId: '0123456789abcdef0123456789abcdef',
  teamId: 'T0ACME',
  channelId: 'C0NETSEC',
  threadTs: '1795132800.000100',
  userId: 'U0DANA',
  check: 0,
  ...more,
});

describe.each(HOMES)('errands queued in $name', ({ start }) => {
  let home: RunningHome;
  let queueName: string;
  let queue: ErrandQueue;
  let ran: ErrandPayload[];
  let whispered: string[];
  let log: ReturnType<typeof recordingLog>;
  const workers: RunningWorker[] = [];

  beforeAll(async () => {
    home = await start();
  });
  afterAll(() => home.close());
  beforeEach(() => {
    queueName = newName();
    queue = home.openErrands({ queueName });
    ran = [];
    whispered = [];
    log = recordingLog();
  });
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.stop(0);
  });

  const note = async (done: ErrandPayload): Promise<boolean> => {
    ran.push(done);
    return true;
  };
  function work(run: ErrandWorkerDesk['errands']['evidence'] = note): void {
    workers.push(
      startErrandWorker({
        queue,
        errands: { evidence: run, picture: run, watch: run },
        whisper: async ({ userId }, { summary }) => {
          whispered.push(`${userId}: ${summary}`);
        },
        explainFailure: (failure) => explainFailure(failure),
        explainDefect,
        accountsOf: async () => [diagnosis([]).target.accountId],
        log,
      }),
    );
  }

  it('are run as they were given', async () => {
    await queue.add(errand());
    work();

    await eventually(() => expect(ran).toEqual([errand()]));
  });

  it('are written down when they told something', async () => {
    await queue.add(errand());
    await queue.add(errand({ kind: 'watch', check: 1 }));
    work(async (done) => {
      await note(done);
      return done.kind === 'evidence';
    });
    await eventually(() => expect(ran).toHaveLength(2));

    const written = log.lines.filter(({ message }) => message === 'access').map(({ fields }) => fields);
    const where = {
      teamId: 'T0ACME',
      channelId: 'C0NETSEC',
      userId: 'U0DANA',
      accounts: [diagnosis([]).target.accountId],
    };
    expect(written).toMatchObject([{ access: { ...where, event: 'answer', kind: 'evidence', outcome: 'answered' } }]);
  });

  it('are one for two presses, and can be run again later', async () => {
    await queue.add(errand());
    await queue.add(errand());
    work();
    await eventually(() => expect(ran).toHaveLength(1));
    await queue.add(errand());

    await eventually(() => expect(ran).toHaveLength(2));
  });

  it('wait for their time', async () => {
    work();
    await queue.add(errand({ kind: 'watch', check: 2 }), 700);
    await queue.add(errand({ kind: 'watch', check: 1 }));

    await eventually(() => expect(ran.map(({ check }) => check)).toEqual([1, 2]));
  });

  it('are run again when their worker died', async () => {
    await queue.add(errand());
    await home.takeAndDie(queueName);
    work();

    await eventually(() => expect(ran).toHaveLength(1));
  });

  it('are tried again in trouble that passes', async () => {
    let tries = 0;
    await queue.add(errand());
    work(async () => {
      tries += 1;
      if (tries < 3) throw new ExpectedError({ kind: 'unreachable', service: 'Slack', detail: 'ECONNRESET' });
      return true;
    });

    await eventually(() => expect(tries).toBe(3));
    expect(whispered).toEqual([]);
  });

  it.each([
    ['trouble that stays', new ExpectedError({ kind: 'not-allowed', account: '111122223333' }), /111122223333/],
    ['a defect of ours', new TypeError('a defect'), /went wrong/],
  ])('tell whoever pressed the button of %s', async (_, error, words) => {
    await queue.add(errand());
    work(() => Promise.reject(error));

    await eventually(() => expect(whispered).toEqual([expect.stringMatching(words)]));
  });

  it('are not disturbed by what is none', async () => {
    await home.addStrange(queueName, 'evidence', { ...errand(), questionId: '../x' });
    await home.addStrange(queueName, 'watch', errand());
    await queue.add(errand());
    work();

    await eventually(() => expect(ran).toEqual([errand()]));
  });
});

function eventually(assertion: () => void): Promise<void> {
  return vi.waitFor(assertion, { timeout: 15_000, interval: 20 });
}

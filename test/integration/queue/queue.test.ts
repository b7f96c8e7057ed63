import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Outcome, QueuedJob, QueueHome, WorkerHandle } from '../../../src/queue/queue.ts';
import { question } from '../../support/questions.ts';
import { HOMES, type RunningHome } from './homes.ts';

describe.each(HOMES)('the queue in $name', ({ start }) => {
  let home: RunningHome;
  const workers: WorkerHandle[] = [];

  beforeAll(async () => {
    home = await start();
  });
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.stop(0);
  });
  afterAll(() => home.close());

  /** Starts a worker and returns the list of jobs it was given, which grows. */
  function work(queue: QueueHome, run: Run = () => DONE, concurrency = 1): QueuedJob[] {
    const jobs: QueuedJob[] = [];
    const processor = {
      run: async (job: QueuedJob): Promise<Outcome> => {
        jobs.push(job);
        return run(job);
      },
      abandoned: async () => undefined,
    };
    workers.push(queue.startWorker(processor, { concurrency, onError: () => undefined }));
    return jobs;
  }

  it('hands a question to a worker as it was asked', async () => {
    const queue = home.openQueue();
    const asked = question();

    expect(await queue.enqueue(asked)).toEqual({ kind: 'added', questionId: asked.questionId });
    const jobs = work(queue);

    await eventually(async () => expect(await queue.counts()).toMatchObject({ completed: 1, waiting: 0 }));
    expect(jobs).toMatchObject([
      { id: asked.questionId, name: 'why-rejected', data: asked, attempt: 1, isLastAttempt: false },
    ]);
  });

  it('wakes a worker that has been idle', async () => {
    const queue = home.openQueue();
    const jobs = work(queue);
    await queue.ping();

    await queue.enqueue(question());

    await eventually(() => expect(jobs).toHaveLength(1));
  });

  describe('one question asked twice', () => {
    const first = question({ askedAt: 1_790_000_000, userId: 'U0DANA' });
    const again = question({ askedAt: 1_790_000_119, userId: 'U0SAM', text: ' WHY-rejected   eni-0a1b2c3d4e5f60718 ' });

    it('is one job, whoever asks and however it is spaced', async () => {
      const queue = home.openQueue();

      await queue.enqueue(first);

      expect(await queue.enqueue(again)).toEqual({ kind: 'duplicate', questionId: first.questionId });
      expect(await queue.counts()).toMatchObject({ waiting: 1 });
    });

    it('is another in another thread', async () => {
      const queue = home.openQueue();
      const threads = ['1790000000.000100', '1790000000.000200'].map((threadTs) => question({ threadTs }));
      const answers = await Promise.all([first, ...threads].map((each) => queue.enqueue(each)));

      expect(answers.map(({ kind }) => kind)).toEqual(['added', 'added', 'added']);
    });

    it('is one job also when the first is answered already', async () => {
      const queue = home.openQueue();
      const jobs = work(queue);
      await queue.enqueue(first);
      await eventually(async () => expect(await queue.counts()).toMatchObject({ completed: 1 }));

      expect(await queue.enqueue(again)).toEqual({ kind: 'duplicate', questionId: first.questionId });
      expect(jobs).toHaveLength(1);
    });

    it('is one job also when both arrive at once', async () => {
      const queue = home.openQueue();

      const [one, other] = await Promise.all([queue.enqueue(first), queue.enqueue(again)]);

      expect(one.questionId).toBe(other.questionId);
      expect(await queue.counts()).toMatchObject({ waiting: 1 });
    });

    it('is two jobs when the window is over, though the first is still kept', async () => {
      const queue = home.openQueue({ sameQuestionMs: 100 });
      const jobs = work(queue);
      await queue.enqueue(first);
      await eventually(async () => expect(await queue.counts()).toMatchObject({ completed: 1 }));

      await sleep(150);

      expect(await queue.enqueue(again)).toEqual({ kind: 'added', questionId: again.questionId });
      await eventually(() => expect(jobs.map(({ id }) => id)).toEqual([first.questionId, again.questionId]));
    });

    it('is two jobs when the first failed: its asker was told to try again', async () => {
      const queue = home.openQueue();
      work(queue, () => ({ kind: 'never', error: new Error('no credentials') }));
      await queue.enqueue(first);
      await eventually(async () => expect(await queue.counts()).toMatchObject({ failed: 1 }));

      expect(await queue.enqueue(again)).toEqual({ kind: 'added', questionId: again.questionId });
    });

    it('is two jobs in two channels', async () => {
      const queue = home.openQueue();

      await queue.enqueue(first);

      expect(await queue.enqueue(question({ channelId: 'C0OTHER' }))).toMatchObject({ kind: 'added' });
    });
  });

  it('tries again after trouble that may pass, and says which attempt is the last', async () => {
    const queue = home.openQueue();
    await queue.enqueue(question());
    const jobs = work(queue, ({ attempt }) => (attempt < 3 ? { kind: 'again', error: new Error('throttled') } : DONE));

    await eventually(async () => expect(await queue.counts()).toMatchObject({ completed: 1, failed: 0 }));
    expect(jobs.map(({ attempt, isLastAttempt }) => ({ attempt, isLastAttempt }))).toEqual([
      { attempt: 1, isLastAttempt: false },
      { attempt: 2, isLastAttempt: false },
      { attempt: 3, isLastAttempt: true },
    ]);
  });

  it('keeps for later what nobody could be told of, however often, and counts no attempt', async () => {
    const queue = home.openQueue();
    await queue.enqueue(question());
    let runs = 0;
    const jobs = work(queue, () => {
      runs += 1;
      return runs < 5 ? { kind: 'later', milliseconds: 30 } : DONE;
    });

    await eventually(async () => expect(await queue.counts()).toMatchObject({ completed: 1, failed: 0 }));
    expect(jobs.map(({ attempt }) => attempt)).toEqual([1, 1, 1, 1, 1]);
  });

  it('never tries again what cannot help', async () => {
    const queue = home.openQueue();
    await queue.enqueue(question());
    const jobs = work(queue, () => ({ kind: 'never', error: new Error('no such interface') }));

    await eventually(async () => expect(await queue.counts()).toMatchObject({ failed: 1, delayed: 0, waiting: 0 }));
    expect(jobs).toHaveLength(1);
  });

  it('keeps questions until there is a worker', async () => {
    const queue = home.openQueue();
    for (let second = 0; second < 5; second += 1) await queue.enqueue(question({ text: `eni-${second}` }));
    expect(await queue.counts()).toMatchObject({ waiting: 5 });

    const jobs = work(queue);

    await eventually(() => expect(jobs).toHaveLength(5));
    expect(jobs.map(({ data }) => data)).toMatchObject([0, 1, 2, 3, 4].map((n) => ({ text: `eni-${n}` })));
  });

  it('does 200 jobs, each once, without one failing', async () => {
    const queue = home.openQueue();
    const jobs = work(queue, () => DONE, 10);
    const asked = Array.from({ length: 200 }, (_, n) => question({ text: `why-rejected 10.0.0.${n}` }));

    for (const one of asked) await queue.enqueue(one);

    await eventually(async () => expect(await queue.counts()).toMatchObject({ completed: 200, failed: 0, active: 0 }));
    expect(jobs.map(({ id }) => id).toSorted()).toEqual(asked.map(({ questionId }) => questionId).toSorted());
  });

  it('runs as many jobs at once as it was told, side by side with other workers', async () => {
    const name = `shared-${crypto.randomUUID()}`;
    const [here, there] = [home.openQueue({ queueName: name }), home.openQueue({ queueName: name })];
    const gate = closedGate();
    const onThis = work(here, () => gate.passed, 2);
    const onThat = work(there, () => gate.passed, 2);

    for (let n = 0; n < 4; n += 1) await here.enqueue(question({ text: `eni-${n}` }));

    await eventually(() => expect([onThis.length, onThat.length]).toEqual([2, 2]));
    gate.open();
    await eventually(async () => expect(await here.counts()).toMatchObject({ completed: 4 }));
  });

  describe('stopping', () => {
    it('waits for the job it has, and leaves the others waiting', async () => {
      const queue = home.openQueue();
      const gate = closedGate();
      const jobs = work(queue, () => gate.passed);
      await queue.enqueue(question({ text: 'eni-1' }));
      await queue.enqueue(question({ text: 'eni-2' }));
      await eventually(() => expect(jobs).toHaveLength(1));

      const stopped = workers[0]?.stop(10_000);
      gate.open();
      await stopped;

      expect(jobs[0]?.signal.aborted).toBe(false);
      expect(await queue.counts()).toMatchObject({ completed: 1, active: 0, waiting: 1 });
    });

    it('interrupts a job that takes too long, and another worker does it', async () => {
      const queue = home.openQueue();
      await queue.enqueue(question());
      const cut = work(queue, async ({ signal }) => {
        await aborted(signal);
        return { kind: 'put-back' };
      });
      await eventually(() => expect(cut).toHaveLength(1));

      await workers[0]?.stop(0);

      expect(cut[0]?.signal.reason).toBe('shutting-down');
      expect(await queue.counts()).toMatchObject({ waiting: 1, active: 0 });
      const taken = work(queue);
      await eventually(async () => expect(await queue.counts()).toMatchObject({ completed: 1 }));
      expect(taken).toMatchObject([{ id: cut[0]?.id, attempt: 1 }]);
    });
  });
});

type Run = (job: QueuedJob) => Promise<Outcome> | Outcome;

const DONE: Outcome = { kind: 'done' };

/** Holds jobs until it is opened. */
function closedGate(): { readonly passed: Promise<Outcome>; open(): void } {
  let open: (() => void) | undefined;
  const passed = new Promise<Outcome>((resolve) => {
    open = () => resolve(DONE);
  });
  return { passed, open: () => open?.() };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function eventually(assertion: () => Promise<void> | void): Promise<void> {
  return vi.waitFor(assertion, { timeout: 15_000, interval: 20 });
}

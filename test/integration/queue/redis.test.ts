import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectForStore } from '../../../src/queue/connection.ts';
import type { Outcome, QueuedJob, QueueHome } from '../../../src/queue/queue.ts';
import { openRedisQueue } from '../../../src/queue/redis.ts';
import { createRedisStore } from '../../../src/store/redis.ts';
import { haveRedis, prepareRedis, type RedisServer } from '../../support/redis.ts';
import { question } from '../../support/questions.ts';
import { QUICK } from './homes.ts';

/** What only a queue that lives elsewhere can do: go away, and come back. */
describe.runIf(haveRedis())('the queue in a Redis that goes away', () => {
  let server: RedisServer;
  let queue: QueueHome;
  const closing: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    server = await prepareRedis();
  });
  afterEach(async () => {
    server.thaw();
    for (const close of closing.splice(0).toReversed()) await close();
    await server.stop();
  });

  function open(onError: (error: Error) => void = () => undefined): void {
    queue = openRedisQueue({ url: server.url, onError, tuning: QUICK });
    closing.push(() => queue.close());
  }

  function work(run: (job: QueuedJob) => Promise<Outcome>): void {
    const worker = queue.startWorker(
      { run, abandoned: async () => undefined },
      { concurrency: 1, onError: () => undefined },
    );
    closing.push(() => worker.stop(0));
  }

  it('says within two seconds that it cannot be reached, and takes questions once it can', async () => {
    const onError = vi.fn();
    open(onError);

    await expect(inTimeForSlack(queue.enqueue(question()))).rejects.toMatchObject(UNREACHABLE);
    await expect(inTimeForSlack(queue.ping())).rejects.toMatchObject(UNREACHABLE);
    expect(onError).toHaveBeenCalled();

    await server.start();

    await eventually(() => queue.ping());
    expect(await queue.enqueue(question())).toMatchObject({ kind: 'added' });
    expect(await queue.counts()).toMatchObject({ waiting: 1 });
  });

  it('lets a worker start first and work as soon as Redis is there', async () => {
    open();
    const run = vi.fn(async () => DONE);
    work(run);

    await server.start();

    await eventually(() => queue.enqueue(question()));
    await eventually(() => expect(run).toHaveBeenCalledTimes(1));
  });

  it('does not take later what it refused', async () => {
    await server.start();
    open();
    await queue.ping();
    await server.kill();

    await expect(inTimeForSlack(queue.enqueue(question()))).rejects.toMatchObject(UNREACHABLE);

    await server.start();
    await eventually(() => queue.ping());
    expect(await queue.counts()).toMatchObject({ waiting: 0 });
  });

  it('refuses within two seconds when Redis hangs', async () => {
    await server.start();
    open();
    await queue.ping();
    server.freeze();

    await expect(inTimeForSlack(queue.enqueue(question()))).rejects.toMatchObject(UNREACHABLE);
    await expect(inTimeForSlack(queue.ping())).rejects.toMatchObject(UNREACHABLE);
  });

  it('finishes the job that Redis was killed under, and does those that were waiting', async () => {
    await server.start();
    open();
    const restarted = closedGate();
    const run = vi.fn(async (): Promise<Outcome> => {
      await restarted.passed;
      return DONE;
    });
    await queue.enqueue(question({ text: 'eni-1' }));
    await queue.enqueue(question({ text: 'eni-2' }));
    work(run);
    await eventually(() => expect(run).toHaveBeenCalledTimes(1));

    await server.kill();
    restarted.open();
    await server.start();

    await eventually(async () => expect(await queue.counts()).toMatchObject({ completed: 2, active: 0, waiting: 0 }));
  });

  it('stops although Redis is away', async () => {
    await server.start();
    open();
    await queue.ping();
    const worker = queue.startWorker(
      { run: async () => DONE, abandoned: async () => undefined },
      { concurrency: 1, onError: () => undefined },
    );
    await server.kill();

    await expect(worker.stop(100)).resolves.toBeUndefined();
  });

  it('is a store that says so, too', async () => {
    const store = createRedisStore(connectForStore(server.url, () => undefined));
    closing.push(() => store.close());

    await expect(store.read('key')).rejects.toMatchObject(UNREACHABLE);
    await expect(store.ping()).rejects.toMatchObject(UNREACHABLE);

    await server.start();
    await eventually(() => store.ping());
    await store.write('key', 'value', 60);
    expect(await store.read('key')).toBe('value');
  });
});

const UNREACHABLE = { name: 'ExpectedError', failure: { kind: 'unreachable' } };
const DONE: Outcome = { kind: 'done' };

function closedGate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open: (() => void) | undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open?.() };
}

/** Slack gives three seconds; what comes later is as bad as nothing. */
function inTimeForSlack<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const late = sleep(3_000, undefined, { ref: false }).then(() => Promise.reject(new Error('too late for Slack')));
  return Promise.race([answer, late]);
}

function eventually(assertion: () => Promise<unknown> | void): Promise<unknown> {
  return vi.waitFor(assertion, { timeout: 20_000, interval: 50 });
}

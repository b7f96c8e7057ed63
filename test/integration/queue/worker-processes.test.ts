import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { QueueHome } from '../../../src/queue/queue.ts';
import { openRedisQueue } from '../../../src/queue/redis.ts';
import { startChild, type Child } from '../../support/child.ts';
import { question } from '../../support/questions.ts';
import { haveRedis, startRedis, type RedisServer } from '../../support/redis.ts';
import { newName, QUICK } from './homes.ts';

describe.runIf(haveRedis())('workers in processes of their own', () => {
  let server: RedisServer;
  let queue: QueueHome;
  let queueName: string;
  const workers: Child[] = [];

  beforeEach(async () => {
    server = await startRedis();
    queueName = newName();
    queue = openRedisQueue({ url: server.url, onError: () => undefined, tuning: { ...QUICK, queueName } });
  });
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.kill('SIGKILL');
    await queue.close();
    await server.stop();
  });

  function startWorker(): Child {
    const worker = startChild(new URL('worker-process.ts', import.meta.url), [server.url, queueName]);
    workers.push(worker);
    return worker;
  }

  async function ask(count: number): Promise<readonly string[]> {
    const texts = Array.from({ length: count }, (_, n) => `eni-${n}`);
    for (const text of texts) await queue.enqueue(question({ text }));
    return texts;
  }

  const posts = (): string[] =>
    workers.flatMap(({ said }) => said.filter((line) => line.startsWith('posted '))).toSorted();

  it('share the questions and post each answer once', async () => {
    const [one, other] = [startWorker(), startWorker()];
    await eventually(() => expect([...one.said, ...other.said]).toEqual(['ready', 'ready']));
    const texts = await ask(8);

    await eventually(async () => expect(await queue.counts()).toMatchObject({ completed: 8 }));
    expect(posts()).toEqual(texts.map((text) => `posted ${text}`));
    expect(one.said.length).toBeGreaterThan(1);
    expect(other.said.length).toBeGreaterThan(1);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'lose and repeat nothing when one gets a %s in the middle',
    async (signal) => {
      const texts = await ask(3);
      const first = startWorker();
      await eventually(() => expect(first.said).toContain('took eni-0'));

      await first.kill(signal);
      startWorker();

      await eventually(async () => expect(await queue.counts()).toMatchObject({ completed: 3, failed: 0 }));
      expect(posts()).toEqual(texts.map((text) => `posted ${text}`));
    },
  );
});

function eventually(assertion: () => Promise<void> | void): Promise<void> {
  return vi.waitFor(assertion, { timeout: 40_000, interval: 50 });
}

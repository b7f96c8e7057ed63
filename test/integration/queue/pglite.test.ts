import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lockDataDir } from '../../../src/queue/data-dir-lock.ts';
import { openEmbedded, type Embedded } from '../../../src/queue/embedded.ts';
import { openPgliteQueue } from '../../../src/queue/pglite.ts';
import { createPgliteStore } from '../../../src/store/pglite.ts';
import { startChild } from '../../support/child.ts';
import { question } from '../../support/questions.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), 'vpc-why-data-')), 'made', 'when-missing');
});
afterEach(() => rm(join(dataDir, '..', '..'), { recursive: true, force: true }));

describe('the embedded queue on disk', () => {
  it('keeps waiting questions and what was stored over a restart', async () => {
    const first = await openEmbedded(dataDir);
    const queue = openQueue(first);
    await queue.enqueue(question());
    await (await createPgliteStore(first.db)).write('key', 'value', 3_600);
    await queue.close();
    await first.close();

    const second = await openEmbedded(dataDir);
    const again = openQueue(second);

    expect(await again.counts()).toMatchObject({ waiting: 1 });
    expect(await again.enqueue(question({ askedAt: 1_790_000_001 }))).toMatchObject({ kind: 'duplicate' });
    expect(await (await createPgliteStore(second.db)).read('key')).toBe('value');
    await again.close();
    await second.close();
  });

  it('keeps a second process out while the first lives, and loses nothing when it is killed', async () => {
    const bot = startChild(new URL('embedded-process.ts', import.meta.url), [dataDir]);
    await vi.waitFor(() => expect(bot.said).toEqual(['took three questions']), { timeout: 50_000 });

    await expect(openEmbedded(dataDir)).rejects.toMatchObject({
      failure: {
        kind: 'unreachable',
        detail: `${dataDir} is in use by process ${bot.pid} on ${hostname()}: the embedded queue is for one process; set REDIS_URL for more`,
      },
    });

    await bot.kill('SIGKILL');
    const embedded = await openEmbedded(dataDir);
    const queue = openQueue(embedded);
    expect(await queue.counts()).toMatchObject({ waiting: 3 });
    const run = vi.fn(async () => ({ kind: 'done' }) as const);
    const worker = queue.startWorker({ run, abandoned: async () => undefined }, { concurrency: 1, onError: fail });
    await vi.waitFor(async () => expect(await queue.counts()).toMatchObject({ completed: 3 }), { timeout: 15_000 });
    await worker.stop(1_000);
    await queue.close();
    await embedded.close();
  });
});

describe('the lock of a data directory', () => {
  it('is held once, also within one process, and free after its release', async () => {
    const lock = await lockDataDir(dataDir);

    await expect(lockDataDir(dataDir)).rejects.toMatchObject({ failure: { kind: 'unreachable' } });

    await lock.release();
    await (await lockDataDir(dataDir)).release();
    expect(await readdir(dataDir)).toEqual([]);
  });

  const longAgo = new Date(0);
  it.each([
    ['a process that has ended', { pid: 2 ** 22, host: hostname(), self: 'a' }, new Date()],
    ['this container before it was restarted', { pid: process.pid, host: hostname(), self: 'a' }, new Date()],
    ['a container that is gone', { pid: 1, host: 'elsewhere', self: 'a' }, longAgo],
    ['a program that wrote nonsense', 'nonsense', new Date()],
  ])('is taken over from %s', async (_, holder, touched) => {
    await leaveLock(holder, touched);

    const lock = await lockDataDir(dataDir);

    await expect(lockDataDir(dataDir)).rejects.toMatchObject({
      failure: { detail: expect.stringContaining(`in use by process ${process.pid} on ${hostname()}`) },
    });
    await lock.release();
  });

  it('is not taken over from another container that lives', async () => {
    await leaveLock({ pid: 1, host: 'elsewhere', self: 'a' }, new Date());

    await expect(lockDataDir(dataDir)).rejects.toMatchObject({ failure: { kind: 'unreachable' } });
  });
});

async function leaveLock(holder: unknown, touched: Date): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const path = join(dataDir, 'vpc-why.lock');
  await writeFile(path, JSON.stringify(holder));
  await utimes(path, touched, touched);
}

function openQueue({ pool }: Embedded) {
  return openPgliteQueue({ pool, onError: fail });
}

function fail(error: Error): never {
  throw error;
}

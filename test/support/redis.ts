import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from './free-port.ts';

/** A Redis of the test's own: on loopback, in a directory that goes with it. */
export interface RedisServer {
  readonly url: string;
  /** As a power cut would: no goodbye, no last write. */
  kill(): Promise<void>;
  /** On the same port, with what the append-only file has kept. */
  start(): Promise<void>;
  /** Holds the process: connections stay open and nothing is answered. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/** Whether the Redis half of the tests can run. With REQUIRE_REDIS=1 it must. */
export function haveRedis(): boolean {
  if (spawnSync('redis-server', ['--version']).status === 0) return true;
  if (process.env['REQUIRE_REDIS'] === '1') throw new Error('REQUIRE_REDIS=1, but there is no redis-server to start');
  console.warn(
    '\n  No redis-server on this machine: tests run on the embedded queue only. REQUIRE_REDIS=1 forbids that.\n',
  );
  return false;
}

/** A server that is not running yet, with its port already known. */
export async function prepareRedis(): Promise<RedisServer> {
  const port = await freePort();
  const dir = await mkdtemp(join(tmpdir(), 'vpc-why-redis-'));
  const url = `redis://127.0.0.1:${port}`;
  let server: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const exit = once(server, 'exit');
    server.kill('SIGKILL');
    await exit;
  };
  return {
    url,
    kill,
    start: async () => {
      server = spawn('redis-server', serverArguments(port, dir), { stdio: 'ignore' });
      await untilAnswers(url);
    },
    freeze: () => server?.kill('SIGSTOP'),
    thaw: () => server?.kill('SIGCONT'),
    stop: async () => {
      await kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export async function startRedis(): Promise<RedisServer> {
  const server = await prepareRedis();
  await server.start();
  return server;
}

function serverArguments(port: number, dir: string): string[] {
  const settings = {
    bind: '127.0.0.1',
    port,
    dir,
    appendonly: 'yes',
    appendfsync: 'always',
    save: '',
    'maxmemory-policy': 'noeviction',
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
}

async function untilAnswers(url: string): Promise<void> {
  const probe = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  probe.on('error', () => undefined);
  try {
    await Promise.race([
      probe.ping(),
      sleep(10_000).then(() => Promise.reject(new Error('redis-server did not start'))),
    ]);
  } finally {
    probe.disconnect();
  }
}

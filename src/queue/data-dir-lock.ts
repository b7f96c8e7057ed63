import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { unreachable } from './within-patience.ts';

export interface DataDirLock {
  release(): Promise<void>;
}

/**
 * Keeps a second process out of the data directory: two PGlites in one directory destroy it. The lock is a file that
 * names its holder and is touched while held, so that it is known to be stale when its process is gone, also when that
 * lived in another container, whose processes cannot be seen from here.
 */
export async function lockDataDir(dataDir: string): Promise<DataDirLock> {
  await mkdir(dataDir, { recursive: true });
  const path = join(dataDir, LOCK_FILE);
  while (!(await create(path))) {
    const holder = await readHolder(path);
    if (holder !== undefined && (await isHeld(path, holder))) throw inUse(dataDir, holder);
    await rm(path, { force: true });
  }
  await confirm(path, dataDir);
  const beat = setInterval(() => touch(path), BEAT_MS);
  beat.unref();
  return {
    release: async () => {
      clearInterval(beat);
      await rm(path, { force: true });
    },
  };
}

const LOCK_FILE = 'vpc-why.lock';
const BEAT_MS = 2_000;
/** Longer than anything blocks the process, opening a database included. */
const STALE_MS = 20_000;
const CONFIRM_MS = 50;
/** Process ids come again, in a container always the same: this one does not. */
const SELF = randomUUID();

const Holder = z.object({ pid: z.number().int().positive(), host: z.string(), self: z.string() });
type Holder = z.infer<typeof Holder>;

async function create(path: string): Promise<boolean> {
  const holder: Holder = { pid: process.pid, host: hostname(), self: SELF };
  try {
    await writeFile(path, JSON.stringify(holder), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw unreachable(`cannot write ${path}`, error);
  }
}

/** Two that find the same stale lock may both remove it, and the later removes the earlier's: the earlier gives way. */
async function confirm(path: string, dataDir: string): Promise<void> {
  await sleep(CONFIRM_MS);
  const holder = await readHolder(path);
  if (holder !== undefined && holder.self !== SELF) throw inUse(dataDir, holder);
}

/** `undefined`: released meanwhile, or never completely written. */
async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return Holder.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

async function isHeld(path: string, holder: Holder): Promise<boolean> {
  if (holder.self === SELF) return true;
  if (holder.host === hostname() && (holder.pid === process.pid || !isAlive(holder.pid))) return false;
  return Date.now() - (await touchedAt(path)) < STALE_MS;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

async function touchedAt(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return 0;
  }
}

function touch(path: string): void {
  const now = new Date();
  utimes(path, now, now).catch(() => undefined);
}

function inUse(dataDir: string, { pid, host }: Holder): Error {
  return unreachable(
    `${dataDir} is in use by process ${pid} on ${host}: the embedded queue is for one process; set REDIS_URL for more`,
  );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

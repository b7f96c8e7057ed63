import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { runMigrations, type PgPool } from 'bullmq';
import { lockDataDir } from './data-dir-lock.ts';
import { createPglitePool } from './pglite-pool.ts';

/** PostgreSQL inside this process: home of the queue and of the store when no Redis is given. */
export interface Embedded {
  readonly db: PGlite;
  readonly pool: PgPool;
  readonly close: () => Promise<void>;
}

/**
 * Opens the database in a directory of its own, made if need be. Takes 3 to 5 seconds the first time and under one later,
 * and blocks the process meanwhile, longer than Slack waits: open it before listening.
 */
export async function openEmbedded(dataDir: string): Promise<Embedded> {
  const lock = await lockDataDir(dataDir);
  try {
    const embedded = await boot(join(dataDir, 'pgdata'));
    const close = async (): Promise<void> => {
      await embedded.close();
      await lock.release();
    };
    return { ...embedded, close };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Forgets everything when closed: for the demo and the tests. */
export function openEmbeddedInMemory(): Promise<Embedded> {
  return boot('memory://');
}

/** A pool handed to BullMQ is expected to find its tables by itself, hence the search path. Redis needs no PGlite loaded. */
async function boot(where: string): Promise<Embedded> {
  const { PGlite } = await import('@electric-sql/pglite');
  const db = await PGlite.create(where);
  const pool = createPglitePool(db);
  await runMigrations(pool);
  await db.exec('SET search_path TO bullmq, public');
  return { db, pool, close: () => db.close() };
}

import type { PGlite, Results } from '@electric-sql/pglite';
import type { Store } from './store.ts';
import { orUnreachable, PING_MS, unreachable } from './to-failure.ts';

/** A table in the embedded database, which whoever opened it closes. */
export async function createPgliteStore(db: PGlite): Promise<Store> {
  await db.exec(CREATE);
  await db.query(SWEEP);
  const ask = async (sql: string, parameters: unknown[] = []): Promise<Results<{ value: string }>> => {
    try {
      return await db.query(sql, parameters);
    } catch (error) {
      throw unreachable(error);
    }
  };
  return {
    read: async (key) => (await ask(READ, [key])).rows[0]?.value,
    write: async (key, value, secondsToLive) => {
      await ask(WRITE, [key, value, secondsToLive]);
    },
    writeIfAbsent: async (key, value, secondsToLive) =>
      (await ask(WRITE_IF_ABSENT, [key, value, secondsToLive])).affectedRows === 1,
    remove: async (key) => {
      await ask(REMOVE, [key]);
      await ask(SWEEP);
    },
    ping: async () => {
      await orUnreachable(db.query('SELECT 1'), PING_MS);
    },
    close: async () => undefined,
  };
}

const CREATE = `
  CREATE TABLE IF NOT EXISTS public.vpc_why_store (
    key text PRIMARY KEY,
    value text NOT NULL,
    expires_at timestamptz NOT NULL
  );
  CREATE INDEX IF NOT EXISTS vpc_why_store_expiry ON public.vpc_why_store (expires_at)`;

/** Expired rows are as good as gone from the moment they expire; this frees their space, now and then. */
const SWEEP = 'DELETE FROM public.vpc_why_store WHERE expires_at <= now()';

const READ = 'SELECT value FROM public.vpc_why_store WHERE key = $1 AND expires_at > now()';

const REMOVE = 'DELETE FROM public.vpc_why_store WHERE key = $1';

const INSERT = `
  INSERT INTO public.vpc_why_store AS stored (key, value, expires_at)
  VALUES ($1, $2, now() + make_interval(secs => $3))
  ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at`;

const WRITE = INSERT;

const WRITE_IF_ABSENT = `${INSERT} WHERE stored.expires_at <= now()`;

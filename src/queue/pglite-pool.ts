import { EventEmitter } from 'node:events';
import type { PGlite } from '@electric-sql/pglite';
import type { PgPool, PgPoolClient, PgQueryResult } from 'bullmq';
import * as z from 'zod';

/**
 * PGlite in the shape of a `pg.Pool`, as far as BullMQ looks at one. PGlite is a single session, so every "client" is
 * the same one; that is safe because BullMQ runs each operation as one statement, and PGlite runs statements one after
 * the other.
 */
export function createPglitePool(db: PGlite): PgPool {
  return new PglitePool(db);
}

class PglitePool extends EventEmitter implements PgPool {
  readonly #db: PGlite;

  constructor(db: PGlite) {
    super();
    this.#db = db;
    // Every queue and worker listens for errors here; there are none, and no limit to them.
    this.setMaxListeners(0);
  }

  query<Row>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<Row>> {
    return runSql<Row>(this.#db, text, params);
  }

  async connect(): Promise<PgPoolClient> {
    return new PgliteClient(this.#db);
  }

  /** The database outlives the pool: the store uses it too, and whoever opened it closes it. */
  async end(): Promise<void> {}
}

/** What sets a client apart from the pool: it can listen. */
class PgliteClient extends EventEmitter implements PgPoolClient {
  readonly #db: PGlite;
  readonly #unlisten = new Map<string, () => Promise<void>>();

  constructor(db: PGlite) {
    super();
    this.#db = db;
  }

  async query<Row>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<Row>> {
    const { verb, channel } = LISTENING.exec(text)?.groups ?? {};
    if (verb === undefined || channel === undefined) return runSql<Row>(this.#db, text, params);
    await this.#stopListening(channel);
    if (verb === 'LISTEN') await this.#listen(channel);
    return { rows: [] };
  }

  release(): void {
    this.removeAllListeners();
    for (const channel of this.#unlisten.keys()) this.#stopListening(channel).catch(ignoreClosed);
  }

  async #listen(channel: string): Promise<void> {
    const unlisten = await this.#db.listen(channel, (payload) => this.emit('notification', { channel, payload }));
    this.#unlisten.set(channel, unlisten);
  }

  async #stopListening(channel: string): Promise<void> {
    const unlisten = this.#unlisten.get(channel);
    this.#unlisten.delete(channel);
    await unlisten?.();
  }
}

/** BullMQ's SQL begins with comments. */
const LISTENING = /^(?:\s|--.*\n)*(?<verb>LISTEN|UNLISTEN)\s+(?<channel>\w+)/u;

/** A database that is closed has stopped listening too. */
function ignoreClosed(): void {}

/** Without parameters a text may hold many statements (migrations do); with them it is one. */
async function runSql<Row>(db: PGlite, text: string, params?: readonly unknown[]): Promise<PgQueryResult<Row>> {
  if (params !== undefined && params.length > 0) return db.query<Row>(text, [...params]);
  const last = (await db.exec(text)).at(-1);
  return { rows: z.array(z.custom<Row>()).parse(last?.rows ?? []) };
}

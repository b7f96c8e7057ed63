import * as z from 'zod';
import type { EpochSeconds } from '../lang/time.ts';
import { holdLease } from './lease.ts';
import { safeJson } from './safe-json.ts';
import type { Store } from './store.ts';

/** Somebody waits for a flow to pass. Named after the question whose answer it edits. */
export interface Watch {
  readonly questionId: string;
  readonly teamId: string;
  readonly channelId: string;
  readonly threadTs: string;
  readonly userId: string;
  /** What is watched, in a few words: the first line of the answer. */
  readonly summary: string;
  readonly startedAt: EpochSeconds;
  readonly until: EpochSeconds;
  /** Checks that are over, so that one that runs twice sets off nothing twice. */
  readonly checks: number;
}

type Begun = { readonly kind: 'begun' | 'already'; readonly watch: Watch } | { readonly kind: 'too-many' };

/** The watches that are on. */
export interface Watches {
  readonly begin: (watch: Watch) => Promise<Begun>;
  readonly find: (questionId: string) => Promise<Watch | undefined>;
  /** Notes that this many checks are over. */
  readonly advance: (questionId: string, checks: number) => Promise<void>;
  readonly end: (questionId: string) => Promise<void>;
  readonly list: () => Promise<readonly Watch[]>;
}

/** Each costs a reading of logs a minute. */
const MOST_WATCHES = 50;

export function createWatches(store: Store): Watches {
  const list = async (): Promise<readonly Watch[]> => {
    const parsed = Stored.safeParse(safeJson((await store.read(KEY)) ?? '[]'));
    return parsed.success ? parsed.data : [];
  };
  const find: Watches['find'] = async (questionId) => (await list()).find((each) => each.questionId === questionId);
  const write = (watches: readonly Watch[]): Promise<void> => store.write(KEY, JSON.stringify(watches), KEPT_SECONDS);
  const exclusively = <Result>(work: () => Promise<Result>): Promise<Result> => holdLease(store, 'watching', work);
  return {
    list,
    find,
    begin: (watch) =>
      exclusively(async () => {
        const watches = (await list()).filter(({ until }) => until + OVERDUE_SECONDS > watch.startedAt);
        const known = watches.find(({ questionId }) => questionId === watch.questionId);
        if (known !== undefined) return { kind: 'already', watch: known };
        if (watches.length >= MOST_WATCHES) return { kind: 'too-many' };
        await write([...watches, watch]);
        return { kind: 'begun', watch };
      }),
    advance: (questionId, checks) =>
      exclusively(async () => {
        const watches = await list();
        const watch = watches.find((each) => each.questionId === questionId);
        if (watch === undefined) return;
        await write([...watches.filter((each) => each !== watch), { ...watch, checks }]);
      }),
    end: (questionId) =>
      exclusively(async () => {
        const watches = await list();
        await write(watches.filter((each) => each.questionId !== questionId));
      }),
  };
}

const KEY = 'watches';

/** Long past its end and still here: its checks were lost with the queue. */
const OVERDUE_SECONDS = 3_600;

/** Longer than any watch lasts. */
const KEPT_SECONDS = 2 * 86_400;

const Stored = z.array(
  z.object({
    questionId: z.string(),
    teamId: z.string(),
    channelId: z.string(),
    threadTs: z.string(),
    userId: z.string(),
    summary: z.string(),
    startedAt: z.number(),
    until: z.number(),
    checks: z.number(),
  }),
);

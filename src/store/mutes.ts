import * as z from 'zod';
import type { Mute } from '../audit/audit-history.ts';
import type { EpochSeconds } from '../lang/time.ts';
import { holdLease } from './lease.ts';
import { safeJson } from './safe-json.ts';
import type { Store } from './store.ts';

/** Findings that somebody keeps quiet for a while, in every audit. */
export interface Mutes {
  /** Those that last beyond this moment. */
  readonly list: (now: EpochSeconds) => Promise<readonly Mute[]>;
  /** In place of an earlier one of the same finding. False: there are too many already. */
  readonly add: (mute: Mute, now: EpochSeconds) => Promise<boolean>;
  /** False: there was none. */
  readonly remove: (findingId: string, now: EpochSeconds) => Promise<boolean>;
}

/** Who needs more should mend something, or audit less. */
const MOST_MUTES = 500;

export function createMutes(store: Store): Mutes {
  const list: Mutes['list'] = async (now) => {
    const parsed = Stored.safeParse(safeJson((await store.read(KEY)) ?? '[]'));
    return parsed.success ? parsed.data.filter(({ until }) => until > now) : [];
  };
  const change = (now: EpochSeconds, edit: (mutes: readonly Mute[]) => readonly Mute[]): Promise<boolean> =>
    holdLease(store, 'muting', async () => {
      const before = await list(now);
      const after = edit(before);
      if (after === before) return false;
      await store.write(KEY, JSON.stringify(after), KEPT_SECONDS);
      return true;
    });
  return {
    list,
    add: (mute, now) =>
      change(now, (mutes) => {
        const others = mutes.filter(({ findingId }) => findingId !== mute.findingId);
        return others.length < MOST_MUTES ? [...others, mute] : mutes;
      }),
    remove: (findingId, now) =>
      change(now, (mutes) => {
        const others = mutes.filter((mute) => mute.findingId !== findingId);
        return others.length < mutes.length ? others : mutes;
      }),
  };
}

const KEY = 'audit-mutes';

/** Longer than any mute may last. */
const KEPT_SECONDS = 400 * 86_400;

const Stored = z.array(z.object({ findingId: z.string(), reason: z.string(), by: z.string(), until: z.number() }));

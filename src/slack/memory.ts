import type { EpochSeconds } from '../lang/time.ts';

export interface MemoryRules {
  readonly entries: number;
  readonly seconds: number;
  readonly now: () => EpochSeconds;
}

interface Entry<Value> {
  readonly value: Promise<Value>;
  readonly until: EpochSeconds;
}

/** Remembers what was read for some minutes; the oldest goes when there is too much. What failed is read again. */
export function createMemory<Value>(
  read: (key: string) => Promise<Value>,
  { entries, seconds, now }: MemoryRules,
): (key: string) => Promise<Value> {
  const known = new Map<string, Entry<Value>>();
  const learn = (key: string): Promise<Value> => {
    const value = read(key);
    known.delete(key);
    known.set(key, { value, until: now() + seconds });
    for (const oldest of known.keys()) {
      if (known.size <= entries) break;
      known.delete(oldest);
    }
    value.catch(() => {
      if (known.get(key)?.value === value) known.delete(key);
    });
    return value;
  };
  return (key) => {
    const entry = known.get(key);
    return entry !== undefined && entry.until > now() ? entry.value : learn(key);
  };
}

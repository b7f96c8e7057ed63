import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCallSlots } from '../../../src/store/call-slots.ts';
import type { Store } from '../../../src/store/store.ts';
import { HOMES, type RunningHome } from '../queue/homes.ts';

describe.each(HOMES)('turns that workers share in $name', ({ start }) => {
  let home: RunningHome;
  let store: Store;
  const signal = new AbortController().signal;

  beforeAll(async () => {
    home = await start();
    store = await home.openStore();
  });
  afterAll(() => home.close());

  it('lets no more than two calls into a second, whoever makes them', async () => {
    const workers = [createCallSlots(store, 2), createCallSlots(store, 2)];
    const turns: number[] = [];

    await Promise.all(
      Array.from({ length: 6 }, async (_, index) => {
        await workers[index % 2]!('lookups', signal);
        turns.push(Date.now());
      }),
    );

    // The first may come in the middle of its slot: from the second on they are half a second apart.
    const [, second, ...rest] = turns.toSorted((a, b) => a - b);
    expect(rest.at(-1)! - second!).toBeGreaterThan(1_900);
  });

  it('does not make calls of another kind wait', async () => {
    const turn = createCallSlots(store, 2);
    const started = Date.now();

    await Promise.all(['one', 'two', 'three', 'four'].map((kind) => turn(kind, signal)));

    expect(Date.now() - started).toBeLessThan(450);
  });

  it('gives up when the question is withdrawn', async () => {
    const turn = createCallSlots(store, 0.1);
    await turn('slow', signal);

    await expect(turn('slow', AbortSignal.timeout(50))).rejects.toThrow(/abort|timeout/i);
  });

  it('refuses who would have to wait for longer than a question lasts', async () => {
    const turn = createCallSlots({ writeIfAbsent: async () => false }, 2);

    await expect(turn('full', signal)).rejects.toMatchObject({ failure: { kind: 'throttled' } });
  });
});

import { expect, it } from 'vitest';
import { paceCalls } from '../../../src/aws/pace-calls.ts';

const never = new AbortController().signal;

/** When each of so many turns came that were asked for at once, in milliseconds after the first. */
async function turnsOf(takeTurn: ReturnType<typeof paceCalls>, count: number): Promise<readonly number[]> {
  const times = await Promise.all(
    Array.from({ length: count }, async () => {
      await takeTurn('LookupEvents', never);
      return performance.now();
    }),
  );
  return times.map((at) => at - times[0]!);
}

it('lets the second call come half a turn early, and the others at their pace', async () => {
  const [, second, third, fourth] = await turnsOf(paceCalls(4), 4);

  expect(second).toBeLessThan(240);
  expect(third).toBeGreaterThanOrEqual(365);
  expect(fourth).toBeGreaterThanOrEqual(615);
});

it('leaves half a call of an allowance of two unused, which fills up by two a second', async () => {
  let [left, before] = [2, 0];
  for (const at of await turnsOf(paceCalls(2), 5)) {
    left = Math.min(2, left + ((at - before) / 1_000) * 2) - 1;
    before = at;
    expect(left).toBeGreaterThan(0.4);
  }
});

it('kinds do not wait for each other', async () => {
  const takeTurn = paceCalls(0.1);
  await takeTurn('one', never);

  await expect(takeTurn('another', never)).resolves.toBeUndefined();
});

it('who is cancelled waits no longer', async () => {
  const takeTurn = paceCalls(0.1);
  await takeTurn('one', never);

  await expect(takeTurn('one', AbortSignal.timeout(20))).rejects.toThrow('aborted');
});

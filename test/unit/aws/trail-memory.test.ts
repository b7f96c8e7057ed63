import { expect, it, vi } from 'vitest';
import type { TrailReading } from '../../../src/changes/history.ts';
import { TrailMemory } from '../../../src/aws/trail-memory.ts';

const NOON = 43_200;
const reading = (knownSince = 0): TrailReading => ({ objectId: 'sg-0a1b2c3d4e5f60718', events: [], knownSince });

it('what is being told to one asker is not asked for another', async () => {
  const memory = new TrailMemory();
  const read = vi.fn(async () => reading());

  const told = await Promise.all([memory.take('db', NOON, read), memory.take('db', NOON, read)]);

  expect(told).toEqual([reading(), reading()]);
  expect(read).toHaveBeenCalledTimes(1);
});

it('who needs to know of earlier times asks again', async () => {
  const memory = new TrailMemory();
  const read = vi.fn(async () => reading(NOON));

  await Promise.all([memory.take('db', NOON, read), memory.take('db', NOON - 60, read)]);

  expect(read).toHaveBeenCalledTimes(2);
});

it('a reading that fails fails for its own asker only, and is not remembered', async () => {
  const memory = new TrailMemory();
  const cancelled = memory.take('db', NOON, async () => {
    throw new Error('withdrawn');
  });
  const other = memory.take('db', NOON, async () => reading());

  await expect(cancelled).rejects.toThrow('withdrawn');
  await expect(other).resolves.toEqual(reading());
  await expect(
    memory.take('db', NOON, async () => {
      throw new Error('asked again');
    }),
  ).resolves.toEqual(reading());
});

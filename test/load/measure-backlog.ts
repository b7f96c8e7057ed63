import type { World } from '../faults/world.ts';
import { openRedisQueue } from '../../src/queue/redis.ts';
import { question } from '../support/questions.ts';
import { openSmallWorld } from './open-small-world.ts';
import { formatTimes, PER_SECOND, say, sendMany } from './send.ts';

const WAITING = 10_000;
const AT_ONCE = 200;

/** Acknowledgements of a bot without a worker: before an empty queue, and before one in which jobs wait. */
export async function measureBacklog(seconds: number): Promise<void> {
  const count = PER_SECOND * seconds;
  const world = await openSmallWorld({ roles: ['bot'] }, count);
  try {
    process.stdout.write(`\n${count} slash commands, ${PER_SECOND} a second, to a bot whose queue nobody works on\n`);
    await sendMany(world, { seconds: 10, name: 'WARM' });
    say('empty queue', formatTimes(await sendMany(world, { seconds, name: 'EMPTY' })));
    await addMany(world);
    say(`${WAITING} wait`, formatTimes(await sendMany(world, { seconds, name: 'FULL' })));
  } finally {
    await world.close();
  }
}

async function addMany({ redis, questions }: Pick<World, 'redis' | 'questions'>): Promise<void> {
  const queue = openRedisQueue({ url: redis?.url ?? '', onError: () => undefined });
  const text = questions[0]?.command ?? '';
  for (let added = 0; added < WAITING; added += AT_ONCE) {
    const batch = Array.from({ length: AT_ONCE }, (_, index) => question({ text, channelId: `CW${added + index}` }));
    await Promise.all(batch.map((one) => queue.enqueue(one)));
  }
  await queue.close();
}

import { setTimeout as sleep } from 'node:timers/promises';
import { judge, type Judgement } from '../faults/judge.ts';
import type { Role } from '../faults/processes.ts';
import type { World } from '../faults/world.ts';
import { openSmallWorld } from './open-small-world.ts';
import { formatTimes, PER_SECOND, say, sendMany } from './send.ts';

/** A worker of one core answers some ten a second, and the machine may have other work. */
const PATIENCE_MS = 3_600_000;
/** When memory is looked at first: by then everything is loaded and compiled. */
const EARLY_SECONDS = 20;

/** A process that kept what it need not would end here. */
const HEAP_MEGABYTES = 128;

/** Acknowledgements while a worker answers, what becomes of every question, and memory. */
export async function measureLoad(seconds: number): Promise<Judgement> {
  const count = PER_SECOND * seconds;
  const plan = { roles: ['bot', 'worker'] as const, heapMegabytes: HEAP_MEGABYTES };
  const world = await openSmallWorld(plan, count);
  try {
    process.stdout.write(`\n${count} slash commands, ${PER_SECOND} a second, to a bot and a worker\n`);
    await sendMany(world, { seconds: 2, name: 'WARM' });
    const earlySeconds = Math.min(EARLY_SECONDS, seconds / 2);
    const early = sleep(earlySeconds * 1_000).then(() => memoryOf(world));
    const sent = await sendMany(world, { seconds, name: 'LOAD' });
    say('acknowledged', formatTimes(sent));
    say('memory', `${await early} after ${earlySeconds} s, ${await memoryOf(world)} after ${seconds} s`);
    const began = performance.now();
    const judgement = await judge(world, sent.asked, PATIENCE_MS);
    const drained = Math.round((performance.now() - began) / 1_000);
    say('answered', `${judgement.answered} of ${count}, the last ${drained} s after the last was asked`);
    say('told', `${judgement.told} of a trouble`);
    say('lost', `${judgement.lost}, posted twice ${judgement.twice}`);
    say('memory', `${await memoryOf(world)} when all is answered`);
    return judgement;
  } finally {
    await world.close();
  }
}

async function memoryOf(world: Pick<World, 'metrics'>): Promise<string> {
  const of = async (role: Role): Promise<string> => {
    const bytes = /^vpc_why_process_resident_memory_bytes (\S+)/m.exec(await world.metrics(role))?.[1];
    return `${role} ${Math.round(Number(bytes) / 1e6)} MB`;
  };
  return `${await of('bot')}, ${await of('worker')}`;
}

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Seconds for one operation. */
export interface Timing {
  readonly wall: number;
  readonly cpu: number;
}

export interface Run {
  readonly run: () => unknown;
  /** How many operations one run makes. Default 1. */
  readonly operations?: number;
  /** How many cores it may use: on a machine with nothing else to do, processor time passes so many times as fast. */
  readonly cores?: number;
}

export type Timings = Readonly<Record<string, Timing>>;

const ROUNDS = 5;

/**
 * Medians of runs that take turns, so that what else happens on the machine happens to all of them. A run that answers
 * with a timing has measured itself: a process of its own.
 */
export async function interleave(runs: Readonly<Record<string, Run>>, rounds = ROUNDS): Promise<Timings> {
  const taken = Object.entries(runs).map(([name, run]) => ({ name, run, timings: [] as Timing[] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const { run, timings } of taken) timings.push(await time(run));
  }
  return Object.fromEntries(
    taken.map(({ name, timings }) => [
      name,
      { wall: median(timings.map(({ wall }) => wall)), cpu: median(timings.map(({ cpu }) => cpu)) },
    ]),
  );
}

async function time({ run, operations = 1, cores = 1 }: Run): Promise<Timing> {
  collectGarbage();
  const [started, before] = [performance.now(), process.cpuUsage()];
  const told = await run();
  const { user, system } = process.cpuUsage(before);
  if (isTiming(told)) return told;
  return { wall: (performance.now() - started) / 1000 / operations, cpu: (user + system) / 1e6 / operations / cores };
}

/** What one run left behind is not cleared away in the time of the next one. */
setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

function isTiming(told: unknown): told is Timing {
  return typeof told === 'object' && told !== null && 'wall' in told && 'cpu' in told;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

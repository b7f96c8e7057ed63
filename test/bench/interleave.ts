import { measure, type Timing } from './measure.ts';

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
 * Medians of runs that take turns, so that what else happens on the machine happens to all of them. In the first round,
 * which is not counted, code is compiled and files come to be at hand. A run that answers with a timing has measured
 * itself: a process of its own.
 */
export async function interleave(runs: Readonly<Record<string, Run>>, rounds = ROUNDS): Promise<Timings> {
  const taken = Object.entries(runs).map(([name, run]) => ({ name, run, timings: [] as Timing[] }));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { run, timings } of taken) {
      const timing = await time(run);
      if (round > 0) timings.push(timing);
    }
  }
  return Object.fromEntries(
    taken.map(({ name, timings }) => [
      name,
      { wall: median(timings.map(({ wall }) => wall)), cpu: median(timings.map(({ cpu }) => cpu)) },
    ]),
  );
}

async function time({ run, operations = 1, cores = 1 }: Run): Promise<Timing> {
  const { timing, told } = await measure(run);
  const { wall, cpu } = isTiming(told) ? told : timing;
  return { wall: wall / operations, cpu: cpu / operations / cores };
}

function isTiming(told: unknown): told is Timing {
  return typeof told === 'object' && told !== null && 'wall' in told && 'cpu' in told;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

import { promisify } from 'node:util';
import { ConfigurationError } from '../../src/config/configuration-error.ts';
import { ExpectedError } from '../../src/failure/expected-error.ts';
import type { Inputs } from './mutations.ts';

/** A few in `npm test`; `npm run test:fuzz` asks for a million. */
export const RUNS = Number(process.env['FUZZ_RUNS'] ?? 1_000);

/**
 * Of the processor: longer is a hang. A machine may pause for longer, and the collector comes when it likes: what was slow
 * once is tried again before it counts.
 */
const LONGEST_MS = 50;
const AGAIN = 4;

const turn = promisify(setImmediate);

export type Read<Input> = (input: Input) => unknown;

/** An input that a reader did not withstand, by its number. */
export interface Fall {
  readonly n: number;
  readonly input: string;
  readonly because: unknown;
}

/** The reader takes whatever comes: it answers or refuses in words, soon, and keeps nothing of it. `undefined`: it does. */
export async function firstFall<Input>(inputs: Inputs<Input>, read: Read<Input>): Promise<Fall | undefined> {
  let slowest = 0;
  const before = process.memoryUsage().rss;
  for (let n = 0; n < RUNS; n += 1) {
    const input = inputs(n);
    const took = await fastestOf(AGAIN, input, read).catch((error: unknown) => error);
    if (typeof took !== 'number' || took >= LONGEST_MS)
      return { n, input: JSON.stringify(input).slice(0, 2_000), because: took };
    slowest = Math.max(slowest, took);
    // Memory outside the heap, such as zlib's, is given back between turns of the event loop only.
    if (n % 1_000 === 0) await turn();
  }
  const grown = Math.round((process.memoryUsage().rss - before) / 2 ** 20);
  if (RUNS > 10_000) console.log(`${RUNS} inputs, slowest ${slowest.toFixed(1)} ms, ${grown} MB more`);
  return grown < MOST_MEGABYTES ? undefined : { n: RUNS, input: 'all together', because: `${grown} MB more` };
}

/** The collector's slack, not a leak: a million inputs kept would be gigabytes. */
const MOST_MEGABYTES = 600;

async function fastestOf<Input>(tries: number, input: Input, read: Read<Input>): Promise<number> {
  const before = process.cpuUsage();
  try {
    await read(input);
  } catch (error) {
    if (!(error instanceof ExpectedError) && !(error instanceof ConfigurationError)) throw error;
  }
  const { user, system } = process.cpuUsage(before);
  const took = (user + system) / 1_000;
  return took < LONGEST_MS || tries <= 1 ? took : Math.min(took, await fastestOf(tries - 1, input, read));
}

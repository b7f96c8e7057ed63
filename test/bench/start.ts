import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { interleave } from './interleave.ts';
import { rowOf, type Row } from './row.ts';
import { timeProgram } from './time-program.ts';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

const HELP = 'vpc-why --help';
const ALL = 'all clients loaded (the parts of `vpc-why start`)';
const NODE = 'node -e 0';
const LOAD = `require('${DIST}load-chunk.js').loadChunk`;
const ROUNDS = 15;

/** The executable as it is shipped. */
export async function benchStart(): Promise<readonly Row[]> {
  const start = existsSync(DIST) ? readdirSync(DIST).find((name) => /^start-[A-Z0-9]{8}\.js$/.test(name)) : undefined;
  if (start === undefined) throw new Error('dist is missing: npm run build');
  const timings = await interleave(
    {
      [HELP]: { run: () => timeProgram(process.execPath, `${DIST}bin/vpc-why.js`, '--help') },
      [ALL]: { run: () => timeProgram(process.execPath, '-e', `${LOAD}('${DIST}${start}'); process.exit()`) },
      [NODE]: { run: () => timeProgram(process.execPath, '-e', '0') },
    },
    ROUNDS,
  );
  return [rowOf(timings, { what: HELP, beside: NODE, goal: 2 }), rowOf(timings, { what: ALL, beside: NODE, goal: 5 })];
}

import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { benchAcknowledgement } from './acknowledge-beside-bolt.ts';
import { benchAudit } from './audit.ts';
import { benchEvaluate } from './evaluate.ts';
import { benchReadGzip } from './read-gzip.ts';
import { benchReadParquet } from './read-parquet.ts';
import { benchReadText } from './read-text.ts';
import { benchRounds } from './rounds.ts';
import { benchRoutes } from './routes.ts';
import type { Row } from './row.ts';
import { benchStart } from './start.ts';

/**
 * `npm run bench [-- name …]`: what is measured, beside what, the ratio of times and its goal, as the table of
 * `docs/performance.md`. Nothing here is a test, so no time can fail.
 */
const BENCHES: Record<string, () => Promise<readonly Row[]>> = {
  text: benchReadText,
  gzip: benchReadGzip,
  parquet: benchReadParquet,
  evaluate: benchEvaluate,
  routes: benchRoutes,
  start: benchStart,
  acknowledge: benchAcknowledgement,
  rounds: benchRounds,
  audit: benchAudit,
};

const HEADING = ['what', 'beside', 'goal', 'wall', 'processor', ''];

const names = process.argv.slice(2);
process.stdout.write(`${machine()}\n\n${line(HEADING)}${line(HEADING.map(() => '---'))}`);
for (const [name, bench] of Object.entries(BENCHES)) {
  if (names.length > 0 && !names.includes(name)) continue;
  for (const row of await bench()) process.stdout.write(line(cellsOf(row)));
}

function machine(): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  const load = loadavg()[0]!.toFixed(1);
  return `${availableParallelism()} cores (${cpus()[0]!.model}), ${memory} GB, Node ${process.version}, load ${load} before the run`;
}

function cellsOf({ what, beside, goal, wall, cpu, detail }: Row): readonly string[] {
  const aim = goal === undefined ? '' : `≤ ${times(goal)}`;
  return [what, beside, aim, times(wall), cpu === undefined ? '' : times(cpu), detail];
}

/** `0.62 ×`, or `1/1,390` where that says more. */
function times(ratio: number): string {
  return ratio < 0.02 ? `1/${Math.round(1 / ratio).toLocaleString('en')}` : `${Number(ratio.toPrecision(2))} ×`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

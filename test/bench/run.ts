import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { startChild } from '../support/child.ts';
import type { Row } from './row.ts';

/**
 * `npm run bench [-- name …]`: what is measured, beside what, the ratio of times and its goal, as the table of
 * `docs/performance.md`. Nothing here is a test, so no time can fail.
 */
const BENCHES = [
  'text',
  'gzip',
  'parquet',
  'diagnose',
  'evaluate',
  'routes',
  'start',
  'acknowledge',
  'rounds',
  'audit',
];

const HEADING = ['what', 'beside', 'goal', 'wall', 'processor', ''];

const names = process.argv.slice(2);
process.stdout.write(`${machine()}\n\n${line(HEADING)}${line(HEADING.map(() => '---'))}`);
for (const name of names.length === 0 ? BENCHES : BENCHES.filter((each) => names.includes(each))) {
  for (const row of await rowsOf(name)) process.stdout.write(line(cellsOf(row)));
}

async function rowsOf(name: string): Promise<readonly Row[]> {
  const { firstWord, kill } = startChild(new URL('run-one.ts', import.meta.url), [name]);
  const rows = JSON.parse(await firstWord());
  await kill('SIGKILL');
  return rows;
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

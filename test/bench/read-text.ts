import { ok } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { observerFor } from '../support/flow-lines.ts';
import { openContest } from './contend.ts';
import { forEachChunk } from './count-by-scanner.ts';
import { generateRecords, interfaceAt } from './generate-records.ts';
import { interleave } from './interleave.ts';
import { rowOf, type Row } from './row.ts';
import { timeProgram } from './time-program.ts';
import { sameAnswers } from './top-rejects.ts';

const RECORDS = Number(process.env['BENCH_RECORDS'] ?? 1_000_000);

const SCANNER = `top rejects of ${RECORDS.toLocaleString('en')} text records`;
const OBSERVER = 'one interface of fifty in the same, all the bot asks';
const READLINE = 'readline, split and objects';
const DUCKDB = 'DuckDB read_csv, 2 threads';
const WC = 'wc -l';

/**
 * REJECTs by interface, source, destination, destination port and protocol, top 20, of a text file in the default
 * format: the bot's reader beside what else could read it. All readers must answer alike.
 */
export async function benchReadText(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'vpc-why-bench-'));
  const path = join(folder, 'flow.log');
  const { run, end } = openContest([path], sameAnswers());
  try {
    generateRecords(path, RECORDS);
    const timings = await interleave({
      [SCANNER]: { run: () => run('scanner') },
      [READLINE]: { run: () => run('readline') },
      [DUCKDB]: { run: () => run('duckdb'), cores: 2 },
      [WC]: { run: () => timeProgram('wc', '-l', path) },
      [OBSERVER]: { run: () => observeOne(path) },
    });
    return [
      rowOf(timings, { what: SCANNER, beside: READLINE, goal: 0.1 }),
      rowOf(timings, { what: SCANNER, beside: DUCKDB, goal: 0.6, detail: 'processor time of DuckDB halved' }),
      rowOf(timings, { what: SCANNER, beside: WC, goal: 7 }),
      rowOf(timings, { what: OBSERVER, beside: WC }),
      memoryRow(path, folder),
    ];
  } finally {
    await end();
    rmSync(folder, { recursive: true });
  }
}

/** What a question costs: every record of one interface, paired, grouped and sampled. */
async function observeOne(path: string): Promise<void> {
  const observer = observerFor({ eni: interfaceAt(7), addresses: ['10.0.1.11'] });
  const feed = observer.open('header-first');
  await forEachChunk(path, feed.bytes.bind(feed));
  feed.end();
  ok(observer.finish().reading.records > RECORDS / 100);
}

/** Resident memory at its highest, in a process that does nothing else, bundled as the executable is. */
function memoryRow(path: string, folder: string): Row {
  const script = join(folder, 'peak-memory.mjs');
  buildSync({
    entryPoints: [fileURLToPath(new URL('peak-memory.ts', import.meta.url))],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
  const [idle, once, tenTimes] = [0, 1, 10].map((times) => peakOf(script, path, times));
  return {
    what: 'peak memory of that',
    beside: 'goal of 120 MB',
    goal: 1,
    wall: once! / 120e6,
    detail: `${megabytes(once!)}, of which Node alone ${megabytes(idle!)}; ten times the records ${megabytes(tenTimes!)}`,
  };
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

function peakOf(script: string, path: string, times: number): number {
  const child = spawnSync(process.execPath, [script, path, String(times)], { encoding: 'utf8' });
  const peak = Number(child.stdout);
  ok(peak > 0, child.stderr);
  return peak;
}

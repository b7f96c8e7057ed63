import { deepStrictEqual, ok } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { observerFor } from '../support/flow-lines.ts';
import type { Row } from './evaluate.ts';
import { generateRecords, interfaceAt } from './generate-records.ts';
import { countByDuckDb, countByReadline, countByScanner, forEachChunk, type TopRejects } from './top-rejects.ts';

const RECORDS = Number(process.env['BENCH_RECORDS'] ?? 1_000_000);
const ROUNDS = 5;

const SCANNER = 'top rejects, the reader of the bot';
const OBSERVER = 'one interface of fifty, all the bot asks';

/**
 * REJECTs by interface, source, destination, destination port and protocol, top 20, of a text file in the default
 * format: the bot's reader beside what else could read it. Runs interleaved, medians of wall time compared, results of
 * all readers equal. `ratio` is ours by theirs: less is faster.
 */
export async function benchReadFlowLogs(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'vpc-why-bench-'));
  const path = join(folder, 'flow.log');
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  try {
    generateRecords(path, RECORDS);
    const seconds = await measure({
      [SCANNER]: () => countByScanner(path),
      'readline and split': () => countByReadline(path),
      'DuckDB read_csv, 2 threads': () => countByDuckDb(path, connection),
      'wc -l': () => countLines(path),
      [OBSERVER]: () => observeOne(path),
    });
    return [
      row(seconds, { name: SCANNER, beside: 'readline and split', goal: 0.1 }),
      row(seconds, { name: SCANNER, beside: 'DuckDB read_csv, 2 threads', goal: 0.6 }),
      row(seconds, { name: SCANNER, beside: 'wc -l', goal: 7 }),
      row(seconds, { name: OBSERVER, beside: 'wc -l' }),
      memoryRow(path),
    ];
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}

/** Median seconds of each reader. Those that answer the question must answer it alike. */
async function measure(readers: Record<string, () => unknown>): Promise<Record<string, number>> {
  const times = Object.entries(readers).map(([name, read]) => ({ name, read, seconds: [] as number[] }));
  const answers: TopRejects[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { read, seconds } of times) {
      const start = performance.now();
      const answer = await read();
      seconds.push((performance.now() - start) / 1000);
      if (Array.isArray(answer)) answers.push(answer);
    }
  }
  for (const answer of answers) deepStrictEqual(answer, answers[0]);
  ok(answers.length === 3 * ROUNDS && answers[0]!.length === 20);
  return Object.fromEntries(times.map(({ name, seconds }) => [name, median(seconds)]));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function countLines(path: string): number {
  const lines = Number.parseInt(spawnSync('wc', ['-l', path], { encoding: 'utf8' }).stdout, 10);
  ok(lines === RECORDS + 1);
  return lines;
}

/** What a question costs: every record of one interface, paired, grouped and sampled. */
function observeOne(path: string): number {
  const observer = observerFor({ eni: interfaceAt(7), addresses: ['10.0.1.11'] });
  const feed = observer.open('header-first');
  forEachChunk(path, feed.bytes.bind(feed));
  feed.end();
  const { records } = observer.finish().reading;
  ok(records > RECORDS / 100);
  return records;
}

function row(
  seconds: Record<string, number>,
  { name, beside, goal }: { name: string; beside: string; goal?: number },
): Row {
  const [own, other] = [seconds[name]!, seconds[beside]!];
  const aim = goal === undefined ? '' : `; goal: at most ${goal} × its time`;
  return {
    name,
    beside,
    ratio: own / other,
    detail: `${own.toFixed(2)} s beside ${other.toFixed(2)} s for ${RECORDS.toLocaleString('en')} records${aim}`,
  };
}

/** Resident memory at its highest, in a process that does nothing else; the file itself for comparison. */
function memoryRow(path: string): Row {
  const peak = peakOf(path);
  const idle = peakOf('/dev/null');
  return {
    name: `${SCANNER}, peak memory`,
    beside: 'the file',
    ratio: peak / statSync(path).size,
    detail: `${megabytes(peak)}, of which Node and its loader ${megabytes(idle)}, beside ${megabytes(statSync(path).size)}; goal: at most 120 MB`,
  };
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

function peakOf(path: string): number {
  const script = fileURLToPath(new URL('peak-memory.ts', import.meta.url));
  const child = spawnSync(process.execPath, ['--import', 'tsx', script, path], { encoding: 'utf8' });
  const peak = Number(child.stdout);
  ok(peak > 0, child.stderr);
  return peak;
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openContest } from './contend.ts';
import { generateRecords } from './generate-records.ts';
import { interleave } from './interleave.ts';
import { rowOf, type Row } from './row.ts';
import { sameAnswers } from './top-rejects.ts';

const RECORDS = 1_000_000;
const OBJECTS = 20;

const READER = `top rejects of ${OBJECTS} gzip objects, ${RECORDS.toLocaleString('en')} records`;
const GUNZIP = "Node's gunzipSync of each";
const DUCKDB = 'DuckDB on the same, 2 threads';

/** The same question of objects as they lie in S3, unpacked as the bot does, as many at once as the bot takes. */
export async function benchReadGzip(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'vpc-why-bench-'));
  const { run, end } = openContest(generateObjects(folder), sameAnswers());
  try {
    const timings = await interleave({
      [READER]: { run: () => run('unpacking'), cores: 2 },
      [GUNZIP]: { run: () => run('gunzip') },
      [DUCKDB]: { run: () => run('duckdb'), cores: 2 },
    });
    return [
      rowOf(timings, {
        what: READER,
        beside: GUNZIP,
        goal: 1.3,
        detail: 'zlib works in threads of its own: processor time halved',
      }),
      rowOf(timings, { what: READER, beside: DUCKDB, goal: 0.7, detail: 'processor time of both halved' }),
    ];
  } finally {
    await end();
    rmSync(folder, { recursive: true });
  }
}

function generateObjects(folder: string): readonly string[] {
  return Array.from({ length: OBJECTS }, (_, index) => {
    const path = join(folder, `${index}.log`);
    generateRecords(path, RECORDS / OBJECTS, index);
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path)));
    rmSync(path);
    return `${path}.gz`;
  });
}

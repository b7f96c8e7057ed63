import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { DEFAULT_LIMITS } from '../../src/aws/aws-settings.ts';
import { unpackText } from '../../src/aws/unpack-text.ts';
import { workThrough } from '../../src/aws/work-through.ts';
import { generateRecords } from './generate-records.ts';
import { interleave } from './interleave.ts';
import { sameAnswers } from './read-text.ts';
import { rowOf, type Row } from './row.ts';
import { countByDuckDb, createRejectCounter, type TopRejects } from './top-rejects.ts';

const RECORDS = 1_000_000;
const OBJECTS = 20;
/** What comes from S3 needs no thread of those that unpack; what comes from a file does, so it comes at once. */
const AT_A_TIME = 2 ** 20;

const READER = `top rejects of ${OBJECTS} gzip objects, ${RECORDS.toLocaleString('en')} records`;
const GUNZIP = "Node's gunzipSync of each";
const DUCKDB = 'DuckDB on the same, 2 threads';

/** The same question of objects as they lie in S3, unpacked as the bot does, as many at once as the bot takes. */
export async function benchReadGzip(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'vpc-why-bench-'));
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  try {
    const paths = generateObjects(folder);
    const same = sameAnswers();
    const timings = await interleave({
      [READER]: { run: async () => same(await countUnpacked(paths)), cores: 2 },
      [GUNZIP]: { run: () => paths.forEach((path) => gunzipSync(readFileSync(path))) },
      [DUCKDB]: { run: async () => same(await countByDuckDb(paths, connection)), cores: 2 },
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
    connection.closeSync();
    instance.closeSync();
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

/** Each object has a scanner of its own, as it has a feed of its own in the bot; what they count comes together. */
async function countUnpacked(paths: readonly string[]): Promise<TopRejects> {
  const counter = createRejectCounter();
  await workThrough(paths, DEFAULT_LIMITS.objectsAtOnce, async (path) => {
    const { scan, end } = counter.open();
    const packed = createReadStream(path, { highWaterMark: AT_A_TIME });
    await unpackText(packed, (chunk) => (scan(chunk), true), new AbortController().signal);
    end();
  });
  return counter.top();
}

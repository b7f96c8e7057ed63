import { ok } from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { DEFAULT_FORMAT, FLOW_FIELDS } from '../../src/flowlog/format.ts';
import { readParquet } from '../../src/flowlog/parquet.ts';
import { observerFor } from '../support/flow-lines.ts';
import { generateRecords, interfaceAt } from './generate-records.ts';
import { interleave } from './interleave.ts';
import { rowOf, type Row } from './row.ts';

const RECORDS = 1_000_000;
/** What writers of Parquet take by default, or near it. */
const ROWS_A_GROUP = 100_000;

const READER = `one interface of fifty in ${RECORDS.toLocaleString('en')} Parquet records`;
const OBJECTS = 'hyparquet, all as objects';

/** A file in the default format as the bot reads it, beside what one would write first. */
export async function benchReadParquet(): Promise<readonly Row[]> {
  const file = generateFile();
  const timings = await interleave({
    [READER]: { run: () => readOne(file) },
    [OBJECTS]: { run: async () => ok((await parquetReadObjects({ file })).length === RECORDS) },
  });
  return [rowOf(timings, { what: READER, beside: OBJECTS, goal: 1 / 3 })];
}

async function readOne(file: ArrayBuffer): Promise<void> {
  const interfaceId = interfaceAt(7);
  const observer = observerFor({ eni: interfaceId, addresses: ['10.0.1.11'] });
  const { records } = readParquet(file, observer, { interfaceId, gunzip: (packed) => gunzipSync(packed) });
  ok(records > RECORDS / 100);
}

function generateFile(): ArrayBuffer {
  const folder = mkdtempSync(join(tmpdir(), 'vpc-why-bench-'));
  const path = join(folder, 'flow.log');
  generateRecords(path, RECORDS);
  const lines = readFileSync(path, 'latin1').trimEnd().split('\n').slice(1);
  rmSync(folder, { recursive: true });
  const columns: (string | null)[][] = DEFAULT_FORMAT.fields.map(() => []);
  for (const line of lines) line.split(' ').forEach((word, index) => columns[index]!.push(word === '-' ? null : word));
  const columnData = DEFAULT_FORMAT.fields.map((field, index) => columnOf(field, columns[index]!));
  return parquetWriteBuffer({ columnData, codec: 'SNAPPY', rowGroupSize: ROWS_A_GROUP });
}

const WIDE = new Set(['packets', 'bytes', 'start', 'end']);

/** Types as AWS writes them. */
function columnOf(field: string, words: readonly (string | null)[]) {
  const name = field.replaceAll('-', '_');
  const isNumber = FLOW_FIELDS.find((each) => each.name === field)?.kind === 'number';
  if (!isNumber) return { name, type: 'STRING' as const, data: [...words] };
  return WIDE.has(field)
    ? { name, type: 'INT64' as const, data: words.map((word) => (word === null ? null : BigInt(word))) }
    : { name, type: 'INT32' as const, data: words.map((word) => (word === null ? null : Number(word))) };
}

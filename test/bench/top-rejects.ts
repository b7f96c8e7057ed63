import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { DuckDBConnection } from '@duckdb/node-api';
import { DEFAULT_FORMAT, positionOf } from '../../src/flowlog/format.ts';
import { LineFields } from '../../src/flowlog/line-fields.ts';
import { TextTable } from '../../src/flowlog/text-table.ts';
import { createLineScanner, type LineScanner, type LineVisitor } from '../../src/flowlog/scan-lines.ts';

/** Rejected records of one interface, source, destination, destination port and protocol. */
export interface RejectCount {
  readonly flow: string;
  readonly records: number;
}

export type TopRejects = readonly RejectCount[];

const TOP = 20;
const CHUNK = 1024 * 1024;
/** The same for all files, which are read one after the other. */
const BUFFERS = [Buffer.allocUnsafe(CHUNK), Buffer.allocUnsafe(CHUNK)] as const;

const REJECT = Buffer.from('REJECT');
const ACTION = positionOf(DEFAULT_FORMAT, 'action');
const INTERFACE = positionOf(DEFAULT_FORMAT, 'interface-id');
const DESTINATION = positionOf(DEFAULT_FORMAT, 'dstaddr');
const DESTINATION_PORT = positionOf(DEFAULT_FORMAT, 'dstport');
const PROTOCOL = positionOf(DEFAULT_FORMAT, 'protocol');
const FLOW = [
  { first: INTERFACE, last: DESTINATION },
  { first: DESTINATION_PORT, last: PROTOCOL },
];

export interface RejectCounter {
  /** Begins a stream of text; several may be open side by side. */
  readonly open: () => LineScanner;
  readonly top: () => TopRejects;
}

/**
 * The reader as the bot uses it. Shared with the observer, line for line: `createLineScanner` (cutting into lines, the
 * search for a needle, lines that go on in the next piece, the cap on their length), `LineFields` (fields as offsets)
 * and `TextTable` (the fields that tell a flow, looked up as bytes). What differs is the question: the observer looks
 * for one interface and keeps every record, this looks for one action and keeps a count.
 */
export function createRejectCounter(): RejectCounter {
  const texts = new TextTable();
  const flows: string[] = [];
  const records: number[] = [];
  const fields = new LineFields(DEFAULT_FORMAT.fields.length);
  const visitor: LineVisitor = {
    needle: () => REJECT,
    line(bytes, start, end) {
      if (fields.split(bytes, start, end) !== DEFAULT_FORMAT.fields.length || !fields.equals(ACTION, REJECT)) return;
      const number = texts.numberOf(fields, FLOW);
      if (number === flows.length) flows.push(textOf(fields));
      records[number] = (records[number] ?? 0) + 1;
    },
    overlong: () => undefined,
  };
  return {
    open: () => createLineScanner(visitor),
    top: () => topOf(flows.map((flow, number) => ({ flow, records: records[number]! }))),
  };
}

/** Counts in several files as if they were one. */
export async function countByScanner(...paths: readonly string[]): Promise<TopRejects> {
  const counter = createRejectCounter();
  const { scan, end } = counter.open();
  for (const path of paths) await forEachChunk(path, scan);
  end();
  return counter.top();
}

function textOf(fields: LineFields): string {
  return FLOW.map(({ first, last }) => fields.text(first, last)).join(' ');
}

/** A file in pieces, in two buffers: while one is taken the other is read, as pieces of S3 arrive by themselves. */
export async function forEachChunk(path: string, take: (chunk: Uint8Array) => void): Promise<void> {
  const file = await open(path);
  const read = (buffer: Buffer) => file.read(buffer, 0, CHUNK);
  let [taken, ahead] = BUFFERS;
  let reading = read(ahead);
  for (let { bytesRead } = await reading; bytesRead > 0; { bytesRead } = await reading) {
    [taken, ahead] = [ahead, taken];
    reading = read(ahead);
    take(taken.subarray(0, bytesRead));
  }
  await file.close();
}

/** What one would write first: lines from `readline`, an object for each of them. */
export async function countByReadline(path: string): Promise<TopRejects> {
  const counts = new Map<string, number>();
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  for await (const line of lines) {
    const words = line.split(' ');
    const record = Object.fromEntries(DEFAULT_FORMAT.fields.map((field, index) => [field, words[index]!]));
    if (record['action'] !== 'REJECT') continue;
    const { srcaddr, dstaddr, dstport, protocol } = record;
    const flow = [record['interface-id'], srcaddr, dstaddr, dstport, protocol].join(' ');
    counts.set(flow, (counts.get(flow) ?? 0) + 1);
  }
  return topOf([...counts].map(([flow, records]) => ({ flow, records })));
}

const COLUMNS = DEFAULT_FORMAT.fields
  .map((field) => `'${field}': '${/port|protocol|packets|bytes|start|end/.test(field) ? 'BIGINT' : 'VARCHAR'}'`)
  .join(', ');

export async function countByDuckDb(paths: readonly string[], connection: DuckDBConnection): Promise<TopRejects> {
  const reader = await connection.runAndReadAll(`
    SELECT concat_ws(' ', "interface-id", srcaddr, dstaddr, dstport, protocol) AS flow, count(*) AS records
    FROM read_csv([${paths.map((path) => `'${path}'`).join(', ')}], delim = ' ', header = true, auto_detect = false, nullstr = '-', columns = {${COLUMNS}})
    WHERE action = 'REJECT'
    GROUP BY "interface-id", srcaddr, dstaddr, dstport, protocol
    ORDER BY records DESC, flow
    LIMIT ${TOP}`);
  return reader.getRows().map(([flow, records]) => ({ flow: String(flow), records: Number(records) }));
}

function topOf(counts: TopRejects): TopRejects {
  return counts.toSorted((a, b) => b.records - a.records || (a.flow < b.flow ? -1 : 1)).slice(0, TOP);
}

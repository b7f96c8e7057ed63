import { open } from 'node:fs/promises';
import { DEFAULT_FORMAT, positionOf } from '../../src/flowlog/format.ts';
import { LineFields } from '../../src/flowlog/line-fields.ts';
import { createLineScanner, type LineScanner, type LineVisitor } from '../../src/flowlog/scan-lines.ts';
import { TextTable } from '../../src/flowlog/text-table.ts';
import { TOP, topOf, type TopRejects } from './top-rejects.ts';

const CHUNK = 1024 * 1024;
/** The same for all files, which are read one after the other. */
const BUFFERS = [Buffer.allocUnsafe(CHUNK), Buffer.allocUnsafe(CHUNK)] as const;

const REJECT = Buffer.from('REJECT');
const ACTION = positionOf(DEFAULT_FORMAT, 'action');
const INTERFACE = positionOf(DEFAULT_FORMAT, 'interface-id');
const DESTINATION = positionOf(DEFAULT_FORMAT, 'dstaddr');
const SOURCE_PORT = positionOf(DEFAULT_FORMAT, 'srcport');
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
      if (number === flows.length) flows.push(fields.text(INTERFACE, PROTOCOL));
      records[number] = (records[number] ?? 0) + 1;
    },
    overlong: () => undefined,
  };
  return { open: () => createLineScanner(visitor), top: () => topOf(mostRecords(flows, records)) };
}

/** Counts in several files as if they were one. */
export async function countByScanner(...paths: readonly string[]): Promise<TopRejects> {
  const counter = createRejectCounter();
  const { scan, end } = counter.open();
  for (const path of paths) await forEachChunk(path, scan);
  end();
  return counter.top();
}

/** As many as are asked for, and those that are level with the last of them. */
function mostRecords(flows: readonly string[], records: readonly number[]): TopRejects {
  const least = Float64Array.from(records).sort().at(-TOP) ?? 0;
  return flows.flatMap((text, number) => {
    const count = records[number]!;
    return count < least ? [] : [{ flow: withoutSourcePort(text), records: count }];
  });
}

function withoutSourcePort(text: string): string {
  return text
    .split(' ')
    .toSpliced(SOURCE_PORT - INTERFACE, 1)
    .join(' ');
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

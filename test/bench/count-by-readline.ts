import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { DEFAULT_FORMAT } from '../../src/flowlog/format.ts';
import { topOf, type TopRejects } from './top-rejects.ts';

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

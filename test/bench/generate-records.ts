import { closeSync, openSync, writeSync } from 'node:fs';
import { DEFAULT_FORMAT } from '../../src/flowlog/format.ts';
import { ACCOUNT, DAY, header, linesIn } from '../support/flow-lines.ts';

const INTERFACES = 50;
/** Rejected flows come back, as they do in life, so that counting has something to add up. */
const REJECTED_FLOWS = 20_000;
const PORTS = [22, 23, 80, 443, 445, 1433, 3306, 3389, 5432, 6379, 8080, 8443];
const LINES_AT_ONCE = 10_000;

const { nodata } = linesIn(DEFAULT_FORMAT);

/**
 * A text file of a VPC's flow log: a header, then so many lines in the default format. Two of ten are rejects, one of
 * two hundred is NODATA. The same numbers every time for the same seed.
 */
export function generateRecords(path: string, lines: number, seed = 0): void {
  const file = openSync(path, 'w');
  const next = randomNumbers(seed);
  writeSync(file, `${header()}\n`);
  for (let written = 0; written < lines; written += LINES_AT_ONCE) {
    const count = Math.min(LINES_AT_ONCE, lines - written);
    const time = DAY + Math.floor((written / lines) * 86_000);
    writeSync(file, Array.from({ length: count }, () => `${lineAt(time, next)}\n`).join(''));
  }
  closeSync(file);
}

export function interfaceAt(index: number): string {
  return `eni-0${(0xa1b2_c3d4 + index).toString(16).padStart(16, '0')}`;
}

export type Next = (below: number) => number;

function lineAt(time: number, next: Next): string {
  const index = next(INTERFACES);
  if (next(200) === 0) return nodata({ from: time, until: time + 58, eni: interfaceAt(index) });
  const start = time + next(60);
  const packets = 1 + next(40);
  const counts = `${packets} ${packets * (40 + next(1400))} ${start} ${start + next(58)}`;
  return next(10) < 2
    ? `2 ${ACCOUNT} ${rejectedFlow(next)} ${counts} REJECT OK`
    : `2 ${ACCOUNT} ${acceptedFlow(index, next)} ${counts} ACCEPT OK`;
}

/** Few of the flows are most of the rejects. */
function rejectedFlow(next: Next): string {
  const flow = Math.floor((next(REJECTED_FLOWS) * next(1000)) / 1000);
  const source = `203.0.${flow >> 8}.${flow & 255}`;
  const index = flow % INTERFACES;
  return `${interfaceAt(index)} ${source} 10.0.1.${index + 4} ${1024 + next(60_000)} ${PORTS[flow % PORTS.length]!} 6`;
}

function acceptedFlow(index: number, next: Next): string {
  const [own, peer] = [`10.0.1.${index + 4}`, `10.0.${next(64)}.${next(256)}`];
  const port = 32_768 + next(28_000);
  const flow = next(2) === 0 ? `${peer} ${own} ${port} 443` : `${own} ${peer} 443 ${port}`;
  return `${interfaceAt(index)} ${flow} 6`;
}

/** Numbers that look random and are the same each time (mulberry32). */
export function randomNumbers(seed: number): Next {
  let state = 20_261_120 + seed;
  return (below) => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

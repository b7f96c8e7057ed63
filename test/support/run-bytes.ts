import { varint } from './thrift-bytes.ts';

/** One number so many times, or numbers packed one by one. */
export type WrittenRun = { readonly times: number; readonly number: number } | { readonly packed: readonly number[] };

/** What is written for a number that a file claims: a length, a count, a place. */
export type Claim = (number: number) => number;

const TRUE: Claim = (number) => number;

/** Only the last packed run may hold other than a multiple of eight numbers: it is padded. */
export function runBytes(runs: readonly WrittenRun[], width: number, claim = TRUE): Buffer {
  return Buffer.concat(
    runs.map((run) => {
      const [head, bytes] = 'times' in run ? repeated(run, width) : packed(run.packed, width);
      return Buffer.concat([varint(claim(head)), bytes]);
    }),
  );
}

/** As a writer would: eight alike are a run, all else is packed. */
export function runsOf(numbers: readonly number[]): readonly WrittenRun[] {
  const runs: WrittenRun[] = [];
  for (let at = 0; at < numbers.length;) {
    const other = numbers.findIndex((each, index) => index > at && each !== numbers[at]);
    const times = (other === -1 ? numbers.length : other) - at;
    const run = times >= 8 ? { times, number: numbers[at]! } : { packed: numbers.slice(at, at + 8) };
    runs.push(run);
    at += 'times' in run ? times : 8;
  }
  return runs;
}

function repeated({ times, number }: { times: number; number: number }, width: number): [number, Buffer] {
  const bytes = Array.from({ length: Math.ceil(width / 8) }, (_, index) => (number >>> (8 * index)) & 0xff);
  return [2 * times, Buffer.from(bytes)];
}

function packed(numbers: readonly number[], width: number): [number, Buffer] {
  const groups = Math.ceil(numbers.length / 8);
  const bytes = Buffer.alloc(groups * width);
  numbers.forEach((number, index) => {
    for (let bit = 0; bit < width; bit += 1) {
      const at = index * width + bit;
      bytes[at >> 3]! |= ((number >>> bit) & 1) << (at & 7);
    }
  });
  return [2 * groups + 1, bytes];
}

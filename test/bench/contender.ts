import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { measure } from './measure.ts';

type Contender = (...paths: readonly string[]) => unknown;

/**
 * One way to read files, in a process that does nothing else: neither the garbage nor the memory of one weighs on
 * another. Reads them each time it is told to, and says its answer and its time.
 */
const CONTENDERS: Readonly<Record<string, () => Promise<Contender>>> = {
  scanner: async () => (await import('./count-by-scanner.ts')).countByScanner,
  unpacking: async () => (await import('./count-unpacked.ts')).countUnpacked,
  readline: async () => (await import('./count-by-readline.ts')).countByReadline,
  duckdb: async () => (await import('./count-by-duckdb.ts')).countByDuckDb,
  gunzip: async () => gunzipAll,
};

function gunzipAll(...paths: readonly string[]): void {
  for (const path of paths) gunzipSync(readFileSync(path));
}

const [, , name = '', ...paths] = process.argv;
const read = await CONTENDERS[name]!();
process.on(
  'message',
  () => void measure(() => read(...paths)).then((measured) => process.send?.(JSON.stringify(measured))),
);
process.send?.('ready');

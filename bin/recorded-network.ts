import { readFile } from 'node:fs/promises';
import { ExpectedError } from '../src/failure/expected-error.ts';
import { parseSnapshotFile } from '../src/vpc/snapshot-file.ts';
import type { CollectNetwork } from '../src/workflow/sources.ts';

const NO_COST = { calls: 0, rounds: 0, milliseconds: 0 };

/** A network that was recorded: the same source as a live one, without the calls. */
export function recordedNetwork(file: string): CollectNetwork {
  return async () => ({ snapshots: parseSnapshotFile(await readText(file)), cost: NO_COST });
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const expected = 'a file that can be read, written by vpc-why snapshot';
    throw new ExpectedError({ kind: 'not-understood', input: `--snapshot ${file}`, expected }, { cause: error });
  }
}

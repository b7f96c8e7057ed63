import { readFile } from 'node:fs/promises';
import { ExpectedError } from '../src/failure/expected-error.ts';
import { parseSnapshotFile } from '../src/vpc/snapshot-file.ts';
import type { CollectNetwork } from '../src/workflow/sources.ts';

const NO_COST = { calls: 0, rounds: 0, milliseconds: 0 };

/** A network that was recorded: the same source as a live one, without the calls. */
export function recordedNetwork(file: string): CollectNetwork {
  return async () => {
    const text = await readText(file);
    try {
      return { snapshots: parseSnapshotFile(text), cost: NO_COST };
    } catch (error) {
      throw inFile(file, error);
    }
  };
}

/** What is wrong with a recorded network, or missing in it, with the name of its file. */
export function inFile(file: string, error: unknown): unknown {
  if (!(error instanceof ExpectedError)) return error;
  const { failure } = error;
  if (failure.kind === 'no-such-resource') return new ExpectedError({ ...failure, recordedIn: file }, { cause: error });
  if (failure.kind !== 'not-understood') return error;
  return new ExpectedError({ ...failure, input: `${file}: ${failure.input}` }, { cause: error });
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const expected = 'a file that can be read, written by vpc-why snapshot';
    throw new ExpectedError({ kind: 'not-understood', input: `--snapshot ${file}`, expected }, { cause: error });
  }
}

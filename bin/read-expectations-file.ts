import { readFile } from 'node:fs/promises';
import type { Expectation } from '../src/audit/expectations/expectation.ts';
import { parseExpectations } from '../src/config/parse-expectations.ts';
import { ExpectedError } from '../src/failure/expected-error.ts';

/** What must be reachable and what must not, as somebody wrote it down. Throws `ConfigurationError` for mistakes in it. */
export async function readExpectationsFile(file: string): Promise<readonly Expectation[]> {
  return parseExpectations(await readText(file), file);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const expected = 'a file of expectations that can be read';
    throw new ExpectedError({ kind: 'not-understood', input: file, expected, verb: 'audit' }, { cause: error });
  }
}

import { iamPolicy } from '../../src/aws/iam-policy.ts';
import { EXIT } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';

/** Prints the read-only policy for exactly the calls the code makes. */
export function runIamPolicy(_words: readonly string[], terminal: Terminal): number {
  terminal.out(`${JSON.stringify(iamPolicy(), null, 2)}\n`);
  return EXIT.answered;
}

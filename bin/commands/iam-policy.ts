import { iamPolicy } from '../../src/aws/iam-policy.ts';
import { awsSettings, readConfiguration } from '../../src/config/read-settings.ts';
import { EXIT } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';

/** Prints the read-only policy for exactly the calls that the code makes as it is configured. */
export function runIamPolicy(_words: readonly string[], terminal: Terminal): number {
  const { largeLogs } = awsSettings(readConfiguration(terminal.environment));
  const policy = iamPolicy(largeLogs === undefined ? {} : { largeLogs });
  terminal.out(`${JSON.stringify(policy, null, 2)}\n`);
  return EXIT.answered;
}

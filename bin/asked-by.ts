import type { Environment } from '../src/config/read-settings.ts';

/** Who sits at the terminal, for the session name of an assumed role. */
export function askedBy(environment: Environment): string {
  return environment['USER'] ?? environment['LOGNAME'] ?? 'vpc-why';
}

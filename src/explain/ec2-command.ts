import type { Region } from '../vpc/ids.ts';
import { shellCommand } from './shell.ts';

/** Options without a value are left out. https://docs.aws.amazon.com/cli/latest/reference/ec2/ holds a page for each of these. */
export function ec2Command(
  command: string,
  region: Region | undefined,
  options: readonly (readonly string[])[],
): string {
  const place = region === undefined ? [] : ['--region', region];
  return shellCommand(
    ['aws', 'ec2', command],
    [place, ...options].filter(({ length }) => length > 0),
  );
}

import { ok } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import type { Timing } from './measure.ts';

/** Runs a program to its end. Its processor time is what the shell tells of it. */
export function timeProgram(...words: readonly string[]): Timing {
  const script = 'TIMEFORMAT="%R %U %S"; { time "$@" >/dev/null 2>/dev/null; } 2>&1';
  const { stdout, status } = spawnSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8' });
  ok(status === 0, `${words.join(' ')} failed`);
  const [wall = 0, user = 0, system = 0] = stdout.trim().split(' ').map(Number);
  return { wall, cpu: user + system };
}

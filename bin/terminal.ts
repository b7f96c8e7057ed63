import type { Readable } from 'node:stream';
import type { Environment } from '../src/config/read-settings.ts';

/** What a command of the executable may touch of the process it runs in. */
export interface Terminal {
  readonly environment: Environment;
  readonly input: Readable;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Columns; 100 when the output is not a terminal. */
  readonly width: number;
  readonly colour: boolean;
  /** Aborted by Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
}

export function processTerminal(signal: AbortSignal): Terminal {
  const { stdin, stdout, stderr, env } = process;
  return {
    environment: env,
    input: stdin,
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    width: stdout.columns ?? 100,
    colour: stdout.isTTY && env['NO_COLOR'] === undefined,
    signal,
  };
}

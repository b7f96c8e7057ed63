import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isTheirs } from './environment.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Executable {
  readonly pid: number;
  /** What it has written to its standard output so far. */
  readonly printed: () => string;
  readonly signal: (name: NodeJS.Signals) => void;
  /** As `… | head` does. */
  readonly stopReading: () => void;
  readonly ended: Promise<Ended>;
}

export interface ExecutableOptions {
  /** Besides what every process needs; nothing of AWS, Slack or Redis is inherited. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** What stands on its standard input; nothing unless told. */
  readonly input?: string;
  /** What Node is to run in place of the sources. */
  readonly program?: readonly string[];
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Named by its place: the process may run in a directory from which no package is found. */
const TSX = createRequire(import.meta.url).resolve('tsx');

const SOURCES = ['--import', pathToFileURL(TSX).href, `${ROOT}bin/vpc-why.ts`];

/** `vpc-why` as a process of its own, from its sources. */
export function startExecutable(words: readonly string[], options: ExecutableOptions = {}): Executable {
  const child = spawn(process.execPath, [...(options.program ?? SOURCES), ...words], {
    cwd: options.cwd ?? ROOT,
    env: { ...neutralEnvironment(), ...options.environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(options.input ?? '');
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  return {
    pid: child.pid ?? 0,
    printed: stdout,
    signal: (name) => child.kill(name),
    stopReading: () => child.stdout.destroy(),
    ended: endOf(child).then((code) => ({ code, stdout: stdout(), stderr: stderr() })),
  };
}

/** The same, to its end. */
export function runExecutable(words: readonly string[], options: ExecutableOptions = {}): Promise<Ended> {
  return startExecutable(words, options).ended;
}

function neutralEnvironment(): Record<string, string | undefined> {
  const inherited = Object.entries(process.env).filter(([name]) => !isTheirs(name));
  return {
    ...Object.fromEntries(inherited),
    NO_COLOR: '1',
    HOME: tmpdir(),
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const parts: Buffer[] = [];
  stream.on('data', (part: Buffer) => parts.push(part));
  return () => Buffer.concat(parts).toString();
}

/** `close` comes after the last byte of its output. */
async function endOf(child: ChildProcess): Promise<number | null> {
  await once(child, 'close');
  return child.exitCode;
}

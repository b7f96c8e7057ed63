import { setTimeout as sleep } from 'node:timers/promises';
import { startExecutable, type Executable } from '../support/executable.ts';

export type Role = 'all' | 'bot' | 'worker';

/** `vpc-why start` in processes that may be killed and started anew. */
export interface Processes {
  /** Starts a process and waits until it is there. */
  readonly start: (role: Role) => Promise<void>;
  /** Kills the process that was started last with this role, without a word. */
  readonly kill: (role: Role) => Promise<void>;
  /** Whether the one that was started last with this role ended without being killed. */
  readonly hasDied: (role: Role) => boolean;
  /** Of the process that was started last with this role; 0 where none was. */
  readonly pid: (role: Role) => number;
  /** What the first that lives, of this role if one is given, tells about itself; nothing where nobody tells. */
  readonly metrics: (role?: Role) => Promise<string>;
  /** Every process's words. */
  readonly printed: () => string;
  readonly killAll: () => Promise<void>;
}

interface ProcessPlan {
  readonly environment: Readonly<Record<string, string>>;
  /** Seconds by which the clock of the n-th process is off. */
  readonly clock: (nth: number) => number;
}

interface Process {
  readonly role: Role;
  readonly executable: Executable;
  end: 'none' | 'killed' | 'died';
}

export function createProcesses({ environment, clock }: ProcessPlan): Processes {
  const processes: Process[] = [];
  const latest = (role: Role): Process | undefined => processes.findLast((one) => one.role === role);
  const living = (role?: Role): Process | undefined =>
    processes.find((one) => one.end === 'none' && (role === undefined || one.role === role));
  return {
    start: async (role) => {
      const variables = { ...environment, ...shifted(clock(processes.length)) };
      const started: Process = {
        role,
        executable: startExecutable(['start', '--role', role], { environment: variables }),
        end: 'none',
      };
      processes.push(started);
      noteEnd(started).catch(() => undefined);
      await untilStarted(started);
    },
    kill: async (role) => kill(latest(role)),
    hasDied: (role) => latest(role)?.end === 'died',
    pid: (role) => latest(role)?.executable.pid ?? 0,
    metrics: async (role) => metricsOf(living(role)),
    printed: () => processes.map(({ role, executable }) => `# ${role}\n${executable.printed()}`).join('\n'),
    killAll: async () => {
      await Promise.all(processes.map(kill));
    },
  };
}

async function noteEnd(one: Process): Promise<void> {
  await one.executable.ended;
  if (one.end === 'none') one.end = 'died';
}

async function kill(one: Process | undefined): Promise<void> {
  if (one === undefined) return;
  one.end = 'killed';
  one.executable.signal('SIGKILL');
  await one.executable.ended;
}

/** A process that thinks it is later. */
function shifted(seconds: number): Record<string, string> {
  if (seconds === 0) return {};
  const module = new URL('shift-clock.mjs', import.meta.url).href;
  return { NODE_OPTIONS: `--import ${module}`, CLOCK_SHIFT_SECONDS: String(seconds) };
}

const START_MS = 90_000;

async function untilStarted(one: Process): Promise<void> {
  const deadline = performance.now() + START_MS;
  while (operationsOf(one) === undefined) {
    if (one.end === 'died') throw new Error(`the bot ended: ${(await one.executable.ended).stderr}`);
    if (performance.now() > deadline) throw new Error('the bot did not start');
    await sleep(50);
  }
}

function operationsOf({ executable }: Process): string | undefined {
  return /"operations":"(http:[^"]+)"/.exec(executable.printed())?.[1];
}

async function metricsOf(one: Process | undefined): Promise<string> {
  try {
    return await (await fetch(`${one === undefined ? '' : operationsOf(one)}/metrics`)).text();
  } catch {
    return '';
  }
}

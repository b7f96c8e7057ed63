import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { DemoBot } from '../../demo/run-demo.ts';
import { parseConfiguration } from '../../src/config/parse-configuration.ts';
import { createMetrics } from '../../src/operations/metrics.ts';
import { createLog } from '../../src/log.ts';
import { startBot } from '../bot.ts';
import { EXIT } from '../exit-codes.ts';
import { IN_MEMORY, openHomes } from '../open-homes.ts';
import type { Terminal } from '../terminal.ts';
import { runPath } from './path.ts';
import { runWhyRejected } from './why-rejected.ts';

/** `vpc-why demo [--keep] [--all] [--pictures FOLDER]`: the whole bot without accounts. Needs the development packages. */
export async function runDemo(words: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = parseArgs({ args: [...words], options: OPTIONS });
  const { runDemo: perform } = await import('../../demo/run-demo.ts');
  const { keep = false, all = false, pictures } = values;
  if (pictures !== undefined) await mkdir(pictures, { recursive: true });
  await perform({
    startBot: startDemoBot,
    out: terminal.out,
    width: Math.min(terminal.width, 110),
    keep,
    all,
    signal: terminal.signal,
    ...(pictures !== undefined && { draw: (command) => drawAnswer(command, pictures, terminal) }),
  });
  return EXIT.answered;
}

const OPTIONS = { keep: { type: 'boolean' }, all: { type: 'boolean' }, pictures: { type: 'string' } } as const;

/** Asks once more, as a terminal would, and keeps what is drawn, if anything is. The stand-ins are those of the demo. */
async function drawAnswer(command: string, folder: string, terminal: Terminal): Promise<string | undefined> {
  const [verb = '', ...words] = command.split(' ');
  const file = join(folder, `${command.replaceAll(/[^\w.-]+/g, '-')}.png`);
  const run = verb === 'path' ? runPath : runWhyRejected;
  await run([...words, '--picture', file], {
    ...terminal,
    environment: {},
    out: () => undefined,
    err: () => undefined,
  });
  return existsSync(file) ? file : undefined;
}

/** The bot as `start` runs it, on a free port of loopback, its queue in memory. */
async function startDemoBot(environment: Readonly<Record<string, string>>): Promise<DemoBot> {
  forgetAws();
  Object.assign(process.env, environment);
  const configuration = parseConfiguration('slack: {transport: http, host: 127.0.0.1, port: 0}', 'the demo');
  const costs = watchCosts();
  const log = createLog('info', costs.destination);
  const homes = await openHomes({ kind: 'embedded', dataDirectory: IN_MEMORY, concurrency: 3 }, log);
  const bot = await startBot({
    role: 'all',
    configuration,
    environment,
    homes,
    metrics: createMetrics(() => homes.queue.counts()),
    log,
  });
  return {
    url: bot.url ?? '',
    lastCost: costs.last,
    audited: costs.audits,
    busy: async () => {
      const { waiting, active, delayed } = await homes.queue.counts();
      return waiting + active + delayed > 0;
    },
    stop: async () => {
      await bot.stop(5_000);
      await homes.close();
    },
  };
}

/** The SDK reads the process's environment: whose laptop this is must not matter to the demo, nor be touched by it. */
function forgetAws(): void {
  for (const name of Object.keys(process.env).filter(isTheirs)) delete process.env[name];
}

function isTheirs(name: string): boolean {
  return name.startsWith('AWS_') && !name.startsWith('AWS_SDK_JS_');
}

type Cost = ReturnType<DemoBot['lastCost']>;

/** The bot writes what an answer cost to its log; nothing else of the log is shown but trouble. */
function watchCosts(): Watching {
  let last: Cost;
  let audits = 0;
  const destination = {
    write(line: string): void {
      const { level, cost, msg }: { level: number; cost?: Cost; msg: string } = JSON.parse(line);
      last = cost ?? last;
      if (msg === 'audited') audits += 1;
      if (level >= WARN) process.stderr.write(line);
    },
  };
  return { destination, last: () => last, audits: () => audits };
}

interface Watching {
  readonly destination: { write(line: string): void };
  readonly last: () => Cost;
  readonly audits: () => number;
}

/** https://getpino.io/#/docs/api?id=loggerlevels-object */
const WARN = 40;

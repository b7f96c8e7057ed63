import { demoAccount } from '../../demo/account/demo-account.ts';
import { DEFAULT_LIMITS } from '../../src/aws/aws-settings.ts';
import { createCollector, type Collector } from '../../src/aws/create-collector.ts';
import type { WhyRejectedCommand } from '../../src/command/command.ts';
import { parseCommand } from '../../src/command/parse-command.ts';
import { NO_COST } from '../../src/workflow/costs.ts';
import type { CollectionCost } from '../../src/workflow/sources.ts';
import { answerWhyRejected } from '../../src/workflow/why-rejected.ts';
import { startChild, type Child } from '../support/child.ts';
import { eni } from '../support/ids.ts';
import { median } from './interleave.ts';
import type { Row } from './row.ts';

const LATENCY_MS = 80;
const ROUNDS = 5;
/** Code is compiled in the first ones. */
const LEFT_OUT = 5;
const ASKER = 'U024BE7LH';
const now = (): number => Math.floor(Date.now() / 1000);
const OPTIONS = { signal: new AbortController().signal, onStep: () => undefined };

/**
 * How many answers of AWS a question waits for, one after the other, when each takes 80 ms, and what the bot adds of
 * its own. Cold: the first question of a new collector, which knows nothing of AWS and has no connections, in a process
 * that has answered others. Warm: the same question again.
 */
export async function benchRounds(): Promise<readonly Row[]> {
  const { questions } = demoAccount(new Date());
  const command = (row: string): WhyRejectedCommand => {
    const { command: text } = questions.find(({ expectRow }) => expectRow === row)!;
    const parsed = parseCommand(text, now());
    if (parsed.kind !== 'why-rejected') throw new Error(`not a question: ${text}`);
    return parsed;
  };
  const oneInterface = command('T-2');
  /** Resolves when the verdict is shown; who changed it and the proof of its fix come after that. */
  const verdict = (collector: Collector): Promise<Asking> =>
    new Promise((resolve, reject) => {
      let cost = NO_COST;
      const collect: Collector['collect'] = async (request, options) => {
        const told = await collector.collect(request, options);
        ({ cost } = told);
        return told;
      };
      const investigation = { command: oneInterface, askedBy: ASKER, now, onFirstLook: () => resolve({ cost, rest }) };
      const rest = answerWhyRejected(investigation, { ...collector, collect }, OPTIONS);
      rest.catch(reject);
    });
  const answer = (collector: Collector) =>
    answerWhyRejected({ command: oneInterface, askedBy: ASKER, now }, collector, OPTIONS);
  const facts = (collector: Collector) => collector.collect({ ...oneInterface, askedBy: ASKER }, OPTIONS);
  const between = ['web', 'db'].map((name) => ({ kind: 'network-interface', id: eni(name) }) as const);
  const ends = (collector: Collector) => collector.collectNetwork({ scope: {}, askedBy: ASKER, between }, OPTIONS);
  const ofInterface = { account: 'demo', rounds: [3, 2], onTop: 40 } as const;
  return [
    ...(await rowsOf({ ...ofInterface, ask: facts, what: 'one interface: configuration and records' })),
    ...(await rowsOf({ ...ofInterface, ask: verdict, what: 'one interface: until the verdict is shown' })),
    ...(await rowsOf({ ...ofInterface, ask: answer, what: 'one interface: until the verdict, its history and proof' })),
    ...(await rowsOf({ account: 'peered', ask: ends, what: 'both ends of a peering', rounds: [3, 3], onTop: 60 })),
  ];
}

interface Question {
  readonly account: 'demo' | 'peered';
  readonly ask: (collector: Collector) => Promise<Asking>;
  readonly what: string;
  /** How many are the goal, cold and warm. */
  readonly rounds: readonly [number, number];
  /** Milliseconds. */
  readonly onTop: number;
}

interface Asking {
  readonly cost: CollectionCost;
  /** What is not timed any more. */
  readonly rest?: Promise<unknown>;
}

async function rowsOf({ account, ask, what, rounds, onTop }: Question): Promise<readonly Row[]> {
  const aws = startChild(new URL('serve-aws.ts', import.meta.url), [account, String(LATENCY_MS)]);
  const { url, environment } = JSON.parse(await aws.firstWord());
  Object.assign(process.env, environment, { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' });
  const taken: { readonly cold: Asked[]; readonly warm: Asked[] } = { cold: [], warm: [] };
  try {
    for (let round = 0; round < LEFT_OUT + ROUNDS; round += 1) {
      const collector = createCollector({ accounts: [], regions: [], endpoint: url, limits: DEFAULT_LIMITS });
      taken.cold.push(await timeOf(() => ask(collector), aws));
      taken.warm.push(await timeOf(() => ask(collector), aws));
      collector.close();
    }
  } finally {
    await aws.kill('SIGKILL');
  }
  const [cold, warm] = rounds;
  return [
    rowFor(`${what}, cold`, taken.cold, { rounds: cold, onTop }),
    rowFor(`${what}, warm`, taken.warm, { rounds: warm, onTop }),
  ];
}

interface Asked {
  readonly milliseconds: number;
  readonly processor: number;
  readonly ofStandIn: number;
  readonly cost: CollectionCost;
}

async function timeOf(ask: () => Promise<Asking>, aws: Child): Promise<Asked> {
  const takenBefore = Number(await aws.ask('processor'));
  const [started, before] = [performance.now(), process.cpuUsage()];
  const { cost, rest } = await ask();
  const [milliseconds, { user, system }] = [performance.now() - started, process.cpuUsage(before)];
  const ofStandIn = Number(await aws.ask('processor')) - takenBefore;
  await rest;
  return { milliseconds, processor: (user + system) / 1000, ofStandIn, cost };
}

function rowFor(what: string, all: readonly Asked[], goal: { readonly rounds: number; readonly onTop: number }): Row {
  const asked = all.slice(LEFT_OUT);
  const milliseconds = median(asked.map((each) => each.milliseconds));
  const rounds = median(asked.map(({ cost }) => cost.rounds));
  const processor = median(asked.map((each) => each.processor));
  const ofStandIn = median(asked.map((each) => each.ofStandIn));
  const calls = median(asked.map(({ cost }) => cost.calls));
  const most = goal.rounds * LATENCY_MS + goal.onTop;
  return {
    what,
    beside: `${goal.rounds} rounds × ${LATENCY_MS} ms + ${goal.onTop} ms`,
    goal: 1,
    wall: milliseconds / most,
    detail: `${calls} calls in ${rounds} rounds, ${Math.round(milliseconds)} ms: ${Math.round(milliseconds - rounds * LATENCY_MS)} ms on top, processor ${Math.round(processor)} ms, of the stand-in ${Math.round(ofStandIn)} ms`,
  };
}

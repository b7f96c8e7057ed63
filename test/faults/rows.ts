import { setTimeout as sleep } from 'node:timers/promises';
import type { SlackFault } from '../../demo/slack/slack-door.ts';
import type { FaultKind } from '../../demo/aws/faults.ts';
import type { Row } from './row.ts';
import type { World } from './world.ts';

const APART = { roles: ['bot', 'worker'] } as const;

/** Every question of the row is asked in this trouble. */
const inAws =
  (probability: number, ...kinds: readonly FaultKind[]): Row['strike'] =>
  async ({ aws }) => {
    for (const kind of kinds) aws.faults.add({ action: '*', kind, probability: probability / kinds.length });
  };

const inSlack =
  (probability: number, ...faults: readonly SlackFault[]): Row['strike'] =>
  async ({ slack }) =>
    slack.befall(...faults.map((fault) => ({ fault, probability: probability / faults.length })));

/** Until this share of the questions has been asked. */
async function asked(world: World, share: number): Promise<void> {
  while (world.asked < share * world.toAsk) await sleep(20);
}

const QUIET: readonly Row[] = [
  { name: 'none', what: 'no trouble', ...APART, strike: async () => undefined },
  { name: 'embedded-none', what: 'no trouble, embedded', strike: async () => undefined },
];

const REDIS: readonly Row[] = [
  {
    name: 'redis-killed',
    what: 'Redis killed, back after 3 s, twice',
    ...APART,
    strike: async (world) => {
      for (const share of [0.2, 0.5]) {
        await asked(world, share);
        await world.redis?.kill();
        await sleep(3_000);
        await world.redis?.start();
      }
    },
  },
  {
    name: 'redis-paused',
    what: 'Redis paused for 10 s',
    ...APART,
    strike: async (world) => {
      await asked(world, 0.2);
      world.redis?.freeze();
      await sleep(10_000);
      world.redis?.thaw();
    },
  },
  {
    name: 'redis-paused-long',
    what: 'Redis paused for 30 s: every lock runs out',
    ...APART,
    strike: async (world) => {
      await asked(world, 0.2);
      world.redis?.freeze();
      await sleep(30_000);
      world.redis?.thaw();
    },
  },
];

const PROCESSES: readonly Row[] = [
  {
    name: 'worker-killed',
    what: 'worker killed in the middle of jobs, three times',
    ...APART,
    strike: async (world) => {
      for (const share of [0.15, 0.4, 0.65]) {
        await asked(world, share);
        await world.kill('worker');
        await world.start('worker');
      }
    },
  },
  {
    name: 'bot-killed',
    what: 'bot killed between taking a question and enqueuing it',
    ...APART,
    strike: async (world) => {
      for (const share of [0.25, 0.6]) {
        await asked(world, share);
        world.redis?.freeze();
        await asked(world, share + 4 / world.toAsk);
        await world.kill('bot');
        world.redis?.thaw();
        await world.start('bot');
      }
    },
    remark: 'acknowledged only once enqueued: while there is no bot, Slack tells the asker',
  },
  {
    name: 'embedded-killed',
    what: 'the one process killed in the middle of jobs, embedded',
    strike: async (world) => {
      await asked(world, 0.3);
      await world.kill('all');
      await world.start('all');
    },
    remark: 'while there is no process, Slack tells the asker',
  },
];

const DISK: readonly Row[] = [
  {
    name: 'disk-full',
    what: 'disk full under the data directory for 10 s (a tmpfs of 120 MB)',
    diskMegabytes: 120,
    strike: async (world) => {
      await asked(world, 0.3);
      await world.disk?.fill();
      await sleep(10_000);
      await world.disk?.empty();
      if (world.hasDied('all')) await world.start('all');
    },
  },
];

const SLACK: readonly Row[] = [
  {
    name: 'slack-429',
    what: 'Slack: 429 with Retry-After 2 for 20 % of calls',
    ...APART,
    concurrency: 10,
    strike: inSlack(0.2, { kind: 'rate-limited', retryAfter: 2 }),
  },
  {
    name: 'slack-429-long',
    what: 'Slack: every call 429 with Retry-After 60, for 20 s',
    ...APART,
    concurrency: 10,
    strike: async (world) => {
      await asked(world, 0.2);
      world.slack.befall({ fault: { kind: 'rate-limited', retryAfter: 60 }, probability: 1 });
      await sleep(20_000);
      world.slack.befall();
    },
  },
  {
    name: 'slack-500',
    what: 'Slack: 500 for 30 % of calls',
    ...APART,
    concurrency: 10,
    strike: inSlack(0.3, { kind: 'status', status: 500 }),
  },
  {
    name: 'slack-silent',
    what: 'Slack: no answer to 2 % of calls',
    ...APART,
    concurrency: 20,
    strike: inSlack(0.02, { kind: 'silence' }),
  },
  {
    name: 'slack-resets',
    what: 'Slack: connection reset for 20 % of calls, half of them carried out',
    ...APART,
    concurrency: 10,
    strike: inSlack(0.2, { kind: 'reset' }, { kind: 'answer-lost' }),
  },
  {
    name: 'slack-garbled',
    what: 'Slack: 20 % of answers truncated or malformed, calls carried out',
    ...APART,
    concurrency: 10,
    strike: inSlack(0.2, { kind: 'answer-cut' }, { kind: 'answer-garbled' }),
  },
];

const AWS: readonly Row[] = [
  { name: 'aws-throttled', what: 'AWS: 30 % of calls throttled', ...APART, strike: inAws(0.3, { kind: 'throttle' }) },
  {
    name: 'aws-silent',
    what: 'AWS: no answer to 2 % of calls',
    ...APART,
    concurrency: 20,
    strike: inAws(0.02, { kind: 'hang' }),
  },
  {
    name: 'aws-garbled',
    what: 'AWS: 20 % of answers truncated, malformed or reset',
    ...APART,
    strike: inAws(0.2, { kind: 'truncate' }, { kind: 'malform' }, { kind: 'reset' }),
  },
];

const CLOCKS: readonly Row[] = [
  {
    name: 'clocks',
    what: 'clocks off by ± 4 min: askers, bot, two workers; one worker killed',
    roles: ['bot', 'worker', 'worker'],
    clocks: { process: (nth) => [0, 240, -240, 240][nth] ?? 0, asker: (nth) => (nth % 2 === 0 ? 240 : -240) },
    strike: async (world) => {
      await asked(world, 0.4);
      await world.kill('worker');
      await world.start('worker');
    },
  },
];

const SOCKETS: readonly Row[] = [
  {
    name: 'socket-mode',
    what: 'Socket Mode: connection dropped six times',
    ...APART,
    socketMode: true,
    strike: async (world) => {
      for (const share of [0.1, 0.25, 0.4, 0.55, 0.7, 0.85]) {
        await asked(world, share);
        world.socket?.drop();
      }
    },
    remark: 'while there is no connection, Slack tells the asker',
  },
];

const EMBEDDED: readonly Row[] = [
  {
    name: 'embedded-all',
    what: 'Slack and AWS in trouble at once, embedded',
    concurrency: 10,
    strike: async (world) => {
      await inAws(0.2, { kind: 'throttle' }, { kind: 'reset' })(world);
      await inSlack(0.2, { kind: 'status', status: 500 }, { kind: 'answer-lost' }, { kind: 'answer-cut' })(world);
    },
  },
];

export const ROWS: readonly Row[] = [
  ...QUIET,
  ...REDIS,
  ...PROCESSES,
  ...SLACK,
  ...AWS,
  ...CLOCKS,
  ...SOCKETS,
  ...EMBEDDED,
  ...DISK,
];

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StandInAws } from '../../demo/aws/start-aws.ts';
import { BOT_TOKEN, SIGNING_SECRET } from '../../demo/slack/start-slack.ts';
import { freePort } from '../support/free-port.ts';
import { startRedis, type RedisServer } from '../support/redis.ts';
import { startSmallSlack, type SmallSlack } from '../support/small-slack.ts';
import { startSocketMode, type SocketModeEnd } from '../support/socket-mode.ts';
import { createProcesses, type Processes } from './processes.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';

/** How the bot is run. */
export interface WorldPlan {
  /** Each process of the bot by its role, on Redis; absent: one process on the embedded default. */
  readonly roles?: readonly ('bot' | 'worker')[];
  readonly socketMode?: boolean;
  /** Jobs at once in a worker: more where calls hang. */
  readonly concurrency?: number;
  /** Seconds by which the clock of the n-th process is off, and that of whoever signs the n-th question. */
  readonly clocks?: { readonly process: (nth: number) => number; readonly asker: (nth: number) => number };
  /** What a process may keep: without a limit V8 lets its heap grow as long as there is room. */
  readonly heapMegabytes?: number;
  /** A data directory of this many megabytes and no more. */
  readonly diskMegabytes?: number;
}

/** The least that AWS is. */
export type OpenedAws = Pick<StandInAws, 'environment' | 'close'>;

/** An AWS, and what is asked about it. */
export interface Network<Aws> {
  readonly openAws: () => Promise<Aws>;
  readonly questions: readonly { readonly command: string }[];
}

/** The whole bot in processes of its own, with what it needs around it. */
export interface World<Aws extends OpenedAws = StandInAws> extends Omit<Processes, 'killAll'> {
  readonly aws: Aws;
  readonly slack: SmallSlack;
  readonly questions: Network<Aws>['questions'];
  readonly botUrl: string;
  readonly redis: RedisServer | undefined;
  readonly socket: SocketModeEnd | undefined;
  readonly disk: SmallDisk | undefined;
  /** How many questions have been sent by now, and how many there are. */
  asked: number;
  readonly toAsk: number;
  readonly close: () => Promise<void>;
}

/** Added to every call by an AWS that is far away. */
export const AWS_LATENCY_MS = 20;

export async function openWorld<Aws extends OpenedAws>(
  plan: WorldPlan,
  toAsk: number,
  network: Network<Aws>,
): Promise<World<Aws>> {
  const places = await openPlaces(plan, network);
  const { aws, slack, redis, socket, disk, directory, port } = places;
  const environment = await settle(plan, places);
  const { killAll, ...processes } = createProcesses({ environment, clock: plan.clocks?.process ?? (() => 0) });
  for (const role of plan.roles ?? (['all'] as const)) await processes.start(role);
  await socket?.connected;
  return {
    ...processes,
    aws,
    slack,
    redis,
    socket,
    disk,
    questions: network.questions,
    botUrl: `http://127.0.0.1:${port}`,
    asked: 0,
    toAsk,
    close: async () => {
      await killAll();
      await Promise.all([aws.close(), slack.close(), redis?.stop(), socket?.close()]);
      disk?.unmount();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

interface Places<Aws extends OpenedAws> extends Pick<World<Aws>, 'aws' | 'slack' | 'redis' | 'socket' | 'disk'> {
  readonly directory: string;
  readonly data: string;
  readonly port: number;
}

async function openPlaces<Aws extends OpenedAws>(plan: WorldPlan, { openAws }: Network<Aws>): Promise<Places<Aws>> {
  const slack = await startSmallSlack();
  const directory = await mkdtemp(join(tmpdir(), 'vpc-why-faults-'));
  const data = join(directory, 'data');
  await mkdir(data);
  return {
    aws: await openAws(),
    slack,
    redis: plan.roles === undefined ? undefined : await startRedis(),
    socket: plan.socketMode === true ? await startSocketMode(slack) : undefined,
    disk: plan.diskMegabytes === undefined ? undefined : mountSmallDisk(data, plan.diskMegabytes),
    directory,
    data,
    port: await freePort(),
  };
}

/** Writes the configuration and tells the environment. */
async function settle(plan: WorldPlan, places: Places<OpenedAws>): Promise<Record<string, string>> {
  const { aws, slack, redis, directory, data, port } = places;
  const isSocketMode = plan.socketMode === true;
  const file = join(directory, 'vpc-why.yaml');
  const words = [
    `slack: {${isSocketMode ? 'transport: socket-mode' : `transport: http, host: 127.0.0.1, port: ${port}`}}`,
    'operations: {port: 0}',
    `queue: {dataDirectory: ${data}, concurrency: ${plan.concurrency ?? 5}}`,
  ];
  await writeFile(file, words.join('\n'));
  return {
    ...aws.environment,
    SLACK_BOT_TOKEN: BOT_TOKEN,
    ...(isSocketMode ? { SLACK_APP_TOKEN: 'xapp-1' } : { SLACK_SIGNING_SECRET: SIGNING_SECRET }),
    SLACK_API_URL: slack.apiUrl,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    VPC_WHY_CONFIG: file,
    ...(plan.heapMegabytes !== undefined && { NODE_OPTIONS: `--max-old-space-size=${plan.heapMegabytes}` }),
    ...(redis !== undefined && { REDIS_URL: redis.url }),
  };
}

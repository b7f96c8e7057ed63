import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBot, type Bot } from '../../bin/bot.ts';
import { IN_MEMORY, openHomes, type Homes } from '../../bin/open-homes.ts';
import type { StandInAccount } from '../../demo/aws/stand-in-account.ts';
import { startAws, type StandInAws } from '../../demo/aws/start-aws.ts';
import { pressButton, type ButtonPress } from '../../demo/slack/press-button.ts';
import { printBlocks } from '../../demo/slack/print-blocks.ts';
import { readChannel, type PostedMessage, type PostedThread } from '../../demo/slack/read-channel.ts';
import { sendSlashCommand, type Acknowledgement } from '../../demo/slack/send-slash-command.ts';
import { BOT_TOKEN, SIGNING_SECRET, startSlack, type LocalSlack } from '../../demo/slack/start-slack.ts';
import type { AnswerAction } from '../../src/explain/document.ts';
import { parseConfiguration } from '../../src/config/parse-configuration.ts';
import type { QueueSettings } from '../../src/config/read-settings.ts';
import { createMetrics } from '../../src/operations/metrics.ts';
import { createLog, type Log } from '../../src/log.ts';
import { usingEnvironment } from './environment.ts';
import { listenToWhispers } from './whispers.ts';

export interface StageOptions {
  readonly accounts: readonly StandInAccount[];
  /** Absent: the embedded home, in memory. */
  readonly redisUrl?: string;
  /** What stands in `vpc-why.yaml` under `aws`, as YAML in braces. */
  readonly aws?: string;
  /** The same under `access`, once the channels have ids. */
  readonly access?: (slack: LocalSlack) => string;
  /** Added to every AWS call. */
  readonly latencyMs?: number;
  /** Likewise under `watch`. */
  readonly watch?: string;
}

/** The whole bot on one machine: real receiver, real queue, AWS and Slack on loopback. */
export interface Stage {
  readonly aws: StandInAws;
  readonly slack: LocalSlack;
  readonly homes: Homes;
  /** Where the bot listens now. */
  readonly url: () => string;
  /** What the bot wrote to its log, as parsed lines. */
  readonly log: readonly LogLine[];
  /** Types `/vpc …`; answers with what only the asker sees. */
  readonly type: (text: string, where?: Where) => Promise<Acknowledgement>;
  /** Types it, waits until nothing is left to do, and answers with what came into the channel since. */
  readonly ask: (text: string, where?: Where) => Promise<Asked>;
  /** Presses a button of a message; what only the presser sees goes to the local Slack's `response`. */
  readonly press: (message: PostedMessage, action: AnswerAction, as?: Partial<ButtonPress>) => Promise<void>;
  /** What pressing buttons was answered with, to the presser alone. */
  readonly whispers: () => readonly string[];
  /** Until no question waits or is worked on. */
  readonly untilIdle: () => Promise<void>;
  /** Ends the bot and starts it anew on the same queue, with other words under `aws`. */
  readonly restart: (aws?: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Where {
  readonly channelId?: string;
  readonly userId?: string;
}

export interface Asked {
  readonly acknowledgement: Acknowledgement;
  readonly threads: readonly PostedThread[];
}

interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

export async function startStage(options: StageOptions): Promise<Stage> {
  const { accounts, redisUrl, latencyMs = 0 } = options;
  const [aws, slack] = await Promise.all([startAws({ accounts, latencyMs }), startSlack()]);
  const environment = usingEnvironment(stageEnvironment(aws, slack));
  const log: LogLine[] = [];
  const logger = createLog('info', { write: (line) => log.push(JSON.parse(line)) });
  const homes = await openHomes(homeSettings(redisUrl), logger);
  const whispers = await listenToWhispers();
  const access = options.access?.(slack) ?? '{}';
  let bot = await raise(homes, logger, { ...options, access });

  const type: Stage['type'] = (text, { channelId = slack.channelId, userId = slack.userId } = {}) =>
    sendSlashCommand({
      botUrl: bot.url ?? '',
      signingSecret: SIGNING_SECRET,
      text,
      channelId,
      userId,
      triggerId: randomUUID(),
    });
  const untilIdle = (): Promise<void> => untilNothingIsLeft(homes);
  return {
    aws,
    slack,
    homes,
    url: () => bot.url ?? '',
    log,
    type,
    untilIdle,
    ask: async (text, where = {}) => {
      const before = new Set((await readChannel(slack, where.channelId)).map(({ parent }) => parent.ts));
      const acknowledgement = await type(text, where);
      await untilIdle();
      const threads = (await readChannel(slack, where.channelId)).filter(({ parent }) => !before.has(parent.ts));
      return { acknowledgement, threads };
    },
    press: async (message, action, as = {}) => {
      const { channelId, userId } = slack;
      const actionId = `vpc_why_${action}`;
      const place = { botUrl: bot.url ?? '', signingSecret: SIGNING_SECRET, channelId, userId };
      await pressButton({ ...place, message, actionId, responseUrl: whispers.url, ...as });
    },
    whispers: whispers.heard,
    restart: async (words) => {
      await bot.stop(0);
      bot = await raise(homes, logger, { ...options, access, ...(words !== undefined && { aws: words }) });
    },
    close: async () => {
      await bot.stop(0);
      await homes.close();
      await Promise.all([aws.close(), slack.close(), whispers.close()]);
      environment.restore();
    },
  };
}

/** What an executable needs in its environment to meet the stand-ins. */
export function stageEnvironment(aws: StandInAws, slack: Pick<LocalSlack, 'apiUrl'>): Readonly<Record<string, string>> {
  return {
    ...aws.environment,
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: slack.apiUrl,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

const CONCURRENCY = 5;

function homeSettings(redisUrl: string | undefined): QueueSettings {
  return redisUrl === undefined
    ? { kind: 'embedded', dataDirectory: IN_MEMORY, concurrency: CONCURRENCY }
    : { kind: 'redis', url: redisUrl, concurrency: CONCURRENCY };
}

type Words = Pick<StageOptions, 'aws' | 'watch'> & { readonly access: string };

function raise(homes: Homes, log: Log, { aws = '{}', watch = '{}', access }: Words): Promise<Bot> {
  const sections = { slack: '{transport: http, host: 127.0.0.1, port: 0}', aws, watch, access };
  const words = Object.entries(sections)
    .map(([name, section]) => `${name}: ${section}\n`)
    .join('');
  const configuration = parseConfiguration(words, 'the stage');
  return startBot({
    role: 'all',
    configuration,
    environment: process.env,
    homes,
    metrics: createMetrics(() => homes.queue.counts()),
    log,
  });
}

const PATIENCE_MS = 90_000;
const POLL_MS = 25;

async function untilNothingIsLeft({ queue }: Homes): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const { waiting, active, delayed } = await queue.counts();
    if (waiting + active + delayed === 0) return;
    if (Date.now() > deadline) throw new Error(`still ${waiting} waiting, ${active} active, ${delayed} delayed`);
    await sleep(POLL_MS);
  }
}

/** A message as a person reads it: the blocks, without Slack's markup. */
export function wordsOf({ blocks }: PostedMessage): string {
  return printBlocks(blocks).replaceAll(/\s+/g, ' ');
}

/** The whole thread as a person reads it. */
export function threadWords({ parent, replies }: PostedThread): string {
  return [parent, ...replies].map(wordsOf).join('\n');
}

/** The reply that begins with this title. */
export function replyNamed(
  thread: PostedThread,
  title: 'Why' | 'The way' | 'Smallest fix' | 'What to do' | "Couldn't see",
): string {
  return thread.replies.map(wordsOf).find((words) => words.startsWith(title)) ?? '';
}

/** The only thread; fails where there are more or none. */
export function onlyThread({ threads }: Pick<Asked, 'threads'>): PostedThread {
  const [thread] = threads;
  if (thread === undefined || threads.length > 1) throw new Error(`${threads.length} threads instead of one`);
  return thread;
}

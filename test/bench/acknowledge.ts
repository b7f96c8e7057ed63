import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { demoAccount } from '../../demo/account/demo-account.ts';
import { startAws, type StandInAws } from '../../demo/aws/start-aws.ts';
import { fieldsOf } from '../../demo/slack/fields-of.ts';
import { startSlack, type LocalSlack } from '../../demo/slack/start-slack.ts';
import { startExecutable, type Executable } from '../support/executable.ts';
import { haveRedis, startRedis, type RedisServer } from '../support/redis.ts';
import { stageEnvironment } from '../support/stage.ts';
import type { Sending, Sent } from './send-commands.ts';
import { sendFromProcess } from './send-from-process.ts';

/**
 * `npm run bench:acknowledge`: how long an asker waits for the acknowledgement while other questions are worked on, and
 * whether every question that was taken in is answered, once. Bot and askers are processes of their own; AWS and
 * Slack are stand-ins in this one. Nothing here is a test, so no time can fail.
 */
const PER_SECOND = 50;
const SECONDS = 12;
const AWS_LATENCY_MS = 80;
/** A history shows 200 messages; with so many channels none has more. */
const CHANNELS = 10;
/** For answering what is still waiting when the last question has been asked. The local Slack takes 5,000 calls an hour. */
const MOST_DRAIN_SECONDS = 240;

const { accounts, questions } = demoAccount(new Date());

/** Each process of the bot by its role. */
interface Home {
  readonly name: string;
  readonly onRedis: boolean;
  readonly roles: readonly string[];
}

const HOMES: readonly Home[] = [
  { name: 'embedded, one process', onRedis: false, roles: ['all'] },
  { name: 'Redis, one process', onRedis: true, roles: ['all'] },
  { name: 'Redis, bot and worker apart', onRedis: true, roles: ['bot', 'worker'] },
];

interface World {
  readonly aws: StandInAws;
  readonly slack: LocalSlack;
  readonly channels: readonly string[];
  readonly bots: readonly Executable[];
  readonly botUrl: string;
}

async function bench({ name, onRedis, roles }: Home): Promise<void> {
  const aws = await startAws({ accounts, latencyMs: AWS_LATENCY_MS });
  const slack = await startSlack();
  const directory = await mkdtemp(join(tmpdir(), 'vpc-why-bench-'));
  const redis = onRedis ? await startRedis() : undefined;
  const bots = await Promise.all(roles.map((role) => startBot(role, { aws, slack, directory, redis })));
  try {
    const channels = await openChannels(slack);
    const world = { aws, slack, channels, bots, botUrl: await urlOf(bots[0]!) };
    print(name, await askAndCount(world));
  } finally {
    for (const bot of bots) bot.signal('SIGKILL');
    await Promise.all(bots.map(({ ended }) => ended));
    await Promise.all([aws.close(), slack.close(), redis?.stop()]);
    await rm(directory, { recursive: true, force: true });
  }
}

interface Places {
  readonly aws: StandInAws;
  readonly slack: LocalSlack;
  readonly directory: string;
  readonly redis: RedisServer | undefined;
}

async function startBot(role: string, { aws, slack, directory, redis }: Places): Promise<Executable> {
  const file = join(directory, 'vpc-why.yaml');
  const words = [
    'slack: {transport: http, host: 127.0.0.1, port: 0}',
    'operations: {port: 0}',
    `queue: {dataDirectory: ${directory}/data}`,
  ];
  await writeFile(file, words.join('\n'));
  const environment = {
    ...stageEnvironment(aws, slack),
    VPC_WHY_CONFIG: file,
    ...(redis !== undefined && { REDIS_URL: redis.url }),
  };
  return startExecutable(['start', '--role', role], { environment });
}

async function urlOf(bot: Executable): Promise<string> {
  const dead = bot.ended.then(({ stderr }) => {
    throw new Error(`the bot ended: ${stderr}`);
  });
  dead.catch(() => undefined);
  for (;;) {
    const url = /"url":"(http:[^"]+)"/.exec(bot.printed())?.[1];
    if (url !== undefined) return url;
    await Promise.race([sleep(50), dead]);
  }
}

async function openChannels(slack: LocalSlack): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let index = 0; index < CHANNELS; index += 1) {
    const { channel } = await slack.call('conversations.create', { name: `bench-${index}` });
    ids.push(String(fieldsOf(channel)['id']));
  }
  return ids;
}

async function askAndCount(world: World): Promise<Figures> {
  // One of each kind first: what is compiled and opened on first use is not what is measured.
  await send(world, { commands: commandsOf([world.slack.channelId], questions.length), perSecond: 5 });
  await untilAnswered(world, questions.length);
  const commands = commandsOf(world.channels, PER_SECOND * SECONDS);
  const sent = await send(world, { commands, perSecond: PER_SECOND });
  const answeredWhileAsking = answersIn(world.bots) - questions.length;
  const drain = performance.now();
  const taken = sent.acknowledged.filter(({ isTaken }) => isTaken).length;
  await untilAnswered(world, taken + questions.length);
  const drainSeconds = (performance.now() - drain) / 1000;
  return { ...sent, taken, answeredWhileAsking, drainSeconds, standing: await readStanding(world) };
}

/** All different: an equal question would be answered with the first one's thread. */
function commandsOf(channels: readonly string[], count: number): Sending['commands'] {
  return Array.from({ length: count }, (_, index) => {
    const { command } = questions[index % questions.length]!;
    const text = `${command} --since ${61 + Math.floor(index / questions.length)}m`;
    return { text, channelId: channels[index % channels.length]! };
  });
}

function send({ slack, botUrl }: World, what: Pick<Sending, 'commands' | 'perSecond'>): Promise<Sent> {
  return sendFromProcess({ botUrl, userId: slack.userId, ...what });
}

function answersIn(bots: readonly Executable[]): number {
  return bots.reduce((sum, bot) => sum + bot.printed().split('"question answered"').length - 1, 0);
}

async function untilAnswered({ bots }: World, wanted: number): Promise<void> {
  const deadline = performance.now() + MOST_DRAIN_SECONDS * 1000;
  while (answersIn(bots) < wanted && performance.now() < deadline) await sleep(100);
}

interface Standing {
  readonly answered: number;
  /** Messages that stand for a question beside another one. */
  readonly twice: number;
}

/** What the channels show in the end, by the question that each message is marked with. */
async function readStanding({ slack, channels }: World): Promise<Standing> {
  const histories = await Promise.all(
    channels.map((channel) => slack.call('conversations.history', { channel, limit: '200' })),
  );
  const messages = histories.flatMap(({ messages: all }) => (Array.isArray(all) ? all.map(fieldsOf) : []));
  const answered = messages.filter(({ text }) => VERDICT.test(String(text)));
  const asked = new Set(messages.map(questionIdIn));
  return { answered: new Set(answered.map(questionIdIn)).size, twice: messages.length - asked.size };
}

const VERDICT = /^(?:🔴|🟠|🟢|⚪|⚠️) /u;

function questionIdIn({ metadata }: Record<string, unknown>): unknown {
  return fieldsOf(fieldsOf(metadata)['event_payload'])['question_id'];
}

interface Figures extends Sent {
  readonly taken: number;
  readonly answeredWhileAsking: number;
  readonly drainSeconds: number;
  readonly standing: Standing;
}

function print(home: string, figures: Figures): void {
  const { acknowledged, taken, answeredWhileAsking, drainSeconds, standing, ownDelayMilliseconds } = figures;
  const times = acknowledged.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b);
  const at = (share: number): string => `${Math.round(times[Math.ceil(share * times.length) - 1] ?? Number.NaN)} ms`;
  process.stdout.write(
    [
      `\n${home}: ${times.length} slash commands, ${PER_SECOND} a second, ${AWS_LATENCY_MS} ms added to every AWS call`,
      `  acknowledged   p50 ${at(0.5)}, p90 ${at(0.9)}, p99 ${at(0.99)}, max ${at(1)} (asker late by ${Math.round(ownDelayMilliseconds)} ms at p99)`,
      `  taken in       ${taken}; refused or late ${times.length - taken}`,
      `  answered       ${standing.answered}: ${answeredWhileAsking} while asking, the rest within ${Math.round(drainSeconds)} s`,
      `  lost           ${taken - standing.answered}`,
      `  posted twice   ${standing.twice}\n`,
    ].join('\n'),
  );
}

for (const home of HOMES) if (!home.onRedis || haveRedis()) await bench(home);

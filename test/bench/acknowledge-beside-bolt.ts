import { setTimeout as sleep } from 'node:timers/promises';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAws } from '../../demo/aws/start-aws.ts';
import { demoAccount } from '../../demo/account/demo-account.ts';
import { sendSlashCommand } from '../../demo/slack/send-slash-command.ts';
import { SIGNING_SECRET } from '../../demo/slack/start-slack.ts';
import { startChild } from '../support/child.ts';
import { startExecutable, type Executable } from '../support/executable.ts';
import { haveRedis, startRedis } from '../support/redis.ts';
import { startSmallSlack } from '../support/small-slack.ts';
import { stageEnvironment } from '../support/stage.ts';
import { median } from './interleave.ts';
import type { Row } from './row.ts';

const CONNECTIONS = 50;
const COMMANDS = 500;
const ROUNDS = 9;
/** Code is compiled in the first ones. */
const LEFT_OUT = 4;

/**
 * The bot's half that listens, questions going to a Redis where nobody works on them, beside a Bolt app that does
 * nothing: 50 askers, each of whom asks again as soon as the last acknowledgement has come.
 */
export async function benchAcknowledgement(): Promise<readonly Row[]> {
  if (!haveRedis()) return [];
  const { accounts } = demoAccount(new Date());
  const [aws, slack, redis] = await Promise.all([startAws({ accounts }), startSmallSlack(), startRedis()]);
  const directory = await mkdtemp(join(tmpdir(), 'vpc-why-bench-'));
  const file = join(directory, 'vpc-why.yaml');
  await writeFile(file, 'slack: {transport: http, host: 127.0.0.1, port: 0}\noperations: {port: 0}\n');
  const environment = { ...stageEnvironment(aws, slack), VPC_WHY_CONFIG: file, REDIS_URL: redis.url };
  const bot = startExecutable(['start', '--role', 'bot'], { environment });
  const empty = startChild(new URL('empty-bolt.ts', import.meta.url), []);
  try {
    const urls = { bot: await urlOf(bot), bolt: await empty.firstWord() };
    const delays = { bot: [] as number[], bolt: [] as number[] };
    for (let round = 0; round < LEFT_OUT + ROUNDS; round += 1) {
      for (const name of ['bot', 'bolt'] as const) {
        delays[name].push(await percentile99({ url: urls[name], round }));
      }
    }
    const [own, other] = [median(delays.bot.slice(LEFT_OUT)), median(delays.bolt.slice(LEFT_OUT))];
    return [
      {
        what: `acknowledgement, ${CONNECTIONS} connections, p99`,
        beside: 'a Bolt app with an empty handler',
        goal: 2,
        wall: own / other,
        detail: `${Math.round(own)} ms beside ${Math.round(other)} ms, ${COMMANDS} commands a round`,
      },
    ];
  } finally {
    bot.signal('SIGKILL');
    await Promise.all([bot.ended, empty.kill('SIGKILL')]);
    await Promise.all([aws.close(), slack.close(), redis.stop()]);
    await rm(directory, { recursive: true, force: true });
  }
}

interface Target {
  readonly url: string;
  readonly round: number;
}

/** 99 of 100 acknowledgements came within so many milliseconds. */
async function percentile99(target: Target): Promise<number> {
  const numbers = Array.from({ length: COMMANDS }, (_, index) => index).values();
  const delays: number[] = [];
  const asker = async (userId: string): Promise<void> => {
    for (const number of numbers) delays.push(await ask(target, userId, target.round * COMMANDS + number));
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, index) => asker(`U0ASKER${index}`)));
  return delays.toSorted((a, b) => a - b)[Math.ceil(0.99 * delays.length) - 1]!;
}

async function ask({ url }: Omit<Target, 'round'>, userId: string, number: number): Promise<number> {
  const text = `why-rejected eni-${number.toString(16).padStart(17, '0')}`;
  const asked = performance.now();
  const command = {
    botUrl: url,
    signingSecret: SIGNING_SECRET,
    channelId: 'C0INCIDENT',
    userId,
    text,
    triggerId: `${url}.${number}`,
  };
  const { text: told } = await sendSlashCommand(command);
  if (!told.startsWith('Looking at')) throw new Error(`refused: ${told}`);
  return performance.now() - asked;
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

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { demoAccount } from '../../demo/account/demo-account.ts';
import { startAws, type StandInAws } from '../../demo/aws/start-aws.ts';
import { pressButton } from '../../demo/slack/press-button.ts';
import { readChannel } from '../../demo/slack/read-channel.ts';
import { sendSlashCommand } from '../../demo/slack/send-slash-command.ts';
import { BOT_TOKEN, SIGNING_SECRET, startSlack, type LocalSlack } from '../../demo/slack/start-slack.ts';
import { openEmbedded } from '../../src/queue/embedded.ts';
import { runExecutable, startExecutable, type Executable } from '../support/executable.ts';
import { stageEnvironment } from '../support/stage.ts';
import { listenToWhispers, type Whispers } from '../support/whispers.ts';

const EXTERNAL_ID = 'marked-external-id-4711';
const REDIS_PASSWORD = 'marked-redis-password-4711';
const SECRET_KEY = 'marked-secret-access-key-4711';

const { accounts, questions } = demoAccount(new Date());
const [first] = accounts;
const accountId = first!.snapshot.accountId;
const ROLE = `arn:aws:iam::${accountId}:role/vpc-why`;

let aws: StandInAws;
let slack: LocalSlack;
let whispers: Whispers;
let directory: string;
let bot: Executable | undefined;

beforeAll(async () => {
  const roles = [{ name: 'vpc-why', externalId: EXTERNAL_ID }];
  aws = await startAws({ accounts: accounts.map((account) => Object.assign(account, { roles })) });
  slack = await startSlack();
  whispers = await listenToWhispers();
  directory = await mkdtemp(join(tmpdir(), 'vpc-why-secrets-'));
  const words = [
    'slack: {transport: http, host: 127.0.0.1, port: 0}',
    'operations: {port: 0}',
    'log: {level: debug}',
    `queue: {dataDirectory: ${directory}/data}`,
    `aws: {accounts: [{id: '${accountId}', roleArn: '${ROLE}', externalId: ${EXTERNAL_ID}, regions: [eu-west-1]}]}`,
  ];
  await writeFile(join(directory, 'vpc-why.yaml'), words.join('\n'));
});
afterAll(async () => {
  bot?.signal('SIGKILL');
  await bot?.ended;
  await Promise.all([aws.close(), slack.close(), whispers.close()]);
  await rm(directory, { recursive: true, force: true });
});

const environment = (): Record<string, string> => ({
  ...stageEnvironment(aws, slack),
  AWS_SECRET_ACCESS_KEY: SECRET_KEY,
  VPC_WHY_CONFIG: join(directory, 'vpc-why.yaml'),
});

/** The access key's id is none: AWS itself prints it. What signs with it is. */
const SECRETS = [BOT_TOKEN, SIGNING_SECRET, EXTERNAL_ID, REDIS_PASSWORD, SECRET_KEY];

it('no secret stands in anything that is printed, logged, posted, queued or stored, whatever goes wrong', async () => {
  bot = startExecutable(['start'], { environment: environment() });
  const botUrl = await vi.waitUntil(() => /"url":"(http:[^"]+)"/.exec(bot?.printed() ?? '')?.[1], PATIENT);
  const told = [await converse(botUrl), await misbehave(botUrl)];
  const operations = /"operations":"(http:[^"]+)"/.exec(bot.printed())?.[1];
  const metrics = await (await fetch(`${operations}/metrics`)).text();
  bot.signal('SIGTERM');
  const { code, stdout, stderr } = await bot.ended;

  const doctors = [
    await runExecutable(['doctor'], { environment: environment() }),
    await runExecutable(['doctor'], { environment: { ...environment(), ...ALL_WRONG } }),
  ];
  const seen = {
    printed: stdout + stderr,
    metrics,
    doctor: doctors.map((doctor) => doctor.stdout + doctor.stderr).join('\n'),
    toldToAskers: JSON.stringify([told, whispers.heard()]),
    sentToSlack: JSON.stringify(slack.calls, withoutToken),
    kept: await readKept(),
  };

  expect(code).toBe(0);
  // Each place holds what it should, so that an empty one does not pass for a clean one.
  expect(seen).toMatchObject({
    printed: expect.stringContaining('a question was answered with a failure'),
    metrics: expect.stringContaining('vpc_why_questions_total'),
    doctor: expect.stringMatching(/✓ the bot token is good[^]*✗/),
    toldToAskers: expect.stringContaining('Looking at'),
    sentToSlack: expect.stringContaining('payments-db'),
    kept: expect.stringContaining(questions[0]!.command),
  });
  expect(Object.entries(seen).flatMap(([place, text]) => leaks(text).map((secret) => `${place}: ${secret}`))).toEqual(
    [],
  );
}, 240_000);

const PATIENT = { timeout: 90_000, interval: 50 };

/** Nothing answers, and what answers refuses. */
const ALL_WRONG = {
  REDIS_URL: `redis://:${REDIS_PASSWORD}@127.0.0.1:9`,
  SLACK_API_URL: 'http://127.0.0.1:9/api/',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
};

const ask = async (botUrl: string, text: string, more: { signingSecret?: string } = {}): Promise<unknown> => {
  const { channelId, userId } = slack;
  const place = { botUrl, signingSecret: SIGNING_SECRET, channelId, userId, triggerId: text };
  const response = { responseUrl: whispers.url };
  return sendSlashCommand({ ...place, ...response, text, ...more });
};

/** As it should be: a question, its answer, its buttons. */
async function converse(botUrl: string): Promise<unknown> {
  const told = await ask(botUrl, questions[0]!.command);
  const thread = await vi.waitUntil(
    async () => (await readChannel(slack)).find(({ replies }) => replies.length > 2),
    PATIENT,
  );
  const { channelId, userId } = slack;
  const press = { botUrl, signingSecret: SIGNING_SECRET, channelId, userId, responseUrl: whispers.url };
  for (const actionId of ['vpc_why_evidence', 'vpc_why_watch'])
    await pressButton({ ...press, message: thread.parent, actionId });
  await vi.waitUntil(() => whispers.heard().length > 1, PATIENT);
  return told;
}

/** Forged, refused, reset and denied. */
async function misbehave(botUrl: string): Promise<unknown> {
  const told: unknown[] = [await ask(botUrl, 'help', { signingSecret: `not ${SIGNING_SECRET}` })];
  aws.faults.add({ action: 'sts:AssumeRole', kind: { kind: 'deny' } });
  aws.faults.add({ action: 'ec2:DescribeNetworkInterfaces', kind: { kind: 'malform' } });
  slack.fail('chat.postMessage', { kind: 'answer-garbled' }, { kind: 'reset' });
  slack.fail('chat.update', { kind: 'error', error: 'invalid_auth' });
  slack.fail('users.info', { kind: 'reset' });
  told.push(await ask(botUrl, `${questions[1]!.command} --since 61m`));
  await vi.waitUntil(() => (bot?.printed() ?? '').includes('a question was answered with a failure'), PATIENT);
  return told;
}

/** How Slack knows us: in a header, or in a field of that name. */
function withoutToken(key: string, value: unknown): unknown {
  return key === 'token' ? undefined : value;
}

/** Every row of every table, once the process has let go of them. */
async function readKept(): Promise<string> {
  const { db, close } = await openEmbedded(join(directory, 'data'));
  const { rows: tables } = await db.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const rows = [];
  for (const { name } of tables) rows.push(...(await db.query(`SELECT row_to_json(kept) FROM ${name} kept`)).rows);
  await close();
  return JSON.stringify(rows);
}

function leaks(text: string): readonly string[] {
  return SECRETS.filter((secret) => text.includes(secret));
}

import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { demoAccount } from '../../demo/account/demo-account.ts';
import { startAws, type StandInAws } from '../../demo/aws/start-aws.ts';
import { startSlack, type LocalSlack } from '../../demo/slack/start-slack.ts';
import { CALLS } from '../../src/aws/calls.ts';
import { runExecutable, type Ended } from '../support/executable.ts';
import { stageEnvironment } from '../support/stage.ts';

const { accounts, questions } = demoAccount(new Date());
const [payments] = questions;
const QUESTION = payments!.command.split(' ');
const VERDICT = 'Blocked: tcp/5432 from 10.20.4.17 to payments-db';

let aws: StandInAws;
let slack: LocalSlack;
let directory: string;

beforeAll(async () => {
  [aws, slack] = await Promise.all([startAws({ accounts }), startSlack()]);
  directory = await mkdtemp(join(tmpdir(), 'vpc-why-line-'));
});
afterAll(async () => {
  await Promise.all([aws.close(), slack.close(), rm(directory, { recursive: true, force: true })]);
});
afterEach(() => aws.faults.clear());

/** Every command is run in a directory of its own: the embedded queue would be made where it stands. */
function run(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = aws.environment,
): Promise<Ended> {
  return runExecutable(words, { environment, cwd: directory });
}

/** A person is told what happened, and never shown the inside of the program. */
const STACK = /\n\s+at .+:\d+:\d+|node:internal|node_modules/;

describe('why-rejected', () => {
  it('answers in text, and with nothing else', async () => {
    const { code, stdout, stderr } = await run(QUESTION);

    expect(stdout).toMatch(`🔴 ${VERDICT}`);
    expect(stdout).toMatch(/Smallest fix[^]*aws ec2 create-network-acl-entry/);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('answers in JSON by the published schema', async () => {
    const { code, stdout, stderr } = await run([...QUESTION, '--format', 'json']);
    const published = new URL('../../docs/schema/why-rejected.schema.json', import.meta.url);
    const schema = z.fromJSONSchema(JSON.parse(readFileSync(published, 'utf8')));

    expect(schema.safeParse(JSON.parse(stdout)).error).toBeUndefined();
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      target: { eniId: payments!.interfaceId, accountId: '123456789012', region: 'eu-west-1' },
      findings: [{ row: 'T-3', verdict: 'blocked', blockedBy: [{ kind: 'network-acl' }, { kind: 'security-group' }] }],
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('answers in Markdown', async () => {
    const { code, stdout } = await run([...QUESTION, '--format=markdown']);

    expect(stdout).toMatch(/^🔴 \*\*Blocked:\*\* /);
    expect(stdout).toContain('```');
    expect(code).toBe(0);
  });

  it.concurrent.each<[string, readonly string[], number, string]>([
    ['a malformed interface', ['eni-xyz'], 2, "I can't use eni-xyz"],
    ['no interface', [], 2, 'something is missing: expected a network interface'],
    ['an unknown format', [...QUESTION.slice(1), '--format', 'pdf'], 2, 'expected text, json, markdown'],
    ['an interface that is not there', ['eni-0123456789abcdef0'], 4, 'was not found in account 123456789012 eu-west-1'],
  ])('with %s says so and how to ask', async (...[, words, code, told]) => {
    const ended = await run(['why-rejected', ...words]);

    expect(ended).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(told) });
    expect(ended.stderr).not.toMatch(STACK);
  });

  it.each<[string, () => Promise<Ended>, number, string]>([
    ['without credentials', () => run(QUESTION, withoutKey()), 3, 'no valid AWS credentials'],
    ['without a region', () => run(QUESTION, without('AWS_REGION')), 2, 'no AWS region is set'],
    ['without permission', () => refused({ kind: 'deny' }), 3, 'AWS denied ec2:DescribeNetworkInterfaces'],
    ['throttled out', () => refused({ kind: 'throttle' }), 3, 'AWS is limiting our calls to EC2'],
    ['with AWS out of reach', () => run(QUESTION, nowhere()), 3, 'EC2 did not answer'],
  ])('%s says who can mend it', async (...[, attempt, code, told]) => {
    const ended = await attempt();

    expect(ended).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(told) });
    expect(ended.stderr).not.toMatch(STACK);
  });
});

function without(name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(aws.environment).filter(([each]) => each !== name));
}

function withoutKey(): Record<string, string> {
  return without('AWS_ACCESS_KEY_ID');
}

/** Nobody listens on the discard port of loopback. */
function nowhere(): Record<string, string> {
  return { ...aws.environment, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
}

function refused(kind: { readonly kind: 'deny' | 'throttle' }): Promise<Ended> {
  aws.faults.add({ action: 'ec2:DescribeNetworkInterfaces', kind });
  return run(QUESTION);
}

describe('the other commands', () => {
  it('iam-policy prints a policy with every action that is called, and needs nothing for it', async () => {
    const { code, stdout, stderr } = await run(['iam-policy'], {});
    const { Statement } = JSON.parse(stdout) as { Statement: { Action: string[] }[] };
    const called = Object.values(CALLS).flatMap(({ action, for: asked }) =>
      action === 'sts:AssumeRole' || asked === 'insights' || asked === 'athena' ? [] : [action as string],
    );

    expect(new Set(Statement.flatMap(({ Action }) => Action))).toEqual(new Set(called));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('iam-policy prints what queries need where the configuration has them', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'vpc-why-')), 'vpc-why.yaml');
    await writeFile(file, 'aws: {largeLogs: {insights: {}}}\n');

    const { stdout } = await run(['iam-policy'], { VPC_WHY_CONFIG: file });

    expect(stdout).toContain('"logs:StartQuery"');
    expect(stdout).not.toContain('athena:');
  });

  it.concurrent.each([[['help']], [['--help']], [[]]])('%j tells how to ask, and the exit codes', async (words) => {
    const { code, stdout } = await run(words, {});

    expect(stdout).toContain('vpc-why why-rejected eni-0a1b2c3d4e5f60718');
    expect(stdout).toContain('Exit codes: 0 answered, 2 unusable input, 3 AWS said no, 4 not found.');
    expect(code).toBe(0);
  });

  it.concurrent.each<[string, readonly string[], Readonly<Record<string, string>>, string]>([
    ['an unknown command', ['explode'], {}, 'expected start, why-rejected'],
    ['an unknown role', ['start', '--role', 'king'], {}, 'expected all, bot, worker'],
    ['an option nobody knows', ['start', '--force'], {}, '--force'],
    ['a half without Redis', ['start', '--role', 'worker'], {}, 'REDIS_URL: a Redis URL'],
    ['no Slack token', ['start'], {}, 'SLACK_BOT_TOKEN'],
    ['a configuration file that is not there', ['start'], { VPC_WHY_CONFIG: 'no-such.yaml' }, 'no-such.yaml'],
  ])('%s is unusable input, told in words', async (...[, words, environment, told]) => {
    const ended = await run(words, environment);

    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(told) });
    expect(ended.stderr).not.toMatch(STACK);
  });
});

describe('doctor', () => {
  it('finds what is needed in order', async () => {
    const { code, stdout } = await run(['doctor'], stageEnvironment(aws, slack));

    expect(stdout).toContain('✓ the bot token is good');
    expect(stdout).toMatch(/✓ 123456789012 eu-west-1: \d+ of \d+ actions allowed/);
    expect(stdout).toMatch(
      /! .*: a flow log writes to \/vpc\/partners\/flow-logs, which does not exist\n\s+→ make it again/,
    );
    expect(stdout).toContain('✓ the embedded queue in .vpc-why opens');
    expect(stdout).not.toContain('✗');
    expect(code).toBe(0);
  });

  it('says what is missing, and how to mend it', async () => {
    aws.faults.add({ action: 'ec2:DescribeNetworkAcls', kind: { kind: 'deny' } });
    aws.faults.add({ action: 'ec2:DescribeRouteTables', kind: { kind: 'deny' } });
    slack.fail('auth.test', { kind: 'error', error: 'invalid_auth' });
    const environment = { ...stageEnvironment(aws, slack), REDIS_URL: 'redis://127.0.0.1:9' };
    const { code, stdout, stderr } = await run(['doctor'], environment);

    expect(stdout).toMatch(/✗ Slack refuses the bot token \(invalid_auth\)\n\s+→ set SLACK_BOT_TOKEN/);
    expect(stdout).toMatch(/! 123456789012 eu-west-1: ec2:DescribeNetworkAcls is refused\n\s+→ allow it/);
    expect(stdout).toContain(
      'ec2:DescribeRouteTables is refused, which paths and audits need to read the routes on the way',
    );
    expect(stdout).toMatch(/Queue\n\s+✗ .*did not answer/);
    expect(stdout).toContain('Something needs mending');
    expect(`${stdout}${stderr}`).not.toMatch(STACK);
    expect(code).toBe(3);
  });

  it('needs neither credentials nor a region to say that they are missing', async () => {
    const { code, stdout, stderr } = await run(['doctor'], {});

    expect(stdout).toContain('✗ no AWS region is set');
    expect(stdout).toContain('✗ SLACK_BOT_TOKEN is missing');
    expect(stderr).not.toMatch(STACK);
    expect(code).toBe(3);
  });
});

/** What ends a start is told, not that the traces of it are lost as well. */
it('start with Slack and the collector of traces out of reach says that Slack is', async () => {
  const { code, stdout, stderr } = await run(['start'], {
    SLACK_BOT_TOKEN: 'xoxb-0',
    SLACK_SIGNING_SECRET: 'secret',
    SLACK_API_URL: 'http://127.0.0.1:9/api/',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
  });

  expect(stdout).toContain('the last traces are lost');
  expect(stderr).toContain('Slack did not answer');
  expect(stderr).not.toMatch(STACK);
  expect(code).toBe(3);
});

it('the demo shows a thread and ends by itself', async () => {
  const { code, stdout, stderr } = await run(['demo'], {});

  expect(stdout).toContain(`🔴 ${VERDICT}`);
  expect(stdout).toMatch(/From command to verdict: .* AWS calls in \d+ sequential rounds/);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

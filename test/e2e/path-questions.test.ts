import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { demoAccount } from '../../demo/account/demo-account.ts';
import { formatSnapshotFile } from '../../src/vpc/snapshot-file.ts';
import { buildVpc } from '../support/build-vpc.ts';
import { checkMessage } from '../support/check-blocks.ts';
import { runExecutable, startExecutable, type Ended } from '../support/executable.ts';
import { eni } from '../support/ids.ts';
import { allow, ingress, tcp } from '../support/rules.ts';
import { onlyThread, replyNamed, startStage, wordsOf, type Stage } from '../support/stage.ts';

/** A person is told what happened, and never shown the inside of the program. */
const STACK = /\n\s+at .+:\d+:\d+|node:internal|node_modules/;

const [ORDERS, PAYMENTS] = [eni('orders-api'), eni('payments-db')];
const network = buildVpc()
  .cidr('10.20.0.0/16')
  .subnet('data', '10.20.9.0/24')
  .subnet('orders', '10.20.4.0/24')
  .paths()
  .acl('data', [ingress(90).deny(tcp(5432), '10.20.4.0/24')])
  .securityGroup('payments-db', { ingress: [allow(tcp(443), '10.20.0.0/16')] })
  .securityGroup('orders-api')
  .interface('payments-db', { subnet: 'data', address: '10.20.9.40', groups: ['payments-db'] })
  .interface('orders-api', { subnet: 'orders', address: '10.20.4.17', groups: ['orders-api'] });

function question(id: string, dstPort: unknown): string {
  const ends = { from: { eni: ORDERS }, to: { ip: '10.20.9.40' } };
  return JSON.stringify({ id, ...ends, protocol: 'tcp', srcPort: 49_152, dstPort });
}

describe('on the command line', () => {
  let directory: string;
  let file: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'vpc-why-path-'));
    file = await write('network.json', formatSnapshotFile([network.build().raw]));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  async function write(name: string, text: string): Promise<string> {
    const path = join(directory, name);
    await writeFile(path, text);
    return path;
  }

  /** Without credentials, region or configuration: a recorded network needs none. */
  function run(words: readonly string[], input?: string): Promise<Ended> {
    return runExecutable(['path', ...words], { cwd: directory, ...(input !== undefined && { input }) });
  }

  it('a recorded network is answered for in text', async () => {
    const { code, stdout, stderr } = await run([
      ORDERS,
      PAYMENTS,
      '--protocol',
      'tcp',
      '--port',
      '5432',
      '--snapshot',
      file,
    ]);

    expect(stdout).toMatch(/^🔴 Blocked: tcp\/5432 from orders-api to payments-db: inbound rule 90/);
    expect(stdout).toContain('Reachability Analyzer: SUBNET_ACL_RESTRICTION');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('and in JSON by the published schema, every obstacle in the order met', async () => {
    const { code, stdout } = await run([ORDERS, PAYMENTS, 'tcp/5432', `--snapshot=${file}`, '--format=json']);
    const published = new URL('../../docs/schema/path.schema.json', import.meta.url);
    const schema = z.fromJSONSchema(JSON.parse(readFileSync(published, 'utf8')));

    expect(schema.safeParse(JSON.parse(stdout)).error).toBeUndefined();
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      verdict: 'blocked',
      reachable: false,
      blockedBy: [
        { kind: 'network-acl', leg: 'forward', direction: 'ingress', ruleNumber: 90 },
        { kind: 'security-group', leg: 'forward', direction: 'ingress' },
        { kind: 'network-acl', leg: 'return', direction: 'egress', ruleNumber: 32_767 },
      ],
    });
    expect(code).toBe(0);
  });

  it('and in Markdown', async () => {
    const { stdout } = await run([ORDERS, PAYMENTS, 'tcp/5432', '--snapshot', file, '--format', 'markdown']);

    expect(stdout).toMatch(/^🔴 \*\*Blocked:\*\* /);
  });

  it('and as a picture, if there is a file for it', async () => {
    const png = join(directory, 'path.png');
    const drawn = await run([ORDERS, PAYMENTS, 'tcp/5432', '--snapshot', file, '--picture', png]);

    expect(readFileSync(png).subarray(1, 4).toString()).toBe('PNG');
    expect(drawn).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('Blocked') });

    const nowhere = await run([ORDERS, PAYMENTS, 'tcp/5432', '--snapshot', file, '--picture', join(png, 'x.png')]);

    expect(nowhere.code).toBe(2);
    expect(nowhere.stderr).toContain("I can't use --picture");
  });

  it('many questions are answered line by line, in order, and wrong ones by their error', async () => {
    const lines = [question('first', 5432), 'rubbish', '', question('third', 'http'), question('last', 443)];
    const { code, stdout, stderr } = await run(['--snapshot', file, '--questions', '-'], `${lines.join('\n')}\n`);
    const answers: unknown[] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

    expect(answers).toMatchObject([
      { id: 'first', verdict: 'blocked', blockedBy: [{ kind: 'network-acl' }, { kind: 'security-group' }, {}] },
      { error: expect.stringContaining('a JSON object with from, to and protocol') },
      { id: 'third', error: expect.stringContaining("I can't use dstPort: expected a port") },
      { id: 'last', verdict: 'blocked' },
    ]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
  });

  it('to whoever has read enough, no more is said', async () => {
    const many = Array.from({ length: 2_000 }, (_, index) => question(`q-${index}`, 443)).join('\n');
    const words = ['path', '--snapshot', file, '--questions', await write('many.jsonl', many)];
    const asked = startExecutable(words, { cwd: directory });
    await vi.waitFor(() => expect(asked.printed()).not.toBe(''), { timeout: 30_000, interval: 10 });
    asked.stopReading();

    expect(await asked.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('and from a file, with exit code 0 when all were questions', async () => {
    const questions = await write(
      'questions.jsonl',
      Array.from({ length: 50 }, (_, n) => question(`q${n}`, n)).join('\n'),
    );
    const { code, stdout } = await run(['--questions', questions, '--snapshot', file]);
    const ids: unknown[] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id);

    expect(ids).toEqual(Array.from({ length: 50 }, (_, n) => `q${n}`));
    expect(code).toBe(0);
  });

  it.each<[string, () => readonly string[] | Promise<readonly string[]>, number, string]>([
    ['one end', () => [ORDERS], 2, 'expected a second end behind it'],
    ['equal ends', () => [ORDERS, ORDERS], 2, 'expected two different ends'],
    [
      'a name that is no end',
      () => ['orders-api', PAYMENTS],
      2,
      "I can't use orders-api: expected a network interface",
    ],
    ['an interface nobody has', () => [ORDERS, eni('gone')], 4, 'was not found in the recorded network'],
    ['no such file', () => [ORDERS, PAYMENTS, '--snapshot', 'gone.json'], 2, "I can't use --snapshot gone.json"],
    ['no such questions', () => ['--questions', 'gone.jsonl'], 2, "I can't use --questions gone.jsonl"],
    ['a directory of questions', () => ['--questions', directory], 2, `I can't use --questions`],
    ['words besides questions', () => ['--questions', '-', ORDERS], 2, 'only options such as --account'],
    [
      'a snapshot with a wrong member',
      async () => [
        ORDERS,
        PAYMENTS,
        '--snapshot',
        await write('wrong.json', '[{"accountId": "1", "region": "Europe"}]'),
      ],
      2,
      'wrong.json: [0].region: expected a region such as',
    ],
    [
      'a snapshot that is no JSON',
      async () => [ORDERS, PAYMENTS, '--snapshot', await write('broken.json', '{"accountId"')],
      2,
      'expected a snapshot file in JSON',
    ],
  ])('%s is told in words', async (...[, words, code, told]) => {
    const given = await words();
    const ended = await run(given.includes('--snapshot') ? given : [...given, '--snapshot', file]);

    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr.replaceAll(/\s+/g, ' ')).toContain(told);
    expect(ended.stderr).not.toMatch(STACK);
  });
});

describe('in Slack', () => {
  const { accounts, questions } = demoAccount(new Date());
  const target = questions[0]!.interfaceId;
  let stage: Stage;

  beforeAll(async () => {
    stage = await startStage({ accounts });
  });
  afterAll(() => stage.close());

  it('a path is followed in a live network, in one message and its thread', async () => {
    const asked = await stage.ask(`path 10.20.4.17 ${target} tcp/5432`);
    const thread = onlyThread(asked);

    expect(asked.acknowledgement.text).toContain(`Following the way from 10.20.4.17 to ${target}`);
    expect(thread.parent.text).toMatch(/^🔴 Blocked: tcp\/5432 from 10\.20\.4\.17 to payments-db: inbound rule 90/);
    expect(replyNamed(thread, 'The way')).toContain('There:');
    expect([thread.parent, ...thread.replies].flatMap(checkMessage)).toEqual([]);
    expect(thread.replies.length).toBeLessThanOrEqual(3);
    expect(stage.log.some(({ msg }) => msg === 'path followed')).toBe(true);
  });

  it('an end that is not there is said to be missing', async () => {
    const thread = onlyThread(await stage.ask(`path eni-0123456789abcdef0 ${target} tcp/5432`));

    expect(wordsOf(thread.parent)).toContain('eni-0123456789abcdef0 was not found in account 123456789012 eu-west-1');
    expect(thread.replies).toEqual([]);
  });

  it('and may be where AWS denied a look', async () => {
    stage.aws.faults.add({ action: 'ec2:DescribeNetworkInterfaces', kind: { kind: 'deny' } });
    const thread = onlyThread(await stage.ask('path eni-0123456789abcdef1 internet tcp/443'));
    stage.aws.faults.clear();

    expect(wordsOf(thread.parent)).toMatch(/AWS denied/);
  });

  it('a question that cannot be used is answered to its author alone', async () => {
    const { acknowledgement, threads } = await stage.ask(`path ${target}`);

    expect(acknowledgement.text).toContain('expected a second end behind it');
    expect(threads).toEqual([]);
  });
});

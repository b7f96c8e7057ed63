import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { demoAccount } from '../../demo/account/demo-account.ts';
import type { StandInAccount } from '../../demo/aws/stand-in-account.ts';
import { startAws } from '../../demo/aws/start-aws.ts';
import { readChannel, type PostedThread } from '../../demo/slack/read-channel.ts';
import { formatSnapshotFile } from '../../src/vpc/snapshot-file.ts';
import { readAt } from '../support/audit-runs.ts';
import { buildVpc } from '../support/build-vpc.ts';
import { runExecutable, type Ended } from '../support/executable.ts';
import { accept, nodata } from '../support/flow-lines.ts';
import { eni, vpce } from '../support/ids.ts';
import { accepter, NOON, requester } from '../support/peered-vpcs.ts';
import { startStage, type Stage } from '../support/stage.ts';

const { accounts } = demoAccount(new Date());
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vpc-why-audit-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, text);
  return path;
}

describe('vpc-why audit', () => {
  let network: string;

  beforeAll(async () => {
    network = await file('network.json', formatSnapshotFile(readAt(NOON, requester(), accepter([]))));
  });

  const run = (...words: readonly string[]): Promise<Ended> =>
    runExecutable(['audit', '--snapshot', network, ...words], { cwd: directory });

  it('tells what is wrong with a recorded network, and that this is no failure', async () => {
    const { code, stdout, stderr } = await run('--families', 'peering');

    expect(stdout).toMatch(/^1 finding: 1 high/);
    expect(stdout).toMatch(/🔴 High: pcx-.* routes exist on one side only[^]*Why it matters[^]*aws ec2 create-route/);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('answers in JSON', async () => {
    const { stdout } = await run('--families=peering', '--format', 'json');

    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      judgedAt: '2026-11-23T12:00:00Z',
      families: ['peering'],
      findings: [{ id: expect.stringMatching(/^peering-routed-on-one-side:pcx-/), severity: 'high', gaps: [] }],
    });
  });

  it.each([
    ['high', 1],
    ['medium', 1],
  ])('fails a pipeline that minds findings of severity %s', async (severity, code) => {
    expect(await run('--families', 'peering', '--fail-on', severity)).toMatchObject({ code });
  });

  it.each([
    ['must reach', 1],
    ['must not reach', 0],
  ])('checks what %s, and fails a pipeline when it is broken', async (must, code) => {
    const line = '  - {from: 10.0.1.5, to: 10.8.1.9, port: 443}';
    const expectations = await file(`${code}.yaml`, `${must}:\n${line}\n`);
    const ended = await run('--families', 'expectations', '--expectations', expectations);

    expect(ended.stdout).toContain('expectations');
    expect(ended).toMatchObject({ code, stderr: '' });
  });

  it.each([
    [['--families', 'dns'], /peering, endpoints, flow-logs, expectations/],
    [['--expectations', 'nowhere.yaml'], /a file of expectations/],
    [['--region', 'eu-west-1'], /audited whole/],
    [['everything'], /only options/],
  ])('refuses %j', async (words, expected) => {
    const { code, stdout, stderr } = await run(...words);

    expect(stderr.replace(/\s+/g, ' ')).toMatch(expected);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe('in Slack', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage({ accounts });
  });
  afterAll(() => stage.close());

  const typed = async (text: string): Promise<string> => JSON.stringify(await stage.type(text));
  /** The thread that comes next. */
  async function nextDigest(text: string): Promise<PostedThread> {
    const before = (await readChannel(stage.slack)).length;
    await stage.type(text);
    await vi.waitFor(() => expect(stage.log.filter(({ msg }) => msg === 'audited').length).toBeGreaterThan(before), {
      timeout: 30_000,
      interval: 100,
    });
    const [digest] = (await readChannel(stage.slack)).slice(before);
    return digest!;
  }

  it('an audit is scheduled, listed, run, muted and removed', async () => {
    expect(await typed('audit schedule prod "0 7 * * 1" Europe/Berlin')).toMatch(/prod.*scheduled.*Mon .* 07:00/);
    expect(await typed('audits')).toMatch(/prod.*last run never/);

    const digest = await nextDigest('audit run prod');
    expect(digest.parent.text).toMatch(/^Audit prod, first run: \d+ findings?$/);
    const [id] = /[a-z-]+:(?:pcx|vpc|vpce|rtb|fl|eni|subnet)-[\w:/.-]+/.exec(JSON.stringify(digest.replies)) ?? [];

    expect(await typed(`audit mute ${id} 14d "the demo is like that"`)).toMatch(/is muted until/);
    expect(await typed('audits')).toMatch(/prod.*last run[^]*Muted[^]*the demo is like that/);
    expect(await typed('audit remove prod')).toMatch(/is removed/);
    expect(await typed('audits')).toMatch(/No audit is scheduled/);
  }, 60_000);

  it('a mistake is told at once, with an example of the same', async () => {
    expect(await typed('audit schedule prod "every monday"')).toMatch(/2 fields.*audit schedule prod/);
    expect(await typed('audit run nightly')).toMatch(/There is no audit .*nightly/);
    expect(await typed('audit mute')).toMatch(/id of a finding/);
  });
});

const now = Math.floor(Date.now() / 1000);
const SILENT_SINCE = 3 * 86_400;

/** Every hour a line of its interface's flow log; the last but one of them is this. */
const accountWhere = (line: (name: string, at: number) => string): StandInAccount => {
  const { raw } = buildVpc()
    .subnet('ends', '10.0.3.0/24')
    .interface('sqs', { subnet: 'ends', address: '10.0.3.5', type: 'vpc_endpoint' })
    .endpoint('sqs', { service: 'sqs', interfaces: ['sqs'], subnets: ['ends'] })
    .flowLog()
    .build();
  const times = Array.from({ length: SILENT_SINCE / 3600 }, (_, index) => now - SILENT_SINCE + index * 3600);
  const events = times.map((at, index) => ({
    timestampMs: at * 1000,
    message: index === times.length - 2 ? line('sqs', at) : nodata({ eni: eni('sqs'), from: at, until: at + 60 }),
  }));
  return { snapshot: raw, logGroups: [{ name: 'vpc-flow-logs', streams: [{ name: `${eni('sqs')}-all`, events }] }] };
};

describe('interface endpoints and their traffic', () => {
  it.each([
    ['idle', (name: string, at: number) => nodata({ eni: eni(name), from: at, until: at + 60 }), true],
    [
      'in use',
      (name: string, at: number) => accept('10.0.1.9:40000 -> 10.0.3.5:443 tcp', { eni: eni(name), at }),
      false,
    ],
  ])('one that is %s is found out live', async (_, line, isFound) => {
    const aws = await startAws({ accounts: [accountWhere(line)] });

    const { stdout } = await runExecutable(['audit', '--families', 'endpoints'], {
      environment: aws.environment,
      cwd: directory,
    });
    await aws.close();

    expect(stdout.includes(`${vpce('sqs')} (sqs) carried nothing in the 72 h read.`)).toBe(isFound);
    expect(stdout).not.toContain('Traffic of some interface endpoints');
  });
});

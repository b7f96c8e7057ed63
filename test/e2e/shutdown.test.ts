import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { demoAccount } from '../../demo/account/demo-account.ts';
import { startAws } from '../../demo/aws/start-aws.ts';
import { readChannel } from '../../demo/slack/read-channel.ts';
import { sendSlashCommand } from '../../demo/slack/send-slash-command.ts';
import { SIGNING_SECRET, startSlack } from '../../demo/slack/start-slack.ts';
import { startExecutable, type Executable } from '../support/executable.ts';
import { haveRedis, startRedis } from '../support/redis.ts';
import { onlyThread, stageEnvironment } from '../support/stage.ts';

const { accounts, questions } = demoAccount(new Date());
const HOMES: readonly string[] = haveRedis() ? ['the embedded queue', 'Redis'] : ['the embedded queue'];

const worlds = new Map<string, World>();

// One after the other: while a local Slack starts, it has a hand on every server of the process.
beforeAll(async () => {
  for (const home of HOMES) worlds.set(home, await openWorld(home));
});
afterAll(async () => {
  for (const { close } of worlds.values()) await close();
});

/** A shutdown waits 20 seconds for what is under way, and an embedded queue on disk takes seconds to open. */
const TIMEOUT_MS = 240_000;

/**
 * A job that hangs on AWS for longer than a shutdown waits is put back, and the next process answers it. Both homes at
 * the same time: most of it is waiting.
 */
it.concurrent.each(HOMES)(
  'SIGTERM in the middle of a job: with %s it is answered once, after the restart',
  async (home) => {
    const { aws, slack, start, thread } = worlds.get(home)!;

    aws.faults.add({ action: 'ec2:DescribeNetworkInterfaces', kind: { kind: 'hang' } });
    const first = start();
    const { command: text } = questions[0]!;
    expect(await readiness(first)).toBe('queue: ready\nstore: ready\nslack: ready\n');
    const asked = await sendSlashCommand({ ...slack, botUrl: await urlOf(first), signingSecret: SIGNING_SECRET, text });
    await eventually(async () => expect((await thread()).parent.text).toContain('finding the interface'));
    first.signal('SIGTERM');
    const ended = await first.ended;
    const meanwhile = await thread();

    aws.faults.clear();
    const second = start();
    await eventually(async () => expect((await thread()).replies).toHaveLength(3));
    second.signal('SIGTERM');
    const secondEnded = await second.ended;

    expect(asked.text).toContain('Looking at');
    expect([ended.code, ended.stderr, secondEnded.code, secondEnded.stderr]).toEqual([0, '', 0, '']);
    expect(meanwhile).toMatchObject({
      parent: { text: expect.stringContaining('finding the interface') },
      replies: [],
    });
    expect((await thread()).parent).toMatchObject({
      ts: meanwhile.parent.ts,
      text: expect.stringContaining('🔴 Blocked: tcp/5432 from 10.20.4.17'),
    });
  },
  TIMEOUT_MS,
);

type World = Awaited<ReturnType<typeof openWorld>>;

/** AWS, Slack and a queue that outlives the processes which are started on it. */
async function openWorld(home: string) {
  const [aws, slack] = await Promise.all([startAws({ accounts }), startSlack()]);
  const directory = await mkdtemp(join(tmpdir(), 'vpc-why-shutdown-'));
  const redis = home === 'Redis' ? await startRedis() : undefined;
  const configuration = join(directory, 'vpc-why.yaml');
  await writeFile(
    configuration,
    `slack: {transport: http, host: 127.0.0.1, port: 0}\noperations: {port: 0}\nqueue: {dataDirectory: ${directory}/data}\n`,
  );
  const environment = {
    ...stageEnvironment(aws, slack),
    VPC_WHY_CONFIG: configuration,
    ...(redis !== undefined && { REDIS_URL: redis.url }),
  };
  const started: Executable[] = [];
  return {
    aws,
    slack,
    start: () => {
      const executable = startExecutable(['start'], { environment });
      started.push(executable);
      return executable;
    },
    thread: async () => onlyThread({ threads: await readChannel(slack) }),
    close: async () => {
      for (const { signal, ended } of started) {
        signal('SIGKILL');
        await ended;
      }
      await Promise.all([aws.close(), slack.close(), redis?.stop()]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function urlOf(executable: Executable): Promise<string> {
  return vi.waitUntil(() => /"url":"(http:[^"]+)"/.exec(executable.printed())?.[1], { timeout: 90_000, interval: 50 });
}

/** What `/readyz` says once the bot has started. */
async function readiness(executable: Executable): Promise<string> {
  await urlOf(executable);
  const url = /"operations":"(http:[^"]+)"/.exec(executable.printed())?.[1];
  return (await fetch(`${url}/readyz`)).text();
}

function eventually(assertion: () => Promise<void>): Promise<void> {
  return vi.waitFor(assertion, { timeout: 90_000, interval: 100 });
}

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { demoAccount } from '../../demo/account/demo-account.ts';
import { readChannel } from '../../demo/slack/read-channel.ts';
import { checkMessage } from '../support/check-blocks.ts';
import { haveRedis, prepareRedis, type RedisServer } from '../support/redis.ts';
import { onlyThread, startStage, type Stage } from '../support/stage.ts';

const { accounts, questions } = demoAccount(new Date());
const [payments, ledger, reports] = questions.map(({ command }) => command);

/** What queue and store do about it by themselves: test/integration/queue/redis.test.ts. */
describe.runIf(haveRedis())('a Redis that is away', () => {
  let server: RedisServer;
  let stage: Stage;

  beforeAll(async () => {
    server = await prepareRedis();
    stage = await startStage({ accounts, redisUrl: server.url });
  });
  afterAll(async () => {
    await stage.close();
    await server.stop();
  });

  it('at the start is told to whoever asks; once it is there, the next question is answered', async () => {
    const refused = await stage.type(payments!);
    await server.start();
    await eventually(() => stage.homes.queue.ping());
    const asked = await stage.ask(payments!);

    expect(refused).toMatchObject({ status: 200, text: "⚠️ Couldn't check: the job queue did not answer" });
    expect(checkMessage(refused)).toEqual([]);
    expect(asked.acknowledgement.text).toContain('Looking at');
    expect(onlyThread(asked).parent.text).toContain('payments-db');
  });

  it('in the middle of a job holds the answer up, and it comes once', async () => {
    const before = (await readChannel(stage.slack)).length;
    const calls = stage.aws.calls.length;
    stage.aws.setLatency(400);
    await stage.type(ledger!);
    await eventually(async () => expect(stage.aws.calls.length).toBeGreaterThan(calls));
    await server.kill();
    stage.aws.setLatency(0);
    await server.start();

    await eventually(async () => {
      const threads = (await readChannel(stage.slack)).slice(before);
      expect(onlyThread({ threads })).toMatchObject({
        parent: { text: expect.stringMatching(/^🔴 Blocked: .* ledger-api/u) },
        replies: { length: 3 },
      });
    });
    await stage.untilIdle();
    expect(await readChannel(stage.slack)).toHaveLength(before + 1);
  });

  it('without a word is told in time for Slack', async () => {
    server.freeze();
    const refused = await stage.type(reports!);
    server.thaw();

    expect(refused.text).toMatch(/did not answer|taking longer than usual/);
  });
});

function eventually(assertion: () => Promise<void>): Promise<void> {
  return vi.waitFor(assertion, { timeout: 60_000, interval: 100 });
}

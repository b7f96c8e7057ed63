import { getPriority } from 'node:os';
import { expect, it, vi } from 'vitest';
import { demoAccount } from '../../demo/account/demo-account.ts';
import { startAws } from '../../demo/aws/start-aws.ts';
import { sendSlashCommand } from '../../demo/slack/send-slash-command.ts';
import { SIGNING_SECRET } from '../../demo/slack/start-slack.ts';
import { openWorld } from '../faults/world.ts';
import { haveRedis } from '../support/redis.ts';

const TIMEOUT_MS = 120_000;

it.runIf(haveRedis())(
  'a bot and a worker in processes of their own: one acknowledges, the other answers and gives way to it',
  async () => {
    const { accounts, questions } = demoAccount(new Date());
    const world = await openWorld({ roles: ['bot', 'worker'] }, 1, {
      openAws: () => startAws({ accounts }),
      questions,
    });
    try {
      const told = await sendSlashCommand({
        botUrl: world.botUrl,
        signingSecret: SIGNING_SECRET,
        teamId: 'T1',
        channelId: 'C1',
        userId: 'U1',
        text: questions[0]!.command,
      });
      await vi.waitFor(() => expect(world.slack.messagesIn('C1')).toHaveLength(4), { timeout: 60_000, interval: 100 });

      expect(told.text).toContain('Looking at');
      expect(world.slack.messagesIn('C1')[0]?.text).toContain('🔴 Blocked: tcp/5432 from 10.20.4.17');
      expect(getPriority(world.pid('worker'))).toBeGreaterThan(getPriority(world.pid('bot')));
    } finally {
      await world.close();
    }
  },
  TIMEOUT_MS,
);

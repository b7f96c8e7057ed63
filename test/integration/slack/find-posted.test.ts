import { afterAll, beforeAll, expect, it } from 'vitest';
import { BOT_TOKEN } from '../../../demo/slack/start-slack.ts';
import { createLog } from '../../../src/log.ts';
import { createClient } from '../../../src/slack/create-client.ts';
import { findPosted, messageMark } from '../../../src/slack/posted-message.ts';
import { slackLogger } from '../../../src/slack/slack-logger.ts';
import { startSmallSlack, type SmallSlack } from '../../support/small-slack.ts';

let slack: SmallSlack;

beforeAll(async () => {
  slack = await startSmallSlack();
});
afterAll(() => slack.close());

/** Slack's clock says when it was posted, a worker's clock from when on it is looked for. */
it.each([-300, 0, 300])('a message is found by a worker whose clock is off by %i s', async (off) => {
  const client = createClient({ botToken: BOT_TOKEN, apiUrl: slack.apiUrl, logger: slackLogger(createLog('silent')) });
  const [channel, questionId] = [`C${off}`, 'a'.repeat(32)];
  const { ts } = await client.chat.postMessage({
    channel,
    text: 'posted',
    metadata: messageMark(questionId, 'parent'),
  });
  const since = Math.floor(Date.now() / 1000) + off;

  expect(await findPosted(client, { channelId: channel, questionId, slot: 'parent', since })).toBe(ts);
});

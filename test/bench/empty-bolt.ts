import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { BOT_TOKEN, SIGNING_SECRET } from '../../demo/slack/start-slack.ts';

/** The least that a Bolt app can do with a slash command, as a process of its own; says where it listens. */
const receiver = new HTTPReceiver({
  signingSecret: SIGNING_SECRET,
  endpoints: ['/slack/commands'],
  logLevel: LogLevel.ERROR,
});
const app = new App({
  receiver,
  logLevel: LogLevel.ERROR,
  authorize: async () => ({ botToken: BOT_TOKEN, botId: 'B1', botUserId: 'U1' }),
});
app.command('/vpc', async ({ ack }) => ack('Looking at nothing'));
const server = createServer((request, response) => receiver.requestListener(request, response));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.(`http://127.0.0.1:${port}`);
});

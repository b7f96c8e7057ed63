import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoAccount } from '../../demo/account/demo-account.ts';
import { fieldsOf } from '../../demo/slack/fields-of.ts';
import { readChannel } from '../../demo/slack/read-channel.ts';
import { checkMessage } from '../support/check-blocks.ts';
import { onlyThread, startStage, type Stage } from '../support/stage.ts';

const { accounts, questions } = demoAccount(new Date());
const [payments, ledger] = questions.map(({ command }) => command);

let stage: Stage;

beforeAll(async () => {
  stage = await startStage({ accounts, latencyMs: 20 });
});
afterAll(() => stage.close());

const newChannel = async (name: string): Promise<string> => {
  const { channel } = await stage.slack.call('conversations.create', { name });
  return String(fieldsOf(channel)['id']);
};

it('one question of two people within two minutes is one thread, to which the second is pointed', async () => {
  await Promise.all([stage.type(payments!), stage.type(payments!), stage.type(` ${payments!.toUpperCase()}`)]);
  await stage.untilIdle();
  // Askings within one second have one id, and each is told that the answer comes.
  await sleep(1_000);
  const { acknowledgement, threads } = await stage.ask(payments!, { userId: stage.slack.otherUserId });

  expect(acknowledgement.text).toContain('one answer serves both');
  // The local Slack's links are not https, so this one is shown without. With one: test/integration/slack.
  expect(JSON.stringify(acknowledgement.blocks)).toContain('the thread');
  expect(threads).toEqual([]);
  expect(await readChannel(stage.slack)).toHaveLength(1);
});

it('one question in two channels is a thread in each', async () => {
  const channels = [await newChannel('payments'), await newChannel('ledger')];
  await Promise.all(channels.map((channelId) => stage.type(ledger!, { channelId })));
  await stage.untilIdle();
  const asked = await Promise.all(channels.map((channelId) => readChannel(stage.slack, channelId)));

  expect(asked.map((threads) => onlyThread({ threads }).parent.text)).toEqual(
    channels.map(() => expect.stringContaining('ledger-api')),
  );
});

it('twenty questions at once are all acknowledged and answered, each once', async () => {
  const channelId = await newChannel('crowd');
  const asked = [
    ...questions,
    ...questions.slice(0, 20 - questions.length).map(({ command }) => ({ command: `${command} --since 59m` })),
  ];
  const acknowledgements = await Promise.all(asked.map(({ command }) => stage.type(command, { channelId })));
  await stage.untilIdle();
  const threads = await readChannel(stage.slack, channelId);

  expect(acknowledgements.map(({ text }) => text)).toEqual(asked.map(() => expect.stringContaining('Looking at')));
  expect(threads).toHaveLength(20);
  expect(threads.map(({ parent }) => parent.text)).toEqual(threads.map(() => expect.stringMatching(VERDICT)));
  expect(threads.filter(({ parent }) => parent.text.includes('went wrong'))).toEqual([]);
  expect(threads.filter(({ replies }) => replies.length > 3)).toEqual([]);
  expect(threads.flatMap(({ parent, replies }) => [parent].concat(replies)).flatMap(checkMessage)).toEqual([]);
});

/** What a thread ends with, and progress never begins with. */
const VERDICT = /^(?:🔴|🟠|🟢|⚪|⚠️) /u;

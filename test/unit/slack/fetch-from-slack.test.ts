import { expect, it } from 'vitest';
import { fetchFromSlack } from '../../../src/slack/fetch-from-slack.ts';

it.each([
  ['another host', 'https://evil.example/commands/1'],
  ['a host that ends alike', 'https://evilslack.com/commands/1'],
  ['a host that begins alike', 'https://hooks.slack.com.evil.example/commands/1'],
  ['a name before the host', 'https://hooks.slack.com@evil.example/commands/1'],
  ['no encryption', 'http://hooks.slack.com/commands/1'],
  ['an address of the machine itself', 'http://169.254.169.254/latest/meta-data'],
  ['no URL', 'hooks.slack.com'],
])('nothing is posted to %s', async (_, url) => {
  await expect(fetchFromSlack()(url, { method: 'POST', body: '{}' })).rejects.toThrow(/not of Slack/);
});

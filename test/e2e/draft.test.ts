import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoAccount } from '../../demo/account/demo-account.ts';
import { onlyThread, startStage, threadWords, type Stage } from '../support/stage.ts';

const { accounts, questions } = demoAccount(new Date());
const [{ command: payments } = { command: '' }] = questions;

let stage: Stage;

beforeAll(async () => {
  stage = await startStage({ accounts, latencyMs: 80 });
});
afterAll(() => stage.close());

it('the verdict stands while CloudTrail is still being asked, and says that it is not final', async () => {
  const thread = onlyThread(await stage.ask(payments));
  const shown = stage.slack.calls
    .filter(({ method, body }) => method === 'chat.update' && body['thread_ts'] === undefined)
    .map(({ body }) => ({ text: String(body['text']), blocks: String(body['blocks']) }));
  const drafts = shown.filter(({ blocks }) => blocks.includes('Not final yet'));

  expect(drafts.map(({ text }) => text)).toEqual([thread.parent.text]);
  expect(threadWords(thread)).not.toContain('Not final yet');
});

import { questionIdOf } from '../src/queue/question-id.ts';
import { createAnswerPoster } from '../src/slack/answer-poster.ts';
import { createButtonSeal } from '../src/slack/button-seal.ts';
import { createClient } from '../src/slack/create-client.ts';
import type { EntryDesk } from '../src/slack/entry-desk.ts';
import type { SlackSettings } from '../src/slack/slack-settings.ts';
import { createPostLedger } from '../src/store/post-ledger.ts';
import type { FitForReaders } from '../src/workflow/post.ts';
import { nowInSeconds } from './now.ts';
import type { Homes } from './open-homes.ts';

/** Help and trouble are posted as answers are: once, whatever is delivered twice, and fit for who reads along. */
export function tellInThreads(
  { store }: Pick<Homes, 'store'>,
  slack: SlackSettings,
  fit: FitForReaders,
): EntryDesk['tell'] {
  const client = createClient(slack);
  const { seal } = createButtonSeal(slack.botToken);
  const poster = createAnswerPoster({ client, ledger: createPostLedger(store), seal, now: nowInSeconds });
  return async (asking, key, document) => {
    const questionId = questionIdOf({ ...asking, text: key });
    const address = { ...asking, questionId };
    await poster.showAnswer(address, await fit(address, { parent: document, replies: [] }));
  };
}

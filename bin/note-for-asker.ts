import type { Log } from '../src/log.ts';
import type { AskedQuestion } from '../src/slack/entry-desk.ts';
import { createRecentQuestions } from '../src/store/recent-questions.ts';
import type { Store } from '../src/store/store.ts';

/** Keeps a question for its asker's page in Slack. Nobody waits for it, and nobody misses an answer for it. */
export function noteForAsker(store: Store, log: Log): (asked: AskedQuestion, questionId: string) => void {
  const recent = createRecentQuestions(store);
  return (asked, questionId) => {
    const { text, askedAt, channelId } = asked;
    recent
      .note(asked, { questionId, text, askedAt, channelId })
      .catch((err: unknown) => log.warn({ err, questionId }, 'a question could not be noted for its asker'));
  };
}

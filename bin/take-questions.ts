import { questionIdOf } from '../src/queue/question-id.ts';
import type { Metrics } from '../src/operations/metrics.ts';
import type { TakeQuestion } from '../src/slack/entry-desk.ts';
import { createAnswerLinks } from '../src/store/answer-links.ts';
import type { Homes } from './open-homes.ts';

/** Puts questions into the queue, once; who asks the same again is told where the answer stands, if it does already. */
export function takeQuestions({ queue, store }: Pick<Homes, 'queue' | 'store'>, asked: Metrics['asked']): TakeQuestion {
  const links = createAnswerLinks(store);
  return async (question) => {
    const { kind: kindAsked, text, askedAt, teamId, userId, channelId, threadTs, via } = question;
    const { kind, questionId } = await queue.enqueue({
      version: 1,
      kind: kindAsked,
      questionId: questionIdOf(question),
      text,
      askedAt,
      askedBy: { teamId, userId },
      channelId,
      ...(threadTs !== undefined && { threadTs }),
      via,
    });
    if (kind === 'added') asked({ kind: kindAsked, via });
    const permalink = kind === 'duplicate' ? await links.find(questionId) : undefined;
    return permalink === undefined ? { kind } : { kind, permalink };
  };
}

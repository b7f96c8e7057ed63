import { questionIdOf } from '../src/queue/question-id.ts';
import type { TakeQuestion } from '../src/slack/commands.ts';
import type { Store } from '../src/store/store.ts';
import type { Homes } from './open-homes.ts';

const LINK_KEPT_SECONDS = 600;

/** Puts questions into the queue, once; who asks the same again is told where the answer stands, if it does already. */
export function takeQuestions({ queue, store }: Pick<Homes, 'queue' | 'store'>): TakeQuestion {
  return async ({ text, askedAt, teamId, userId, channelId }) => {
    const { kind, questionId } = await queue.enqueue({
      version: 1,
      questionId: questionIdOf({ teamId, channelId, text, askedAt }),
      text,
      askedAt,
      askedBy: { teamId, userId },
      channelId,
    });
    const permalink = kind === 'duplicate' ? await store.read(linkKey(questionId)) : undefined;
    return permalink === undefined ? { kind } : { kind, permalink };
  };
}

export async function keepLink(store: Store, questionId: string, permalink: string): Promise<void> {
  await store.write(linkKey(questionId), permalink, LINK_KEPT_SECONDS);
}

function linkKey(questionId: string): string {
  return `link:${questionId}`;
}

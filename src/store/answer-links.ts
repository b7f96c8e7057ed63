import { RECENT_SECONDS } from './recent-questions.ts';
import type { Store } from './store.ts';

/** Where an answer stands, for whoever asks the same while it is fresh. */
export interface AnswerLinks {
  readonly keep: (questionId: string, permalink: string) => Promise<void>;
  readonly find: (questionId: string) => Promise<string | undefined>;
}

/** As long as somebody's page lists the question; far beyond the two minutes in which an equal one is the same. */
const KEPT_SECONDS = RECENT_SECONDS;

export function createAnswerLinks(store: Store): AnswerLinks {
  return {
    keep: (questionId, permalink) => store.write(keyOf(questionId), permalink, KEPT_SECONDS),
    find: (questionId) => store.read(keyOf(questionId)),
  };
}

function keyOf(questionId: string): string {
  return `answered:${questionId}`;
}

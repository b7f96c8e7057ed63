import * as z from 'zod';
import type { RecentQuestion } from '../explain/explain-home.ts';
import { safeJson } from './safe-json.ts';
import type { Store } from './store.ts';

interface Asker {
  readonly teamId: string;
  readonly userId: string;
}

/** What each person asked lately, for their own eyes. */
export interface RecentQuestions {
  /** Newest first. */
  readonly list: (asker: Asker) => Promise<readonly NotedQuestion[]>;
  /** The same question again is one entry. */
  readonly note: (asker: Asker, question: NotedQuestion) => Promise<void>;
}

interface NotedQuestion extends Omit<RecentQuestion, 'permalink'> {
  readonly questionId: string;
}

const MOST_QUESTIONS = 20;
export const RECENT_SECONDS = 30 * 86_400;

export function createRecentQuestions(store: Store): RecentQuestions {
  const list: RecentQuestions['list'] = async (asker) => {
    const parsed = Stored.safeParse(safeJson((await store.read(keyOf(asker))) ?? '[]'));
    return parsed.success ? parsed.data : [];
  };
  const add = async (asker: Asker, question: NotedQuestion): Promise<void> => {
    const oldest = question.askedAt - RECENT_SECONDS;
    const others = (await list(asker)).filter(
      ({ questionId, askedAt }) => questionId !== question.questionId && askedAt > oldest,
    );
    const kept = [question, ...others].slice(0, MOST_QUESTIONS);
    await store.write(keyOf(asker), JSON.stringify(kept), RECENT_SECONDS);
  };
  const turns = new Map<string, Promise<void>>();
  return { list, note: (asker, question) => inTurn(turns, keyOf(asker), () => add(asker, question)) };
}

/**
 * One after the other for a key, within this process. Where somebody asks two processes in one moment, one line of their
 * list is missing: that is not worth a lease for each question of everybody.
 */
function inTurn(turns: Map<string, Promise<void>>, key: string, work: () => Promise<void>): Promise<void> {
  const before = turns.get(key) ?? Promise.resolve();
  const own = before.then(work, work);
  const leave = (): void => {
    if (turns.get(key) === own) turns.delete(key);
  };
  turns.set(key, own);
  own.then(leave, leave);
  return own;
}

function keyOf({ teamId, userId }: Asker): string {
  return `recent:${teamId}:${userId}`;
}

const Stored = z.array(
  z.object({ questionId: z.string(), text: z.string(), askedAt: z.number(), channelId: z.string() }),
);

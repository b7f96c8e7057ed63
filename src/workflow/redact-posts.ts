import type { Audience } from '../access/asker.ts';
import type { Document } from '../explain/document.ts';
import { redactThread } from '../explain/redact.ts';
import type { AmendAnswer, AnswerAddress, FitForReaders, ShowAnswer, ShowProgress } from './post.ts';

/** By who reads the place where it goes, and by who asked. */
export function fitForReaders(readersOf: (channelId: string) => Promise<Audience>): FitForReaders {
  return async ({ audience, channelId }, thread) => {
    const isShared = audience === 'shared' || (await readersOf(channelId)) === 'shared';
    return isShared ? redactThread(thread) : thread;
  };
}

interface Posts {
  readonly showProgress: ShowProgress;
  readonly showAnswer: ShowAnswer;
  readonly amendAnswer: AmendAnswer;
}

/** Whatever is posted, answers, failures, watches and digests alike, holds no more than those may know who read it. */
export function redactPosts({ showProgress, showAnswer, amendAnswer }: Posts, fit: FitForReaders): Posts {
  const fitted = async (address: AnswerAddress, document: Document): Promise<Document> =>
    (await fit(address, { parent: document, replies: [] })).parent;
  return {
    showProgress: async (address, document) => showProgress(address, await fitted(address, document)),
    showAnswer: async (address, thread) => showAnswer(address, await fit(address, thread)),
    amendAnswer: async (address, document) => amendAnswer(address, await fitted(address, document)),
  };
}

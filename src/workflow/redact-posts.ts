import type { Audience } from '../access/asker.ts';
import type { Document } from '../explain/document.ts';
import { redactThread } from '../explain/redact.ts';
import type { AmendAnswer, AnswerAddress, FitForReaders, IsShared, ShowAnswer, ShowProgress } from './post.ts';

/** By who reads the place where it goes, and by who asked. */
export function fitForReaders(isShared: IsShared): FitForReaders {
  return async (address, thread) => ((await isShared(address)) ? redactThread(thread) : thread);
}

/** Whether others than our own read there, or the asker is one of them. */
export function sharedWith(readersOf: (channelId: string) => Promise<Audience>): IsShared {
  return async ({ audience, channelId }) => audience === 'shared' || (await readersOf(channelId)) === 'shared';
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

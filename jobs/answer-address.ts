import type { QuestionPayload } from '../src/queue/contract.ts';
import type { AnswerAddress } from '../src/workflow/post.ts';

/** Where the answer goes. */
export function addressOf(payload: QuestionPayload): AnswerAddress {
  const { questionId, channelId, threadTs, askedBy, audience } = payload;
  return {
    questionId,
    channelId,
    ...(threadTs !== undefined && { threadTs }),
    ...askedBy,
    ...(audience !== undefined && { audience }),
  };
}

import type { QuestionPayload } from '../src/queue/contract.ts';
import type { AnswerAddress } from '../src/workflow/post.ts';

/** Where the answer goes. */
export function addressOf({ questionId, channelId, threadTs, askedBy }: QuestionPayload): AnswerAddress {
  return { questionId, channelId, ...(threadTs !== undefined && { threadTs }), ...askedBy };
}

import { questionIdOf } from '../../src/queue/question-id.ts';
import type { WhyRejectedPayload } from '../../src/queue/contract.ts';

interface Asking {
  readonly text: string;
  readonly askedAt: number;
  readonly userId: string;
  readonly channelId: string;
}

/** A question as the bot hands it to the queue. */
export function question(asking: Partial<Asking> = {}): WhyRejectedPayload {
  const { text, askedAt, userId, channelId } = {
    text: 'why-rejected eni-0a1b2c3d4e5f60718',
    askedAt: 1_790_000_000,
    userId: 'U0DANA',
    channelId: 'C0NETSEC',
    ...asking,
  };
  const teamId = 'T0ACME';
  const questionId = questionIdOf({ teamId, channelId, text, askedAt });
  return { version: 1, questionId, text, askedAt, askedBy: { teamId, userId }, channelId };
}

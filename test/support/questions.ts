import { questionIdOf } from '../../src/queue/question-id.ts';
import type { QuestionPayload } from '../../src/queue/contract.ts';

interface Asking {
  readonly kind: QuestionPayload['kind'];
  readonly text: string;
  readonly askedAt: number;
  readonly userId: string;
  readonly channelId: string;
  readonly threadTs?: string;
}

/** A question as the bot hands it to the queue. */
export function question(asking: Partial<Asking> = {}): QuestionPayload {
  const { kind, text, askedAt, userId, channelId, threadTs } = {
    kind: 'why-rejected' as const,
    text: 'why-rejected eni-0a1b2c3d4e5f60718',
    askedAt: 1_790_000_000,
    userId: 'U0DANA',
    channelId: 'C0NETSEC',
    threadTs: undefined,
    ...asking,
  };
  const teamId = 'T0ACME';
  const place = { channelId, ...(threadTs !== undefined && { threadTs }) };
  const questionId = questionIdOf({ teamId, ...place, text, askedAt });
  return { version: 1, kind, questionId, text, askedAt, askedBy: { teamId, userId }, ...place, via: 'command' };
}

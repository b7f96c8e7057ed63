import * as z from 'zod';
import type { PostLedger, PostRecord } from '../workflow/post.ts';
import { holdLease } from './lease.ts';
import { safeJson } from './safe-json.ts';
import type { Store } from './store.ts';

/** Longer than any retry, and long enough to find the thread for someone who asks again. */
const KEPT_SECONDS = 86_400;

/** What was posted for a question, kept in the store: a job that runs twice edits instead of posting (ADR 0002). */
export function createPostLedger(store: Store): PostLedger {
  return {
    read: async (questionId) => {
      const text = await store.read(keyOf(questionId));
      return text === undefined ? undefined : parseRecord(text);
    },
    write: (questionId, record) => store.write(keyOf(questionId), JSON.stringify(record), KEPT_SECONDS),
    exclusively: (questionId, work) => holdLease(store, `posting:${questionId}`, work),
  };
}

function keyOf(questionId: string): string {
  return `posted:${questionId}`;
}

/** A note nobody can read is no note: posting again is the lesser evil than never answering. */
function parseRecord(text: string): PostRecord | undefined {
  const parsed = Record.safeParse(safeJson(text));
  return parsed.success ? parsed.data : undefined;
}

const Slot = z.union([z.literal('parent'), z.number().int().nonnegative()]);

const Record = z.object({
  channelId: z.string(),
  threadTs: z.string().exactOptional(),
  parentTs: z.string().exactOptional(),
  replyTs: z.array(z.string().nullable()),
  intent: z.object({ slot: Slot, at: z.number() }).exactOptional(),
});

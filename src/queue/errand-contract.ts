import * as z from 'zod';

/** What a button sets off, and the checks of watches: none of it stands in the way of a question. */
export const ERRAND_QUEUE_NAME = 'vpc-why-errands';

const ERRAND_KINDS = ['evidence', 'picture', 'watch'] as const;
export type ErrandKind = (typeof ERRAND_KINDS)[number];

/** Small, clear text, no secrets: which answer it is about is remembered elsewhere. */
export const ErrandPayload = z.object({
  version: z.literal(1),
  /** Also the job's name. */
  kind: z.enum(ERRAND_KINDS),
  /** Of the answer whose button was pressed. */
  questionId: z.string().regex(/^[0-9a-f]{32}$/),
  teamId: z.string().max(64),
  channelId: z.string().max(64),
  /** The thread of the answer. */
  threadTs: z.string().regex(/^\d{1,12}\.\d{1,8}$/),
  /** Who pressed it. */
  userId: z.string().max(64),
  /** Which check of a watch; 0 is its beginning, and all there is of other errands. */
  check: z.number().int().min(0).max(10_000).default(0),
});
export type ErrandPayload = z.infer<typeof ErrandPayload>;

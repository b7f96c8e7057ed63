import * as z from 'zod';
import { parseAccountId } from '../vpc/ids.ts';
import { that } from './that.ts';

/** Everything bot and worker share: the queue's name, its job names and what their payloads hold. */
export const QUEUE_NAME = 'vpc-why';

/** A job a kind of question, named after it: `jobs/` has a file for each. */
const QUESTION_KINDS = ['why-rejected', 'path'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** The ways a question can come in. */
const WAYS_IN = ['command', 'mention', 'shortcut', 'modal', 'home', 'button'] as const;

/**
 * A question on its way to a worker. Small, clear text, no secrets: the command as it was typed and when, so that a
 * worker parses it to the very same question.
 */
export const QuestionPayload = z.object({
  version: z.literal(1),
  /** Also the job's name. Absent in payloads from before there was a choice. */
  kind: z.enum(QUESTION_KINDS).default('why-rejected'),
  /**
   * From `questionIdOf`: names the job, the thread and the log lines. An equal question within two minutes is told the
   * id of the first.
   */
  questionId: z.string().regex(/^[0-9a-f]{32}$/),
  /** The text behind `/vpc`, at most 1,000 characters. */
  text: z.string().max(1_000),
  /** Unix seconds: "now" for relative windows. */
  askedAt: z.number().int().nonnegative(),
  askedBy: z.object({ teamId: z.string().max(64), userId: z.string().max(64) }),
  channelId: z.string().max(64),
  /** The thread the answer belongs in. Absent: a message of its own in the channel. */
  threadTs: z
    .string()
    .regex(/^\d{1,12}\.\d{1,9}$/)
    .exactOptional(),
  /** For the audit line; payloads from before there was a choice came by command. */
  via: z.enum(WAYS_IN).default('command'),
  /** What was read out of free text, to be told with the answer. */
  took: z.string().max(300).exactOptional(),
  /** The accounts that the asker may ask about. Absent: all. */
  accounts: z.array(that(parseAccountId)).min(1).max(500).exactOptional(),
  /** Somebody from outside reads the answer, wherever it is posted. Absent: the channel decides. */
  audience: z.literal('shared').exactOptional(),
});
export type QuestionPayload = z.infer<typeof QuestionPayload>;

import * as z from 'zod';
import type { WatchedFlow } from '../engine/watched-flow.ts';
import type { RememberedAnswer } from '../explain/answer.ts';
import { parseDocument } from '../explain/document-schema.ts';
import type { Document } from '../explain/document.ts';
import { parseAccountId, parseNetworkInterfaceId, parseRegion } from '../vpc/ids.ts';
import { safeJson } from './safe-json.ts';
import type { Store } from './store.ts';

/** What the buttons of an answer need, so that they work after a restart and in any process. */
export interface AnswerMemory {
  readonly keep: (questionId: string, answer: RememberedAnswer) => Promise<void>;
  readonly find: (questionId: string) => Promise<RememberedAnswer | undefined>;
}

/** A week: an incident is talked about for days. */
const KEPT_SECONDS = 7 * 86_400;

export function createAnswerMemory(store: Store): AnswerMemory {
  return {
    keep: (questionId, answer) => store.write(keyOf(questionId), JSON.stringify(answer), KEPT_SECONDS),
    find: async (questionId) => {
      const text = await store.read(keyOf(questionId));
      const parsed = text === undefined ? undefined : Stored.safeParse(safeJson(text));
      return parsed?.success === true ? parsed.data : undefined;
    },
  };
}

function keyOf(questionId: string): string {
  return `answer:${questionId}`;
}

const that = <Value extends string>(parse: (text: string) => Value | undefined) =>
  z.custom<Value>((value) => typeof value === 'string' && parse(value) === value);

const document = z.custom<Document>((value) => parseDocument(value) !== undefined);

const Watched: z.ZodType<WatchedFlow> = z.object({
  interfaceId: that(parseNetworkInterfaceId),
  accountId: that(parseAccountId),
  region: that(parseRegion),
  direction: z.enum(['ingress', 'egress']),
  protocol: z.number().int().min(0).max(255),
  remote: z.string().max(64),
  servicePort: z.number().int().min(0).max(65_535).exactOptional(),
  lastRejected: z.number(),
});

const Stored: z.ZodType<RememberedAnswer> = z.object({
  teamId: z.string().max(64),
  command: z.string().max(1_000),
  parent: document,
  followUp: z.object({
    accounts: z.array(that(parseAccountId)).max(500),
    evidence: document.exactOptional(),
    watched: Watched.exactOptional(),
    hasPicture: z.literal(true).exactOptional(),
  }),
});

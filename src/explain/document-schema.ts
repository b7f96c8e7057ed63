import * as z from 'zod';
import { ANSWER_ACTIONS, TONE_NAMES, type Block, type Document, type Span } from './document.ts';

/** Reads a document that was put aside as JSON. What is no document of ours is none. */
export function parseDocument(value: unknown): Document | undefined {
  const parsed = DocumentShape.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** One shape for each kind: a kind without one does not compile. */
type Shapes<Union extends { readonly kind: string }> = {
  readonly [Kind in Union['kind']]: z.ZodType<Extract<Union, { readonly kind: Kind }>>;
};

const text = z.string().max(20_000);

const SPANS: Shapes<Span> = {
  words: z.object({ kind: z.literal('words'), text }),
  strong: z.object({ kind: z.literal('strong'), text }),
  code: z.object({ kind: z.literal('code'), text }),
  resource: z.object({ kind: z.literal('resource'), id: text, label: text.exactOptional(), url: text.exactOptional() }),
  time: z.object({ kind: z.literal('time'), at: z.number(), clockOnly: z.literal(true).exactOptional() }),
  person: z.object({ kind: z.literal('person'), id: text }),
  principal: z.object({ kind: z.literal('principal'), text }),
  channel: z.object({ kind: z.literal('channel'), id: text }),
};

const span = z.union(Object.values(SPANS));
const spans = z.tuple([span], span);
const action = z.enum(ANSWER_ACTIONS);

const BLOCKS: Shapes<Block> = {
  headline: z.object({ kind: z.literal('headline'), tone: z.enum(TONE_NAMES), spans }),
  title: z.object({ kind: z.literal('title'), text }),
  paragraph: z.object({ kind: z.literal('paragraph'), spans }),
  list: z.object({ kind: z.literal('list'), ordered: z.boolean(), items: z.array(spans).max(500) }),
  command: z.object({ kind: z.literal('command'), shell: text }),
  terraform: z.object({ kind: z.literal('terraform'), hcl: text }),
  evidence: z.object({ kind: z.literal('evidence'), lines: z.array(text).max(100) }),
  note: z.object({ kind: z.literal('note'), spans }),
  buttons: z.object({ kind: z.literal('buttons'), actions: z.tuple([action], action) }),
};

const DocumentShape = z.object({ summary: text, blocks: z.array(z.union(Object.values(BLOCKS))).max(200) });

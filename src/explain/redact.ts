import { assertNever } from '../lang/exhaustive.ts';
import { isNonEmpty, type NonEmpty } from '../lang/non-empty.ts';
import type { Block, Document, Span, Thread } from './document.ts';
import { plainText } from './plain-text.ts';
import { createRedactor, type RedactText } from './redact-text.ts';
import type { Secret } from './secrets.ts';
import { sentence } from './sentence.ts';

/**
 * The thread for readers from other organisations: without commands, raw records, links and names, and with stand-ins
 * for accounts, addresses, tags and principals. It still says what blocks what, and where the whole answer can be had.
 */
export function redactThread({ parent, replies, secrets }: Thread): Thread {
  const all = [parent, ...replies];
  const redact = createRedactor([...mentionedIn(all, secrets?.() ?? []), ...principalsIn(all)]);
  const [first = parent, ...rest] = all.map((document) => redactDocument(document, redact));
  return { parent: withNote(first), replies: rest };
}

/** Whole networks have thousands of names: only those that stand in the text are looked for. */
function mentionedIn(documents: readonly Document[], secrets: readonly Secret[]): readonly Secret[] {
  const text = documents.flatMap(({ summary, blocks }) => [summary, ...blocks.flatMap(textsOf)]).join('\n');
  return secrets.filter((secret) => text.includes(secret.text));
}

/** A principal is one wherever it came from. */
function principalsIn(documents: readonly Document[]): readonly Secret[] {
  const spans = documents.flatMap(({ blocks }) => blocks.flatMap(spansOf));
  return spans.flatMap((span) => (span.kind === 'principal' ? [{ text: span.text, as: 'name' }] : []));
}

function spansOf(block: Block): readonly Span[] {
  if ('spans' in block) return block.spans;
  return block.kind === 'list' ? block.items.flat() : [];
}

function textsOf(block: Block): readonly string[] {
  return block.kind === 'title' ? [block.text] : spansOf(block).flatMap(textsOfSpan);
}

function textsOfSpan(span: Span): readonly string[] {
  if ('text' in span) return [span.text];
  return span.kind === 'resource' ? [span.id] : [];
}

function redactDocument({ summary, blocks }: Document, redact: RedactText): Document {
  const kept = blocks.filter((block, index) => !leadsToNothing(block, blocks[index + 1]));
  const left = kept.flatMap((block) => redactBlock(block, redact));
  const isComplete = left.length === blocks.length;
  return { summary: redact(summary), blocks: isComplete ? left : [...left, LEFT_OUT] };
}

/** `The same in Terraform:` says nothing without what follows. */
function leadsToNothing(block: Block, next: Block | undefined): boolean {
  const isLead = block.kind === 'paragraph' && plainText(block.spans).endsWith(':');
  return isLead && next !== undefined && IS_LEFT_OUT[next.kind];
}

/** The compiler asks for every new kind. */
const IS_LEFT_OUT: Readonly<Record<Block['kind'], boolean>> = {
  headline: false,
  title: false,
  paragraph: false,
  list: false,
  note: false,
  command: true,
  terraform: true,
  evidence: true,
  buttons: false,
};

/** A block that cannot be told at all is none. */
function redactBlock(block: Block, redact: RedactText): readonly Block[] {
  switch (block.kind) {
    case 'headline':
    case 'paragraph':
    case 'note':
      return [{ ...block, spans: redactSpans(block.spans, redact) }];
    case 'list':
      return [{ ...block, items: block.items.map((item) => redactSpans(item, redact)) }];
    case 'title':
      return [{ ...block, text: redact(block.text) }];
    case 'command':
    case 'terraform':
    case 'evidence':
      return [];
    case 'buttons':
      return [block];
    default:
      return assertNever(block);
  }
}

function redactSpans(spans: NonEmpty<Span>, redact: RedactText): NonEmpty<Span> {
  const redacted = spans.map((span) => redactSpan(span, redact));
  return isNonEmpty(redacted) ? redacted : sentence``;
}

function redactSpan(span: Span, redact: RedactText): Span {
  switch (span.kind) {
    case 'words':
    case 'strong':
    case 'code':
    case 'principal':
      return { ...span, text: redact(span.text) };
    case 'resource':
      return { kind: 'resource', id: redact(span.id) };
    case 'time':
    case 'person':
    case 'channel':
      return span;
    default:
      return assertNever(span);
  }
}

const LEFT_OUT: Block = {
  kind: 'note',
  spans: sentence`Commands and raw records are left out here.`,
};

const REDACTED: Extract<Block, { kind: 'note' }> = {
  kind: 'note',
  spans: sentence`Accounts, addresses and names are left out, because people of other organisations may read this. For the whole answer ask again in a channel of your own organisation, or in a direct message to me.`,
};

/** Said once, however often a document passes. */
function withNote({ summary, blocks }: Document): Document {
  const isSaid = blocks.some((block) => block.kind === 'note' && plainText(block.spans) === plainText(REDACTED.spans));
  return { summary, blocks: isSaid ? blocks : [...blocks, REDACTED] };
}

import type { Block, Document } from './document.ts';
import { assertNever } from '../lang/exhaustive.ts';
import { code, sentence, type Sentence } from './sentence.ts';

/** Why the message that a thread began with was not read. */
export type UnreadParent =
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly scope: string }
  | { readonly kind: 'not-read'; readonly because: string };

/** Put before the examples: what kept the bot from the message above, and how to ask without it. */
export function explainUnreadParent(parent: UnreadParent, examples: Document): Document {
  const why: Block = { kind: 'paragraph', spans: whyOf(parent) };
  return { summary: examples.summary, blocks: [why, ...examples.blocks] };
}

function whyOf(parent: UnreadParent): Sentence {
  switch (parent.kind) {
    case 'missing':
      return sentence`The message this thread began with is not there any more, so I went by your words alone.`;
    case 'refused':
      return sentence`I may not read the message this thread began with: the scope ${code(parent.scope)} is missing, which those who run this bot can add. Until then name in your own message what to look at, or use the shortcut on that message.`;
    case 'not-read':
      return sentence`Slack did not let me read the message this thread began with (${parent.because}). Name in your own message what to look at, or use the shortcut on that message.`;
    default:
      return assertNever(parent);
  }
}

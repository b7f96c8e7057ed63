import type { Document } from '../explain/document.ts';
import { renderSlackMessages } from '../render/block-kit.ts';

export interface EphemeralMessage {
  readonly text: string;
  readonly blocks: ReturnType<typeof renderSlackMessages>[number]['blocks'];
}

/** The document as one message: what only the asker sees cannot be a thread. */
export function ephemeralMessage(document: Document): EphemeralMessage {
  const [message] = renderSlackMessages(document);
  return message ?? { text: document.summary, blocks: [] };
}

import type { KnownBlock } from '@slack/types';

/** What Slack takes. Beyond these a message is refused, or shown as something else. */
export const LIMITS = {
  /** https://docs.slack.dev/reference/block-kit/blocks */
  blocksInMessage: 50,
  /** Home tabs and modals: https://docs.slack.dev/reference/block-kit/blocks */
  blocksInHome: 100,
  /** https://docs.slack.dev/reference/block-kit/blocks/section-block */
  sectionText: 3_000,
  /** https://docs.slack.dev/reference/block-kit/blocks/header-block */
  headerText: 150,
  /** Of a text object: https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
  contextText: 3_000,
  /** https://docs.slack.dev/reference/block-kit/blocks/context-block */
  contextElements: 10,
  /** Documented nowhere; kept as a section's. */
  preformattedText: 3_000,
  /** Longer ones are cut at 40,000; 4,000 is advised: https://docs.slack.dev/reference/methods/chat.postMessage */
  messageText: 4_000,
  /**
   * All blocks of a message as JSON. Users met `msg_blocks_too_long` at about 13,200 characters, which no page tells:
   * https://github.com/slackapi/bolt-js/issues/2509
   */
  messageBudget: 10_000,
} as const;

/** Ours, so that a message stays readable: the rest is counted. */
export const SHOWN = { listItems: 20, listItemText: 900, evidenceLines: 5, evidenceLineText: 400 } as const;

/** Cuts between blocks, never inside one: each part is a message that Slack takes. At least one part. */
export function packBlocks(blocks: readonly KnownBlock[]): readonly (readonly KnownBlock[])[] {
  const parts: KnownBlock[][] = [[]];
  let size = 0;
  for (const block of blocks) {
    const length = JSON.stringify(block).length + ','.length;
    const current = parts.at(-1);
    if (current !== undefined && current.length < LIMITS.blocksInMessage && size + length < LIMITS.messageBudget) {
      current.push(block);
      size += length;
    } else {
      parts.push([block]);
      size = length;
    }
  }
  return parts;
}

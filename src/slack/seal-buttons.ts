import type { KnownBlock } from '@slack/types';
import type { SlackMessage } from '../render/block-kit.ts';
import { BUTTONS_BLOCK } from '../render/buttons.ts';

/** Gives the buttons of an answer the value by which they are known when they come back. */
export function sealButtons(message: SlackMessage, value: string): SlackMessage {
  return { ...message, blocks: message.blocks.map((block) => sealBlock(block, value)) };
}

function sealBlock(block: KnownBlock, value: string): KnownBlock {
  if (block.type !== 'actions' || block.block_id !== BUTTONS_BLOCK) return block;
  return {
    ...block,
    elements: block.elements.map((element) => (element.type === 'button' ? { ...element, value } : element)),
  };
}

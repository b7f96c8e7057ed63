import { printBlocks } from './slack/print-blocks.ts';
import type { PostedMessage, PostedThread } from './slack/read-channel.ts';
import { wrapLine } from './wrap-line.ts';

/** The message and its thread, as a person reads them from top to bottom. */
export function printThread({ parent, replies }: PostedThread, width: number): string {
  return [printMessage(parent, '', width), ...replies.map((reply) => printMessage(reply, '  │ ', width))].join(
    '\n  │\n',
  );
}

function printMessage(message: PostedMessage, margin: string, width: number): string {
  const lines = printBlocks(message.blocks).split('\n');
  return lines
    .flatMap((line) => wrapLine(line, width - margin.length))
    .map((line) => `${margin}${line}`.trimEnd())
    .join('\n');
}

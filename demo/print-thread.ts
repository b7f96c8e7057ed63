import { printBlocks } from './slack/print-blocks.ts';
import type { PostedMessage, PostedThread } from './slack/read-channel.ts';
import { wrapLine } from './wrap-line.ts';

export interface PrintStyle {
  readonly width: number;
  /** Of users, by the ids in mentions. */
  readonly names: ReadonlyMap<string, string>;
}

/** The message and its thread, as a person reads them from top to bottom. */
export function printThread({ parent, replies }: PostedThread, style: PrintStyle): string {
  return [printMessage(parent, '', style), ...replies.map((reply) => printMessage(reply, '  │ ', style))].join(
    '\n  │\n',
  );
}

function printMessage(message: PostedMessage, margin: string, { width, names }: PrintStyle): string {
  const text = printBlocks(message.blocks).replaceAll(
    /@(\w+)/g,
    (mention, id: string) => `@${names.get(id) ?? mention.slice(1)}`,
  );
  return text
    .split('\n')
    .flatMap((line) => wrapLine(line, width - margin.length))
    .map((line) => `${margin}${line}`.trimEnd())
    .join('\n');
}

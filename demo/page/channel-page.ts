import { createElement as h, type ReactElement } from 'react';
import { Message, type Block } from 'slack-blocks-to-jsx';
import type { PostedMessage, PostedThread } from '../slack/read-channel.ts';
import { PAGE_STYLE } from './page-style.ts';

export interface ChannelView {
  readonly threads: readonly PostedThread[];
  /** Commands worth trying, with what they are about. */
  readonly suggestions: readonly { readonly title: string; readonly command: string }[];
  /** What the last command was acknowledged with, seen by the asker alone. */
  readonly acknowledgement?: { readonly command: string; readonly blocks: readonly unknown[] };
  /** Names for the ids in mentions. */
  readonly users: readonly { readonly id: string; readonly name: string }[];
  readonly blockStyle: string;
  /** Looked at again in a moment, while an answer is on its way. */
  readonly refresh: boolean;
}

/** The channel and its threads as Slack would draw them, with a box for further commands. */
export function ChannelPage(view: ChannelView): ReactElement {
  const { threads, suggestions, acknowledgement } = view;
  return h(
    'html',
    { lang: 'en', 'data-theme': 'light' },
    pageHead(view),
    h(
      'body',
      null,
      h(
        'header',
        null,
        h('h1', null, '# incidents'),
        h('p', null, 'A local Slack and a local AWS. Nothing here leaves this machine.'),
      ),
      h(
        'main',
        null,
        threads.map((thread) => drawThread(thread, view)),
        acknowledgement !== undefined && drawAcknowledgement(acknowledgement, view),
      ),
      drawComposer(suggestions),
    ),
  );
}

function pageHead({ blockStyle, refresh }: ChannelView): ReactElement {
  return h(
    'head',
    null,
    h('meta', { charSet: 'utf-8' }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    refresh && h('meta', { httpEquiv: 'refresh', content: '1; url=/' }),
    h('title', null, '#incidents – vpc-why demo'),
    h('style', { dangerouslySetInnerHTML: { __html: `${blockStyle}\n${PAGE_STYLE}` } }),
  );
}

function drawThread({ parent, replies }: PostedThread, view: ChannelView): ReactElement {
  return h(
    'article',
    { key: parent.ts },
    drawMessage(parent, view),
    replies.length > 0 &&
      h(
        'section',
        { className: 'thread', 'aria-label': 'thread' },
        h('p', { className: 'count' }, replies.length === 1 ? '1 reply' : `${replies.length} replies`),
        replies.map((reply) => drawMessage(reply, view)),
      ),
  );
}

function drawMessage({ ts, blocks }: PostedMessage, { users }: ChannelView): ReactElement {
  const time = new Date(Number(ts) * 1000);
  return h(Message, { key: ts, ...BOT, time, blocks: asBlocks(blocks), data: { users: [...users] } });
}

function drawAcknowledgement(
  { command, blocks }: NonNullable<ChannelView['acknowledgement']>,
  { users }: ChannelView,
): ReactElement {
  return h(
    'aside',
    null,
    h('p', { className: 'count' }, `Only visible to you · /vpc ${command}`),
    h(Message, { ...BOT, blocks: asBlocks(blocks), data: { users: [...users] } }),
  );
}

function drawComposer(suggestions: ChannelView['suggestions']): ReactElement {
  const box = { name: 'text', 'aria-label': 'command', autoComplete: 'off', placeholder: 'why-rejected eni-…' };
  return h(
    'footer',
    null,
    h('form', ASK, h('label', null, '/vpc ', h('input', box)), h('button', { type: 'submit' }, 'Send')),
    h('ul', null, suggestions.map(drawSuggestion)),
  );
}

function drawSuggestion({ title, command }: ChannelView['suggestions'][number]): ReactElement {
  const hidden = h('input', { type: 'hidden', name: 'text', value: command });
  return h('li', { key: command }, h('form', ASK, hidden, h('button', { className: 'suggestion' }, title)));
}

const ASK = { method: 'post', action: '/ask' };

/** The blocks come back from Slack as they were sent; what the drawing library does not know it leaves out. */
function asBlocks(blocks: readonly unknown[]): Block[] {
  return blocks.filter(isBlock);
}

function isBlock(value: unknown): value is Block {
  return typeof value === 'object' && value !== null && 'type' in value;
}

const LOGO = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><rect width="36" height="36" rx="6" fill="#1d3557"/><text x="18" y="25" font-family="sans-serif" font-size="20" font-weight="bold" fill="#f1faee" text-anchor="middle">?</text></svg>',
)}`;

const BOT = { name: 'vpc-why', logo: LOGO, theme: 'light' } as const;

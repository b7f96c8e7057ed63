import type { ReactElement } from 'react';
import { Message, type Block } from 'slack-blocks-to-jsx';
import type { PostedMessage, PostedThread } from '../slack/read-channel.ts';
import { PAGE_STYLE } from './page-style.ts';

export interface ChannelView {
  readonly threads: readonly PostedThread[];
  /** Commands worth trying, with what they are about. */
  readonly suggestions: readonly { readonly title: string; readonly command: string }[];
  /** What the last command was acknowledged with, seen by the asker alone. */
  readonly acknowledgement?: { readonly command: string; readonly blocks: readonly unknown[] };
  readonly blockStyle: string;
  /** Looked at again in a moment, while an answer is on its way. */
  readonly refresh: boolean;
}

/** The channel and its threads as Slack would draw them, with a box for further commands. */
export function ChannelPage({ threads, suggestions, acknowledgement, blockStyle, refresh }: ChannelView): ReactElement {
  return (
    <html lang="en" data-theme="light">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {refresh && <meta httpEquiv="refresh" content="1; url=/" />}
        <title>#incidents – vpc-why demo</title>
        <style dangerouslySetInnerHTML={{ __html: `${blockStyle}\n${PAGE_STYLE}` }} />
      </head>
      <body>
        <header>
          <h1># incidents</h1>
          <p>A local Slack and a local AWS. Nothing here leaves this machine.</p>
        </header>
        <main>
          {threads.map((thread) => (
            <Thread key={thread.parent.ts} thread={thread} />
          ))}
          {acknowledgement !== undefined && <Acknowledged {...acknowledgement} />}
        </main>
        <Composer suggestions={suggestions} />
      </body>
    </html>
  );
}

function Thread({ thread: { parent, replies } }: { readonly thread: PostedThread }): ReactElement {
  return (
    <article>
      <Posted message={parent} />
      {replies.length > 0 && (
        <section className="thread" aria-label="thread">
          <p className="count">{replies.length === 1 ? '1 reply' : `${replies.length} replies`}</p>
          {replies.map((reply) => (
            <Posted key={reply.ts} message={reply} />
          ))}
        </section>
      )}
    </article>
  );
}

function Posted({ message }: { readonly message: PostedMessage }): ReactElement {
  return (
    <Message
      name="vpc-why"
      logo={LOGO}
      time={new Date(Number(message.ts) * 1000)}
      blocks={asBlocks(message.blocks)}
      theme="light"
    />
  );
}

function Acknowledged({
  command,
  blocks,
}: {
  readonly command: string;
  readonly blocks: readonly unknown[];
}): ReactElement {
  return (
    <aside>
      <p className="count">Only visible to you · /vpc {command}</p>
      <Message name="vpc-why" logo={LOGO} blocks={asBlocks(blocks)} theme="light" />
    </aside>
  );
}

function Composer({ suggestions }: Pick<ChannelView, 'suggestions'>): ReactElement {
  return (
    <footer>
      <form method="post" action="/ask">
        <label>
          /vpc{' '}
          <input
            name="text"
            aria-label="command"
            list="suggestions"
            autoComplete="off"
            placeholder="why-rejected eni-…"
          />
        </label>
        <button type="submit">Send</button>
      </form>
      <ul>
        {suggestions.map(({ title, command }) => (
          <li key={command}>
            <form method="post" action="/ask">
              <input type="hidden" name="text" value={command} />
              <button type="submit" className="suggestion">
                {title}
              </button>
            </form>
          </li>
        ))}
      </ul>
    </footer>
  );
}

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

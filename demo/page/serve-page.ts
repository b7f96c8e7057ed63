import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { listenOnLoopback } from '../loopback.ts';
import type { Acknowledgement } from '../slack/send-slash-command.ts';
import { readChannel } from '../slack/read-channel.ts';
import type { LocalSlack } from '../slack/start-slack.ts';
import { ChannelPage, type ChannelView } from './channel-page.ts';

export interface PageParts {
  readonly slack: LocalSlack;
  readonly suggestions: ChannelView['suggestions'];
  /** Sends a command as Slack would. */
  readonly ask: (text: string) => Promise<Acknowledgement>;
  /** Whether an answer is on its way. */
  readonly busy: () => Promise<boolean>;
}

export interface ServedPage {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the channel on loopback: `GET /` draws it, `POST /ask` sends a command. */
export async function servePage(parts: PageParts): Promise<ServedPage> {
  const desk: Desk = { ...parts, blockStyle: readBlockStyle() };
  const server = createServer((request, response) => {
    answer(desk, request, response).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
    });
  });
  const url = await listenOnLoopback(server);
  return {
    url: `${url}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Desk extends PageParts {
  readonly blockStyle: string;
  acknowledgement?: NonNullable<ChannelView['acknowledgement']>;
}

async function answer(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'POST' && request.url === '/ask') {
    const command = (await readForm(request)).get('text') ?? '';
    const { blocks } = await desk.ask(command);
    desk.acknowledgement = { command, blocks };
    response.writeHead(303, { location: '/' }).end();
    return;
  }
  if (request.url !== '/') {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(await draw(desk));
}

async function draw({ slack, suggestions, blockStyle, acknowledgement, busy }: Desk): Promise<string> {
  const view: ChannelView = {
    threads: await readChannel(slack),
    suggestions,
    blockStyle,
    users: [{ id: slack.userId, name: 'dana' }],
    refresh: await busy(),
    ...(acknowledgement !== undefined && { acknowledgement }),
  };
  return `<!doctype html>${renderToStaticMarkup(createElement(ChannelPage, view))}`;
}

const LARGEST_FORM = 10_000;

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > LARGEST_FORM) throw new Error('the form is too large');
  }
  return new URLSearchParams(body);
}

function readBlockStyle(): string {
  return readFileSync(createRequire(import.meta.url).resolve('slack-blocks-to-jsx/dist/style.css'), 'utf8');
}

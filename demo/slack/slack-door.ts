import { createServer, request as forward, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { assertNever } from '../../src/lang/exhaustive.ts';

export interface SlackCall {
  readonly method: string;
  readonly body: Record<string, unknown>;
  readonly status: number;
  /** Milliseconds, as `performance.now()` counts them, when the answer was there. */
  readonly at: number;
}

export type SlackFault =
  | { readonly kind: 'rate-limited'; readonly retryAfter: number }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'reset' }
  /** Taken in and never answered. */
  | { readonly kind: 'silence' }
  /** Carried out, but the answer is lost on its way. */
  | { readonly kind: 'answer-lost' }
  /** Carried out, and the answer ends in its middle. */
  | { readonly kind: 'answer-cut' }
  /** Carried out, and the answer is a page of some proxy's. */
  | { readonly kind: 'answer-garbled' };

/** What befalls a call before Slack does anything. */
type Refusal = Exclude<SlackFault, { kind: `answer-${string}` }>;

export interface SlackDoor {
  readonly server: Server;
  readonly calls: SlackCall[];
  /** By method: what the next calls get instead of an answer. */
  readonly faults: Map<string, SlackFault[]>;
  /** By method: answers for what `emulate` does not know. */
  readonly answers: Map<string, unknown>;
}

/** Stands before the local Slack: notes every call, passes it on, or misbehaves to order. */
export function createDoor(port: number): SlackDoor {
  const door = { calls: [], faults: new Map<string, SlackFault[]>(), answers: new Map<string, unknown>() };
  const server = createServer((request, response) => {
    pass({ request, response, port, ...door }).catch(() => response.destroy());
  });
  return { server, ...door };
}

interface Passing extends Omit<SlackDoor, 'server'> {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly port: number;
}

async function pass({ request, response, port, ...door }: Passing): Promise<void> {
  const method = new URL(request.url ?? '/', 'http://127.0.0.1').pathname.replace('/api/', '');
  const body = await buffer(request);
  const note = (status: number): void => {
    door.calls.push({
      method,
      body: Object.fromEntries(new URLSearchParams(body.toString())),
      status,
      at: performance.now(),
    });
  };
  const fault = door.faults.get(method)?.shift();
  if (fault !== undefined && isRefusal(fault)) {
    note(0);
    misbehave(response, fault);
    return;
  }
  const answer = known(door.answers.get(method)) ?? (await ask(request, body, port));
  note(answer.status);
  sendBack(response, answer, fault);
}

function isRefusal(fault: SlackFault): fault is Refusal {
  return !fault.kind.startsWith('answer-');
}

function sendBack(response: ServerResponse, answer: Answer, damage?: Exclude<SlackFault, Refusal>): void {
  const headers = { 'content-type': answer.contentType };
  switch (damage?.kind) {
    case 'answer-lost':
      response.destroy();
      return;
    case 'answer-cut':
      response.writeHead(answer.status, { ...headers, 'content-length': String(answer.body.length) });
      response.write(answer.body.subarray(0, answer.body.length / 2), () => response.destroy());
      return;
    case 'answer-garbled':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>502 <b>Bad Gateway</b></body></html>');
      return;
    case undefined:
      response.writeHead(answer.status, headers).end(answer.body);
      return;
    default:
      assertNever(damage);
  }
}

function misbehave(response: ServerResponse, fault: Refusal): void {
  switch (fault.kind) {
    case 'rate-limited':
      response.writeHead(429, { 'retry-after': String(fault.retryAfter) }).end();
      return;
    case 'status':
      response.writeHead(fault.status).end();
      return;
    case 'error':
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ ok: false, error: fault.error }));
      return;
    case 'reset':
      response.destroy();
      return;
    case 'silence':
      return;
    default:
      assertNever(fault);
  }
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

function known(answer: unknown): Answer | undefined {
  if (answer === undefined) return undefined;
  return { status: 200, contentType: 'application/json', body: Buffer.from(JSON.stringify(answer)) };
}

async function ask(request: IncomingMessage, body: Buffer, port: number): Promise<Answer> {
  const headers = { ...request.headers, host: `127.0.0.1:${port}`, 'content-length': body.length };
  const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
    forward({ port, host: '127.0.0.1', path: request.url, method: request.method, headers }, resolve)
      .on('error', reject)
      .end(body);
  });
  return {
    status: incoming.statusCode ?? 502,
    contentType: incoming.headers['content-type'] ?? 'application/json',
    body: await buffer(incoming),
  };
}

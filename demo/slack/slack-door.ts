import { createServer, request as forward, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { assertNever } from '../../src/lang/exhaustive.ts';
import { pseudoRandom } from '../pseudo-random.ts';

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

/** Trouble that befalls a share of the calls, the same ones at every run. */
interface SlackMishap {
  readonly fault: SlackFault;
  /** Between 0 and 1. */
  readonly probability: number;
}

export interface SlackDoor {
  readonly server: Server;
  /** By method: what the next calls get instead of an answer. */
  readonly faults: Map<string, SlackFault[]>;
  /** By method: answers for what whoever stands behind the door does not know. */
  readonly answers: Map<string, unknown>;
  /** In place of earlier ones. */
  readonly befall: (...mishaps: SlackMishap[]) => void;
}

/** Who stands behind the door. */
interface Behind {
  readonly answer: (request: IncomingMessage, body: Buffer) => Promise<SlackAnswer>;
  readonly note?: (call: SlackCall) => void;
}

export interface SlackAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/** Stands before a local Slack: notes every call, passes it on, or misbehaves to order. */
export function createDoor({ answer, note = () => undefined }: Behind): SlackDoor {
  const faults = new Map<string, SlackFault[]>();
  const answers = new Map<string, unknown>();
  let mishaps: readonly { readonly mishap: SlackMishap; readonly chance: () => number }[] = [];
  const strike = (method: string): SlackFault | undefined =>
    faults.get(method)?.shift() ?? mishaps.find(({ chance, mishap }) => chance() < mishap.probability)?.mishap.fault;
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const method = new URL(request.url ?? '/', 'http://127.0.0.1').pathname.replace('/api/', '');
    const body = await buffer(request);
    const noteCall = (status: number): void =>
      note({ method, body: Object.fromEntries(new URLSearchParams(body.toString())), status, at: performance.now() });
    const fault = strike(method);
    if (fault !== undefined && isRefusal(fault)) {
      noteCall(0);
      misbehave(response, fault);
      return;
    }
    const answered = known(answers.get(method)) ?? (await answer(request, body));
    noteCall(answered.status);
    sendBack(response, answered, fault);
  };
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  return {
    server,
    faults,
    answers,
    befall: (...chosen) => {
      mishaps = chosen.map((mishap, index) => ({ mishap, chance: pseudoRandom(index + 1) }));
    },
  };
}

function isRefusal(fault: SlackFault): fault is Refusal {
  return !fault.kind.startsWith('answer-');
}

function sendBack(response: ServerResponse, answer: SlackAnswer, damage?: Exclude<SlackFault, Refusal>): void {
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

function known(answer: unknown): SlackAnswer | undefined {
  if (answer === undefined) return undefined;
  return { status: 200, contentType: 'application/json', body: Buffer.from(JSON.stringify(answer)) };
}

/** Passes a call on to a local Slack on that port. */
export async function passOn(request: IncomingMessage, body: Buffer, port: number): Promise<SlackAnswer> {
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

import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.ts';

export interface OperationsParts {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Each says what it needs and throws when it is not there. */
  readonly checks: Readonly<Record<string, () => Promise<unknown>>>;
  readonly metrics: Pick<Metrics, 'render'>;
}

export interface OperationsServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * What whoever runs the bot asks of it, apart from Slack's door: `/healthz` (the process lives), `/readyz` (it can do
 * its work), `/metrics`. Rejects when the port is taken.
 */
export async function serveOperations(parts: OperationsParts): Promise<OperationsServer> {
  const server = createServer({ requestTimeout: 5_000, headersTimeout: 5_000 }, (request, response) => {
    const answer = request.method === 'GET' ? ROUTES.get(request.url ?? '') : undefined;
    if (answer === undefined) send(response, { status: 404, text: 'not here' });
    else
      answer(parts).then(
        (said) => send(response, said),
        () => send(response, { status: 500, text: 'a fault of ours' }),
      );
  });
  const port = await listen(server, parts);
  return { url: `http://${parts.host}:${port}`, close: () => close(server) };
}

interface Said {
  readonly status: number;
  readonly text: string;
  readonly contentType?: string;
}

type Answer = (parts: OperationsParts) => Promise<Said>;

const ROUTES: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  ['/healthz', async () => ({ status: 200, text: 'alive' })],
  ['/readyz', checkAll],
  ['/metrics', async ({ metrics }) => ({ status: 200, ...(await metrics.render()) })],
]);

/** A check that hangs is one that failed. */
const CHECK_WITHIN_MS = 2_000;

async function checkAll({ checks }: OperationsParts): Promise<Said> {
  const lines = await Promise.all(Object.entries(checks).map(([name, check]) => checkOne(name, check)));
  const status = lines.every(({ ok }) => ok) ? 200 : 503;
  return { status, text: lines.map(({ name, ok }) => `${name}: ${ok ? 'ready' : 'not ready'}`).join('\n') };
}

async function checkOne(name: string, check: () => Promise<unknown>): Promise<{ name: string; ok: boolean }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, CHECK_WITHIN_MS, false);
  });
  const passed = check().then(
    () => true,
    () => false,
  );
  const ok = await Promise.race([passed, late]);
  clearTimeout(timer);
  return { name, ok };
}

function send(response: ServerResponse, { status, text, contentType = 'text/plain; charset=utf-8' }: Said): void {
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' }).end(`${text}\n`);
}

function listen(server: Server, { host, port }: OperationsParts): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address: AddressInfo | string | null = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

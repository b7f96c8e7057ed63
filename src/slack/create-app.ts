import { App, HTTPReceiver, SocketModeReceiver, type Receiver } from '@slack/bolt';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { assertNever } from '../lang/exhaustive.ts';
import { registerActions, type ActionDesk } from './actions.ts';
import { createButtonSeal } from './button-seal.ts';
import { registerCommands } from './commands.ts';
import { clientOptions } from './create-client.ts';
import { guardRequests } from './guard-requests.ts';
import { createReplayGuard } from './replay-guard.ts';
import { registerHome, type HomeOf } from './home.ts';
import { registerModal } from './modal.ts';
import { registerShortcuts } from './shortcuts.ts';
import { registerMentions } from './mentions.ts';
import { ACKNOWLEDGE_WITHIN_MS, LARGEST_BODY } from './slack-limits.ts';
import type { SlackSettings, SlackTransport } from './slack-settings.ts';
import { toSlackFailure } from './to-failure.ts';

export interface SlackApp {
  /** Resolves when Slack can reach us. Throws `ExpectedError` when Slack refuses the token or does not answer. */
  start(): Promise<{ readonly url?: string }>;
  stop(): Promise<void>;
}

export interface SlackDesk extends Omit<ActionDesk, 'command' | 'seal'> {
  readonly homeOf: HomeOf;
}

/** The Slack side of the bot: receives, acknowledges, hands questions on. Holds no knowledge of AWS. */
export function createSlackApp(settings: SlackSettings, desk: SlackDesk): SlackApp {
  const carrier = createCarrier(settings, desk);
  const app = new App({
    token: settings.botToken,
    receiver: carrier.receiver,
    clientOptions: clientOptions(settings),
    logger: settings.logger,
    deferInitialization: true,
  });
  refuseReplays(app, desk.now);
  const entries = { ...desk, command: settings.command };
  registerCommands(app, entries);
  registerActions(app, { ...entries, seal: createButtonSeal(settings.botToken) });
  registerMentions(app, entries);
  registerShortcuts(app, entries);
  registerModal(app, entries);
  registerHome(app, entries);
  app.error(async (error) => {
    if (error instanceof ReplayedRequest) throw error;
    desk.report('Bolt reported an error', error);
  });
  return {
    start: async () => {
      try {
        await app.init();
        return await carrier.start();
      } catch (error) {
        throw toSlackFailure(error);
      }
    },
    stop: () => carrier.stop(),
  };
}

type HttpTransport = Extract<SlackTransport, { kind: 'http' }>;

interface Carrier {
  readonly receiver: Receiver;
  start(): Promise<{ readonly url?: string }>;
  stop(): Promise<void>;
}

function createCarrier(settings: SlackSettings, desk: SlackDesk): Carrier {
  const { transport } = settings;
  switch (transport.kind) {
    case 'http':
      return httpCarrier(transport, settings, desk);
    case 'socket-mode':
      return socketCarrier(transport, settings);
    default:
      return assertNever(transport);
  }
}

function httpCarrier(transport: HttpTransport, settings: SlackSettings, desk: SlackDesk): Carrier {
  const receiver = new HTTPReceiver({
    signingSecret: transport.signingSecret,
    endpoints: ['/slack/events', '/slack/commands', '/slack/interactions'],
    bodyLimit: LARGEST_BODY,
    logger: settings.logger,
    processEventErrorHandler: async ({ error, response }) => {
      if (!response.headersSent) response.writeHead(error instanceof ReplayedRequest ? 401 : 500).end();
      return true;
    },
    customPropertiesExtractor: (request) => ({ [SIGNATURE]: request.headers['x-slack-signature'] }),
  });
  const listener = guardRequests(receiver.requestListener, desk.now);
  const server = createServer(SERVER_LIMITS, (request, response) => {
    try {
      listener(request, response);
    } catch {
      response.writeHead(404).end();
    }
  });
  return {
    receiver,
    start: async () => ({ url: await listen(server, transport) }),
    stop: () => close(server),
  };
}

/** Slow senders are cut off; Slack sends a request within a second. */
const SERVER_LIMITS = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 20_000,
  maxHeaderSize: 16_384,
  /** Node looks for them this often; every 30 s if not told. */
  connectionsCheckingInterval: 1_000,
};

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(`http://${host}:${portOf(server.address())}`);
    });
  });
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Requests under way are answered, idle connections closed. A closing server cuts nobody off by itself, however slow. */
async function close(server: Server): Promise<void> {
  const cutOff = setTimeout(() => server.closeAllConnections(), ACKNOWLEDGE_WITHIN_MS);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(cutOff);
}

function socketCarrier(transport: { appToken: string }, settings: SlackSettings): Carrier {
  const receiver = new SocketModeReceiver({
    appToken: transport.appToken,
    logger: settings.logger,
    installerOptions: { clientOptions: { ...clientOptions(settings), retryConfig: { retries: 5, factor: 1.3 } } },
  });
  return {
    receiver,
    start: async () => {
      await receiver.start();
      return {};
    },
    stop: () => receiver.stop(),
  };
}

const SIGNATURE = 'slackSignature';

/** Bolt has verified the signature when a middleware runs, so only genuine ones are remembered. */
function refuseReplays(app: App, now: () => number): void {
  const isReplayed = createReplayGuard(now);
  app.use(async ({ context, next }) => {
    const signature: unknown = context[SIGNATURE];
    if (typeof signature === 'string' && isReplayed(signature)) throw new ReplayedRequest();
    await next();
  });
}

/** A captured request, sent again: answered as one with a bad signature is. */
class ReplayedRequest extends Error {
  override readonly name = 'ReplayedRequest';
  /** Bolt passes errors with a code through as they are. */
  readonly code = 'vpc_why_replayed_request';
}

import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';

import { answerCall } from './answer-call.ts';
import type { RecordedCall } from './answer-call.ts';
import { createDirectory } from './directory.ts';
import { createFaultBook } from './faults.ts';
import type { FaultControl } from './faults.ts';
import { listenOnLoopback } from '../loopback.ts';
import { createQueryBook } from './query-book.ts';
import { readRequest } from './read-request.ts';
import { sendAnswer } from './send-answer.ts';
import { accessKeyOf } from './stand-in-account.ts';
import type { StandInAccount } from './stand-in-account.ts';
import type { Paging } from './wire.ts';

export interface StandInAwsOptions {
  readonly accounts: readonly StandInAccount[];
  /** How long a call takes, the stand-in's own work being part of it. */
  readonly latencyMs?: number;
  readonly port?: number;
}

/** AWS on loopback: Athena, EC2, Elastic Load Balancing, CloudWatch Logs, S3 and STS on one port, told apart as AWS does, by the signature's scope. */
export interface StandInAws {
  /** For `AWS_ENDPOINT_URL`. */
  readonly url: string;
  /** Environment variables with which the SDK finds this stand-in and signs as the first account, in its region. */
  readonly environment: Readonly<Record<string, string>>;
  /** Every call so far, oldest first. */
  readonly calls: readonly RecordedCall[];
  readonly faults: FaultControl;
  readonly setLatency: (milliseconds: number) => void;
  readonly setPaging: (paging: Paging) => void;
  readonly close: () => Promise<void>;
}

export async function startAws(options: StandInAwsOptions): Promise<StandInAws> {
  const calls: RecordedCall[] = [];
  const faults = createFaultBook();
  const queries = createQueryBook();
  const state = { latencyMs: options.latencyMs ?? 0, paging: {}, inFlight: 0 };
  const directory = createDirectory(options.accounts);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [arrivedAt, at] = [performance.now(), Date.now()];
    state.inFlight += 1;
    response.once('close', () => {
      state.inFlight -= 1;
    });
    const wire = await readRequest(request);
    // AWS works on all calls at once: what came together is taken in before any of it is worked on.
    await setImmediate();
    const { answer, strikes } = answerCall(wire, {
      directory,
      faults,
      paging: state.paging,
      queries,
      record: (call) => calls.push({ ...call, at, inFlight: state.inFlight }),
    });
    await sendAnswer(response, answer, { strikes, arrivedAt, latencyMs: state.latencyMs });
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((defect: unknown) => confess(response, defect));
  });
  const url = await listenOnLoopback(server, options.port ?? 0);
  return {
    url,
    environment: environmentOf(url, options.accounts[0]),
    calls,
    faults,
    setLatency(milliseconds) {
      state.latencyMs = milliseconds;
    },
    setPaging(paging) {
      state.paging = paging;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A fault of the stand-in itself: said aloud, so that nobody looks for it in the bot. */
function confess(response: ServerResponse, defect: unknown): void {
  if (!response.headersSent) {
    response.writeHead(500, { 'content-type': 'text/plain' });
  }
  response.end(`the stand-in failed: ${String(defect)}`);
}

function environmentOf(url: string, first: StandInAccount | undefined): Readonly<Record<string, string>> {
  const { accountId, region } = first?.snapshot ?? { accountId: '000000000000', region: 'us-east-1' };
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: accessKeyOf(accountId),
    AWS_SECRET_ACCESS_KEY: 'checked-by-nobody-on-loopback',
    AWS_REGION: region,
  };
}

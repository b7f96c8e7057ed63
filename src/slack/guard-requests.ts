import type { IncomingMessage, RequestListener } from 'node:http';
import { SIGNATURE_TOLERANCE_SECONDS } from './slack-limits.ts';

/**
 * Refuses what Bolt lets pass: a request whose timestamp lies in the future (Bolt looks for old ones only), so that
 * nobody can sign today for later. Everything else goes on to Bolt, which checks the signature.
 */
export function guardRequests(next: RequestListener, now: () => number): RequestListener {
  return (request, response) => {
    const timestamp = timestampOf(request);
    if (timestamp !== undefined && timestamp > now() + SIGNATURE_TOLERANCE_SECONDS) {
      request.resume();
      response.writeHead(401).end();
      return;
    }
    next(request, response);
  };
}

function timestampOf(request: IncomingMessage): number | undefined {
  const header = request.headers['x-slack-request-timestamp'];
  return typeof header === 'string' ? Number(header) : undefined;
}

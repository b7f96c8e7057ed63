import { signRequest } from './sign-request.ts';

/** What every request of Slack's has in common. */
export interface SignedRequest {
  /** Where the bot listens: `http://127.0.0.1:3000`. */
  readonly botUrl: string;
  readonly signingSecret: string;
  /** Unix seconds; a moment ago or from now to try the receiver. */
  readonly timestamp?: number;
}

interface SignedBody {
  readonly path: string;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Posts a body to the bot, signed as Slack signs. */
export function postSigned(request: SignedRequest, { path, type, body, headers = {} }: SignedBody): Promise<Response> {
  const timestamp = request.timestamp ?? Math.floor(Date.now() / 1000);
  return fetch(`${request.botUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': type, ...headers, ...signRequest(request.signingSecret, body, timestamp) },
    body,
  });
}

import type { IncomingMessage } from 'node:http';

import type { WireRequest } from './wire.ts';

/** No read-only AWS request comes near this size. */
const LARGEST_BODY = 1024 * 1024;

export async function readRequest(request: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > LARGEST_BODY) {
      throw new Error('request body too large');
    }
    chunks.push(bytes);
  }
  return {
    method: request.method ?? 'GET',
    url: new URL(request.url ?? '/', 'http://127.0.0.1'),
    headers: request.headers,
    body: Buffer.concat(chunks).toString(),
  };
}

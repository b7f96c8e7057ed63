import { ServiceError } from './service-error.ts';

interface PageRequest {
  /** What the token is good for: a token of another call is refused. */
  readonly of: string;
  readonly token: string | undefined;
  readonly size: number;
  readonly invalidToken: string;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken?: string;
}

/** Cuts a page. Tokens are opaque to callers, and are bound to the call they were given for. */
export function cutPage<Item>(all: readonly Item[], request: PageRequest): Page<Item> {
  const start = request.token === undefined ? 0 : readToken(request, request.token);
  const end = start + Math.max(1, request.size);
  const items = all.slice(start, end);
  return end < all.length ? { items, nextToken: writeToken(request.of, end) } : { items };
}

export function writeToken(of: string, offset: number): string {
  return Buffer.from(JSON.stringify([of, offset])).toString('base64url');
}

function readToken(request: PageRequest, token: string): number {
  const [of, offset] = decodeToken(token);
  if (of !== request.of || typeof offset !== 'number') {
    throw new ServiceError(request.invalidToken, `The token '${token}' is not valid for this call.`);
  }
  return offset;
}

function decodeToken(token: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}

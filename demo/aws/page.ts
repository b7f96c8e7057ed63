import { createHash } from 'node:crypto';

import type { JsonRecord } from './record.ts';
import { ServiceError } from './service-error.ts';

interface PageRequest {
  /** What the token is good for: a token of another question is refused. */
  readonly of: string;
  readonly token: string | undefined;
  readonly size: number;
  /** Pages without items that come before the first. */
  readonly emptyPages?: number;
  readonly invalidToken: string;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken?: string;
}

/** A question apart from its place: the same one may be asked on with the token it was answered with. */
export function fingerprint(operation: string, input: JsonRecord): string {
  const question = Object.entries(input).filter(([name]) => !PLACE.has(name.toLowerCase()));
  return createHash('sha256')
    .update(JSON.stringify([operation, question]))
    .digest('base64url')
    .slice(0, 12);
}

const PLACE = new Set(['nexttoken', 'maxresults', 'limit', 'continuationtoken', 'maxkeys', 'marker', 'pagesize']);

/** Cuts a page. Tokens are opaque to callers, and are bound to the call they were given for. */
export function cutPage<Item>(all: readonly Item[], request: PageRequest): Page<Item> {
  const start = request.token === undefined ? -(request.emptyPages ?? 0) : readToken(request, request.token);
  if (start < 0) {
    return { items: [], nextToken: writeToken(request.of, start + 1) };
  }
  const end = start + Math.max(1, request.size);
  const items = all.slice(start, end);
  return end < all.length ? { items, nextToken: writeToken(request.of, end) } : { items };
}

function writeToken(of: string, offset: number): string {
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

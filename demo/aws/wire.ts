import type { IncomingHttpHeaders } from 'node:http';

import type { Directory, Identity } from './directory.ts';
import type { QueryBook } from './query-book.ts';
import type { ServiceError, TroubleTable } from './service-error.ts';
import type { StandInAccount } from './stand-in-account.ts';

export interface WireRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** One call, understood but not yet answered. */
export interface Call {
  readonly operation: string;
  /** The IAM action that permits it: `ec2:DescribeSubnets`, `s3:ListBucket`. */
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Who calls, and what that account holds in the region it calls. */
export interface Caller {
  readonly identity: Identity;
  readonly region: string;
  readonly account: StandInAccount;
}

/**
 * Page sizes to order: no page is larger than `pageSize`, and `emptyPages` empty log pages come before the first full one.
 * Queries run for `runningLooks` looks at them.
 */
export interface Paging {
  readonly pageSize?: number;
  readonly emptyPages?: number;
  readonly runningLooks?: number;
}

export interface ServiceContext {
  readonly caller: Caller;
  readonly directory: Directory;
  readonly paging: Paging;
  readonly queries: QueryBook;
}

/** One AWS service: how its requests read, what it answers, and how it words trouble. */
export interface StandInService {
  readonly trouble: TroubleTable;
  readonly readCall: (request: WireRequest) => Call;
  readonly answer: (call: Call, context: ServiceContext) => Answer;
  readonly answerError: (error: ServiceError, request: WireRequest) => Answer;
}

/** One id for all: nobody here looks requests up. */
export const REQUEST_ID = '00000000-demo-0000-0000-000000000000';

/** Text to body, with the type AWS names. */
export function textAnswer(status: number, contentType: string, body: string): Answer {
  return { status, headers: { 'content-type': contentType }, body: Buffer.from(body) };
}

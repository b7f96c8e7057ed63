import { isRecord } from '../record.ts';
import type { JsonRecord } from '../record.ts';
import { ServiceError, serviceError } from '../service-error.ts';
import type { TroubleTable } from '../service-error.ts';
import { textAnswer } from '../wire.ts';
import type { Answer, ServiceContext, StandInService } from '../wire.ts';
import { lookupEvents } from './lookup-events.ts';

const TARGET = 'CloudTrail_20131101.LookupEvents';

const TROUBLE: TroubleTable = {
  throttled: { code: 'ThrottlingException', status: 400 },
  denied: { code: 'AccessDeniedException', status: 400 },
  internal: { code: 'ServiceUnavailableException', status: 500 },
  'unknown-credentials': { code: 'UnrecognizedClientException', status: 400 },
  'unknown-operation': { code: 'UnknownOperationException', status: 400 },
};

/** CloudTrail: JSON 1.1, the operation in a header, and two calls a second (API-57). */
export const cloudTrailService: StandInService = {
  trouble: TROUBLE,
  readCall({ headers, body }) {
    const target = headers['x-amz-target'];
    if (target !== TARGET) throw serviceError(TROUBLE, 'unknown-operation', `No stand-in for ${String(target)}.`);
    return { operation: 'LookupEvents', action: 'cloudtrail:LookupEvents', input: readJson(body) };
  },
  answer(call, context) {
    takeToken(context);
    return jsonAnswer(200, lookupEvents(call.input, context));
  },
  answerError: (error) => jsonAnswer(error.status, { __type: error.code, message: error.message }),
};

const A_SECOND = 2;

/** Buckets of tokens by account and region, for as long as the stand-in lives. */
const buckets = new WeakMap<object, Map<string, { tokens: number; at: number }>>();

function takeToken({ caller, directory }: ServiceContext): void {
  const all = buckets.get(directory) ?? new Map<string, { tokens: number; at: number }>();
  buckets.set(directory, all);
  const key = `${caller.identity.accountId} ${caller.region}`;
  const now = performance.now();
  const { tokens, at } = all.get(key) ?? { tokens: A_SECOND, at: now };
  const left = Math.min(A_SECOND, tokens + ((now - at) / 1_000) * A_SECOND);
  all.set(key, { tokens: left < 1 ? left : left - 1, at: now });
  if (left < 1) throw serviceError(TROUBLE, 'throttled', 'Rate exceeded');
}

function readJson(body: string): JsonRecord {
  try {
    const parsed: unknown = JSON.parse(body);
    return isRecord(parsed) ? parsed : {};
  } catch {
    throw new ServiceError('SerializationException', 'The request body is not JSON.');
  }
}

function jsonAnswer(status: number, body: JsonRecord): Answer {
  return textAnswer(status, 'application/x-amz-json-1.1', JSON.stringify(body));
}

import { jsonService } from '../json-service.ts';
import { serviceError } from '../service-error.ts';
import type { TroubleTable } from '../service-error.ts';
import type { ServiceContext } from '../wire.ts';
import { lookupEvents } from './lookup-events.ts';

const TROUBLE: TroubleTable = {
  throttled: { code: 'ThrottlingException', status: 400 },
  denied: { code: 'AccessDeniedException', status: 400 },
  internal: { code: 'ServiceUnavailableException', status: 500 },
  'unknown-credentials': { code: 'UnrecognizedClientException', status: 400 },
  'unknown-operation': { code: 'UnknownOperationException', status: 400 },
};

/** CloudTrail: two calls a second (API-57). */
export const cloudTrailService = jsonService({
  target: 'CloudTrail_20131101.',
  action: 'cloudtrail',
  trouble: TROUBLE,
  operations: {
    LookupEvents(input, context) {
      takeToken(context);
      return lookupEvents(input, context);
    },
  },
});

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

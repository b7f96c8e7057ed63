import { isForeignError, readErrorSigns, type ErrorSigns } from './error-signs.ts';
import type { Failure, Place } from '../failure/failure.ts';
import type { RawRefusal } from '../vpc/raw-snapshot.ts';
import { CALLS, DECRYPT, serviceOf, type CallName } from './calls.ts';
import { CredentialsError } from './remember-credentials.ts';

/** The call that went wrong, and where. */
export interface FailedCall {
  readonly call: CallName;
  readonly place: Place;
}

/**
 * What an error of the AWS SDK means, by its name and its HTTP status: stand-ins and proxies know only one of the two.
 * `undefined` for errors that are none of AWS's: those are faults of ours and must not be hidden.
 * Nothing of the error's message is passed on, since it may repeat what was sent.
 */
export function toFailure(error: unknown, failed: FailedCall): Failure | undefined {
  if (error instanceof CredentialsError) return ofCredentials(error, failed);
  if (!isForeignError(error)) return undefined;
  const signs = readErrorSigns(error);
  return FAILURES[meaningOf(signs)](signs, failed);
}

/** The same as a line of the snapshot; `undefined` for failures that end the question. */
export function toRefusal(failure: Failure, call: CallName, about?: string): RawRefusal | undefined {
  const because = REFUSED_BECAUSE.get(failure.kind);
  if (because === undefined) return undefined;
  const action = failure.kind === 'missing-permission' ? failure.action : CALLS[call].action;
  return { action, because, ...(about === undefined ? {} : { about }) };
}

const REFUSED_BECAUSE: ReadonlyMap<Failure['kind'], RawRefusal['because']> = new Map([
  ['missing-permission', 'access-denied'],
  ['throttled', 'throttled'],
  ['unreachable', 'unreachable'],
  ['no-such-resource', 'not-found'],
]);

type Meaning = 'cancelled' | 'no-credentials' | 'throttled' | 'missing-permission' | 'no-such-resource' | 'unreachable';

interface Recogniser {
  readonly meaning: Meaning;
  readonly name: RegExp;
  readonly status?: number;
}

/** Names first, in this order; then statuses. An expired token is a 403 on some services and a 400 on others. */
const RECOGNISERS: readonly Recogniser[] = [
  { meaning: 'cancelled', name: /^AbortError$/ },
  {
    meaning: 'no-credentials',
    name: /^(CredentialsProviderError|TokenProviderError|ExpiredToken(Exception)?|RequestExpired|TokenRefreshRequired|InvalidClientTokenId|UnrecognizedClientException|AuthFailure|InvalidAccessKeyId|InvalidToken|IncompleteSignature|SignatureDoesNotMatch|InvalidSignatureException|RequestTimeTooSkewed)$/,
    status: 401,
  },
  {
    meaning: 'throttled',
    name: /^(RequestLimitExceeded|LimitExceededException|Throttl.*|TooManyRequests(Exception)?|RequestThrottled(Exception)?|SlowDown|BandwidthLimitExceeded|ProvisionedThroughputExceededException)$/,
    status: 429,
  },
  {
    meaning: 'missing-permission',
    name: /^(UnauthorizedOperation|AccessDenied(Exception)?|Unauthorized|OptInRequired|Forbidden|AllAccessDisabled|KMS\.?(AccessDenied|Disabled).*)$/,
    status: 403,
  },
  {
    meaning: 'no-such-resource',
    name: /(\.NotFound|^ResourceNotFoundException|^(LoadBalancer|TargetGroup)NotFound(Exception)?|^NoSuchBucket|^NoSuchKey|^NotFound)$/,
    status: 404,
  },
];

function meaningOf(signs: ErrorSigns): Meaning {
  const byName = RECOGNISERS.find(({ name }) => name.test(signs.name));
  const byStatus = RECOGNISERS.find(({ status }) => status !== undefined && status === signs.status);
  return (byName ?? byStatus)?.meaning ?? 'unreachable';
}

const FAILURES: Record<Meaning, (signs: ErrorSigns, failed: FailedCall) => Failure> = {
  cancelled: () => ({ kind: 'cancelled', detail: 'the question was withdrawn' }),
  'no-credentials': (signs) => ({ kind: 'no-credentials', detail: signs.name }),
  throttled: (_signs, { call }) => ({ kind: 'throttled', service: serviceOf(call) }),
  'missing-permission': (signs, { call, place }) => ({
    kind: 'missing-permission',
    action: signs.mentionsKey ? DECRYPT : CALLS[call].action,
    place,
  }),
  'no-such-resource': (signs, { place }) => ({ kind: 'no-such-resource', id: signs.name, lookedIn: [place] }),
  unreachable: (signs, { call }) => ({ kind: 'unreachable', service: serviceOf(call), detail: describeSigns(signs) }),
};

function describeSigns({ name, code, status }: ErrorSigns): string {
  if (code !== undefined) return code;
  return status === undefined ? name : `HTTP ${status} ${name}`;
}

/** A role that may not be assumed is a permission to give; anything else about credentials is for the operator. */
function ofCredentials(error: CredentialsError, { place }: FailedCall): Failure {
  const assume: FailedCall = { call: 'AssumeRole', place };
  if (!isForeignError(error.cause)) {
    const nested = error.cause instanceof CredentialsError ? ofCredentials(error.cause, assume) : undefined;
    return nested ?? { kind: 'no-credentials', detail: 'CredentialsProviderError' };
  }
  const signs = readErrorSigns(error.cause);
  if (error.roleArn === undefined) return { kind: 'no-credentials', detail: signs.name };
  return FAILURES[meaningOf(signs)](signs, assume);
}

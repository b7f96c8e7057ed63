import { assertNever } from '../../src/lang/exhaustive.ts';
import { athenaService } from './athena/serve-athena.ts';
import type { Directory } from './directory.ts';
import { cloudTrailService } from './cloudtrail/serve-cloudtrail.ts';
import { ec2Service } from './ec2/serve-ec2.ts';
import { elbService } from './elb/serve-elb.ts';
import type { FaultBook, FaultKind } from './faults.ts';
import { logsService } from './logs/serve-logs.ts';
import type { QueryBook } from './query-book.ts';
import { readAuthorization } from './read-authorization.ts';
import type { CredentialScope } from './read-authorization.ts';
import { s3Service } from './s3/serve-s3.ts';
import { ServiceError, serviceError } from './service-error.ts';
import { stsService } from './sts/serve-sts.ts';
import { textAnswer } from './wire.ts';
import type { Answer, Call, Caller, Paging, StandInService, WireRequest } from './wire.ts';

/** One call as the stand-in saw it. */
export interface RecordedCall extends Call {
  readonly accountId: string;
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Calls under way when this one came, itself included. */
  readonly inFlight: number;
}

export interface AnswerContext {
  readonly directory: Directory;
  readonly faults: FaultBook;
  readonly paging: Paging;
  readonly queries: QueryBook;
  readonly record: (call: Omit<RecordedCall, 'at' | 'inFlight'>) => void;
}

export interface Answered {
  readonly answer: Answer;
  /** What the way back will suffer. */
  readonly strikes: readonly FaultKind[];
}

/** By the name in the signature's credential scope. */
const SERVICES = new Map<string, StandInService>([
  ['cloudtrail', cloudTrailService],
  ['athena', athenaService],
  ['ec2', ec2Service],
  ['elasticloadbalancing', elbService],
  ['logs', logsService],
  ['s3', s3Service],
  ['sts', stsService],
]);

/** Who calls, what is asked, may they, does it go wrong by order, and if not: the answer. */
export function answerCall(request: WireRequest, context: AnswerContext): Answered {
  const service = SERVICES.get(serviceNameOf(request));
  if (service === undefined) {
    const body = JSON.stringify({ __type: 'UnknownOperationException', message: 'No stand-in for this service.' });
    return { answer: textAnswer(400, 'application/x-amz-json-1.1', body), strikes: [] };
  }
  let strikes: readonly FaultKind[] = [];
  try {
    const caller = identify(request, service, context.directory);
    const call = service.readCall(request);
    context.record({ ...call, accountId: caller.identity.accountId, region: caller.region });
    strikes = context.faults.strike(call.action);
    refuse(call, { service, caller, strikes });
    const { directory, paging, queries } = context;
    const answer = service.answer(call, { caller, directory, paging, queries });
    return { answer: strikes.some(({ kind }) => kind === 'malform') ? malformed(answer) : answer, strikes };
  } catch (error) {
    if (error instanceof ServiceError) {
      return { answer: service.answerError(error, request), strikes };
    }
    throw error;
  }
}

function serviceNameOf(request: WireRequest): string {
  return /\/([a-z0-9-]+)\/aws4_request/.exec(request.headers.authorization ?? '')?.[1] ?? 'ec2';
}

function identify(request: WireRequest, service: StandInService, directory: Directory): Caller {
  const scope: CredentialScope = readAuthorization(request.headers.authorization);
  const token = request.headers['x-amz-security-token'];
  const identity = directory.findIdentity(scope.accessKeyId, typeof token === 'string' ? token : undefined);
  if (identity === undefined) {
    throw serviceError(
      service.trouble,
      'unknown-credentials',
      'AWS was not able to validate the provided access credentials',
    );
  }
  const account = directory.findAccount(identity.accountId, scope.region);
  return { identity, region: scope.region, account };
}

interface Refusal {
  readonly service: StandInService;
  readonly caller: Caller;
  readonly strikes: readonly FaultKind[];
}

function refuse(call: Call, { service, caller, strikes }: Refusal): void {
  for (const strike of strikes) {
    const error = errorOf(strike, call, { service, caller });
    if (error !== undefined) {
      throw error;
    }
  }
  if (caller.account.denied?.includes(call.action) === true) {
    throw serviceError(service.trouble, 'denied', denial(call, caller));
  }
}

function errorOf(strike: FaultKind, call: Call, at: Omit<Refusal, 'strikes'>): ServiceError | undefined {
  switch (strike.kind) {
    case 'throttle':
      return serviceError(at.service.trouble, 'throttled', 'Request limit exceeded.');
    case 'deny':
      return serviceError(at.service.trouble, 'denied', denial(call, at.caller));
    case 'internal-error':
      return serviceError(at.service.trouble, 'internal', 'An internal error has occurred');
    case 'error':
      return new ServiceError(strike.code, 'Ordered by the test.', strike.status);
    case 'delay':
    case 'hang':
    case 'reset':
    case 'truncate':
    case 'malform':
      return undefined;
    default:
      return assertNever(strike);
  }
}

function denial(call: Call, caller: Caller): string {
  return (
    `You are not authorized to perform this operation. User: ${caller.identity.arn} is not authorized to perform: ` +
    `${call.action} because no identity-based policy allows the ${call.action} action`
  );
}

function malformed(answer: Answer): Answer {
  return { ...answer, body: Buffer.from('<html><body>502 <b>Bad Gateway</body>{"') };
}

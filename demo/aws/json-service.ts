import { isRecord } from './record.ts';
import type { JsonRecord } from './record.ts';
import { ServiceError, serviceError } from './service-error.ts';
import type { TroubleTable } from './service-error.ts';
import { textAnswer } from './wire.ts';
import type { Answer, ServiceContext, StandInService, WireRequest } from './wire.ts';

interface JsonServicePlan {
  /** What stands before the operation in the header that names it: `Logs_20140328.`. */
  readonly target: string;
  /** What stands before it in the IAM action: `logs`. */
  readonly action: string;
  readonly trouble: TroubleTable;
  readonly operations: Readonly<Record<string, (input: JsonRecord, context: ServiceContext) => JsonRecord>>;
}

/** A service that speaks JSON 1.1, with the operation in a header. */
export function jsonService({ target, action, trouble, operations }: JsonServicePlan): StandInService {
  return {
    trouble,
    readCall(request) {
      const operation = readOperation(request, target);
      if (!(operation in operations)) {
        throw serviceError(trouble, 'unknown-operation', `No stand-in for ${operation}.`);
      }
      return { operation, action: `${action}:${operation}`, input: readJson(request.body) };
    },
    answer: (call, context) => jsonAnswer(200, operations[call.operation]?.(call.input, context) ?? {}),
    answerError: (error) => jsonAnswer(error.status, { __type: error.code, message: error.message }),
  };
}

function readOperation({ headers }: WireRequest, target: string): string {
  const named = headers['x-amz-target'];
  return typeof named === 'string' && named.startsWith(target) ? named.slice(target.length) : '';
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

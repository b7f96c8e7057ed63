import { readForm } from './read-form.ts';
import type { JsonRecord } from './record.ts';
import { serviceError, type TroubleTable } from './service-error.ts';
import { findOperation, type OperationShape } from './shape.ts';
import { REQUEST_ID, textAnswer, type ServiceContext, type StandInService } from './wire.ts';
import { element, escapeXml, writeContent, xmlDocument } from './write-xml.ts';

/** A service of the query protocol: forms in, XML out. */
export interface QueryService {
  /** As IAM actions begin: `sts`. */
  readonly prefix: string;
  readonly namespace: string;
  readonly version: string;
  /** The SDK's client package, whose schemas say what answers look like. */
  readonly sdk: Parameters<typeof findOperation>[0];
  readonly operations: Readonly<Record<string, AnswerOperation>>;
}

type AnswerOperation = (input: JsonRecord, context: ServiceContext) => JsonRecord;

export const QUERY_TROUBLE: TroubleTable = {
  throttled: { code: 'Throttling', status: 400 },
  denied: { code: 'AccessDenied', status: 403 },
  internal: { code: 'InternalFailure', status: 500 },
  'unknown-credentials': { code: 'InvalidClientTokenId', status: 403 },
  'unknown-operation': { code: 'InvalidAction', status: 400 },
};

export function serveQuery({ prefix, namespace, version, sdk, operations }: QueryService): StandInService {
  const findServed = (name: string): OperationShape => {
    const operation = name in operations ? findOperation(sdk, name) : undefined;
    if (operation !== undefined) return operation;
    throw serviceError(QUERY_TROUBLE, 'unknown-operation', `Could not find operation ${name} for version ${version}`);
  };
  return {
    trouble: QUERY_TROUBLE,
    readCall(request) {
      const form = new URLSearchParams(request.body);
      const { name, input } = findServed(form.get('Action') ?? '');
      return { operation: name, action: `${prefix}:${name}`, input: readForm(form, input, 'query') };
    },
    answer(call, context) {
      const { name, output } = findServed(call.operation);
      const result = element(`${name}Result`, writeContent(output, operations[name]?.(call.input, context)));
      const metadata = element('ResponseMetadata', element('RequestId', REQUEST_ID));
      return textAnswer(200, 'text/xml', xmlDocument(`${name}Response`, namespace, result + metadata));
    },
    answerError(error) {
      const type = element('Type', error.status >= 500 ? 'Receiver' : 'Sender');
      const fault = type + element('Code', escapeXml(error.code)) + element('Message', escapeXml(error.message));
      const body = element('Error', fault) + element('RequestId', REQUEST_ID);
      return textAnswer(error.status, 'text/xml', element('ErrorResponse', body));
    },
  };
}

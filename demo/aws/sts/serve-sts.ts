import * as sts from '@aws-sdk/client-sts';

import { readForm } from '../read-form.ts';
import { textOf } from '../record.ts';
import type { JsonRecord } from '../record.ts';
import { ServiceError, serviceError } from '../service-error.ts';
import type { TroubleTable } from '../service-error.ts';
import { findOperation } from '../shape.ts';
import type { OperationShape } from '../shape.ts';
import { REQUEST_ID, textAnswer } from '../wire.ts';
import type { ServiceContext, StandInService } from '../wire.ts';
import { element, escapeXml, writeContent, xmlDocument } from '../write-xml.ts';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

const TROUBLE: TroubleTable = {
  throttled: { code: 'Throttling', status: 400 },
  denied: { code: 'AccessDenied', status: 403 },
  internal: { code: 'InternalFailure', status: 500 },
  'unknown-credentials': { code: 'InvalidClientTokenId', status: 403 },
  'unknown-operation': { code: 'InvalidAction', status: 400 },
};

/** STS: who am I, and let me be somebody in another account. */
export const stsService: StandInService = {
  trouble: TROUBLE,
  readCall(request) {
    const form = new URLSearchParams(request.body);
    const { name, input } = findServed(form.get('Action') ?? '');
    return { operation: name, action: `sts:${name}`, input: readForm(form, input, 'query') };
  },
  answer(call, context) {
    const { name, output } = findServed(call.operation);
    const result = element(`${name}Result`, writeContent(output, OPERATIONS[name]?.(call.input, context)));
    const metadata = element('ResponseMetadata', element('RequestId', REQUEST_ID));
    return textAnswer(200, 'text/xml', xmlDocument(`${name}Response`, NAMESPACE, result + metadata));
  },
  answerError(error) {
    const type = element('Type', error.status >= 500 ? 'Receiver' : 'Sender');
    const fault = type + element('Code', escapeXml(error.code)) + element('Message', escapeXml(error.message));
    const body = element('Error', fault) + element('RequestId', REQUEST_ID);
    return textAnswer(error.status, 'text/xml', element('ErrorResponse', body));
  },
};

const OPERATIONS: Readonly<Record<string, (input: JsonRecord, context: ServiceContext) => JsonRecord>> = {
  GetCallerIdentity: (_input, { caller: { identity } }) => ({
    UserId: identity.userId,
    Account: identity.accountId,
    Arn: identity.arn,
  }),
  AssumeRole: assumeRole,
};

function findServed(name: string): OperationShape {
  const operation = name in OPERATIONS ? findOperation(sts, name) : undefined;
  if (operation === undefined) {
    throw serviceError(TROUBLE, 'unknown-operation', `Could not find operation ${name} for version 2011-06-15`);
  }
  return operation;
}

/** A role opens to whoever brings the external id that its trust policy asks for (API-68). */
function assumeRole(input: JsonRecord, { caller, directory }: ServiceContext): JsonRecord {
  const roleArn = textOf(input['RoleArn']) ?? '';
  const sessionName = textOf(input['RoleSessionName']) ?? '';
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    throw new ServiceError('ValidationError', `'${sessionName}' at 'roleSessionName' failed to satisfy constraint`);
  }
  const role = directory.findRole(roleArn);
  if (role === undefined || (role.externalId !== undefined && role.externalId !== input['ExternalId'])) {
    const message = `User: ${caller.identity.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
    throw serviceError(TROUBLE, 'denied', message);
  }
  const session = directory.openSession(roleArn, sessionName);
  return {
    Credentials: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: 'checked-by-nobody-on-loopback',
      SessionToken: session.sessionToken,
      Expiration: new Date(Date.now() + ONE_HOUR_MS),
    },
    AssumedRoleUser: { AssumedRoleId: session.identity.userId, Arn: session.identity.arn },
  };
}

const ONE_HOUR_MS = 3_600_000;

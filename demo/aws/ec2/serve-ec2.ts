import * as ec2 from '@aws-sdk/client-ec2';

import { readForm } from '../read-form.ts';
import { ServiceError, serviceError } from '../service-error.ts';
import type { TroubleTable } from '../service-error.ts';
import { findOperation } from '../shape.ts';
import type { OperationShape } from '../shape.ts';
import { REQUEST_ID, textAnswer } from '../wire.ts';
import type { Answer, StandInService } from '../wire.ts';
import { element, escapeXml, writeContent, xmlDocument } from '../write-xml.ts';
import { describeResources } from './describe-resources.ts';

const NAMESPACE = 'http://ec2.amazonaws.com/doc/2016-11-15/';

const TROUBLE: TroubleTable = {
  throttled: { code: 'RequestLimitExceeded', status: 503 },
  denied: { code: 'UnauthorizedOperation', status: 403 },
  internal: { code: 'InternalError', status: 500 },
  'unknown-credentials': { code: 'AuthFailure', status: 401 },
  'unknown-operation': { code: 'InvalidAction', status: 400 },
};

/** EC2's query protocol: a form comes in, XML goes out, both by the SDK's own schemas. */
export const ec2Service: StandInService = {
  trouble: TROUBLE,
  readCall(request) {
    const form = new URLSearchParams(request.body);
    const operation = findReadOperation(form.get('Action') ?? '');
    return {
      operation: operation.name,
      action: `ec2:${operation.name}`,
      input: readForm(form, operation.input, 'ec2'),
    };
  },
  answer(call, context) {
    if (call.input['DryRun'] === true) {
      throw new ServiceError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
    }
    const operation = findReadOperation(call.operation);
    return xmlAnswer(operation, describeResources(operation, call.input, context));
  },
  answerError(error) {
    const fault = element('Code', escapeXml(error.code)) + element('Message', escapeXml(error.message));
    const body = element('Errors', element('Error', fault)) + element('RequestID', REQUEST_ID);
    return textAnswer(error.status, 'text/xml;charset=UTF-8', element('Response', body));
  },
};

/** The stand-in is as read-only as the bot must be: whatever would change something is no operation here. */
function findReadOperation(name: string): OperationShape {
  const operation = /^(Describe|Get|Search)/.test(name) ? findOperation(ec2, name) : undefined;
  if (operation === undefined) {
    throw serviceError(TROUBLE, 'unknown-operation', `The action ${name} is not valid for this web service.`);
  }
  return operation;
}

function xmlAnswer(operation: OperationShape, output: unknown): Answer {
  const content = element('requestId', REQUEST_ID) + writeContent(operation.output, output);
  return textAnswer(200, 'text/xml;charset=UTF-8', xmlDocument(`${operation.name}Response`, NAMESPACE, content));
}

import * as elb from '@aws-sdk/client-elastic-load-balancing-v2';

import { readForm } from '../read-form.ts';
import type { JsonRecord } from '../record.ts';
import { serviceError } from '../service-error.ts';
import type { TroubleTable } from '../service-error.ts';
import { findOperation } from '../shape.ts';
import type { OperationShape } from '../shape.ts';
import { REQUEST_ID, textAnswer } from '../wire.ts';
import type { ServiceContext, StandInService } from '../wire.ts';
import { element, escapeXml, writeContent, xmlDocument } from '../write-xml.ts';
import { describeAll, describeOf } from './describe-balancers.ts';

const NAMESPACE = 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/';

const TROUBLE: TroubleTable = {
  throttled: { code: 'Throttling', status: 400 },
  denied: { code: 'AccessDenied', status: 403 },
  internal: { code: 'InternalFailure', status: 500 },
  'unknown-credentials': { code: 'InvalidClientTokenId', status: 403 },
  'unknown-operation': { code: 'InvalidAction', status: 400 },
};

/** Elastic Load Balancing, version 2: the query protocol, as STS speaks it. */
export const elbService: StandInService = {
  trouble: TROUBLE,
  readCall(request) {
    const form = new URLSearchParams(request.body);
    const { name, input } = findServed(form.get('Action') ?? '');
    return { operation: name, action: `elasticloadbalancing:${name}`, input: readForm(form, input, 'query') };
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
  DescribeLoadBalancers: describeAll('LoadBalancers', 'LoadBalancerArn'),
  DescribeTargetGroups: describeAll('TargetGroups', 'TargetGroupArn'),
  DescribeListeners: describeOf('LoadBalancerListeners', 'LoadBalancerArn', 'Listeners'),
  DescribeLoadBalancerAttributes: describeOf('LoadBalancerAttributes', 'LoadBalancerArn', 'Attributes'),
  DescribeTargetGroupAttributes: describeOf('TargetGroupAttributes', 'TargetGroupArn', 'Attributes'),
  DescribeTargetHealth: describeOf('LoadBalancerTargetHealth', 'TargetGroupArn', 'TargetHealthDescriptions'),
};

function findServed(name: string): OperationShape {
  const operation = name in OPERATIONS ? findOperation(elb, name) : undefined;
  if (operation === undefined) {
    throw serviceError(TROUBLE, 'unknown-operation', `Could not find operation ${name} for version 2015-12-01`);
  }
  return operation;
}

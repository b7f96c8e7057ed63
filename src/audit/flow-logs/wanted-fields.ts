import type { FlowLog } from '../../vpc/flow-log.ts';

/** Fields that a diagnosis uses and the log does not write, in AWS's order. */
export function missingFields({ format }: FlowLog): readonly string[] {
  const written = new Set(format.match(/[a-z0-9-]+/g));
  return WANTED_FIELDS.filter((field) => !written.has(field));
}

export function isOfDefaultFormat(field: string): boolean {
  return DEFAULT_FIELDS.includes(field);
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html */
const DEFAULT_FIELDS: readonly string[] = [
  'version',
  'account-id',
  'interface-id',
  'srcaddr',
  'dstaddr',
  'srcport',
  'dstport',
  'protocol',
  'packets',
  'bytes',
  'start',
  'end',
  'action',
  'log-status',
];

/**
 * The smallest format with which a diagnosis is whole: without the fields after the default ones, middleboxes, VPC Block
 * Public Access and handshakes stay unknown.
 * FLOW-110. https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
 */
const WANTED_FIELDS: readonly string[] = [
  ...DEFAULT_FIELDS,
  'vpc-id',
  'subnet-id',
  'instance-id',
  'tcp-flags',
  'type',
  'pkt-srcaddr',
  'pkt-dstaddr',
  'az-id',
  'pkt-src-aws-service',
  'pkt-dst-aws-service',
  'flow-direction',
  'traffic-path',
  'reject-reason',
  'resource-id',
];

/** The fields of a flow log, in the order of their positions in a line: AWS's names, unknown ones included. */
export interface LogFormat {
  readonly fields: readonly string[];
}

export type FieldName = (typeof FLOW_FIELDS)[number]['name'];

/**
 * Every field that AWS documents for VPC flow logs, with the version that brought it (FLOW-1 to FLOW-40).
 * Version 6 belongs to transit gateway flow logs, which are another thing (FLOW-66, FLOW-102).
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
 */
export const FLOW_FIELDS = [
  { name: 'version', version: 2, kind: 'number' },
  { name: 'account-id', version: 2, kind: 'text' },
  { name: 'interface-id', version: 2, kind: 'text' },
  { name: 'srcaddr', version: 2, kind: 'text' },
  { name: 'dstaddr', version: 2, kind: 'text' },
  { name: 'srcport', version: 2, kind: 'number' },
  { name: 'dstport', version: 2, kind: 'number' },
  { name: 'protocol', version: 2, kind: 'number' },
  { name: 'packets', version: 2, kind: 'number' },
  { name: 'bytes', version: 2, kind: 'number' },
  { name: 'start', version: 2, kind: 'number' },
  { name: 'end', version: 2, kind: 'number' },
  { name: 'action', version: 2, kind: 'text' },
  { name: 'log-status', version: 2, kind: 'text' },
  { name: 'vpc-id', version: 3, kind: 'text' },
  { name: 'subnet-id', version: 3, kind: 'text' },
  { name: 'instance-id', version: 3, kind: 'text' },
  { name: 'tcp-flags', version: 3, kind: 'number' },
  { name: 'type', version: 3, kind: 'text' },
  { name: 'pkt-srcaddr', version: 3, kind: 'text' },
  { name: 'pkt-dstaddr', version: 3, kind: 'text' },
  { name: 'region', version: 4, kind: 'text' },
  { name: 'az-id', version: 4, kind: 'text' },
  { name: 'sublocation-type', version: 4, kind: 'text' },
  { name: 'sublocation-id', version: 4, kind: 'text' },
  { name: 'pkt-src-aws-service', version: 5, kind: 'text' },
  { name: 'pkt-dst-aws-service', version: 5, kind: 'text' },
  { name: 'flow-direction', version: 5, kind: 'text' },
  { name: 'traffic-path', version: 5, kind: 'number' },
  { name: 'ecs-cluster-arn', version: 7, kind: 'text' },
  { name: 'ecs-cluster-name', version: 7, kind: 'text' },
  { name: 'ecs-container-instance-arn', version: 7, kind: 'text' },
  { name: 'ecs-container-instance-id', version: 7, kind: 'text' },
  { name: 'ecs-container-id', version: 7, kind: 'text' },
  { name: 'ecs-second-container-id', version: 7, kind: 'text' },
  { name: 'ecs-service-name', version: 7, kind: 'text' },
  { name: 'ecs-task-definition-arn', version: 7, kind: 'text' },
  { name: 'ecs-task-arn', version: 7, kind: 'text' },
  { name: 'ecs-task-id', version: 7, kind: 'text' },
  { name: 'reject-reason', version: 8, kind: 'text' },
  { name: 'resource-id', version: 9, kind: 'text' },
  { name: 'encryption-status', version: 10, kind: 'number' },
  { name: 'instance-tag', version: 11, kind: 'text' },
  { name: 'instance-tag-2', version: 11, kind: 'text' },
  { name: 'interface-tag', version: 11, kind: 'text' },
  { name: 'interface-tag-2', version: 11, kind: 'text' },
  { name: 'asg-tag', version: 11, kind: 'text' },
  { name: 'asg-tag-2', version: 11, kind: 'text' },
  { name: 'interface-type', version: 11, kind: 'text' },
  { name: 'next-hop-interface-id', version: 11, kind: 'text' },
  { name: 'next-hop-subnet-id', version: 11, kind: 'text' },
  { name: 'next-hop-az-id', version: 11, kind: 'text' },
  { name: 'next-hop-vpc-id', version: 11, kind: 'text' },
  { name: 'next-hop-interface-type', version: 11, kind: 'text' },
] as const;

/** The fourteen fields of version 2: the format nobody chose, which cannot be altered (FLOW-41). */
export const DEFAULT_FORMAT: LogFormat = {
  fields: FLOW_FIELDS.filter((field) => field.version === 2).map((field) => field.name),
};

/** Far above what AWS offers: a template or header comes from outside and may be anything. */
const MOST_FIELDS = 256;

/**
 * Reads the template that DescribeFlowLogs gives: `${version} ${instance-id} …`, fields in any order (FLOW-42).
 * Fields we do not know keep their position, so that the ones after them are still found.
 * An empty template reads as the default format: nothing else may be assumed of a log that tells none (FLOW-94).
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeFlowLogs.html
 */
export function parseLogFormat(template: string): LogFormat {
  const fields = words(template).map((word) => word.replace(/^\$\{(.*)\}$/, '$1'));
  return fields.length === 0 ? DEFAULT_FORMAT : { fields };
}

/**
 * Reads the first line of a text file in S3, which names its fields (FLOW-97); `undefined` when it is no header.
 * Values of records are never field names, so a line most of whose words are known names is a header.
 */
export function parseHeader(line: string): LogFormat | undefined {
  const fields = words(line);
  const known = fields.filter(isKnownField).length;
  return known * 2 > fields.length && fields.every((field) => HEADER_WORD.test(field)) ? { fields } : undefined;
}

/** The format of Parquet files has the same names with `_` for `-`. https://docs.aws.amazon.com/athena/latest/ug/vpc-flow-logs.html */
export function formatOfColumns(columns: readonly string[]): LogFormat {
  return { fields: columns.slice(0, MOST_FIELDS).map((column) => column.replaceAll('_', '-')) };
}

/** Where a field stands in a line; -1 when the format has none such. */
export function positionOf(format: LogFormat, name: FieldName): number {
  return format.fields.indexOf(name);
}

export function isKnownField(name: string): name is FieldName {
  return KNOWN.has(name);
}

const KNOWN: ReadonlySet<string> = new Set(FLOW_FIELDS.map((field) => field.name));

const HEADER_WORD = /^[a-z][a-z0-9-]{0,63}$/;

function words(text: string): string[] {
  return text
    .split(/\s+/, MOST_FIELDS + 1)
    .filter((word) => word !== '')
    .slice(0, MOST_FIELDS);
}

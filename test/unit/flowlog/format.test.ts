import { describe, expect, it } from 'vitest';
import {
  DEFAULT_FORMAT,
  FLOW_FIELDS,
  formatOfColumns,
  parseHeader,
  parseLogFormat,
  positionOf,
} from '../../../src/flowlog/format.ts';
import { RICH_FORMAT, RICH_TEMPLATE } from '../../support/flow-lines.ts';

const DEFAULT_FIELDS =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status';

describe('fields of flow logs', () => {
  it.each([
    { version: 2, fields: DEFAULT_FIELDS },
    { version: 3, fields: 'vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr' },
    { version: 4, fields: 'region az-id sublocation-type sublocation-id' },
    { version: 5, fields: 'pkt-src-aws-service pkt-dst-aws-service flow-direction traffic-path' },
    { version: 6, fields: '' },
    {
      version: 7,
      fields:
        'ecs-cluster-arn ecs-cluster-name ecs-container-instance-arn ecs-container-instance-id ecs-container-id ' +
        'ecs-second-container-id ecs-service-name ecs-task-definition-arn ecs-task-arn ecs-task-id',
    },
    { version: 8, fields: 'reject-reason' },
    { version: 9, fields: 'resource-id' },
    { version: 10, fields: 'encryption-status' },
    {
      version: 11,
      fields:
        'instance-tag instance-tag-2 interface-tag interface-tag-2 asg-tag asg-tag-2 interface-type ' +
        'next-hop-interface-id next-hop-subnet-id next-hop-az-id next-hop-vpc-id next-hop-interface-type',
    },
  ])('of version $version are as AWS lists them', ({ version, fields }) => {
    const names = FLOW_FIELDS.filter((field) => field.version === version).map((field) => field.name);

    expect(names.join(' ')).toBe(fields);
  });

  it('are 54, each once', () => {
    expect(new Set(FLOW_FIELDS.map((field) => field.name)).size).toBe(54);
    expect(FLOW_FIELDS).toHaveLength(54);
  });
});

describe('the template of a flow log', () => {
  it('of the default format gives its fourteen fields in order (FLOW-41)', () => {
    const template = DEFAULT_FIELDS.split(' ')
      .map((name) => `\${${name}}`)
      .join(' ');

    expect(parseLogFormat(template)).toEqual(DEFAULT_FORMAT);
    expect(DEFAULT_FORMAT.fields.join(' ')).toBe(DEFAULT_FIELDS);
  });

  it.each([
    { what: 'any order', template: '${end} ${start} ${interface-id}', fields: ['end', 'start', 'interface-id'] },
    {
      what: 'unknown fields, in their place',
      template: '${start} ${moon-phase} ${end}',
      fields: ['start', 'moon-phase', 'end'],
    },
    { what: 'any blanks', template: '  ${start}\t${end}\n', fields: ['start', 'end'] },
    { what: 'words without ${}', template: 'start ${end} $ {x', fields: ['start', 'end', '$', '{x'] },
  ])('is read with $what (FLOW-42)', ({ template, fields }) => {
    expect(parseLogFormat(template).fields).toEqual(fields);
  });

  it.each(['', '   '])('that is empty stands for the default format (FLOW-94)', (template) => {
    expect(parseLogFormat(template)).toEqual(DEFAULT_FORMAT);
  });

  it('of any length gives no more fields than a line can have', () => {
    expect(parseLogFormat('${start} '.repeat(100_000)).fields).toHaveLength(256);
  });
});

describe('the first line of a text file', () => {
  it.each([
    { what: 'the default format', line: DEFAULT_FIELDS, fields: DEFAULT_FORMAT.fields },
    { what: 'a custom format', line: RICH_FORMAT.fields.join(' '), fields: RICH_FORMAT.fields },
    { what: 'a field of a later version', line: 'start end moon-phase', fields: ['start', 'end', 'moon-phase'] },
    { what: 'a carriage return', line: 'start end\r', fields: ['start', 'end'] },
  ])('is a header with $what (FLOW-97)', ({ line, fields }) => {
    expect(parseHeader(line)?.fields).toEqual(fields);
  });

  it.each([
    '',
    '2 123456789012 eni-0a1b2c3d4e5f60718 10.0.0.5 10.0.1.9 49152 22 6 1 52 1795176000 1795176000 ACCEPT OK',
    'unknown words only',
    'start end 10.0.0.5',
    'start $(end)',
  ])('is no header: %j', (line) => {
    expect(parseHeader(line)).toBeUndefined();
  });
});

describe('columns of a Parquet file', () => {
  it('are fields with _ for -', () => {
    const format = formatOfColumns(['pkt_src_aws_service', 'end']);

    expect(format.fields).toEqual(['pkt-src-aws-service', 'end']);
  });
});

describe('position of a field', () => {
  it('is where the format has it, and -1 where it has none', () => {
    const format = parseLogFormat(RICH_TEMPLATE);

    expect(positionOf(format, 'tcp-flags')).toBe(17);
    expect(positionOf(format, 'ecs-task-id')).toBe(-1);
  });
});

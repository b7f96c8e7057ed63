import { expect, it } from 'vitest';
import type { FlowLog } from '../../../../src/vpc/flow-log.ts';
import { flowLog, vpc } from '../../../support/ids.ts';
import { parseMembers } from '../../../support/parse-members.ts';

const FLOW_LOG = { FlowLogId: flowLog('main'), ResourceId: vpc('main'), TrafficType: 'ALL', LogGroupName: 'flows' };

const parseFlowLog = (fields: object): FlowLog => parseMembers({ FlowLogs: [{ ...FLOW_LOG, ...fields }] }).flowLogs[0]!;

it('reads the default: version 2 to CloudWatch Logs every ten minutes', () => {
  expect(parseFlowLog({})).toEqual({
    id: flowLog('main'),
    resourceId: vpc('main'),
    trafficType: 'ALL',
    destination: { kind: 'cloud-watch-logs', logGroup: 'flows' },
    format:
      '${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ' +
      '${packets} ${bytes} ${start} ${end} ${action} ${log-status}',
    aggregationInterval: 600,
    delivery: { status: 'unknown' },
  });
});

it('keeps format, interval and time of creation as told', () => {
  const fields = {
    LogFormat: '${srcaddr} ${action}',
    MaxAggregationInterval: 60,
    CreationTime: '2026-11-23T00:00:00.000Z',
  };

  expect(parseFlowLog(fields)).toMatchObject({
    format: '${srcaddr} ${action}',
    aggregationInterval: 60,
    createdAt: 1_795_392_000,
  });
});

it.each([
  { says: { DeliverLogsStatus: 'SUCCESS' }, means: { status: 'success' } },
  {
    says: { DeliverLogsStatus: 'FAILED', DeliverLogsErrorMessage: 'Access error' },
    means: { status: 'failed', error: 'Access error' },
  },
  { says: { DeliverLogsStatus: 'DREAMING' }, means: { status: 'unknown' } },
])('reads delivery $says (FLOW-87)', ({ says, means }) => {
  expect(parseFlowLog(says).delivery).toEqual(means);
});

it('tells whose log group it is when another account keeps the records', () => {
  const fields = { DeliverCrossAccountRole: 'arn:aws:iam::210987654321:role/flow-logs' };

  expect(parseFlowLog(fields).destination).toMatchObject({ logGroup: 'flows', accountId: '210987654321' });
});

const TO_S3 = { LogDestinationType: 's3', LogGroupName: undefined };
const PLAIN = { fileFormat: 'plain-text', hiveCompatible: false, perHour: false };

/** Where the records are (FLOW-86, FLOW-96, FLOW-98). */
it.each([
  {
    says: { LogGroupName: undefined, LogDestination: 'arn:aws:logs:eu-west-1:123456789012:log-group:/vpc/flows:*' },
    means: { kind: 'cloud-watch-logs', logGroup: '/vpc/flows', accountId: '123456789012' },
  },
  {
    says: { ...TO_S3, LogDestination: 'arn:aws:s3:::flows' },
    means: { kind: 's3', bucket: 'flows', prefix: '', ...PLAIN },
  },
  {
    says: { ...TO_S3, LogDestination: 'arn:aws-cn:s3:::flows/' },
    means: { kind: 's3', bucket: 'flows', prefix: '', ...PLAIN },
  },
  {
    says: { ...TO_S3, LogDestination: 'arn:aws:s3:::flows/team/shop', DestinationOptions: {} },
    means: { kind: 's3', bucket: 'flows', prefix: 'team/shop/', ...PLAIN },
  },
  {
    says: {
      ...TO_S3,
      LogDestination: 'arn:aws:s3:::flows/team/',
      DestinationOptions: { FileFormat: 'parquet', HiveCompatiblePartitions: true, PerHourPartition: true },
    },
    means: { kind: 's3', bucket: 'flows', prefix: 'team/', fileFormat: 'parquet', hiveCompatible: true, perHour: true },
  },
  {
    says: {
      LogDestinationType: 'kinesis-data-firehose',
      LogDestination: 'arn:aws:firehose:eu-west-1:1:deliverystream/x',
    },
    means: { kind: 'unreadable', type: 'kinesis-data-firehose', arn: 'arn:aws:firehose:eu-west-1:1:deliverystream/x' },
  },
  { says: { ...TO_S3, LogDestination: 'flows' }, means: { kind: 'unreadable', type: 's3', arn: 'flows' } },
  { says: { LogGroupName: undefined }, means: { kind: 'unreadable', type: 'cloud-watch-logs', arn: '' } },
])('reads destination $says', ({ says, means }) => {
  expect(parseFlowLog(says).destination).toEqual(means);
});

it('passes over logs of transit gateways, which know no actions (FLOW-102)', () => {
  const ofGateway = { FlowLogId: flowLog('tgw'), ResourceId: 'tgw-0123456789abcdef0' };
  const ofAttachment = { FlowLogId: flowLog('att'), ResourceId: 'tgw-attach-0123456789abcdef0' };

  const { flowLogs, gaps } = parseMembers({ FlowLogs: [ofGateway, ofAttachment] });

  expect({ flowLogs, gaps }).toEqual({ flowLogs: [], gaps: [] });
});

it.each([
  { TrafficType: 'SOME' },
  { ResourceId: undefined },
  { LogFormat: ['srcaddr'] },
  { MaxAggregationInterval: 0 },
  { CreationTime: 'yesterday' },
  { DestinationOptions: { FileFormat: 'xml' } },
])('makes a gap of %o', (odd) => {
  const { flowLogs, gaps } = parseMembers({ FlowLogs: [{ ...FLOW_LOG, ...odd }] });

  expect(flowLogs).toEqual([]);
  expect(gaps).toMatchObject([{ fact: 'flow-logs', about: flowLog('main'), because: 'malformed' }]);
});

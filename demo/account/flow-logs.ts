import { gzipSync } from 'node:zlib';

import type { StandInBucket, StandInLogGroup } from '../aws/stand-in-account.ts';
import { groupBy } from './group-by.ts';
import { ACCOUNT_ID, REGION, resourceId } from './ids.ts';
import type { FlowLogPlan, VpcPlan } from './network.ts';
import { DEFAULT_FORMAT, RICH_FORMAT, headerLine, recordLine } from './record-line.ts';
import type { RecordFields } from './record-line.ts';

const BUCKET = 'acme-flow-logs-123456789012';

/** Files are closed every five minutes (FLOW-95). */
const FILE_SECONDS = 300;

/** A VPC's flow log as DescribeFlowLogs tells it. */
export function rawFlowLog(vpc: string, plan: FlowLogPlan): Readonly<Record<string, unknown>> {
  const common = {
    FlowLogId: resourceId('fl', vpc),
    ResourceId: resourceId('vpc', vpc),
    FlowLogStatus: 'ACTIVE',
    TrafficType: 'ALL',
    LogFormat: formatOf(plan),
    MaxAggregationInterval: 60,
    DeliverLogsStatus: plan.error === undefined ? 'SUCCESS' : 'FAILED',
    DeliverLogsErrorMessage: plan.error,
    CreationTime: '2026-02-03T09:00:00.000Z',
    Tags: [],
  };
  return plan.to === 's3'
    ? {
        ...common,
        LogDestinationType: 's3',
        LogDestination: `arn:aws:s3:::${BUCKET}`,
        DestinationOptions: { FileFormat: 'plain-text', HiveCompatiblePartitions: false, PerHourPartition: true },
      }
    : {
        ...common,
        LogDestinationType: 'cloud-watch-logs',
        LogGroupName: logGroupName(vpc),
        LogDestination: `arn:aws:logs:${REGION}:${ACCOUNT_ID}:log-group:${logGroupName(vpc)}`,
        DeliverLogsPermissionArn: `arn:aws:iam::${ACCOUNT_ID}:role/flow-logs`,
      };
}

function logGroupName(vpc: string): string {
  return `/vpc/${vpc}/flow-logs`;
}

function formatOf(plan: FlowLogPlan): string {
  return plan.format === 'rich' ? RICH_FORMAT : DEFAULT_FORMAT;
}

/** Records in CloudWatch Logs: a stream for each interface, an event's time being the record's start (FLOW-91, FLOW-93). */
export function toLogGroup(vpc: VpcPlan, plan: FlowLogPlan, records: readonly RecordFields[]): StandInLogGroup {
  const byInterface = groupBy(records, (record) => String(record['interface-id']));
  const streams = [...byInterface].map(([interfaceId, own]) => ({
    name: `${interfaceId}-all`,
    events: own
      .sort((a, b) => a.start - b.start)
      .map((record) => ({
        timestampMs: record.start * 1000,
        message: recordLine(formatOf(plan), { ...record, 'vpc-id': resourceId('vpc', vpc.name) }),
      })),
  }));
  return { name: logGroupName(vpc.name), streams };
}

/** Records in S3: gzip files of five minutes each, by the end of the record, in hourly folders (FLOW-95, FLOW-96). */
export function toBucket(vpc: VpcPlan, plan: FlowLogPlan, records: readonly RecordFields[]): StandInBucket {
  const files = groupBy(records, ({ end }) => Math.floor(end / FILE_SECONDS) * FILE_SECONDS);
  const objects = [...files].map(([stamp, own]): [string, Buffer] => {
    const lines = own.map((record) => recordLine(formatOf(plan), { ...record, 'vpc-id': resourceId('vpc', vpc.name) }));
    return [objectKey(vpc.name, stamp), gzipSync([headerLine(formatOf(plan)), ...lines, ''].join('\n'))];
  });
  return { name: BUCKET, objects: new Map(objects) };
}

function objectKey(vpc: string, stamp: number): string {
  const time = new Date(stamp * 1000).toISOString();
  const folder = `${time.slice(0, 10)}/${time.slice(11, 13)}`.replaceAll('-', '/');
  const minute = `${time.slice(0, 16).replaceAll(/[-:]/g, '')}Z`;
  const file = `${ACCOUNT_ID}_vpcflowlogs_${REGION}_${resourceId('fl', vpc)}_${minute}_${stamp.toString(16)}.log.gz`;
  return `AWSLogs/${ACCOUNT_ID}/vpcflowlogs/${REGION}/${folder}/${file}`;
}

import * as z from 'zod';
import type { FlowLog, FlowLogDestination } from '../flow-log.ts';
import { parseFlowLogId, parseRecordedAccountId } from '../ids.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import { textOf } from './fields.ts';
import { idOf, membersOf, parseEach, type Parsed } from './parse-items.ts';
import { present } from './present.ts';
import { timestampField } from './timestamp.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_FlowLog.html */
export function parseFlowLogs(raw: RawSnapshot): Parsed<FlowLog> {
  const ofVpcs = membersOf(raw, 'FlowLogs').filter((item) => !isOfTransitGateway(item));
  return parseEach(ofVpcs, { idField: 'FlowLogId', fact: 'flow-logs', schema: RawFlowLog.transform(toFlowLog) }, raw);
}

/** Another kind of log, without actions and traffic types: it shows nothing of one interface's filters (FLOW-102). */
function isOfTransitGateway(item: unknown): boolean {
  return idOf(item, 'ResourceId')?.startsWith('tgw-') === true;
}

/** What AWS writes where nobody chose fields: version 2. https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html */
const DEFAULT_FORMAT =
  '${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ' +
  '${bytes} ${start} ${end} ${action} ${log-status}';

const TEN_MINUTES = 600;

const RawFlowLog = z.object({
  FlowLogId: textOf(parseFlowLogId),
  ResourceId: z.string(),
  TrafficType: z.enum(['ACCEPT', 'REJECT', 'ALL']),
  LogDestinationType: z.string().default('cloud-watch-logs'),
  LogDestination: z.string().default(''),
  LogGroupName: z.string().optional(),
  DeliverCrossAccountRole: z.string().optional(),
  LogFormat: z.string().default(DEFAULT_FORMAT),
  MaxAggregationInterval: z.number().int().positive().default(TEN_MINUTES),
  DeliverLogsStatus: z.string().optional(),
  DeliverLogsErrorMessage: z.string().optional(),
  DestinationOptions: z
    .object({
      FileFormat: z.enum(['plain-text', 'parquet']).default('plain-text'),
      HiveCompatiblePartitions: z.boolean().default(false),
      PerHourPartition: z.boolean().default(false),
    })
    .prefault({}),
  CreationTime: timestampField.optional(),
});

type RawFlowLog = z.output<typeof RawFlowLog>;

function toFlowLog(raw: RawFlowLog): FlowLog {
  return present({
    id: raw.FlowLogId,
    resourceId: raw.ResourceId,
    trafficType: raw.TrafficType,
    destination: destinationOf(raw),
    format: raw.LogFormat,
    aggregationInterval: raw.MaxAggregationInterval,
    delivery: present({ status: deliveryStatus(raw.DeliverLogsStatus), error: raw.DeliverLogsErrorMessage }),
    createdAt: raw.CreationTime,
  });
}

function deliveryStatus(status: string | undefined): FlowLog['delivery']['status'] {
  return (status === undefined ? undefined : DELIVERY_STATUS.get(status)) ?? 'unknown';
}

const DELIVERY_STATUS = new Map<string, FlowLog['delivery']['status']>([
  ['SUCCESS', 'success'],
  ['FAILED', 'failed'],
]);

/** Only CloudWatch Logs and S3 can be read from here (FLOW-86). */
function destinationOf(raw: RawFlowLog): FlowLogDestination {
  const readable = DESTINATIONS.get(raw.LogDestinationType)?.(raw);
  return readable ?? { kind: 'unreadable', type: raw.LogDestinationType, arn: raw.LogDestination };
}

const DESTINATIONS = new Map([
  ['cloud-watch-logs', logGroupOf],
  ['s3', bucketOf],
]);

const LOG_GROUP_ARN = /^arn:[^:]+:logs:[^:]*:(?<account>[^:]*):log-group:(?<name>[^:]+)/;
const ROLE_ARN = /^arn:[^:]+:iam::(?<account>\d+):role\//;

function logGroupOf(raw: RawFlowLog): FlowLogDestination | undefined {
  const told = LOG_GROUP_ARN.exec(raw.LogDestination)?.groups;
  const logGroup = raw.LogGroupName ?? told?.['name'];
  if (logGroup === undefined) return undefined;
  const accountId = parseRecordedAccountId(accountOfRole(raw) ?? told?.['account'] ?? '');
  return present({ kind: 'cloud-watch-logs' as const, logGroup, accountId });
}

function accountOfRole({ DeliverCrossAccountRole: arn = '' }: RawFlowLog): string | undefined {
  return ROLE_ARN.exec(arn)?.groups?.['account'];
}

const BUCKET_ARN = /^arn:[^:]+:s3:[^:]*:[^:]*:(?<bucket>[^/]+)\/?(?<prefix>.*)$/;

function bucketOf(raw: RawFlowLog): FlowLogDestination | undefined {
  const { bucket, prefix = '' } = BUCKET_ARN.exec(raw.LogDestination)?.groups ?? {};
  if (bucket === undefined) return undefined;
  return {
    kind: 's3',
    bucket,
    prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`,
    fileFormat: raw.DestinationOptions.FileFormat,
    hiveCompatible: raw.DestinationOptions.HiveCompatiblePartitions,
    perHour: raw.DestinationOptions.PerHourPartition,
  };
}

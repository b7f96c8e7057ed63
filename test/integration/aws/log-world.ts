import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { StandInAccount, StandInLogEvent } from '../../../demo/aws/stand-in-account.ts';
import { FLOW_FIELDS } from '../../../src/flowlog/format.ts';
import { clock, header, type LineOptions } from '../../support/flow-lines.ts';
import { eni, flowLog } from '../../support/ids.ts';
import { ACCOUNT, REGION } from '../../support/vpc-plan.ts';

/** Lines of the interface that these tests ask about, at a time of day within the hour that is asked for. */
export const ofWeb = (at: string, options: LineOptions = {}): LineOptions => ({ eni: eni('web'), at, ...options });

/** An event is stamped with the start of its record (FLOW-93), which is where the default format has it. */
function toEvent(message: string): StandInLogEvent {
  return { message, timestampMs: Number(message.split(' ')[10]) * 1000 };
}

/** A log group with one stream for the interface, as CloudWatch Logs is seen to name it (FLOW-92). */
export function logGroupOf(
  lines: readonly string[],
  { name = 'vpc-flow-logs', stream = `${eni('web')}-all` } = {},
): NonNullable<StandInAccount['logGroups']>[number] {
  return { name, streams: [{ name: stream, events: lines.map(toEvent) }] };
}

interface FilePlan {
  /** The five minutes in which the file's records end. */
  readonly at: string;
  readonly log?: string;
  readonly hive?: boolean;
  readonly hourly?: boolean;
  readonly prefix?: string;
  readonly extension?: 'log.gz' | 'log.parquet';
}

/** The key of a file, as AWS makes it (FLOW-95, FLOW-96). */
export function keyOf({ at, log = 'flow-log', hive, hourly, prefix = '', extension = 'log.gz' }: FilePlan): string {
  const time = new Date(clock(at) * 1000).toISOString();
  const [year, month, day] = time.slice(0, 10).split('-');
  const hour = time.slice(11, 13);
  const plain = `AWSLogs/${ACCOUNT}/vpcflowlogs/${REGION}/${year}/${month}/${day}/${hourly ? `${hour}/` : ''}`;
  const account = `aws-account-id=${ACCOUNT}/aws-service=vpcflowlogs/aws-region=${REGION}`;
  const partitions = `year=${year}/month=${month}/day=${day}/${hourly ? `hour=${hour}/` : ''}`;
  const stamp = `${time.slice(0, 16).replaceAll(/[-:]/g, '')}Z`;
  const folder = hive ? `AWSLogs/${account}/${partitions}` : plain;
  return `${prefix}${folder}${ACCOUNT}_vpcflowlogs_${REGION}_${flowLog(log)}_${stamp}_0a1b2c3d.${extension}`;
}

export function textFile(lines: readonly string[]): Buffer {
  return gzipSync([header(), ...lines, ''].join('\n'));
}

/** Default-format lines as AWS would write them to Parquet. */
export function parquetFile(lines: readonly string[]): Buffer {
  const rows = lines.map((line) => line.split(' '));
  const columnData = header()
    .split(' ')
    .map((field, index) => {
      const words = rows.map((row) => row[index]!);
      const isNumber = FLOW_FIELDS.find(({ name }) => name === field)?.kind === 'number';
      const name = field.replaceAll('-', '_');
      return isNumber
        ? { name, type: 'INT64' as const, data: words.map(BigInt) }
        : { name, type: 'STRING' as const, data: words };
    });
  return Buffer.from(parquetWriteBuffer({ columnData, codec: 'SNAPPY' }));
}

export const BUCKET = 'acme-flow-logs';

/** What the flow log says of where it delivers. */
export const TO_BUCKET = { s3: `arn:aws:s3:::${BUCKET}` };

export function bucketOf(files: Readonly<Record<string, Buffer>>): NonNullable<StandInAccount['buckets']>[number] {
  return { name: BUCKET, objects: new Map(Object.entries(files)) };
}

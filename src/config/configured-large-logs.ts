import * as z from 'zod';
import { DEFAULT_LARGE_LOGS } from '../aws/large-logs.ts';
import { PARTITIONS } from '../flowlog/athena-query.ts';

const bytes = z.number().int().min(1_000_000).max(1e15);

/** Names that Athena takes without quotes, so that none can be more than a name. */
const name = z.string().regex(/^[a-z0-9_]{1,128}$/, 'expected a name of lower-case letters, digits and _');

/** A table over the flow logs of a bucket. */
const Table = z.strictObject({
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'expected the name of a bucket'),
  database: name,
  table: name,
  partitions: z.enum(PARTITIONS),
  workgroup: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,128}$/, 'expected the name of a workgroup')
    .default('primary'),
  /** Where results are written. Absent: where the workgroup says. */
  outputLocation: z
    .string()
    .regex(
      /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[\w!.*'()/-]{0,512})?$/,
      'expected a place such as s3://bucket/folder/',
    )
    .exactOptional(),
});

/** When logs are asked about by a query, which AWS charges for, in place of being read. Nothing is on by itself. */
export const ConfiguredLargeLogs = z.strictObject({
  /** CloudWatch Logs Insights, with these keys or with none: `insights: {}`. */
  insights: z
    .strictObject({
      fromBytes: bytes.default(DEFAULT_LARGE_LOGS.insights.fromBytes),
      scanBytes: bytes.default(DEFAULT_LARGE_LOGS.insights.scanBytes),
    })
    .exactOptional(),
  /** Athena, for buckets that have a table there. */
  athena: z
    .strictObject({
      fromBytes: bytes.default(DEFAULT_LARGE_LOGS.athena.fromBytes),
      tables: z.array(Table).min(1, 'expected at least one table').max(100),
    })
    .exactOptional(),
  queryMilliseconds: z.number().int().min(1_000).max(900_000).default(DEFAULT_LARGE_LOGS.queryMilliseconds),
});

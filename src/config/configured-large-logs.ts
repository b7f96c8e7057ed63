import { z } from 'zod';
import { DEFAULT_LARGE_LOGS } from '../aws/large-logs.ts';

const bytes = z.number().int().min(1_000_000).max(1e15);

/** When logs are asked about by a query, which AWS charges for, in place of being read. Nothing is on by itself. */
export const ConfiguredLargeLogs = z.strictObject({
  /** CloudWatch Logs Insights, with these keys or with none: `insights: {}`. */
  insights: z
    .strictObject({
      fromBytes: bytes.default(DEFAULT_LARGE_LOGS.insights.fromBytes),
      scanBytes: bytes.default(DEFAULT_LARGE_LOGS.insights.scanBytes),
    })
    .exactOptional(),
  queryMilliseconds: z.number().int().min(1_000).max(900_000).default(DEFAULT_LARGE_LOGS.queryMilliseconds),
});

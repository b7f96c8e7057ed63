import { expect, it } from 'vitest';
import { freshUntil, horizonOf } from '../../../src/flowlog/freshness.ts';
import type { FlowLogDestination } from '../../../src/vpc/flow-log.ts';

const logs: FlowLogDestination = { kind: 'cloud-watch-logs', logGroup: 'flow' };
const s3: FlowLogDestination = {
  kind: 's3',
  bucket: 'logs',
  prefix: '',
  fileFormat: 'plain-text',
  hiveCompatible: false,
  perHour: false,
};

it.each([
  { destination: logs, aggregationInterval: 60, minutes: 7 },
  { destination: logs, aggregationInterval: 600, minutes: 16 },
  { destination: s3, aggregationInterval: 60, minutes: 12 },
  { destination: s3, aggregationInterval: 600, minutes: 21 },
])('$destination.kind with intervals of $aggregationInterval s is complete after $minutes minutes (FLOW-54)', (row) => {
  expect(horizonOf(row)).toBe(row.minutes * 60);
  expect(freshUntil(row, 1_000_000)).toBe(1_000_000 - row.minutes * 60);
});

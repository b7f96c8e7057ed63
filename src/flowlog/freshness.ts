import type { EpochSeconds } from '../lang/time.ts';
import type { FlowLog, FlowLogDestination } from '../vpc/flow-log.ts';

/** Usual delivery after the end of an interval, in seconds; best effort (FLOW-53). Firehose goes to S3 or farther. */
const DELIVERY: Record<FlowLogDestination['kind'], number> = {
  'cloud-watch-logs': 5 * 60,
  s3: 10 * 60,
  unreadable: 10 * 60,
};

const MARGIN = 60;

/**
 * Seconds after which a packet's record can be expected: interval, delivery and a margin (FLOW-54 [I]). What is missing
 * within them is not delivered yet; it is no sign that nothing came.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
 */
export function horizonOf(log: Pick<FlowLog, 'destination' | 'aggregationInterval'>): number {
  return log.aggregationInterval + DELIVERY[log.destination.kind] + MARGIN;
}

/** Absence of records says something up to this time. */
export function freshUntil(log: Pick<FlowLog, 'destination' | 'aggregationInterval'>, now: EpochSeconds): EpochSeconds {
  return now - horizonOf(log);
}

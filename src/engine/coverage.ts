import { freshUntil } from '../flowlog/freshness.ts';
import type { Observations } from '../flowlog/observations.ts';
import type { EpochSeconds } from '../lang/time.ts';
import type { FlowLog } from '../vpc/flow-log.ts';
import type { Gap } from '../vpc/gap.ts';
import type { FlowLogId } from '../vpc/ids.ts';
import type { NetworkInterface } from '../vpc/network-interface.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import type { Coverage, LogCoverage, LogReading } from './diagnosis.ts';

export interface CoverageInput {
  readonly snapshot: Snapshot;
  readonly observations: Observations;
  readonly logReadings: ReadonlyMap<FlowLogId, LogReading>;
  readonly now: EpochSeconds;
}

/**
 * What the flow logs can show of an interface: the union of the logs of itself, its subnet and its VPC (FLOW-84), for
 * each action apart, as an ACCEPT-only log never shows a block (FLOW-85).
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeFlowLogs.html
 */
export function coverageOf(input: CoverageInput, networkInterface: NetworkInterface): Coverage {
  const { snapshot, observations, logReadings, now } = input;
  const logs = snapshot.flowLogs
    .filter((log) => covers(log, networkInterface))
    .map((log): LogCoverage => ({ log, reading: logReadings.get(log.id) ?? NOT_READ }));
  const read = logs.filter(({ reading }) => reading.kind === 'read').map(({ log }) => log);
  const horizons = read.map((log) => freshUntil(log, now));
  return {
    logs,
    sees: { accept: read.some(sees('ACCEPT')), reject: read.some(sees('REJECT')) },
    ...(horizons.length > 0 && { freshUntil: Math.min(...horizons) }),
    missingFields: read.length === 0 ? [] : WANTED_FIELDS.filter((field) => !observations.fields.has(field)),
  };
}

/**
 * Records that AWS lost (FLOW-56) are the one blind spot that neither coverage nor reading tells: logs that could not be
 * read, that record one action only, or late records are there already.
 */
export function lostRecords({ skipdata }: Observations): readonly Gap[] {
  return skipdata.length === 0 ? [] : [{ fact: 'flow-log-records', about: 'SKIPDATA', because: 'not-collected' }];
}

const NOT_READ: LogReading = { kind: 'unreachable', detail: 'not read' };

/**
 * Fields of the smallest useful format beyond the default one that tell something about rejects (FLOW-110): who opened
 * (`tcp-flags`), the real ends behind a middlebox (`pkt-…`), which way (`flow-direction`), Block Public Access and
 * Encryption Controls (`reject-reason`), the way out (`traffic-path`).
 */
const WANTED_FIELDS: readonly string[] = [
  'tcp-flags',
  'pkt-srcaddr',
  'pkt-dstaddr',
  'flow-direction',
  'reject-reason',
  'traffic-path',
];

/** A log of the interface itself, of its subnet or of its VPC (FLOW-84). */
export function covers({ resourceId }: FlowLog, { id, subnetId, vpcId }: NetworkInterface): boolean {
  return resourceId === id || resourceId === subnetId || resourceId === vpcId;
}

function sees(action: 'ACCEPT' | 'REJECT'): (log: FlowLog) => boolean {
  return ({ trafficType }) => trafficType === 'ALL' || trafficType === action;
}

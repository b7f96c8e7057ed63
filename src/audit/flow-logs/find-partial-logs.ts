import { isNonEmpty } from '../../lang/non-empty.ts';
import type { FlowLog } from '../../vpc/flow-log.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { AuditFinding } from '../audit-finding.ts';
import { findInLogs, isOnSame } from './find-in-logs.ts';
import { missingFields, isOfDefaultFormat } from './wanted-fields.ts';

/**
 * A log of accepted traffic never shows a block, one of rejected traffic never that a request arrived.
 * FLOW-85. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_FlowLog.html
 */
export function findOneActionLogs({ snapshot }: { readonly snapshot: Snapshot }): readonly AuditFinding[] {
  return findInLogs(snapshot, (log, monitoring) => {
    if (log.trafficType === 'ALL') return undefined;
    const missing = log.trafficType === 'ACCEPT' ? 'REJECT' : 'ACCEPT';
    const watched = monitoring.watchable.filter((each) => monitoring.logsOf(each).includes(log));
    const blind = watched.filter((each) => !monitoring.logsOf(each).some(records(missing)));
    const isSupplied =
      watched.length === 0
        ? monitoring.logs.some((other) => isOnSame(log, other) && records(missing)(other))
        : blind.length === 0;
    if (isSupplied) return undefined;
    const fault = { family: 'flow-logs', kind: 'flow-log-one-action', log, missing, interfaces: blind.length } as const;
    return { fault, severity: missing === 'REJECT' ? 'medium' : 'low' };
  });
}

function records(action: 'ACCEPT' | 'REJECT'): (log: FlowLog) => boolean {
  return ({ trafficType }) => trafficType === 'ALL' || trafficType === action;
}

/** Fields that a diagnosis would use and this log does not write, unless another log of the same object does (FLOW-110). */
export function findPoorFormats({ snapshot }: { readonly snapshot: Snapshot }): readonly AuditFinding[] {
  return findInLogs(snapshot, (log, { logs }) => {
    const fields = missingFields(log);
    const isSupplied = logs.some((other) => isOnSame(log, other) && missingFields(other).length === 0);
    if (!isNonEmpty(fields) || isSupplied) return undefined;
    const severity = fields.some(isOfDefaultFormat) ? 'medium' : 'low';
    const fault = { family: 'flow-logs', kind: 'flow-log-lacks-fields', log, fields } as const;
    return { fault, severity, measure: fields.length };
  });
}

const ONE_MINUTE = 60;

/**
 * Interfaces of Nitro instances report every minute whatever the setting; all others wait for the whole interval.
 * FLOW-52. https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
 */
export function findSlowLogs({ snapshot }: { readonly snapshot: Snapshot }): readonly AuditFinding[] {
  return findInLogs(snapshot, (log, { logs }) => {
    const isSupplied = logs.some((other) => isOnSame(log, other) && other.aggregationInterval <= ONE_MINUTE);
    if (log.aggregationInterval <= ONE_MINUTE || isSupplied) return undefined;
    return { fault: { family: 'flow-logs', kind: 'flow-log-slow', log }, severity: 'low' };
  });
}

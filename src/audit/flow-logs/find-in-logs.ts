import type { FlowLog } from '../../vpc/flow-log.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { AuditFinding, AuditSeverity } from '../audit-finding.ts';
import { objectIn } from '../vpc-inventory.ts';
import type { FlowLogFault } from './flow-log-fault.ts';
import { monitoringOf, type Monitoring } from './monitoring.ts';

export interface LogTrouble {
  readonly fault: Extract<FlowLogFault, { readonly log: FlowLog }>;
  readonly severity: AuditSeverity;
  readonly measure?: number;
}

/** Faults of single flow logs, named after the log and what it monitors. */
export function findInLogs(
  snapshot: Snapshot,
  find: (log: FlowLog, monitoring: Monitoring) => LogTrouble | undefined,
): readonly AuditFinding[] {
  return monitoringOf(snapshot).flatMap((monitoring) =>
    monitoring.logs.flatMap((log) => {
      const trouble = find(log, monitoring);
      return trouble === undefined ? [] : [findingOf(log, monitoring, trouble)];
    }),
  );
}

function findingOf(log: FlowLog, { inventory }: Monitoring, trouble: LogTrouble): AuditFinding {
  return {
    id: `${trouble.fault.kind}:${log.id}`,
    ...trouble,
    objects: [objectIn(inventory, log), objectIn(inventory, { id: log.resourceId })],
    gaps: [],
  };
}

export function isOnSame(log: FlowLog, other: FlowLog): boolean {
  return log.id !== other.id && log.resourceId === other.resourceId;
}

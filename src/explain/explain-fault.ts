import type { AuditFinding } from '../audit/audit-finding.ts';
import { assertNever } from '../lang/exhaustive.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import { explainEndpointFault } from './explain-endpoint-fault.ts';
import { explainExpectationFault } from './explain-expectation-fault.ts';
import { explainFlowLogFault } from './explain-flow-log-fault.ts';
import { explainPeeringFault } from './explain-peering-fault.ts';
import type { FaultTelling } from './fault-telling.ts';

/** What an audit found, whatever its family. Names are looked up in the snapshot. */
export function explainFault(finding: AuditFinding, snapshot: Snapshot): FaultTelling {
  const { fault } = finding;
  switch (fault.family) {
    case 'peering':
      return explainPeeringFault(fault, finding);
    case 'endpoints':
      return explainEndpointFault(fault, finding);
    case 'flow-logs':
      return explainFlowLogFault(fault, finding);
    case 'expectations':
      return explainExpectationFault(fault, finding, snapshot);
    default:
      return assertNever(fault);
  }
}

import type { EndpointFault } from './endpoints/endpoint-fault.ts';
import type { ExpectationFault } from './expectations/expectation-fault.ts';
import type { FlowLogFault } from './flow-logs/flow-log-fault.ts';
import type { PeeringFault } from './peering/peering-fault.ts';

/** What is wrong, by family: each fault carries the evidence that a person would go and look at. */
export type AuditFault = PeeringFault | EndpointFault | FlowLogFault | ExpectationFault;

export type AuditFamily = AuditFault['family'];

import type { AuditFinding } from '../audit/audit-finding.ts';
import type { PeeringFault } from '../audit/peering/peering-fault.ts';
import type { FaultTelling } from './fault-telling.ts';
import { tellFilters } from './tell-peering-filters.ts';
import { tellRequests } from './tell-peering-requests.ts';
import { tellRoutes } from './tell-peering-routes.ts';
import type { TellingsOf } from './tell-peering.ts';

/** A fault of a peering connection, as a person reads it. */
export function explainPeeringFault(fault: PeeringFault, finding: AuditFinding): FaultTelling {
  return explainKind(fault.kind, fault, finding);
}

type Kind = PeeringFault['kind'];
type FaultByKind = { readonly [K in Kind]: Extract<PeeringFault, { readonly kind: K }> };

function explainKind<K extends Kind>(kind: K, fault: FaultByKind[K], finding: AuditFinding): FaultTelling {
  return TELLINGS[kind](fault, finding);
}

/** The compiler asks for every kind. */
const TELLINGS: TellingsOf<Kind> = { ...tellRequests, ...tellRoutes, ...tellFilters };

import type { AuditFinding } from '../audit/audit-finding.ts';
import type { EndpointFault } from '../audit/endpoints/endpoint-fault.ts';
import type { FaultTelling } from './fault-telling.ts';
import { tellEndpointConfigurations } from './tell-endpoint-configurations.ts';
import { tellEndpointFilters } from './tell-endpoint-filters.ts';
import { tellGatewayEndpoints } from './tell-gateway-endpoints.ts';
import type { TellingsOf } from './tell-endpoint.ts';

/** A fault of a VPC endpoint, as a person reads it. */
export function explainEndpointFault(fault: EndpointFault, finding: AuditFinding): FaultTelling {
  return explainKind(fault.kind, fault, finding);
}

type Kind = EndpointFault['kind'];
type FaultByKind = { readonly [K in Kind]: Extract<EndpointFault, { readonly kind: K }> };

function explainKind<K extends Kind>(kind: K, fault: FaultByKind[K], finding: AuditFinding): FaultTelling {
  return TELLINGS[kind](fault, finding);
}

/** The compiler asks for every kind. */
const TELLINGS: TellingsOf<Kind> = { ...tellEndpointConfigurations, ...tellEndpointFilters, ...tellGatewayEndpoints };

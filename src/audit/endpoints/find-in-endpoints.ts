import type { Snapshot } from '../../vpc/snapshot.ts';
import type { VpcEndpoint } from '../../vpc/vpc-endpoint.ts';
import type { AuditFinding, AuditObject } from '../audit-finding.ts';
import { objectIn, vpcInventories, type VpcInventory } from '../vpc-inventory.ts';
import type { EndpointFault } from './endpoint-fault.ts';

export interface EndpointTrouble extends Pick<AuditFinding, 'severity' | 'measure'> {
  readonly fault: Extract<EndpointFault, { readonly endpoint: VpcEndpoint }>;
  /** Where an endpoint may have several of a kind: what tells them apart. */
  readonly part?: string;
  /** What else to look at. */
  readonly others?: readonly AuditObject[];
  readonly gaps?: AuditFinding['gaps'];
}

/** Faults of single endpoints, named after them. Those that AWS's own services made are theirs to mend. */
export function findInEndpoints(
  snapshot: Snapshot,
  find: (endpoint: VpcEndpoint, inventory: VpcInventory) => readonly EndpointTrouble[],
): readonly AuditFinding[] {
  return vpcInventories(snapshot).flatMap((inventory) =>
    inventory.endpoints
      .filter(({ requesterManaged }) => !requesterManaged)
      .flatMap((endpoint) => find(endpoint, inventory).map((trouble) => findingOf(endpoint, inventory, trouble))),
  );
}

function findingOf(endpoint: VpcEndpoint, inventory: VpcInventory, trouble: EndpointTrouble): AuditFinding {
  const { fault, severity, measure, part, others = [], gaps = [] } = trouble;
  return {
    id: [fault.kind, endpoint.id, ...(part === undefined ? [] : [part])].join(':'),
    severity,
    fault,
    objects: [objectIn(inventory, endpoint), ...others],
    ...(measure !== undefined && { measure }),
    gaps,
  };
}

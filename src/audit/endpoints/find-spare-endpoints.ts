import { isNonEmpty } from '../../lang/non-empty.ts';
import type { VpcEndpoint } from '../../vpc/vpc-endpoint.ts';
import type { AuditFinding } from '../audit-finding.ts';
import type { AuditWorld } from '../audit-rule.ts';
import { DEFAULT_PRICES, type Prices } from '../prices.ts';
import { objectIn, vpcInventories, type VpcInventory } from '../vpc-inventory.ts';
import type { UnitPrice } from './endpoint-fault.ts';
import { isAvailable, isOurs } from './endpoint-service.ts';
import { findInEndpoints } from './find-in-endpoints.ts';

/**
 * Each interface endpoint is paid by the hour and zone. A second one for the same service with the same policy and
 * groups does what the first does.
 * VPCE-5. https://aws.amazon.com/privatelink/pricing/
 */
export function findDuplicates({ snapshot, prices = DEFAULT_PRICES }: AuditWorld): readonly AuditFinding[] {
  return vpcInventories(snapshot).flatMap((inventory) =>
    [...alike(inventory).values()].flatMap((endpoints): readonly AuditFinding[] => {
      const [first, ...others] = endpoints.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const ids = endpoints.map(({ id }) => id).sort();
      if (first === undefined || others.length === 0 || !isNonEmpty(ids)) return [];
      const { serviceName = '' } = first;
      const fault = {
        family: 'endpoints',
        kind: 'endpoint-duplicate',
        serviceName,
        endpoints: ids,
        price: perZone(prices),
      } as const;
      return [
        {
          id: `endpoint-duplicate:${inventory.vpc.id}:${serviceName}:${first.id}`,
          severity: 'low',
          fault,
          objects: [objectIn(inventory, first), ...others.map((each) => objectIn(inventory, each))],
          measure: ids.length,
          gaps: [],
        },
      ];
    }),
  );
}

function alike({ endpoints }: VpcInventory): ReadonlyMap<string, readonly VpcEndpoint[]> {
  const grouped = new Map<string, VpcEndpoint[]>();
  for (const endpoint of endpoints) {
    const isCandidate = endpoint.type === 'Interface' && endpoint.serviceName !== undefined;
    if (isCandidate && isAvailable(endpoint) && isOurs(endpoint)) {
      const key = likenessOf(endpoint);
      grouped.set(key, [...(grouped.get(key) ?? []), endpoint]);
    }
  }
  return grouped;
}

function likenessOf({ serviceName, policyDocument, groups }: VpcEndpoint): string {
  return JSON.stringify([serviceName, policyDocument, [...groups].sort()]);
}

/** Only where the flow logs of all its interfaces were read, and not one packet was seen. */
export function findIdleEndpoints({ snapshot, traffic, prices = DEFAULT_PRICES }: AuditWorld): readonly AuditFinding[] {
  if (traffic === undefined) return [];
  return findInEndpoints(snapshot, (endpoint) => {
    const bytes = endpoint.interfaceIds.map((id) => traffic.interfaces.get(id));
    const isIdle = bytes.length > 0 && bytes.every((each) => each === 0);
    if (endpoint.type !== 'Interface' || !isAvailable(endpoint) || !isIdle) return [];
    const { window } = traffic;
    const price = perZone(prices);
    const fault = { family: 'endpoints', kind: 'endpoint-without-traffic', endpoint, window, price } as const;
    return [{ fault, severity: 'low' }];
  });
}

function perZone({ interfaceEndpointPerHour: amount, currency }: Prices): UnitPrice {
  return { amount, currency, per: 'hour and zone' };
}

import { isNonEmpty } from '../../lang/non-empty.ts';
import type { VpcEndpoint } from '../../vpc/vpc-endpoint.ts';
import type { AuditFinding } from '../audit-finding.ts';
import type { AuditWorld } from '../audit-rule.ts';
import { DEFAULT_PRICES } from '../prices.ts';
import { objectIn, vpcInventories, type VpcInventory } from '../vpc-inventory.ts';
import { isAvailable, isOurs } from './endpoint-service.ts';
import { pricePerZone } from './price-per-zone.ts';

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
        price: pricePerZone(prices),
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

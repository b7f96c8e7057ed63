import { isNonEmpty } from '../../lang/non-empty.ts';
import type { SubnetId } from '../../vpc/ids.ts';
import type { VpcEndpoint } from '../../vpc/vpc-endpoint.ts';
import type { AuditFinding } from '../audit-finding.ts';
import type { AuditWorld } from '../audit-rule.ts';
import { clientsIn, type VpcInventory } from '../vpc-inventory.ts';
import { isAvailable } from './endpoint-service.ts';
import { findInEndpoints } from './find-in-endpoints.ts';

/**
 * Clients of other zones reach an interface endpoint all the same: what is missing is a second one when its zone fails.
 * Endpoints for a Gateway Load Balancer live in one subnet by design (VPCE-9).
 * VPCE-25, VPCE-41. https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html
 */
export function findSingleZone({ snapshot }: AuditWorld): readonly AuditFinding[] {
  return findInEndpoints(snapshot, (endpoint, inventory) => {
    if (endpoint.type !== 'Interface' || !isAvailable(endpoint)) return [];
    const zones = zonesOf(endpoint, inventory);
    const [zone] = zones;
    const without = [...clientZones(inventory)].filter((each) => !zones.has(each)).sort();
    if (zone === undefined || zones.size !== 1 || !isNonEmpty(without)) return [];
    const fault = {
      family: 'endpoints',
      kind: 'endpoint-one-zone',
      endpoint,
      zone,
      without,
      candidates: subnetsIn(without, inventory),
    } as const;
    return [{ fault, severity: 'low', measure: without.length }];
  });
}

/** Nothing where the zone of one of its subnets is not known. */
function zonesOf({ subnetIds }: VpcEndpoint, { subnets }: VpcInventory): ReadonlySet<string> {
  const zones = subnetIds.map((id) => subnets.find((subnet) => subnet.id === id)?.availabilityZone);
  return new Set(zones.includes(undefined) ? [] : zones.filter((zone) => zone !== undefined));
}

function clientZones(inventory: VpcInventory): ReadonlySet<string> {
  const zoneOf = new Map(inventory.subnets.map(({ id, availabilityZone }) => [id, availabilityZone]));
  const zones = clientsIn(inventory).map(
    ({ subnetId, availabilityZone }) => availabilityZone ?? (subnetId === undefined ? undefined : zoneOf.get(subnetId)),
  );
  return new Set(zones.filter((zone) => zone !== undefined));
}

/** One subnet of each zone: an endpoint takes no more (VPCE-19). */
function subnetsIn(zones: readonly string[], { subnets }: VpcInventory): readonly SubnetId[] {
  return zones.flatMap((zone) => subnets.find(({ availabilityZone }) => availabilityZone === zone)?.id ?? []);
}

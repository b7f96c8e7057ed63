import { evaluateSecurityGroups } from '../../engine/evaluate-security-groups.ts';
import { pathWorld } from '../../engine/path/path-world.ts';
import { isNonEmpty } from '../../lang/non-empty.ts';
import type { Address } from '../../net/address.ts';
import { TCP } from '../../net/protocol.ts';
import type { SecurityGroupId } from '../../vpc/ids.ts';
import type { NetworkInterface } from '../../vpc/network-interface.ts';
import type { PrefixList, Snapshot } from '../../vpc/snapshot.ts';
import type { VpcEndpoint } from '../../vpc/vpc-endpoint.ts';
import type { AuditFinding } from '../audit-finding.ts';
import type { AuditWorld } from '../audit-rule.ts';
import { clientsIn, objectIn, type VpcInventory } from '../vpc-inventory.ts';
import { gatewayServiceOf, HTTPS, isAvailable, prefixListOf } from './endpoint-service.ts';
import { findInEndpoints, type EndpointTrouble } from './find-in-endpoints.ts';
import { compileGroups } from './group-tables.ts';

/**
 * Behind a gateway endpoint the service keeps its public addresses: groups that let out only some traffic must let out
 * 443 to its prefix list.
 * VPCE-14, VPCE-36. https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
 */
export function findClosedEgress({ snapshot }: AuditWorld): readonly AuditFinding[] {
  return findInEndpoints(snapshot, (endpoint, inventory) => {
    const service = gatewayServiceOf(endpoint);
    const list = prefixListOf(endpoint.serviceName ?? '', snapshot);
    if (endpoint.type !== 'Gateway' || !isAvailable(endpoint) || service === undefined || list === undefined) return [];
    return [...byGroups(clientsOf(endpoint, inventory, snapshot)).values()]
      .filter(([first]) => first !== undefined && lacksWayOut(first, list, snapshot))
      .flatMap((interfaces): readonly EndpointTrouble[] => {
        const groups = sortedGroups(interfaces[0]);
        const ids = interfaces.map(({ id }) => id);
        if (!isNonEmpty(groups) || !isNonEmpty(ids)) return [];
        const told = { endpoint, service, prefixListId: list.id, groups, interfaces: ids };
        const fault = { family: 'endpoints', kind: 'endpoint-egress-closed', ...told } as const;
        const others = groups.map((id) => objectIn(inventory, { id }));
        return [{ fault, severity: 'low', part: groups.join('+'), others }];
      });
  });
}

function clientsOf(endpoint: VpcEndpoint, inventory: VpcInventory, snapshot: Snapshot): readonly NetworkInterface[] {
  const { routeTableOf } = pathWorld(snapshot);
  return clientsIn(inventory).filter(({ subnetId, vpcId, groups }) => {
    const table = routeTableOf(subnetId, vpcId);
    return groups.length > 0 && table !== undefined && endpoint.routeTableIds.includes(table.id);
  });
}

function byGroups(interfaces: readonly NetworkInterface[]): ReadonlyMap<string, readonly NetworkInterface[]> {
  const grouped = new Map<string, NetworkInterface[]>();
  for (const each of interfaces) {
    const key = sortedGroups(each).join('+');
    const others = grouped.get(key);
    if (others === undefined) grouped.set(key, [each]);
    else others.push(each);
  }
  return grouped;
}

function sortedGroups(networkInterface: NetworkInterface | undefined): readonly SecurityGroupId[] {
  return [...(networkInterface?.groups ?? [])].sort();
}

/** Nothing of the service may be reached, in the family of the interface's first address. */
function lacksWayOut({ groups, vpcId, addresses }: NetworkInterface, list: PrefixList, snapshot: Snapshot): boolean {
  const source = addresses[0]?.address;
  if (source === undefined) return false;
  const filters = compileGroups({ groups, vpcId, direction: 'egress' }, snapshot);
  const isDenied = (destination: Address): boolean => {
    const packet = { protocol: TCP, source, destination, destinationPort: HTTPS };
    return evaluateSecurityGroups(filters, 'egress', packet).kind === 'denied-by-default';
  };
  const blocks = list.cidrs.filter(({ family }) => family === source.family);
  return blocks.length > 0 && blocks.every(({ family, base }) => isDenied({ family, bits: base }));
}

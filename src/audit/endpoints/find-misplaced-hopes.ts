import { isNonEmpty } from '../../lang/non-empty.ts';
import { rangeContains } from '../../net/port-range.ts';
import { TCP } from '../../net/protocol.ts';
import type { Route } from '../../vpc/route-table.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { VpcEndpoint } from '../../vpc/vpc-endpoint.ts';
import type { AuditFinding } from '../audit-finding.ts';
import type { AuditWorld } from '../audit-rule.ts';
import type { GatewayService } from '../traffic.ts';
import { objectIn, vpcInventories } from '../vpc-inventory.ts';
import type { EndpointFault } from './endpoint-fault.ts';
import { gatewayServiceName, HTTPS, isAvailable, servicePortsOf } from './endpoint-service.ts';
import { findInEndpoints } from './find-in-endpoints.ts';
import { rulesOf } from './group-tables.ts';

/**
 * A gateway endpoint serves its own VPC: who sends a service's traffic to a peer, hoping for the endpoint there, sends
 * it nowhere.
 * VPCE-16, VPCE-44, PEER-9. https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html
 */
export function findHopesOnPeers({ snapshot }: AuditWorld): readonly AuditFinding[] {
  return vpcInventories(snapshot).flatMap((inventory) =>
    inventory.routeTables.flatMap((table) =>
      table.routes.flatMap((route): readonly AuditFinding[] => {
        const fault = hopeOf(route, inventory.vpc.region, snapshot);
        if (fault === undefined) return [];
        const { peeringId, prefixListId } = fault;
        const objects = [objectIn(inventory, table), objectIn(inventory, { id: peeringId })] as const;
        const id = `endpoint-expected-by-peer:${table.id}:${prefixListId}`;
        return [{ id, severity: 'medium', fault, objects, gaps: [] }];
      }),
    ),
  );
}

const SERVICES: readonly GatewayService[] = ['s3', 'dynamodb'];

function hopeOf(
  { tableId, destination, target }: Route,
  region: Parameters<typeof gatewayServiceName>[1],
  { prefixLists }: Snapshot,
): Extract<EndpointFault, { kind: 'endpoint-expected-by-peer' }> | undefined {
  if (target.kind !== 'peering' || destination.kind !== 'prefix-list') return undefined;
  const name = prefixLists.get(destination.id)?.name;
  const service = SERVICES.find((each) => gatewayServiceName(each, region) === name);
  if (service === undefined) return undefined;
  const told = { service, tableId, peeringId: target.id, prefixListId: destination.id };
  return { family: 'endpoints', kind: 'endpoint-expected-by-peer', ...told };
}

/**
 * Where a VPC enforces encryption in transit, interface endpoints drop what is not sent to port 443.
 * VPCE-45, RT-40. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-encryption-controls.html
 */
export function findUnencryptedPorts({ snapshot }: AuditWorld): readonly AuditFinding[] {
  return findInEndpoints(snapshot, (endpoint, { vpc }) => {
    const isEnforced = vpc.encryptionControl?.mode === 'enforce';
    if (!isEnforced || endpoint.type !== 'Interface' || !isAvailable(endpoint)) return [];
    const ports = servicePortsOf(endpoint) ?? openedPorts(endpoint, snapshot);
    if (ports.includes(HTTPS) || !isNonEmpty(ports)) return [];
    return [{ fault: { family: 'endpoints', kind: 'endpoint-port-not-encrypted', endpoint, ports }, severity: 'high' }];
  });
}

/** For a service of somebody else's: the ports for which its groups were opened, 443 among them when any rule has it. */
function openedPorts({ groups }: VpcEndpoint, snapshot: Snapshot): readonly number[] {
  if (groups.some((id) => !snapshot.securityGroups.has(id))) return [];
  const ranges = rulesOf(groups, 'ingress', snapshot).flatMap(({ protocol, ports }) => {
    if (protocol === 'all') return [{ from: HTTPS, to: HTTPS }];
    return protocol === TCP ? [ports ?? { from: HTTPS, to: HTTPS }] : [];
  });
  return ranges.some((range) => rangeContains(range, HTTPS)) ? [HTTPS] : ranges.map(({ from }) => from);
}

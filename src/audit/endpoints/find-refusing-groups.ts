import { evaluateSecurityGroups } from '../../engine/evaluate-security-groups.ts';
import type { SecurityGroupFilters } from '../../engine/security-group-table.ts';
import type { NonEmpty } from '../../lang/non-empty.ts';
import type { Address } from '../../net/address.ts';
import { cidrsOverlap } from '../../net/cidr.ts';
import { rangeContains } from '../../net/port-range.ts';
import { TCP } from '../../net/protocol.ts';
import type { NetworkInterface } from '../../vpc/network-interface.ts';
import type { SecurityGroupRule } from '../../vpc/security-group.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { VpcEndpoint } from '../../vpc/vpc-endpoint.ts';
import type { AuditFinding } from '../audit-finding.ts';
import type { AuditWorld } from '../audit-rule.ts';
import { clientsIn, objectIn, wasCollected, type VpcInventory } from '../vpc-inventory.ts';
import type { RefusedSubnet } from './endpoint-fault.ts';
import { isAvailable, servicePortsOf } from './endpoint-service.ts';
import { findInEndpoints, type EndpointTrouble } from './find-in-endpoints.ts';
import { compileGroups, rulesOf } from './group-tables.ts';

/**
 * The groups of an interface endpoint must let its clients in on the port of the service; without a group of its own it
 * has the VPC's default one, which admits only its members. Where private DNS leads every client of the VPC here, those
 * who are refused have no other way; without it a narrow group may be meant.
 * VPCE-20, VPCE-22, VPCE-38. https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
 */
export function findRefusingGroups({ snapshot }: AuditWorld): readonly AuditFinding[] {
  return findInEndpoints(snapshot, (endpoint, inventory) => {
    const ports = servicePortsOf(endpoint);
    const isJudged = endpoint.type === 'Interface' && isAvailable(endpoint) && endpoint.groups.length > 0;
    if (!isJudged || ports === undefined || !wasCollected(inventory, 'SecurityGroups', 'NetworkInterfaces')) return [];
    const clients = clientsIn(inventory).filter(({ addresses }) => addresses.length > 0);
    return clients.length === 0
      ? refusedWithoutClients(endpoint, inventory, { ports, snapshot })
      : refusedClients(endpoint, inventory, { ports, snapshot, clients });
  });
}

interface Asked {
  readonly ports: NonEmpty<number>;
  readonly snapshot: Snapshot;
}

function refusedClients(
  endpoint: VpcEndpoint,
  inventory: VpcInventory,
  { ports, snapshot, clients }: Asked & { readonly clients: readonly NetworkInterface[] },
): readonly EndpointTrouble[] {
  const { groups, vpcId } = endpoint;
  const filters = compileGroups({ groups, vpcId, direction: 'ingress' }, snapshot);
  const refused = clients.filter((client) => isRefused(client, { endpoint, ports, snapshot, filters }));
  const extent = refused.length === clients.length ? 'everybody' : 'some';
  if (refused.length === 0 || (extent === 'some' && !endpoint.privateDnsEnabled)) return [];
  return [trouble(endpoint, inventory, { ports, extent, refused: bySubnet(refused) })];
}

interface Knock extends Asked {
  readonly endpoint: VpcEndpoint;
  readonly filters: SecurityGroupFilters;
}

function isRefused(client: NetworkInterface, { endpoint, ports, snapshot, filters }: Knock): boolean {
  const at = endpoint.interfaceIds.flatMap((id) => snapshot.interfaces.get(id)?.addresses ?? [])[0]?.address;
  const family = at?.family ?? 'ipv4';
  const source = client.addresses.find(({ address }) => address.family === family)?.address;
  if (source === undefined) return false;
  const destination: Address = at ?? source;
  return ports.every((destinationPort) => {
    const packet = { protocol: TCP, source, destination, destinationPort };
    return evaluateSecurityGroups(filters, 'ingress', packet).kind === 'denied-by-default';
  });
}

function bySubnet(refused: readonly NetworkInterface[]): readonly RefusedSubnet[] {
  const subnets = new Map<string, RefusedSubnet>();
  for (const { id: example, subnetId } of refused) {
    const known = subnetId === undefined ? undefined : subnets.get(subnetId);
    if (known !== undefined) subnets.set(known.id, { ...known, clients: known.clients + 1 });
    else if (subnetId !== undefined) subnets.set(subnetId, { id: subnetId, example, clients: 1 });
  }
  return [...subnets.values()];
}

/** In a VPC where nobody is yet, rules for groups may be waiting for their members; rules for addresses are judged. */
function refusedWithoutClients(
  endpoint: VpcEndpoint,
  inventory: VpcInventory,
  { ports, snapshot }: Asked,
): readonly EndpointTrouble[] {
  const isUnread = endpoint.groups.some((id) => !snapshot.securityGroups.has(id));
  const rules = rulesOf(endpoint.groups, 'ingress', snapshot).filter((rule) => coversAny(rule, ports));
  if (isUnread || rules.some((rule) => mayAdmit(rule, inventory, snapshot))) return [];
  return [trouble(endpoint, inventory, { ports, extent: 'everybody', refused: [] })];
}

function coversAny({ protocol, ports }: SecurityGroupRule, wanted: NonEmpty<number>): boolean {
  if (protocol === 'all') return true;
  return protocol === TCP && (ports === undefined || wanted.some((port) => rangeContains(ports, port)));
}

function mayAdmit({ peer }: SecurityGroupRule, { vpc }: VpcInventory, { prefixLists }: Snapshot): boolean {
  if (peer.kind === 'group') return true;
  const blocks = peer.kind === 'cidr' ? [peer.cidr] : prefixLists.get(peer.id)?.cidrs;
  return blocks === undefined || blocks.some((block) => vpc.cidrs.some((cidr) => cidrsOverlap(block, cidr)));
}

function trouble(
  endpoint: VpcEndpoint,
  inventory: VpcInventory,
  told: {
    readonly ports: NonEmpty<number>;
    readonly extent: 'everybody' | 'some';
    readonly refused: readonly RefusedSubnet[];
  },
): EndpointTrouble {
  const fault = {
    family: 'endpoints',
    kind: 'endpoint-groups-refuse',
    endpoint,
    vpcCidrs: inventory.vpc.cidrs,
    ...told,
  } as const;
  const others = endpoint.groups.map((id) => objectIn(inventory, { id }));
  return { fault, severity: told.extent === 'everybody' ? 'high' : 'medium', others };
}

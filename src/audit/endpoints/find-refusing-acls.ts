import { pathWorld } from '../../engine/path/path-world.ts';
import { isNonEmpty, type NonEmpty } from '../../lang/non-empty.ts';
import type { Address } from '../../net/address.ts';
import { lastOf, type Cidr } from '../../net/cidr.ts';
import type { PortRange } from '../../net/port-range.ts';
import type { NetworkAclId, SubnetId } from '../../vpc/ids.ts';

import type { Snapshot, Subnet } from '../../vpc/snapshot.ts';
import type { VpcEndpoint } from '../../vpc/vpc-endpoint.ts';
import type { AuditFinding, AuditObject } from '../audit-finding.ts';
import type { AuditWorld } from '../audit-rule.ts';
import { clientsIn, objectIn, type VpcInventory } from '../vpc-inventory.ts';
import { refusedAnswers, subnetAcls, type Pass, type SubnetAcls } from './acl-passes.ts';
import type { AclRefusal } from './endpoint-fault.ts';
import { gatewayServiceOf, HTTPS, isAvailable, prefixListOf, servicePortsOf } from './endpoint-service.ts';
import { findInEndpoints, type EndpointTrouble } from './find-in-endpoints.ts';

/**
 * ACLs keep no state: between a client's subnet and an endpoint's, or the addresses of a service, both ways must be
 * open, there to the port of the service and back to the client's.
 * EVAL-5, VPCE-14, VPCE-37. https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
 */
export function findRefusingAcls({ snapshot }: AuditWorld): readonly AuditFinding[] {
  const acls = subnetAcls(snapshot);
  return findInEndpoints(snapshot, (endpoint, inventory) => {
    if (!isAvailable(endpoint)) return [];
    const judge = JUDGES.get(endpoint.type);
    const refusals = judge?.(endpoint, { inventory, snapshot, acls }) ?? [];
    return troubles(endpoint, inventory, { refusals, acls });
  });
}

interface Stand {
  readonly inventory: VpcInventory;
  readonly snapshot: Snapshot;
  readonly acls: SubnetAcls;
}

type Judge = (endpoint: VpcEndpoint, stand: Stand) => readonly AclRefusal[];

const JUDGES = new Map<string, Judge>([
  ['Interface', refusalsOnTheWay],
  ['Gateway', refusalsOfTheService],
]);

/** Inside one subnet no ACL is asked (EVAL-4). */
function refusalsOnTheWay(endpoint: VpcEndpoint, stand: Stand): readonly AclRefusal[] {
  const port = servicePortsOf(endpoint)?.[0];
  if (port === undefined) return [];
  const clients = clientSubnets(stand.inventory);
  return endpoint.subnetIds.flatMap((id) => {
    const here = stand.snapshot.subnets.get(id);
    return clients
      .filter((there) => here !== undefined && there.id !== id)
      .flatMap((there) => (here === undefined ? [] : between(there, here, { port, acls: stand.acls })));
  });
}

/** Where there are clients; in a VPC without any, every subnet. */
function clientSubnets(inventory: VpcInventory): readonly Subnet[] {
  const ids = new Set(clientsIn(inventory).map(({ subnetId }) => subnetId));
  return ids.size === 0 ? inventory.subnets : inventory.subnets.filter(({ id }) => ids.has(id));
}

interface Asked {
  readonly port: number;
  readonly acls: SubnetAcls;
}

function between(client: Subnet, endpoint: Subnet, { port, acls }: Asked): readonly AclRefusal[] {
  const [from, to] = [ipv4BlockOf(client), ipv4BlockOf(endpoint)];
  if (from === undefined || to === undefined) return [];
  const atClient = { subnetId: client.id, here: hostIn(from), there: hostIn(to), remote: to };
  const atEndpoint = { subnetId: endpoint.id, here: hostIn(to), there: hostIn(from), remote: from };
  const ports = only(port);
  return [
    ...acls.refusalsOf({ ...atClient, direction: 'egress', ports }),
    ...acls.refusalsOf({ ...atEndpoint, direction: 'ingress', ports }),
    ...refusedAnswers(acls, { ...atEndpoint, direction: 'egress' }),
    ...refusedAnswers(acls, { ...atClient, direction: 'ingress' }),
  ];
}

function ipv4BlockOf({ cidrs }: Subnet): Cidr | undefined {
  return cidrs.find(({ family }) => family === 'ipv4');
}

/** The first address of a subnet that AWS does not keep for itself. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
function hostIn({ family, base }: Cidr): Address {
  return { family, bits: base + 4n };
}

function only(port: number): PortRange {
  return { from: port, to: port };
}

function refusalsOfTheService(endpoint: VpcEndpoint, stand: Stand): readonly AclRefusal[] {
  const { inventory, snapshot, acls } = stand;
  const service = gatewayServiceOf(endpoint);
  const list = service === undefined ? undefined : prefixListOf(endpoint.serviceName ?? '', snapshot);
  const { routeTableOf } = pathWorld(snapshot);
  const served = clientSubnets(inventory).filter(({ id, vpcId }) => {
    const table = routeTableOf(id, vpcId);
    return table !== undefined && endpoint.routeTableIds.includes(table.id);
  });
  return served.flatMap((subnet) => (list?.cidrs ?? []).flatMap((block) => towards(subnet, block, acls)));
}

/** Both ends of the block: an ACL seldom cuts one in two, and then one of them shows it. */
function towards(subnet: Subnet, remote: Cidr, acls: SubnetAcls): readonly AclRefusal[] {
  const block = subnet.cidrs.find(({ family }) => family === remote.family);
  if (block === undefined) return [];
  const ends = [...new Set([remote.base, lastOf(remote)])];
  const at = { subnetId: subnet.id, here: hostIn(block), remote };
  const refusals = ends.map((bits) => towardsAddress({ ...at, there: { family: remote.family, bits } }, acls));
  return refusals.find((each) => each.length > 0) ?? [];
}

function towardsAddress(pass: Omit<Pass, 'ports' | 'direction'>, acls: SubnetAcls): readonly AclRefusal[] {
  return acls
    .refusalsOf({ ...pass, direction: 'egress', ports: only(HTTPS) })
    .concat(refusedAnswers(acls, { ...pass, direction: 'ingress' }));
}

/** One finding for each ACL: that is what has to be changed. */
function troubles(
  endpoint: VpcEndpoint,
  inventory: VpcInventory,
  { refusals, acls }: { readonly refusals: readonly AclRefusal[]; readonly acls: SubnetAcls },
): readonly EndpointTrouble[] {
  return [...byAcl(refusals, acls)].flatMap(([aclId, all]) => {
    const ofAcl = eachEntryOnce(all);
    if (!isNonEmpty(ofAcl)) return [];
    const fault = { family: 'endpoints', kind: 'endpoint-acl-refuses', endpoint, aclId, refusals: ofAcl } as const;
    return [{ fault, severity: 'high', part: aclId, others: othersOf(inventory, aclId, ofAcl) } as const];
  });
}

function byAcl(refusals: readonly AclRefusal[], acls: SubnetAcls): ReadonlyMap<NetworkAclId, readonly AclRefusal[]> {
  const grouped = new Map<NetworkAclId, AclRefusal[]>();
  for (const refusal of refusals) {
    const acl = acls.aclOf(refusal.subnetId);
    const others = acl === undefined ? undefined : grouped.get(acl.id);
    if (others !== undefined) others.push(refusal);
    else if (acl !== undefined) grouped.set(acl.id, [refusal]);
  }
  return grouped;
}

/** An entry drops for many what it drops for one. */
function eachEntryOnce(refusals: readonly AclRefusal[]): readonly AclRefusal[] {
  return [...new Map(refusals.toReversed().map((each) => [entryOf(each), each])).values()].reverse();
}

function entryOf({ subnetId, direction, by }: AclRefusal): string {
  return `${subnetId} ${direction} ${by.ruleNumber}`;
}

function othersOf(
  inventory: VpcInventory,
  aclId: NetworkAclId,
  refusals: NonEmpty<AclRefusal>,
): readonly AuditObject[] {
  const subnets = new Set<SubnetId>(refusals.map(({ subnetId }) => subnetId));
  return [aclId, ...subnets].map((id) => objectIn(inventory, { id }));
}

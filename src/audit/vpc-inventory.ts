import { interfaceOwner } from '../engine/interface-owner.ts';
import type { OwnerKind } from '../engine/finding.ts';
import type { VpcId } from '../vpc/ids.ts';
import type { NetworkInterface } from '../vpc/network-interface.ts';
import type { RouteTable } from '../vpc/route-table.ts';
import type { Snapshot, SnapshotScope, Subnet, Vpc } from '../vpc/snapshot.ts';
import type { VpcEndpoint } from '../vpc/vpc-endpoint.ts';
import type { AuditObject } from './audit-finding.ts';

/** What stands in one VPC, looked up once: an audit goes through all of them. */
export interface VpcInventory {
  readonly vpc: Vpc;
  readonly subnets: readonly Subnet[];
  readonly interfaces: readonly NetworkInterface[];
  readonly endpoints: readonly VpcEndpoint[];
  readonly routeTables: readonly RouteTable[];
  /** The account that owns the VPC, in the VPC's region, when it was read. */
  readonly scope: SnapshotScope | undefined;
}

export function vpcInventories(snapshot: Snapshot): readonly VpcInventory[] {
  const subnets = byVpc(snapshot.subnets);
  const interfaces = byVpc(snapshot.interfaces);
  const endpoints = byVpc(snapshot.endpoints);
  const routeTables = byVpc(snapshot.routeTables);
  return [...snapshot.vpcs.values()].map((vpc) => ({
    vpc,
    subnets: subnets.get(vpc.id) ?? [],
    interfaces: interfaces.get(vpc.id) ?? [],
    endpoints: endpoints.get(vpc.id) ?? [],
    routeTables: routeTables.get(vpc.id) ?? [],
    scope: scopeOf(vpc, snapshot),
  }));
}

function byVpc<Item extends { readonly vpcId: VpcId }>(
  items: ReadonlyMap<unknown, Item>,
): ReadonlyMap<VpcId, readonly Item[]> {
  const grouped = new Map<VpcId, Item[]>();
  for (const item of items.values()) {
    const others = grouped.get(item.vpcId);
    if (others === undefined) grouped.set(item.vpcId, [item]);
    else others.push(item);
  }
  return grouped;
}

/**
 * Only the owner of a shared VPC sees its endpoints, route tables and flow logs.
 * VPCE-30, FLOW-101. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html
 */
function scopeOf({ accountId, region }: Vpc, { scopes }: Snapshot): SnapshotScope | undefined {
  return scopes.find((scope) => scope.region === region && (accountId === undefined || scope.accountId === accountId));
}

/** Whether the VPC's owner was asked for all of these: what is missing there is then known to be missing. */
export function wasCollected({ scope }: VpcInventory, ...members: readonly string[]): boolean {
  return scope !== undefined && members.every((member) => scope.collected.has(member));
}

/** Interfaces of programs that open connections of their own. */
export function clientsIn({ interfaces }: VpcInventory): readonly NetworkInterface[] {
  return interfaces.filter((each) => each.status !== 'available' && CLIENTS.has(interfaceOwner(each).kind));
}

const CLIENTS: ReadonlySet<OwnerKind> = new Set(['instance', 'lambda', 'ecs-task', 'eks']);

/** Something in this VPC, as a finding names it. */
export function objectIn(
  { vpc }: VpcInventory,
  { id, name }: { readonly id: string; readonly name?: string },
): AuditObject {
  return {
    id,
    ...(name !== undefined && { name }),
    ...(vpc.accountId !== undefined && { accountId: vpc.accountId }),
    region: vpc.region,
    vpcId: vpc.id,
  };
}

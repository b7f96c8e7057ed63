import type { SubnetId } from '../vpc/ids.ts';
import type { RouteTable } from '../vpc/route-table.ts';
import type { Subnet } from '../vpc/snapshot.ts';
import { wasCollected, type VpcInventory } from './vpc-inventory.ts';

/** A route table and whose traffic it routes. */
export interface StandingTable {
  readonly table: RouteTable;
  readonly subnets: readonly Subnet[];
  /** Whether any subnet or gateway uses it. */
  readonly isInUse: boolean;
}

/**
 * The main table serves every subnet that names none.
 * RT-1. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
 */
export function standingTables(inventory: VpcInventory): readonly StandingTable[] {
  const { routeTables, subnets } = inventory;
  const named = new Set<SubnetId>(routeTables.flatMap(({ subnetIds }) => subnetIds));
  return routeTables.map((table) => {
    const own = new Set<SubnetId>(table.subnetIds);
    const users = subnets.filter(({ id }) => own.has(id) || (table.isMain && !named.has(id)));
    const isNamed = table.subnetIds.length + table.gatewayIds.length > 0;
    const mayServeOthers = table.isMain && (users.length > 0 || !wasCollected(inventory, 'Subnets'));
    return { table, subnets: users, isInUse: isNamed || mayServeOthers };
  });
}

import { assertNever } from '../../lang/exhaustive.ts';
import type { SubnetId } from '../../vpc/ids.ts';
import type { Snapshot, Subnet } from '../../vpc/snapshot.ts';
import type { PathChange } from '../fix/fix.ts';
import { carriersOf } from '../fix/open-filter.ts';
import { subnetsWithAcl } from '../fix/subnets-with-acl.ts';
import type { AlsoOpens } from './path-fix.ts';
import { pathWorld } from './path-world.ts';

/** Everywhere that the change is in force: a group, an ACL and a table are seldom there for one interface alone. */
export function alsoOpens(change: PathChange, snapshot: Snapshot): AlsoOpens {
  switch (change.kind) {
    case 'add-security-group-rule':
      return { kind: 'interfaces', change, ids: carriersOf(change.groupId, snapshot).map(({ id }) => id) };
    case 'add-network-acl-entry': {
      const told = snapshot.networkAcls.get(change.aclId)?.subnetIds ?? [];
      return { kind: 'subnets', change, ids: joined(told, subnetsWithAcl(change.aclId, snapshot)) };
    }
    case 'add-route': {
      const told = snapshot.routeTables.get(change.tableId)?.subnetIds ?? [];
      return { kind: 'subnets', change, ids: joined(told, subnetsWithTable(change.tableId, snapshot)) };
    }
    default:
      return assertNever(change);
  }
}

/** AWS may list subnets that were not read, and not list those that use the default. */
function joined(told: readonly SubnetId[], found: readonly Subnet[]): readonly SubnetId[] {
  return [...new Set([...told, ...found.map(({ id }) => id)])];
}

function subnetsWithTable(tableId: string, snapshot: Snapshot): readonly Subnet[] {
  const { routeTableOf } = pathWorld(snapshot);
  return [...snapshot.subnets.values()].filter(({ id, vpcId }) => routeTableOf(id, vpcId)?.id === tableId);
}

import { hasPorts } from '../../net/protocol.ts';
import { assertNever } from '../../lang/exhaustive.ts';
import type { NetworkAcl, NetworkAclEntry } from '../../vpc/network-acl.ts';
import type { Route, RouteTable } from '../../vpc/route-table.ts';
import type { SecurityGroup, SecurityGroupRule } from '../../vpc/security-group.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { FixChange, PathChange, RouteChange } from './fix.ts';

type RuleChange = Extract<FixChange, { kind: 'add-security-group-rule' }>;
type EntryChange = Extract<FixChange, { kind: 'add-network-acl-entry' }>;

/** The configuration as it would be with these changes. Nothing is applied to AWS. */
export function applyFix(snapshot: Snapshot, changes: readonly PathChange[]): Snapshot {
  return changes.reduce(applyChange, snapshot);
}

function applyChange(snapshot: Snapshot, change: PathChange): Snapshot {
  switch (change.kind) {
    case 'add-security-group-rule':
      return { ...snapshot, securityGroups: withRule(snapshot.securityGroups, change) };
    case 'add-network-acl-entry':
      return { ...snapshot, networkAcls: withEntry(snapshot.networkAcls, change) };
    case 'add-route':
      return { ...snapshot, routeTables: withRoute(snapshot.routeTables, change) };
    default:
      return assertNever(change);
  }
}

function withRule(groups: Snapshot['securityGroups'], change: RuleChange): Snapshot['securityGroups'] {
  const group = groups.get(change.groupId);
  if (group === undefined) return groups;
  const changed: SecurityGroup = { ...group, rules: [...group.rules, ruleOf(change)] };
  return new Map([...groups, [change.groupId, changed]]);
}

function withEntry(acls: Snapshot['networkAcls'], change: EntryChange): Snapshot['networkAcls'] {
  const acl = acls.get(change.aclId);
  if (acl === undefined) return acls;
  const changed: NetworkAcl = { ...acl, entries: [...acl.entries, entryOf(change)] };
  return new Map([...acls, [change.aclId, changed]]);
}

function withRoute(tables: Snapshot['routeTables'], change: RouteChange): Snapshot['routeTables'] {
  const table = tables.get(change.tableId);
  if (table === undefined) return tables;
  const changed: RouteTable = { ...table, routes: [...table.routes, routeOf(change)] };
  return new Map([...tables, [change.tableId, changed]]);
}

function ruleOf({ groupId, direction, protocol, ports, cidr }: RuleChange): SecurityGroupRule {
  return { groupId, direction, protocol, ...portsOf(protocol, ports), peer: { kind: 'cidr', cidr } };
}

function entryOf({ aclId, direction, ruleNumber, protocol, ports, cidr }: EntryChange): NetworkAclEntry {
  return { aclId, direction, ruleNumber, action: 'allow', protocol, ...portsOf(protocol, ports), cidr };
}

function routeOf({ tableId, cidr, target }: RouteChange): Route {
  return { tableId, destination: { kind: 'cidr', cidr }, target, state: 'active', origin: 'static' };
}

function portsOf(protocol: FixChange['protocol'], ports: FixChange['ports']): Pick<FixChange, 'ports'> {
  return ports === undefined || !hasPorts(protocol) ? {} : { ports };
}

import { formatCidr, type Cidr } from '../net/cidr.ts';
import type { SecurityGroupId } from '../vpc/ids.ts';
import type { NetworkAclEntry } from '../vpc/network-acl.ts';
import type { Route } from '../vpc/route-table.ts';
import type { SecurityGroupRule } from '../vpc/security-group.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import type { Edit, RuleContent } from './change.ts';
import { destinationKey, sameContent, sameEntry, sameRoute } from './same.ts';

/** One part of a snapshot that an edit is about, to be looked at and set. */
export interface Part<Value> {
  /** `unknown`: the snapshot does not hold the object. */
  readonly held: Value | 'nothing' | 'unknown';
  readonly isSame: (a: Value, b: Value) => boolean;
  readonly set: (value: Value | 'nothing') => Snapshot;
}

type EditOf<Kind extends Edit['kind']> = Extract<Edit, { kind: Kind }>;

/** By its id where that is told, else by what it says: a group has no two equal rules. */
export function rulePart(snapshot: Snapshot, edit: EditOf<'rule'>): Part<RuleContent> {
  const group = snapshot.securityGroups.get(edit.groupId);
  const found = group?.rules.find((rule) => isThisRule(rule, edit));
  const direction = edit.direction ?? found?.direction;
  return {
    held: group === undefined ? 'unknown' : (found ?? 'nothing'),
    isSame: sameContent,
    set: (content) => {
      if (group === undefined) return snapshot;
      const others = group.rules.filter((rule) => rule !== found);
      const rules = content === 'nothing' || direction === undefined ? [] : [ruleOf(edit, direction, content)];
      return {
        ...snapshot,
        securityGroups: replaced(snapshot.securityGroups, { ...group, rules: [...others, ...rules] }),
      };
    },
  };
}

function isThisRule(rule: SecurityGroupRule, { ruleId, direction, before, after }: EditOf<'rule'>): boolean {
  if (direction !== undefined && rule.direction !== direction) return false;
  if (ruleId !== undefined && rule.id !== undefined) return rule.id === ruleId;
  return [after, before].some((content) => typeof content === 'object' && sameContent(rule, content));
}

function ruleOf(
  { groupId, ruleId }: EditOf<'rule'>,
  direction: SecurityGroupRule['direction'],
  content: RuleContent,
): SecurityGroupRule {
  return { ...content, groupId, direction, ...(ruleId !== undefined && { id: ruleId }) };
}

export function entryPart(snapshot: Snapshot, edit: EditOf<'entry'>): Part<NetworkAclEntry> {
  const acl = snapshot.networkAcls.get(edit.aclId);
  const isThis = ({ ruleNumber, direction }: NetworkAclEntry): boolean =>
    ruleNumber === edit.ruleNumber && direction === edit.direction;
  return {
    held: acl === undefined ? 'unknown' : (acl.entries.find(isThis) ?? 'nothing'),
    isSame: sameEntry,
    set: (entry) => {
      if (acl === undefined) return snapshot;
      const entries = [...acl.entries.filter((other) => !isThis(other)), ...(entry === 'nothing' ? [] : [entry])];
      return { ...snapshot, networkAcls: replaced(snapshot.networkAcls, { ...acl, entries }) };
    },
  };
}

export function groupsPart(snapshot: Snapshot, edit: EditOf<'groups-of-interface'>): Part<readonly SecurityGroupId[]> {
  const own = snapshot.interfaces.get(edit.interfaceId);
  return {
    held: own === undefined ? 'unknown' : own.groups,
    isSame: (a, b) => a.toSorted().join(' ') === b.toSorted().join(' '),
    set: (groups) => {
      if (own === undefined) return snapshot;
      const changed = { ...own, groups: groups === 'nothing' ? [] : groups };
      return { ...snapshot, interfaces: replaced(snapshot.interfaces, changed) };
    },
  };
}

export function blockPart(snapshot: Snapshot, edit: EditOf<'block-of-list'>): Part<Cidr> {
  const list = snapshot.prefixLists.get(edit.listId);
  const block = edit.after === 'nothing' ? edit.before : edit.after;
  const text = block === 'nothing' ? '' : formatCidr(block);
  return {
    held: list === undefined ? 'unknown' : (list.cidrs.find((cidr) => formatCidr(cidr) === text) ?? 'nothing'),
    isSame: (a, b) => formatCidr(a) === formatCidr(b),
    set: (cidr) => {
      if (list === undefined) return snapshot;
      const cidrs = [
        ...list.cidrs.filter((other) => formatCidr(other) !== text),
        ...(cidr === 'nothing' ? [] : [cidr]),
      ];
      return { ...snapshot, prefixLists: replaced(snapshot.prefixLists, { ...list, cidrs }) };
    },
  };
}

export function routePart(snapshot: Snapshot, edit: EditOf<'route'>): Part<Route> {
  const table = snapshot.routeTables.get(edit.tableId);
  const key = destinationKey(edit.destination);
  const isThis = ({ destination }: Route): boolean => destinationKey(destination) === key;
  return {
    held: table === undefined ? 'unknown' : (table.routes.find(isThis) ?? 'nothing'),
    isSame: sameRoute,
    set: (route) => {
      if (table === undefined) return snapshot;
      const routes = [...table.routes.filter((other) => !isThis(other)), ...(route === 'nothing' ? [] : [route])];
      return { ...snapshot, routeTables: replaced(snapshot.routeTables, { ...table, routes }) };
    },
  };
}

export function statusPart(snapshot: Snapshot, edit: EditOf<'peering-status'>): Part<string> {
  const peering = snapshot.peerings.get(edit.peeringId);
  return {
    held: peering === undefined ? 'unknown' : peering.status,
    isSame: (a, b) => a === b,
    set: (status) => {
      if (peering === undefined) return snapshot;
      const others = new Map([...snapshot.peerings].filter(([id]) => id !== peering.id));
      const peerings = status === 'nothing' ? others : replaced(snapshot.peerings, { ...peering, status });
      return { ...snapshot, peerings };
    },
  };
}

function replaced<Id, Item extends { readonly id: Id }>(
  items: ReadonlyMap<Id, Item>,
  item: Item,
): ReadonlyMap<Id, Item> {
  return new Map(items).set(item.id, item);
}

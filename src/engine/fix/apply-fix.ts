import { hasPorts } from '../../net/protocol.ts';
import { assertNever } from '../../lang/exhaustive.ts';
import type { NetworkAcl, NetworkAclEntry } from '../../vpc/network-acl.ts';
import type { SecurityGroup, SecurityGroupRule } from '../../vpc/security-group.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { FixChange } from './fix.ts';

type RuleChange = Extract<FixChange, { kind: 'add-security-group-rule' }>;
type EntryChange = Extract<FixChange, { kind: 'add-network-acl-entry' }>;

/** The configuration as it would be with these changes. Nothing is applied to AWS. */
export function applyFix(snapshot: Snapshot, changes: readonly FixChange[]): Snapshot {
  return changes.reduce(applyChange, snapshot);
}

function applyChange(snapshot: Snapshot, change: FixChange): Snapshot {
  switch (change.kind) {
    case 'add-security-group-rule':
      return { ...snapshot, securityGroups: withRule(snapshot.securityGroups, change) };
    case 'add-network-acl-entry':
      return { ...snapshot, networkAcls: withEntry(snapshot.networkAcls, change) };
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

function ruleOf({ groupId, direction, protocol, ports, cidr }: RuleChange): SecurityGroupRule {
  return { groupId, direction, protocol, ...portsOf(protocol, ports), peer: { kind: 'cidr', cidr } };
}

function entryOf({ aclId, direction, ruleNumber, protocol, ports, cidr }: EntryChange): NetworkAclEntry {
  return { aclId, direction, ruleNumber, action: 'allow', protocol, ...portsOf(protocol, ports), cidr };
}

function portsOf(protocol: FixChange['protocol'], ports: FixChange['ports']): Pick<FixChange, 'ports'> {
  return ports === undefined || !hasPorts(protocol) ? {} : { ports };
}

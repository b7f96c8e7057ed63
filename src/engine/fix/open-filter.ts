import { hostCidr } from '../../net/cidr.ts';
import { IMPLICIT_DENY, type NetworkAcl } from '../../vpc/network-acl.ts';
import type { NetworkInterface } from '../../vpc/network-interface.ts';
import type { SecurityGroupId } from '../../vpc/ids.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { FilterBlocker } from '../filter-blocker.ts';
import { remoteOf } from '../remote-of.ts';
import type { Demand } from './demands.ts';
import type { FixCaution, FixChange } from './fix.ts';
import { freeRuleNumber } from './free-rule-number.ts';
import { ownerOf } from './owner-of.ts';

/** One change to get past one obstacle, if there is one, and what to think of first. */
export interface Proposal {
  readonly change?: FixChange;
  readonly cautions: readonly FixCaution[];
}

/** A packet that must pass, and the ports to open for it. */
type Passing = Pick<Demand, 'direction' | 'packet' | 'ports'>;

interface AtGroups {
  readonly snapshot: Snapshot;
  readonly interface: NetworkInterface;
  readonly nearMisses: Extract<FilterBlocker, { kind: 'security-group' }>['nearMisses'];
}

/** A rule in the group that came nearest to letting the packet through. */
export function openGroup({ snapshot, interface: at, nearMisses }: AtGroups, passing: Passing): Proposal {
  const groupId = nearMisses[0]?.rule.groupId ?? leastShared(at, snapshot);
  if (groupId === undefined) return { cautions: [] };
  const carriers = carriersOf(groupId, snapshot).length;
  return {
    change: { kind: 'add-security-group-rule', groupId, ...whatToOpen(passing) },
    cautions: carriers > 1 ? [{ kind: 'group-shared', interfaces: carriers }] : [],
  };
}

/** The group that fewest interfaces carry: a rule in it opens least besides. */
function leastShared({ groups }: NetworkInterface, snapshot: Snapshot): SecurityGroupId | undefined {
  return groups
    .filter((id) => snapshot.securityGroups.has(id))
    .toSorted((a, b) => carriersOf(a, snapshot).length - carriersOf(b, snapshot).length)[0];
}

export function carriersOf(id: SecurityGroupId, { interfaces }: Snapshot): readonly NetworkInterface[] {
  return [...interfaces.values()].filter(({ groups }) => groups.includes(id));
}

/** An entry that is read before the one with the number `before`. */
export function openNetworkAcl(
  { acl, before }: { readonly acl: NetworkAcl; readonly before: number },
  passing: Passing,
): Proposal {
  const ruleNumber = freeRuleNumber(acl, passing.direction, before);
  if (ruleNumber === undefined) return { cautions: [{ kind: 'no-free-rule-number', before }] };
  return {
    change: { kind: 'add-network-acl-entry', aclId: acl.id, ruleNumber, ...whatToOpen(passing) },
    cautions: before < IMPLICIT_DENY ? [deliberateDeny(acl, before)] : [],
  };
}

function deliberateDeny({ tags }: NetworkAcl, ruleNumber: number): FixCaution {
  const owner = ownerOf(tags);
  return { kind: 'deliberate-deny', ruleNumber, ...(owner !== undefined && { owner }) };
}

function whatToOpen({
  direction,
  packet,
  ports,
}: Passing): Pick<FixChange, 'direction' | 'protocol' | 'ports' | 'cidr'> {
  return {
    direction,
    protocol: packet.protocol,
    cidr: hostCidr(remoteOf(direction, packet)),
    ...(ports !== undefined && { ports }),
  };
}

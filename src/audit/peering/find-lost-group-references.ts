import { linkBetween } from '../../engine/link-between-vpcs.ts';
import type { GroupReference } from '../../engine/rule-peer.ts';
import { isNonEmpty } from '../../lang/non-empty.ts';
import type { Region, VpcId } from '../../vpc/ids.ts';
import type { SecurityGroup, SecurityGroupRule } from '../../vpc/security-group.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { AuditFinding, AuditObject } from '../audit-finding.ts';
import type { AuditRule } from '../audit-rule.ts';
import type { PeeringFault } from './peering-fault.ts';
import { distinctObjects, peeringFinding } from './peering-finding.ts';
import { peeringObject } from './peering-situation.ts';

/**
 * A rule that names a group out of reach stays where it is and matches nothing.
 * SG-20, SG-28, PEER-14. https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
 */
export const FIND_LOST_GROUP_REFERENCES: AuditRule = {
  kind: 'group-reference-lost',
  family: 'peering',
  needs: ['Vpcs', 'SecurityGroups', 'VpcPeeringConnections'],
  check: ({ snapshot }) => [...snapshot.securityGroups.values()].flatMap((group) => lostReferences(group, snapshot)),
};

/** Where one group refers to another; the same pair may stand in many rules. */
interface Reference {
  readonly group: SecurityGroup & { readonly vpcId: VpcId };
  readonly peer: GroupReference;
  readonly rules: readonly SecurityGroupRule[];
}

type Because = Extract<PeeringFault, { kind: 'group-reference-lost' }>['because'];

function lostReferences(group: SecurityGroup, snapshot: Snapshot): readonly AuditFinding[] {
  return referencesOf(group).flatMap((reference) => {
    const because = becauseOf(reference, snapshot);
    const { peer, rules } = reference;
    if (because === undefined || !isNonEmpty(rules)) return [];
    const fault = {
      kind: 'group-reference-lost',
      groupId: group.id,
      referencedId: peer.id,
      because,
      rules,
      ...(peer.peeringConnectionId !== undefined && { peeringId: peer.peeringConnectionId }),
      ...(peer.peeringStatus !== undefined && { peeringStatus: peer.peeringStatus }),
    } as const;
    return [
      peeringFinding(fault, { severity: 'medium', objects: objectsOf(reference, snapshot), of: idsOf(reference) }),
    ];
  });
}

function referencesOf(group: SecurityGroup): readonly Reference[] {
  const { vpcId } = group;
  if (vpcId === undefined) return [];
  const references = new Map<string, Reference>();
  for (const rule of group.rules) {
    if (rule.peer.kind === 'group') {
      const key = `${rule.peer.id} ${rule.peer.peeringConnectionId ?? ''}`;
      const rules = [...(references.get(key)?.rules ?? []), rule];
      references.set(key, { group: { ...group, vpcId }, peer: rule.peer, rules });
    }
  }
  return [...references.values()];
}

/** A reference within one VPC is never lost; what AWS says beside one into another VPC counts (SG-27). */
function becauseOf({ group, peer, rules }: Reference, snapshot: Snapshot): Because | undefined {
  if (isDeleted(peer, snapshot)) return 'group-deleted';
  const home = peer.vpcId ?? snapshot.securityGroups.get(peer.id)?.vpcId;
  if (home === undefined) return isLostStatus(peer) ? 'peering-not-active' : undefined;
  if (home === group.vpcId || isAssociated(peer, group.vpcId, snapshot)) return undefined;
  if (isInOtherRegion(group.vpcId, home, { peer, snapshot })) return 'other-region';
  const closed = rules.every(
    ({ direction }) => linkBetween(peer, { snapshot, vpcId: group.vpcId, direction }, home).kind === 'closed',
  );
  return closed ? 'peering-not-active' : undefined;
}

/** The owner of a group disappears from the rules that name it when the group is deleted (SG-27). */
function isDeleted({ id, accountId }: GroupReference, { securityGroups }: Snapshot): boolean {
  return accountId === undefined && !securityGroups.has(id);
}

function isLostStatus({ peeringStatus }: GroupReference): boolean {
  return peeringStatus !== undefined && peeringStatus !== 'active';
}

function isAssociated({ id }: GroupReference, vpcId: VpcId, { associations }: Snapshot): boolean {
  return associations.some((each) => each.groupId === id && each.vpcId === vpcId && each.state === 'associated');
}

function isInOtherRegion(own: VpcId, home: VpcId, { peer, snapshot }: Seen): boolean {
  const [one, other] = [regionOf(own, { peer, snapshot }), regionOf(home, { peer, snapshot })];
  return one !== undefined && other !== undefined && one !== other;
}

interface Seen {
  readonly peer: GroupReference;
  readonly snapshot: Snapshot;
}

function regionOf(vpcId: VpcId, { peer, snapshot: { vpcs, peerings } }: Seen): Region | undefined {
  const named = peer.peeringConnectionId === undefined ? undefined : peerings.get(peer.peeringConnectionId);
  const side = [named?.requester, named?.accepter].find((each) => each?.vpcId === vpcId);
  return vpcs.get(vpcId)?.region ?? side?.region;
}

function idsOf({ group, peer }: Reference): readonly string[] {
  return [group.id, peer.id, ...(peer.peeringConnectionId === undefined ? [] : [peer.peeringConnectionId])];
}

function objectsOf({ group, peer }: Reference, snapshot: Snapshot): AuditFinding['objects'] {
  const peering = peer.peeringConnectionId === undefined ? undefined : snapshot.peerings.get(peer.peeringConnectionId);
  return distinctObjects(groupObject(group, snapshot), peering === undefined ? [] : [peeringObject(peering, snapshot)]);
}

function groupObject({ id, name, vpcId, accountId }: Reference['group'], { vpcs }: Snapshot): AuditObject {
  const vpc = vpcs.get(vpcId);
  const owner = accountId ?? vpc?.accountId;
  return {
    id,
    name,
    ...(owner !== undefined && { accountId: owner }),
    ...(vpc !== undefined && { region: vpc.region }),
    vpcId,
  };
}

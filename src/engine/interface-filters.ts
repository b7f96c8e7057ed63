import { ExpectedError } from '../failure/expected-error.ts';
import type { Direction } from '../net/direction.ts';
import type { Gap } from '../vpc/gap.ts';
import type { NetworkInterfaceId } from '../vpc/ids.ts';
import type { NetworkAcl } from '../vpc/network-acl.ts';
import type { NetworkInterface } from '../vpc/network-interface.ts';

import type { Snapshot } from '../vpc/snapshot.ts';
import { findGap } from './find-gap.ts';
import { networkAclTable, type NetworkAclFilters, type NetworkAclRules } from './network-acl-table.ts';
import { resolvePeer } from './resolve-peer.ts';
import { byIdentity } from './rule-identity.ts';
import {
  securityGroupTable,
  type CompiledRule,
  type SecurityGroupFilters,
  type SecurityGroupTable,
} from './security-group-table.ts';
import { networkAclOf } from './select-network-acl.ts';
import { surroundingsOf, type Surroundings } from './surroundings.ts';

/** Everything that filters packets of one interface: compiled once a question, asked many times. */
export interface InterfaceFilters extends SecurityGroupFilters, NetworkAclFilters {
  readonly interface: NetworkInterface;
  /** The subnet's ACL as AWS describes it; absent when `networkAcl` is a gap. */
  readonly acl?: NetworkAcl;
  readonly surroundings: Surroundings;
}

/** The interface must be in the snapshot: who asks has found it there. */
export function compileInterfaceFilters(snapshot: Snapshot, id: NetworkInterfaceId): InterfaceFilters {
  const networkInterface = snapshot.interfaces.get(id);
  if (networkInterface === undefined) throw new ExpectedError({ kind: 'no-such-resource', id, lookedIn: [] });
  const acl = networkAclOf(networkInterface, snapshot);
  return {
    interface: networkInterface,
    ...(!('gap' in acl) && { acl }),
    securityGroups: {
      ingress: securityGroups(networkInterface, snapshot, 'ingress'),
      egress: securityGroups(networkInterface, snapshot, 'egress'),
    },
    networkAcl: 'gap' in acl ? acl : bothDirections(acl),
    surroundings: surroundingsOf(networkInterface, snapshot),
  };
}

function bothDirections(acl: NetworkAcl): NetworkAclRules {
  return { ingress: networkAclTable(acl, 'ingress'), egress: networkAclTable(acl, 'egress') };
}

function securityGroups(
  networkInterface: NetworkInterface,
  snapshot: Snapshot,
  direction: Direction,
): SecurityGroupTable | 'not-applicable' {
  if (!takesSecurityGroups(networkInterface, direction)) return 'not-applicable';
  const stand = { snapshot, vpcId: networkInterface.vpcId, direction };
  const known = networkInterface.groups.flatMap((id) => snapshot.securityGroups.get(id) ?? []);
  const rules = known
    .flatMap((group) => group.rules)
    .filter((rule) => rule.direction === direction)
    .sort(byIdentity)
    .map((rule): CompiledRule => ({ rule, peer: resolvePeer(rule.peer, stand) }));
  return securityGroupTable(rules, unknownGroups(networkInterface, snapshot));
}

const WITHOUT_GROUPS: ReadonlySet<string> = new Set(['nat_gateway', 'transit_gateway']);

/**
 * Gateways and load balancers made without groups have none to evaluate; an Instance Connect Endpoint is entered by
 * permission, not by rule.
 * SG-46. https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
 * ENI-18. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/eice-security-groups.html
 */
function takesSecurityGroups({ interfaceType, groups }: NetworkInterface, direction: Direction): boolean {
  if (interfaceType === 'ec2_instance_connect_endpoint') return direction === 'egress';
  return groups.length > 0 && !WITHOUT_GROUPS.has(interfaceType);
}

/**
 * An interface may carry a group that its account cannot describe (SG-42), or one whose association with the VPC is
 * not in force (SG-41): neither is a reason to deny.
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-group-sharing.html
 */
function unknownGroups({ groups, vpcId }: NetworkInterface, snapshot: Snapshot): readonly Gap[] {
  return groups.flatMap((id): readonly Gap[] => {
    if (!snapshot.securityGroups.has(id)) return [findGap(snapshot, 'security-group', id)];
    const association = snapshot.associations.find((each) => each.groupId === id && each.vpcId === vpcId);
    const inForce = association === undefined || association.state === 'associated';
    return inForce ? [] : [{ fact: 'security-group', about: id, because: 'not-modelled' }];
  });
}

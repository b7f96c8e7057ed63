import type { Gap } from '../vpc/gap.ts';
import type { NetworkAcl } from '../vpc/network-acl.ts';
import type { NetworkInterface } from '../vpc/network-interface.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import { findGap } from './find-gap.ts';

/**
 * A subnet has the ACL it is associated with, else the default one of its VPC. AWS lists the fallback as an association
 * too, so an ACL that could not be read must not be taken for a missing association.
 * NACL-6, NACL-7. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
export function networkAclOf(
  { vpcId, subnetId, id }: Pick<NetworkInterface, 'vpcId' | 'subnetId'> & { readonly id: string },
  snapshot: Snapshot,
): NetworkAcl | { readonly gap: Gap } {
  if (subnetId === undefined) return { gap: findGap(snapshot, 'subnet', id) };
  const acls = [...snapshot.networkAcls.values()];
  const associated = acls.find((acl) => acl.subnetIds.includes(subnetId));
  if (associated !== undefined) return associated;
  const refused = snapshot.gaps.some(({ fact }) => fact === 'network-acl');
  const fallback = refused ? undefined : acls.find((acl) => acl.isDefault && acl.vpcId === vpcId);
  return fallback ?? { gap: findGap(snapshot, 'network-acl', subnetId) };
}

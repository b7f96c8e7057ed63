import type { Snapshot, Subnet } from '../../vpc/snapshot.ts';
import { networkAclOf } from '../select-network-acl.ts';

/** Those that use the ACL because it is their VPC's default one, too. */
export function subnetsWithAcl(aclId: string, snapshot: Snapshot): readonly Subnet[] {
  return [...snapshot.subnets.values()].filter(({ id, vpcId }) => {
    const acl = networkAclOf({ id, vpcId, subnetId: id }, snapshot);
    return !('gap' in acl) && acl.id === aclId;
  });
}

import type { Cidr } from '../net/cidr.ts';
import type { Direction } from '../net/direction.ts';
import type { PortRange } from '../net/port-range.ts';
import type { Protocol } from '../net/protocol.ts';
import type { NetworkAclId, SubnetId, VpcId } from './ids.ts';
import type { IcmpMatch } from './security-group.ts';

export interface NetworkAcl {
  readonly id: NetworkAclId;
  readonly vpcId: VpcId;
  readonly isDefault: boolean;
  readonly name?: string;
  /** But `Name`. Written by people: escape before showing. */
  readonly tags?: ReadonlyMap<string, string>;
  /** Both directions, in no particular order: who evaluates, sorts. */
  readonly entries: readonly NetworkAclEntry[];
  readonly subnetIds: readonly SubnetId[];
  /** The id of each association, which is made anew whenever a subnet changes its ACL; absent where it was not told. */
  readonly associations?: ReadonlyMap<SubnetId, string>;
}

/** The number of the final deny, shown as `*` by the consoles (NACL-3, NACL-4). */
export const IMPLICIT_DENY = 32767;

export interface NetworkAclEntry {
  readonly aclId: NetworkAclId;
  readonly ruleNumber: number;
  readonly direction: Direction;
  readonly action: 'allow' | 'deny';
  readonly protocol: Protocol | 'all';
  readonly cidr: Cidr;
  /** TCP and UDP only; absent means all ports (NACL-11). */
  readonly ports?: PortRange;
  /** ICMP, and ICMPv6 with an IPv6 block; absent means all types (NACL-12, NACL-13). */
  readonly icmp?: IcmpMatch;
}

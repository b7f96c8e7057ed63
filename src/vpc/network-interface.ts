import type { Address } from '../net/address.ts';
import type { Cidr } from '../net/cidr.ts';
import type { AccountId, InstanceId, NetworkInterfaceId, SecurityGroupId, SubnetId, VpcId } from './ids.ts';

export interface NetworkInterface {
  readonly id: NetworkInterfaceId;
  readonly vpcId: VpcId;
  /** Absent for interfaces without a subnet of their own (a regional NAT gateway: RT-27). */
  readonly subnetId?: SubnetId;
  /** Owner of the interface, which in a shared VPC is not the owner of the subnet. */
  readonly accountId?: AccountId;
  /** The `Name` tag. Written by people: escape before showing. */
  readonly name?: string;
  /** But `Name`. Written by people: escape before showing. */
  readonly tags?: ReadonlyMap<string, string>;
  /** Written by people or services: escape before showing. Names the owner of a service's interface (ENI-22..39). */
  readonly description: string;
  /** AWS's own value, unknown ones included (ENI-20). `natGateway` and `nat_gateway` are both read as `nat_gateway`. */
  readonly interfaceType: string;
  readonly requesterManaged: boolean;
  readonly requesterId?: string;
  readonly instanceId?: InstanceId;
  /** 0 for the interface that an instance was launched with. */
  readonly deviceIndex?: number;
  /** AWS's own word: `available` means attached to nothing, `in-use` to something. */
  readonly status?: string;
  readonly groups: readonly SecurityGroupId[];
  /** IPv4 and IPv6 addresses; the first IPv4 one is the primary. */
  readonly addresses: readonly InterfaceAddress[];
  /** Delegated IPv4 and IPv6 prefixes. */
  readonly prefixes: readonly Cidr[];
  readonly sourceDestCheck: boolean;
  /** Idle time-outs set on the interface, in seconds; absent means AWS's default (CT-11, CT-14). */
  readonly idleTimeouts: IdleTimeouts;
  readonly availabilityZone?: string;
}

export interface InterfaceAddress {
  readonly address: Address;
  readonly primary: boolean;
  /** The public IPv4 address that the internet gateway translates to this one (RT-20). */
  readonly publicAddress?: Address;
}

export interface IdleTimeouts {
  readonly tcpEstablished?: number;
  readonly udpStream?: number;
  readonly udp?: number;
}

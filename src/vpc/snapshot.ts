import type { Cidr } from '../net/cidr.ts';
import type { EpochSeconds } from '../lang/time.ts';
import type { FlowLog } from './flow-log.ts';
import type { Gap } from './gap.ts';
import type {
  AccountId,
  InstanceId,
  NetworkAclId,
  NetworkInterfaceId,
  PeeringConnectionId,
  PrefixListId,
  Region,
  SecurityGroupId,
  SubnetId,
  VpcId,
} from './ids.ts';
import type { NetworkAcl } from './network-acl.ts';
import type { NetworkInterface } from './network-interface.ts';
import type { SecurityGroup } from './security-group.ts';

/** The VPC configuration as read at one time, from one or several accounts and regions, and what could not be read. */
export interface Snapshot {
  readonly scopes: readonly SnapshotScope[];
  readonly vpcs: ReadonlyMap<VpcId, Vpc>;
  readonly subnets: ReadonlyMap<SubnetId, Subnet>;
  readonly interfaces: ReadonlyMap<NetworkInterfaceId, NetworkInterface>;
  readonly instances: ReadonlyMap<InstanceId, Instance>;
  readonly securityGroups: ReadonlyMap<SecurityGroupId, SecurityGroup>;
  readonly networkAcls: ReadonlyMap<NetworkAclId, NetworkAcl>;
  readonly prefixLists: ReadonlyMap<PrefixListId, PrefixList>;
  readonly peerings: ReadonlyMap<PeeringConnectionId, PeeringConnection>;
  readonly flowLogs: readonly FlowLog[];
  /** Groups whose members were asked for: their interfaces are all in `interfaces` (SG-26). */
  readonly knownMembersOf: ReadonlySet<SecurityGroupId>;
  readonly associations: readonly SecurityGroupVpcAssociation[];
  readonly gaps: readonly Gap[];
}

/** One account and region that was read. */
export interface SnapshotScope {
  readonly accountId: AccountId;
  readonly region: Region;
  readonly takenAt: EpochSeconds | undefined;
  readonly blockPublicAccess?: BlockPublicAccess;
}

export type InternetGatewayBlockMode = 'off' | 'block-bidirectional' | 'block-ingress';

/** RT-33. */
export interface BlockPublicAccess {
  readonly mode: InternetGatewayBlockMode;
  readonly managedBy?: string;
}

export interface Vpc {
  readonly id: VpcId;
  readonly accountId?: AccountId;
  readonly region: Region;
  readonly name?: string;
  /** IPv4 and IPv6 blocks in state `associated`, the primary first. */
  readonly cidrs: readonly Cidr[];
  /** The mode in force for this VPC, exclusions counted in (RT-34 [I]). */
  readonly blockPublicAccess?: InternetGatewayBlockMode;
  readonly encryptionControl?: { readonly mode: string; readonly state: string };
}

export interface Subnet {
  readonly id: SubnetId;
  readonly vpcId: VpcId;
  readonly name?: string;
  readonly cidrs: readonly Cidr[];
  readonly availabilityZone?: string;
  readonly blockPublicAccess?: InternetGatewayBlockMode;
}

export interface Instance {
  readonly id: InstanceId;
  readonly name?: string;
  readonly state?: string;
  /** `m7g.large`: its family decides the default idle time-out (CT-12, CT-13). */
  readonly type?: string;
}

export interface PrefixList {
  readonly id: PrefixListId;
  /** `com.amazonaws.eu-west-1.s3` for AWS's own. */
  readonly name?: string;
  readonly cidrs: readonly Cidr[];
}

export interface PeeringConnection {
  readonly id: PeeringConnectionId;
  /** `active`, `pending-acceptance`, … (PEER-1). */
  readonly status: string;
  readonly requester: PeeringSide;
  readonly accepter: PeeringSide;
}

export interface PeeringSide {
  readonly vpcId?: VpcId;
  readonly accountId?: AccountId;
  readonly region?: Region;
  /** Told only while the connection is active (PEER-20). */
  readonly cidrs: readonly Cidr[];
}

/** A group used in a VPC that is not its home (SG-40, SG-41). */
export interface SecurityGroupVpcAssociation {
  readonly groupId: SecurityGroupId;
  readonly vpcId: VpcId;
  readonly state: string;
}

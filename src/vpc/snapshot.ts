import type { Cidr } from '../net/cidr.ts';
import type { EpochSeconds } from '../lang/time.ts';
import type { FlowLog, LogGroup } from './flow-log.ts';
import type { Gap } from './gap.ts';
import type {
  AccountId,
  GatewayId,
  InstanceId,
  LoadBalancerArn,
  NatGatewayId,
  NetworkAclId,
  NetworkInterfaceId,
  PeeringConnectionId,
  PrefixListId,
  Region,
  RouteTableId,
  SecurityGroupId,
  SubnetId,
  TargetGroupArn,
  TransitGatewayAttachmentId,
  TransitGatewayId,
  TransitGatewayRouteTableId,
  VpcEndpointId,
  VpcId,
  VpnConnectionId,
} from './ids.ts';
import type { InternetGateway, NatGateway, VpnConnection, VpnGateway } from './gateway.ts';
import type { LoadBalancer, TargetGroup } from './load-balancer.ts';
import type { NetworkAcl } from './network-acl.ts';
import type { NetworkInterface } from './network-interface.ts';
import type { RouteTable } from './route-table.ts';
import type { SecurityGroup } from './security-group.ts';
import type { TransitGateway, TransitGatewayAttachment, TransitGatewayRouteTable } from './transit-gateway.ts';
import type { VpcEndpoint } from './vpc-endpoint.ts';

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
  readonly routeTables: ReadonlyMap<RouteTableId, RouteTable>;
  readonly internetGateways: ReadonlyMap<GatewayId, InternetGateway>;
  readonly natGateways: ReadonlyMap<NatGatewayId, NatGateway>;
  readonly vpnGateways: ReadonlyMap<GatewayId, VpnGateway>;
  readonly vpnConnections: ReadonlyMap<VpnConnectionId, VpnConnection>;
  readonly endpoints: ReadonlyMap<VpcEndpointId, VpcEndpoint>;
  readonly transitGateways: ReadonlyMap<TransitGatewayId, TransitGateway>;
  readonly transitGatewayAttachments: ReadonlyMap<TransitGatewayAttachmentId, TransitGatewayAttachment>;
  readonly transitGatewayRouteTables: ReadonlyMap<TransitGatewayRouteTableId, TransitGatewayRouteTable>;
  readonly loadBalancers: ReadonlyMap<LoadBalancerArn, LoadBalancer>;
  readonly targetGroups: ReadonlyMap<TargetGroupArn, TargetGroup>;
  readonly flowLogs: readonly FlowLog[];
  readonly logGroups: readonly LogGroup[];
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
  /** Members of the raw snapshot that were asked for and answered: `RouteTables`. What is not here may exist unseen. */
  readonly collected: ReadonlySet<string>;
  /** Set when only these VPCs were read: of others nothing is known. */
  readonly onlyVpcs?: ReadonlySet<VpcId>;
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
  /** `enableDnsSupport` and `enableDnsHostnames`; absent when they were not asked for (API-12). */
  readonly dns?: { readonly support?: boolean; readonly hostnames?: boolean };
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
  /** But `Name`. Written by people: escape before showing. */
  readonly tags?: ReadonlyMap<string, string>;
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
  readonly name?: string;
  /** `active`, `pending-acceptance`, … (PEER-1). */
  readonly status: string;
  /** AWS's sentence about the status. Written by AWS, shown as it is. */
  readonly statusMessage?: string;
  /** When a pending request expires (PEER-2). */
  readonly expiresAt?: EpochSeconds;
  readonly requester: PeeringSide;
  readonly accepter: PeeringSide;
}

export interface PeeringSide {
  readonly vpcId?: VpcId;
  readonly accountId?: AccountId;
  readonly region?: Region;
  /** Told only while the connection is active (PEER-20). */
  readonly cidrs: readonly Cidr[];
  /** `AllowDnsResolutionFromRemoteVpc` of this side; absent when it was not told (PEER-15). */
  readonly allowsDnsResolution?: boolean;
}

/** A group used in a VPC that is not its home (SG-40, SG-41). */
export interface SecurityGroupVpcAssociation {
  readonly groupId: SecurityGroupId;
  readonly vpcId: VpcId;
  readonly state: string;
}

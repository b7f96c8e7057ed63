/** Raw AWS JSON, as far as the naive evaluator reads it. */
export interface RawNetwork {
  readonly Vpcs: readonly {
    readonly VpcId: string;
    readonly CidrBlock: string;
    readonly CidrBlockAssociationSet: readonly {
      readonly CidrBlock: string;
      readonly CidrBlockState: { readonly State: string };
    }[];
    readonly Ipv6CidrBlockAssociationSet: readonly { readonly Ipv6CidrBlock: string }[];
  }[];
  readonly Subnets: readonly {
    readonly SubnetId: string;
    readonly CidrBlock: string;
    readonly Ipv6CidrBlockAssociationSet: readonly { readonly Ipv6CidrBlock: string }[];
  }[];
  readonly NetworkInterfaces: readonly RawInterface[];
  readonly SecurityGroups: readonly { readonly GroupId: string }[];
  readonly SecurityGroupRules: readonly RawRule[];
  readonly NetworkAcls: readonly RawAcl[];
  readonly PrefixLists: readonly {
    readonly PrefixListId: string;
    readonly Cidrs: readonly string[];
  }[];
  readonly VpcPeeringConnections: readonly RawPeering[];
  readonly membersOf?: readonly string[];
}

export interface RawPeering {
  readonly VpcPeeringConnectionId: string;
  readonly Status: { readonly Code: string };
  readonly RequesterVpcInfo: RawPeeringSide;
  readonly AccepterVpcInfo: RawPeeringSide;
}

interface RawPeeringSide {
  readonly VpcId: string;
  readonly CidrBlockSet: readonly { readonly CidrBlock: string }[];
  readonly Ipv6CidrBlockSet: readonly { readonly Ipv6CidrBlock: string }[];
}

export interface RawInterface {
  readonly NetworkInterfaceId: string;
  readonly VpcId: string;
  readonly SubnetId: string;
  readonly Groups: readonly { readonly GroupId: string }[];
  readonly PrivateIpAddresses: readonly { readonly PrivateIpAddress: string }[];
  readonly Ipv6Addresses: readonly { readonly Ipv6Address: string }[];
  readonly Ipv4Prefixes: readonly { readonly Ipv4Prefix: string }[];
  readonly Ipv6Prefixes: readonly { readonly Ipv6Prefix: string }[];
}

export interface RawRule {
  readonly SecurityGroupRuleId: string;
  readonly GroupId: string;
  readonly IsEgress: boolean;
  readonly IpProtocol: string;
  readonly FromPort: number;
  readonly ToPort: number;
  readonly CidrIpv4?: string;
  readonly CidrIpv6?: string;
  readonly PrefixListId?: string;
  readonly ReferencedGroupInfo?: RawReference;
}

export interface RawReference {
  readonly GroupId: string;
  readonly UserId?: string;
  readonly VpcId?: string;
}

export interface RawAcl {
  readonly NetworkAclId: string;
  readonly VpcId: string;
  readonly IsDefault: boolean;
  readonly Entries: readonly RawAclEntry[];
  readonly Associations: readonly { readonly SubnetId: string }[];
}

export interface RawAclEntry {
  readonly RuleNumber: number;
  readonly Egress: boolean;
  readonly Protocol: string;
  readonly RuleAction: string;
  readonly CidrBlock?: string;
  readonly Ipv6CidrBlock?: string;
  readonly PortRange?: { readonly From: number; readonly To: number };
  readonly IcmpTypeCode?: { readonly Type: number; readonly Code: number };
}

/** A five-tuple in text. */
export interface NaivePacket {
  readonly protocol: number;
  readonly source: string;
  readonly destination: string;
  readonly destinationPort?: number;
  readonly icmp?: { readonly type: number; readonly code: number };
}

import type { RawInterface, RawNetwork } from './naive-network.ts';

/** Raw AWS JSON, as far as the naive path evaluator reads it. */
export interface RawPathNetwork extends RawNetwork {
  readonly NetworkInterfaces: readonly RawPathInterface[];
  readonly RouteTables: readonly RawTable[];
  readonly InternetGateways: readonly {
    readonly InternetGatewayId: string;
    readonly Attachments: readonly RawAttachment[];
  }[];
  readonly NatGateways: readonly RawNat[];
  readonly VpnGateways: readonly {
    readonly VpnGatewayId: string;
    readonly VpcAttachments: readonly RawAttachment[];
  }[];
  readonly VpnConnections: readonly {
    readonly VpnGatewayId: string;
    readonly State: string;
    readonly Routes: readonly { readonly DestinationCidrBlock: string; readonly State: string }[];
  }[];
  readonly VpcEndpoints: readonly { readonly VpcEndpointId: string; readonly State: string }[];
}

interface RawAttachment {
  readonly VpcId: string;
  readonly State: string;
}

export interface RawPathInterface extends RawInterface {
  readonly InterfaceType: string;
  readonly PrivateIpAddresses: readonly {
    readonly PrivateIpAddress: string;
    readonly Primary: boolean;
    readonly Association?: { readonly PublicIp: string };
  }[];
}

export interface RawNat {
  readonly NatGatewayId: string;
  readonly SubnetId: string;
  readonly State: string;
  readonly NatGatewayAddresses: readonly {
    readonly PrivateIp: string;
    readonly PublicIp: string;
    readonly NetworkInterfaceId: string;
  }[];
}

export interface RawTable {
  readonly RouteTableId: string;
  readonly VpcId: string;
  readonly Associations: readonly { readonly Main: boolean; readonly SubnetId?: string }[];
  readonly Routes: readonly RawRoute[];
}

export interface RawRoute {
  readonly DestinationCidrBlock?: string;
  readonly DestinationIpv6CidrBlock?: string;
  readonly DestinationPrefixListId?: string;
  readonly State: string;
  readonly Origin: string;
  readonly GatewayId?: string;
  readonly NatGatewayId?: string;
  readonly VpcPeeringConnectionId?: string;
}

/** A question in text: an end is an interface or an address, the source perhaps behind a gateway. */
export interface NaiveFlow {
  readonly from: { readonly interface: string } | { readonly address: string; readonly via?: string };
  readonly to: { readonly interface: string } | { readonly address: string };
  readonly protocol: number;
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  readonly icmp?: { readonly type: number; readonly code: number };
}

/** What stops a packet first, in the words of the vectors. */
export interface NaiveObstacle {
  readonly kind: string;
  readonly leg: 'forward' | 'return';
  readonly id?: string;
  readonly direction?: 'ingress' | 'egress';
  readonly ruleNumber?: number;
  readonly reason?: string;
}

import type { Address } from '../net/address.ts';
import type { Cidr } from '../net/cidr.ts';
import type {
  GatewayId,
  NatGatewayId,
  NetworkInterfaceId,
  RouteTableId,
  SubnetId,
  TransitGatewayId,
  VpcId,
  VpnConnectionId,
} from './ids.ts';

/** An attachment to a VPC. An internet gateway says `available`, a virtual private gateway `attached`. */
export interface GatewayAttachment {
  readonly vpcId: VpcId;
  readonly state: string;
}

export interface InternetGateway {
  readonly id: GatewayId;
  readonly kind: 'internet-gateway' | 'egress-only-internet-gateway';
  readonly attachments: readonly GatewayAttachment[];
}

export interface VpnGateway {
  readonly id: GatewayId;
  readonly state: string;
  readonly attachments: readonly GatewayAttachment[];
}

/** A Site-to-Site VPN connection, ending at a virtual private gateway or a transit gateway. */
export interface VpnConnection {
  readonly id: VpnConnectionId;
  readonly gatewayId?: GatewayId;
  readonly transitGatewayId?: TransitGatewayId;
  readonly state: string;
  /** Without BGP only `routes` lead to the far side. */
  readonly isStaticOnly: boolean;
  readonly routes: readonly Cidr[];
}

export interface NatGateway {
  readonly id: NatGatewayId;
  readonly vpcId: VpcId;
  /** Absent for a regional one (RT-27). */
  readonly subnetId?: SubnetId;
  /** `pending`, `failed`, `available`, `deleting`, `deleted` (RT-24). */
  readonly state: string;
  readonly failureCode?: string;
  readonly connectivity: 'public' | 'private';
  readonly availability: 'zonal' | 'regional';
  /** Of a regional one (RT-27). */
  readonly routeTableId?: RouteTableId;
  readonly addresses: readonly NatGatewayAddress[];
}

export interface NatGatewayAddress {
  readonly privateAddress?: Address;
  readonly publicAddress?: Address;
  readonly interfaceId?: NetworkInterfaceId;
  readonly availabilityZone?: string;
}

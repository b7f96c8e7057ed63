import type { Cidr } from '../net/cidr.ts';
import type {
  AccountId,
  PrefixListId,
  SubnetId,
  TransitGatewayAttachmentId,
  TransitGatewayId,
  TransitGatewayRouteTableId,
} from './ids.ts';

export interface TransitGateway {
  readonly id: TransitGatewayId;
  readonly accountId?: AccountId;
  readonly state: string;
  readonly securityGroupReferencing: boolean;
}

export interface TransitGatewayAttachment {
  readonly id: TransitGatewayAttachmentId;
  readonly transitGatewayId: TransitGatewayId;
  /** AWS's own word: `vpc`, `vpn`, `direct-connect-gateway`, `peering`, `connect`, … */
  readonly resourceType: string;
  /** The VPC, VPN connection, gateway … at the other side. */
  readonly resourceId?: string;
  readonly resourceOwnerId?: AccountId;
  /** RT-49. */
  readonly state: string;
  /** The one table that routes what comes from here (RT-43). */
  readonly routeTableId?: TransitGatewayRouteTableId;
  /** VPC attachments only: one subnet a zone, and what it offers (RT-46, RT-48). Absent when nobody told. */
  readonly vpc?: {
    readonly subnetIds: readonly SubnetId[];
    readonly applianceMode: boolean;
    readonly ipv6: boolean;
    readonly securityGroupReferencing: boolean;
  };
}

export interface TransitGatewayRouteTable {
  readonly id: TransitGatewayRouteTableId;
  readonly transitGatewayId: TransitGatewayId;
  /** Attachments that propagate their blocks into it. Absent when it was not asked for. */
  readonly propagations?: readonly TransitGatewayAttachmentId[];
  /** Static and propagated routes as far as they were told. Absent when they were not asked for. */
  readonly routes?: readonly TransitGatewayRoute[];
}

export interface TransitGatewayRoute {
  readonly tableId: TransitGatewayRouteTableId;
  readonly destination:
    | { readonly kind: 'cidr'; readonly cidr: Cidr }
    | { readonly kind: 'prefix-list'; readonly id: PrefixListId };
  readonly type: 'static' | 'propagated';
  /** `active`, `blackhole`, … (RT-45). */
  readonly state: string;
  /** None for a blackhole that drops on purpose; several for equal-cost paths. */
  readonly attachmentIds: readonly TransitGatewayAttachmentId[];
  readonly resourceType?: string;
}

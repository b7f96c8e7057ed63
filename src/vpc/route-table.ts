import type { Cidr } from '../net/cidr.ts';
import type {
  AccountId,
  GatewayId,
  InstanceId,
  NatGatewayId,
  NetworkInterfaceId,
  PeeringConnectionId,
  PrefixListId,
  RouteTableId,
  SubnetId,
  TransitGatewayId,
  VpcEndpointId,
  VpcId,
} from './ids.ts';

export interface RouteTable {
  readonly id: RouteTableId;
  readonly vpcId: VpcId;
  readonly accountId?: AccountId;
  readonly name?: string;
  /** Used by every subnet of the VPC that names no table of its own (RT-1). */
  readonly isMain: boolean;
  readonly subnetIds: readonly SubnetId[];
  /** Internet and virtual private gateways whose incoming traffic it routes (RT-14). */
  readonly gatewayIds: readonly GatewayId[];
  readonly routes: readonly Route[];
}

export interface Route {
  readonly tableId: RouteTableId;
  readonly destination: RouteDestination;
  readonly target: RouteTarget;
  /** A target that is gone makes a route a blackhole; `filtered` is AWS's own word and not usable (RT-10). */
  readonly state: 'active' | 'blackhole' | 'filtered';
  /** `local` came with the table, `propagated` from a virtual private gateway, `advertised` from a route server (RT-11). */
  readonly origin: 'local' | 'static' | 'propagated' | 'advertised';
}

export type RouteDestination =
  | { readonly kind: 'cidr'; readonly cidr: Cidr }
  | { readonly kind: 'prefix-list'; readonly id: PrefixListId };

/** Exactly one target a route (RT-9). */
export type RouteTarget =
  | { readonly kind: 'local' }
  | { readonly kind: 'internet-gateway'; readonly id: GatewayId }
  | { readonly kind: 'egress-only-internet-gateway'; readonly id: GatewayId }
  | { readonly kind: 'vpn-gateway'; readonly id: GatewayId }
  | { readonly kind: 'nat-gateway'; readonly id: NatGatewayId }
  | { readonly kind: 'network-interface'; readonly id: NetworkInterfaceId; readonly instanceId?: InstanceId }
  | { readonly kind: 'peering'; readonly id: PeeringConnectionId }
  | { readonly kind: 'transit-gateway'; readonly id: TransitGatewayId }
  /** A gateway endpoint or a Gateway Load Balancer endpoint. */
  | { readonly kind: 'vpc-endpoint'; readonly id: VpcEndpointId }
  /** Out of reach of this engine: local and carrier gateways, core networks, ODB networks, an instance alone (RT-53). */
  | { readonly kind: 'other'; readonly id: string };

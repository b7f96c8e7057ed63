import type { NonEmpty } from '../../lang/non-empty.ts';
import type { TimeWindow } from '../../lang/time.ts';
import type { Cidr } from '../../net/cidr.ts';
import type { Direction } from '../../net/direction.ts';
import type { PortRange } from '../../net/port-range.ts';
import type {
  NatGatewayId,
  NetworkAclId,
  NetworkInterfaceId,
  PeeringConnectionId,
  PrefixListId,
  RouteTableId,
  SecurityGroupId,
  SubnetId,
  VpcEndpointId,
  VpcId,
} from '../../vpc/ids.ts';
import type { NetworkAclEntry } from '../../vpc/network-acl.ts';
import type { VpcEndpoint } from '../../vpc/vpc-endpoint.ts';
import type { GatewayService } from '../traffic.ts';

/** Faults of VPC endpoints. */
export type EndpointFault = { readonly family: 'endpoints' } & (
  | {
      readonly kind: 'endpoint-not-available';
      readonly endpoint: VpcEndpoint;
    }
  /** The VPC has no gateway endpoint of the service at all. */
  | ({ readonly kind: 'gateway-endpoint-missing'; readonly vpcId: VpcId } & ThroughNat)
  /** There is one, and these route tables are not associated with it. */
  | ({ readonly kind: 'gateway-endpoint-not-associated'; readonly endpointId: VpcEndpointId } & ThroughNat)
  | {
      readonly kind: 'endpoint-groups-refuse';
      readonly endpoint: VpcEndpoint;
      /** Any of them would do. */
      readonly ports: NonEmpty<number>;
      readonly refused: readonly RefusedSubnet[];
      /** Nobody in the VPC gets through, or some do. */
      readonly extent: 'everybody' | 'some';
      readonly vpcCidrs: readonly Cidr[];
    }
  | {
      readonly kind: 'endpoint-acl-refuses';
      readonly endpoint: VpcEndpoint;
      readonly aclId: NetworkAclId;
      readonly refusals: NonEmpty<AclRefusal>;
    }
  | { readonly kind: 'endpoint-private-dns-off'; readonly endpoint: VpcEndpoint }
  | {
      readonly kind: 'endpoint-vpc-dns-off';
      readonly vpcId: VpcId;
      readonly off: NonEmpty<'enableDnsSupport' | 'enableDnsHostnames'>;
      readonly endpoints: NonEmpty<VpcEndpointId>;
    }
  /** Clients resolve the service to the paid endpoint, the free one beside it goes unused (VPCE-43). */
  | {
      readonly kind: 'endpoint-hides-gateway';
      readonly endpoint: VpcEndpoint;
      readonly gatewayEndpointId: VpcEndpointId;
      readonly service: GatewayService;
      readonly price: UnitPrice;
    }
  | {
      readonly kind: 'endpoint-one-zone';
      readonly endpoint: VpcEndpoint;
      readonly zone: string;
      /** Zones of the VPC with clients and without an interface of the endpoint. */
      readonly without: NonEmpty<string>;
      readonly candidates: readonly SubnetId[];
    }
  | {
      readonly kind: 'endpoint-policy-denies-all';
      readonly endpoint: VpcEndpoint;
      readonly because: 'no-allow' | 'denies-everybody';
    }
  | {
      readonly kind: 'endpoint-policy-open';
      readonly vpcId: VpcId;
      readonly endpoints: NonEmpty<VpcEndpointId>;
    }
  | {
      readonly kind: 'endpoint-duplicate';
      readonly serviceName: string;
      readonly endpoints: NonEmpty<VpcEndpointId>;
      readonly price: UnitPrice;
    }
  | {
      readonly kind: 'endpoint-without-traffic';
      readonly endpoint: VpcEndpoint;
      readonly window: TimeWindow;
      readonly price: UnitPrice;
    }
  | {
      readonly kind: 'endpoint-egress-closed';
      readonly endpoint: VpcEndpoint;
      readonly service: GatewayService;
      readonly prefixListId: PrefixListId;
      readonly groups: NonEmpty<SecurityGroupId>;
      readonly interfaces: NonEmpty<NetworkInterfaceId>;
    }
  /** A route to the service's prefix list through a peering connection: gateway endpoints do not serve peers. */
  | {
      readonly kind: 'endpoint-expected-by-peer';
      readonly service: GatewayService;
      readonly tableId: RouteTableId;
      readonly peeringId: PeeringConnectionId;
      readonly prefixListId: PrefixListId;
    }
  | {
      readonly kind: 'endpoint-port-not-encrypted';
      readonly endpoint: VpcEndpoint;
      readonly ports: NonEmpty<number>;
    }
);

export interface ThroughNat {
  readonly service: GatewayService;
  readonly tables: NonEmpty<TableThroughNat>;
  /** Absent: nothing was measured, the finding rests on routes alone. */
  readonly measured?: MeasuredTraffic;
  readonly serviceName: string;
}

export interface TableThroughNat {
  readonly id: RouteTableId;
  readonly natGatewayId: NatGatewayId;
  readonly subnetIds: NonEmpty<SubnetId>;
}

export interface MeasuredTraffic {
  readonly bytes: number;
  readonly window: TimeWindow;
  /** What the NAT gateway's processing of these bytes costs. */
  readonly cost: number;
  readonly price: UnitPrice;
}

export interface UnitPrice {
  readonly amount: number;
  readonly currency: string;
  readonly per: 'GB' | 'hour and zone';
}

export interface RefusedSubnet {
  readonly id: SubnetId;
  /** One that is refused, to look up. */
  readonly example: NetworkInterfaceId;
  readonly clients: number;
}

/** One packet that the ACL drops, and by what. */
export interface AclRefusal {
  readonly subnetId: SubnetId;
  readonly direction: Direction;
  readonly by: NetworkAclEntry;
  /** The other end: a subnet's block or one of the service's. */
  readonly remote: Cidr;
  /** Destination ports of the dropped packets. */
  readonly ports: PortRange;
  /** For an entry that would be read before this one; absent when there is no room. */
  readonly freeNumber?: number;
}

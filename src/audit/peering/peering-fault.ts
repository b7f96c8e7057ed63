import type { NonEmpty } from '../../lang/non-empty.ts';
import type { EpochSeconds } from '../../lang/time.ts';
import type { Cidr } from '../../net/cidr.ts';
import type {
  AccountId,
  NatGatewayId,
  NetworkAclId,
  PeeringConnectionId,
  Region,
  RouteTableId,
  SecurityGroupId,
  SubnetId,
  VpcId,
} from '../../vpc/ids.ts';
import type { NetworkAclEntry } from '../../vpc/network-acl.ts';
import type { Route, RouteTarget } from '../../vpc/route-table.ts';
import type { SecurityGroupRule } from '../../vpc/security-group.ts';
import type { PeeringConnection } from '../../vpc/snapshot.ts';

/** Faults of VPC peering connections. */
export type PeeringFault = { readonly family: 'peering' } & (
  | RequestFault
  | RouteFault
  | OverlapFault
  | LostGroupReference
  | DnsFault
  | StoppedAnswers
);

type RequestFault =
  | {
      readonly kind: 'peering-expires-soon';
      readonly peering: PeeringConnection;
      readonly expiresAt: EpochSeconds;
      /** None are left where the time is up and AWS has not said so yet. */
      readonly hoursLeft: number;
    }
  | EndedRequest<'peering-expired'>
  | EndedRequest<'peering-rejected'>
  | {
      readonly kind: 'peering-failed';
      readonly peering: PeeringConnection;
      readonly routes: readonly Route[];
      /** The usual reason, where both VPCs could be read (PEER-6, PEER-7). */
      readonly overlaps: readonly BlockPair[];
    };

interface EndedRequest<Kind> {
  readonly kind: Kind;
  readonly peering: PeeringConnection;
  readonly routes: readonly Route[];
}

type RouteFault =
  | {
      readonly kind: 'peering-deleted-but-routed';
      readonly peeringId: PeeringConnectionId;
      /** Absent when the API has forgotten the connection (PEER-3). */
      readonly peering?: PeeringConnection;
      readonly routes: NonEmpty<Route>;
    }
  | { readonly kind: 'blackhole-routes'; readonly target: RouteTarget; readonly routes: NonEmpty<Route> }
  | {
      readonly kind: 'peering-routed-on-one-side';
      readonly peering: PeeringConnection;
      readonly routed: VpcSide;
      readonly unrouted: VpcSide;
      /** Blocks of the routed side to which the other one has no route back. */
      readonly blocks: NonEmpty<Cidr>;
      /** Tables in use on the unrouted side that lack the way back. */
      readonly tables: readonly RouteTableId[];
      /** Whether the unrouted side has no route at all to this connection. */
      readonly isBare: boolean;
      /** In the routed subnets: what goes through them is answered without a route (RT-28). */
      readonly natGateways: readonly NatGatewayId[];
    }
  | {
      readonly kind: 'peering-block-not-routed';
      readonly peering: PeeringConnection;
      readonly side: VpcSide;
      readonly far: VpcSide;
      readonly blocks: NonEmpty<Cidr>;
      /** Tables of this side that route other blocks to the connection. */
      readonly tables: NonEmpty<RouteTableId>;
    }
  | {
      readonly kind: 'peering-route-outside-peer';
      readonly peering: PeeringConnection;
      readonly far: VpcSide;
      readonly route: Route;
      /** The blocks of the far side. */
      readonly peerBlocks: NonEmpty<Cidr>;
    }
  | {
      readonly kind: 'peering-transit-attempt';
      readonly peering: PeeringConnection;
      readonly far: VpcSide;
      readonly route: Route;
      readonly beyond: Beyond;
    }
  | {
      readonly kind: 'peering-unused';
      readonly peering: PeeringConnection;
      /** The sides whose tables were read. */
      readonly unrouted: NonEmpty<VpcSide>;
    };

/** What a route hopes to reach behind the peer VPC. */
export type Beyond =
  | { readonly kind: 'vpc'; readonly vpcId?: VpcId; readonly peeringId: PeeringConnectionId }
  /** A gateway of the peer VPC; which one is known only where its tables were read. */
  | { readonly kind: 'edge'; readonly target?: RouteTarget };

type OverlapFault =
  | {
      readonly kind: 'peering-blocks-overlap';
      readonly peering: PeeringConnection;
      readonly overlaps: NonEmpty<BlockPair>;
    }
  | {
      readonly kind: 'peers-overlap';
      readonly vpcId: VpcId;
      readonly peerings: readonly [PeeringConnection, PeeringConnection];
      readonly overlaps: NonEmpty<BlockPair>;
      /** Connections that the VPC's routes use for the overlapping blocks. */
      readonly routedBy: readonly PeeringConnectionId[];
    };

/** Of the two sides or peers, in their order. */
export type BlockPair = readonly [Cidr, Cidr];

interface LostGroupReference {
  readonly kind: 'group-reference-lost';
  readonly groupId: SecurityGroupId;
  readonly referencedId: SecurityGroupId;
  readonly because: 'group-deleted' | 'peering-not-active' | 'other-region';
  readonly peeringId?: PeeringConnectionId;
  /** As AWS reports it: `deleted`, … (SG-27). */
  readonly peeringStatus?: string;
  readonly rules: NonEmpty<SecurityGroupRule>;
}

type DnsFault =
  | {
      readonly kind: 'peering-dns-resolution-off';
      readonly peering: PeeringConnection;
      /** The side whose names resolve to public addresses on the other one. */
      readonly side: VpcSide;
      readonly role: 'requester' | 'accepter';
      readonly needs: NonEmpty<DnsNeed>;
    }
  | {
      readonly kind: 'peering-dns-without-vpc-dns';
      readonly peering: PeeringConnection;
      readonly side: VpcSide;
      readonly missing: NonEmpty<'support' | 'hostnames'>;
    };

/** Why private names need the option (PEER-15, PEER-17). */
export type DnsNeed = 'other-region' | 'block-outside-rfc-1918' | 'public-addresses';

interface StoppedAnswers {
  readonly kind: 'peering-acl-stops-answers';
  readonly peering: PeeringConnection;
  readonly side: VpcSide;
  readonly aclId: NetworkAclId;
  readonly subnets: NonEmpty<SubnetId>;
  /** `to-peer` and `from-peer`: TCP answers to every port a client may use, though requests pass the other way. */
  readonly stops: StopKind;
  /** Of the far side. */
  readonly blocks: NonEmpty<Cidr>;
  /** What decides for the first of them. */
  readonly entry: NetworkAclEntry;
  /** Free for an entry before that one. Absent: none is, or nobody knows what ought to pass. */
  readonly freeRuleNumber?: number;
}

export type StopKind = 'everything' | 'answers-to-peer' | 'answers-from-peer';

/** One end of a connection, as far as it was told. */
export interface VpcSide {
  readonly vpcId?: VpcId;
  readonly accountId?: AccountId;
  readonly region?: Region;
}

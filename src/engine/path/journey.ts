import type { Address } from '../../net/address.ts';
import type { Packet } from '../../net/packet.ts';
import type { SubnetId, VpcId } from '../../vpc/ids.ts';
import type { NetworkInterface } from '../../vpc/network-interface.ts';
import type { RouteTable, RouteTarget } from '../../vpc/route-table.ts';
import type { Gap } from '../../vpc/gap.ts';
import type { NonEmpty } from '../../lang/non-empty.ts';
import type { Hop, Leg, Obstacle, Passage } from './path.ts';
import type { PathWorld } from './path-world.ts';

/** Where a packet is, between two hops. */
export type Place =
  /** At an interface, on its way out. */
  | { readonly kind: 'leaving'; readonly at: NetworkInterface }
  /** Before the router of a VPC, which reads the table of the subnet it came from. */
  | { readonly kind: 'routing'; readonly from: RoutingStand }
  /** At the target of the chosen route. */
  | { readonly kind: 'crossing'; readonly from: RoutingStand; readonly target: OutsideTarget }
  /** Inside a VPC, to whoever has the address. */
  | { readonly kind: 'delivering'; readonly vpcId: VpcId }
  /** On the internet, towards a public address. */
  | { readonly kind: 'from-internet' }
  /** Behind a gateway on premises. */
  | { readonly kind: 'from-premises'; readonly gatewayId: string }
  /** At a transit gateway, coming from an attachment. */
  | { readonly kind: 'at-transit-gateway'; readonly attachmentId: string; readonly zone?: string }
  | { readonly kind: 'arrived'; readonly at: Arrival }
  /** Stopped for good, or where the snapshot ends. */
  | { readonly kind: 'lost' };

/** Any target but the VPC itself. */
export type OutsideTarget = Exclude<RouteTarget, { readonly kind: 'local' }>;

export interface RoutingStand {
  readonly vpcId: VpcId;
  readonly subnetId?: SubnetId;
  readonly availabilityZone?: string;
  /** In place of the subnet's: of a regional NAT gateway. */
  readonly table?: RouteTable;
}

/** Where a packet came to rest. */
export type Arrival =
  | { readonly kind: 'interface'; readonly interface: NetworkInterface }
  | { readonly kind: 'internet' }
  | { readonly kind: 'on-premises'; readonly gatewayId: string }
  | { readonly kind: 'service'; readonly endpointId: string; readonly vpcId: VpcId };

/** A packet under way. */
export interface Journey {
  readonly leg: Leg;
  readonly packet: Packet;
  readonly place: Place;
  /** Gateways that it went through, in order. */
  readonly crossed: readonly Crossing[];
}

/** What a gateway did to the packet, so that the answer can be led back. */
export interface Crossing {
  readonly kind:
    | 'internet-gateway'
    | 'nat-gateway'
    | 'peering'
    | 'transit-gateway'
    | 'vpn-gateway'
    | 'vpc-endpoint'
    | 'load-balancer';
  readonly id: string;
  /** The target of the route that led here; absent for what came in. */
  readonly by?: OutsideTarget;
  /** The VPC that it left, absent when it came from outside. */
  readonly from?: VpcId;
  /** The VPC that it entered, absent when it left them all. */
  readonly to?: VpcId;
  readonly source?: Translation;
  readonly destination?: Translation;
  /** Of a NAT gateway: the port that the client sent from. */
  readonly clientPort?: number;
  /** Of a load balancer: the node that took the request, the port it took it on, and how many targets it could choose. */
  readonly at?: NetworkInterface;
  readonly port?: number;
  readonly alternatives?: number;
}

export interface Translation {
  readonly before: Address;
  readonly after: Address;
}

/** What one place makes of a packet. */
export interface Step {
  readonly hops: readonly Hop[];
  readonly place: Place;
  readonly packet?: Packet;
  readonly crossing?: Crossing;
}

/** What following a packet needs to know besides the packet. */
export interface Guide {
  readonly world: PathWorld;
  /** Where it is meant to go: past a missing route it is followed from there on, to find what else is in the way. */
  readonly goal?: NetworkInterface;
  /** It was asked for by its id, not by an address that others may have as well. */
  readonly isGoalNamed?: boolean;
  /** Which of a load balancer's targets to follow the packet to; the first unless told. */
  readonly target?: number;
  /** The port that a NAT gateway sends from. */
  readonly natPort?: number;
  /** The forward journey, while its answer is followed. */
  readonly answering?: Journey;
}

const LOST: Place = { kind: 'lost' };

/** A hop that stops the packet for good. */
export function stoppedAt(hop: Omit<Hop, 'outcome'>, obstacle: Obstacle): Step {
  return { hops: [{ ...hop, outcome: { kind: 'blocked', obstacles: [obstacle] } }], place: LOST };
}

/** A hop beyond which nothing is known. */
export function unknownAt(hop: Omit<Hop, 'outcome'>, ...gaps: NonEmpty<Gap>): Step {
  return { hops: [{ ...hop, outcome: { kind: 'unknown', gaps } }], place: LOST };
}

/** A hop that lets the packet through, whatever obstacles it noted. */
export function passedAt(hop: Omit<Hop, 'outcome'>, obstacles: readonly Obstacle[] = []): Hop {
  const [first, ...more] = obstacles;
  return {
    ...hop,
    outcome: first === undefined ? { kind: 'passed' } : { kind: 'blocked', obstacles: [first, ...more] },
  };
}

export function translated(what: 'source' | 'destination', { before, after }: Translation): Passage {
  return { kind: 'translated', what, from: before, to: after };
}

/**
 * Behind a gateway with a route table of its own that table decides, and may lead through an appliance first.
 * RT-14. https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html
 */
export function placeBehind({ edgeTableOf }: PathWorld, gatewayId: string, vpcId: VpcId): Place {
  const table = edgeTableOf(gatewayId);
  return table === undefined ? { kind: 'delivering', vpcId } : { kind: 'routing', from: { vpcId, table } };
}

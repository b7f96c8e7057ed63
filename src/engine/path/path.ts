import type { NonEmpty } from '../../lang/non-empty.ts';
import type { Address } from '../../net/address.ts';
import type { Direction } from '../../net/direction.ts';
import type { IcmpType, Packet } from '../../net/packet.ts';
import type { PortRange } from '../../net/port-range.ts';
import type { Protocol } from '../../net/protocol.ts';
import type { Gap } from '../../vpc/gap.ts';
import type { InstanceId, NetworkInterfaceId, PrefixListId } from '../../vpc/ids.ts';
import type { Route } from '../../vpc/route-table.ts';
import type { FilterBlocker } from '../filter-blocker.ts';
import type { ReachabilityCode } from './reachability-code.ts';

/** "Could this packet get there, and its answer back?" */
export interface PathQuestion {
  readonly from: PathEnd;
  readonly to: PathEnd;
  readonly protocol: Protocol;
  /** TCP and UDP only. Absent: any port that a client may have (`CLIENT_PORTS`). */
  readonly sourcePort?: number;
  /** TCP and UDP only. Absent: rules for all ports count, others leave the answer open. */
  readonly destinationPort?: number;
  /** ICMP and ICMPv6 only: of the request. Absent: an echo request. */
  readonly icmp?: IcmpType;
}

export type PathEnd =
  /** Unless told by `address`: its primary private IPv4 address, or its first IPv6 one against an IPv6 end. */
  | { readonly kind: 'interface'; readonly id: NetworkInterfaceId; readonly address?: Address }
  /** Its interface with device index 0. */
  | { readonly kind: 'instance'; readonly id: InstanceId }
  /**
   * As a source: a host of that address, on the internet unless an interface of the snapshot has it, or behind the
   * gateway `via`. As a destination: just the address in the packet.
   */
  | { readonly kind: 'address'; readonly address: Address; readonly via?: string }
  | { readonly kind: 'internet' }
  /** What stands behind a prefix list of AWS: S3 or DynamoDB. Only as a destination. */
  | { readonly kind: 'service'; readonly prefixListId: PrefixListId };

export type Leg = 'forward' | 'return';

export interface PathAnalysis {
  readonly question: PathQuestion;
  readonly verdict: PathVerdict;
  /** Every obstacle in the order met, forward leg first. The first one is the culprit; all must go. */
  readonly obstacles: readonly Obstacle[];
  readonly forward: Trace;
  /** No hops when nothing was ever delivered that could be answered. */
  readonly return: Trace;
  /** What would have to be known, each once. */
  readonly gaps: readonly Gap[];
}

/** `blocked` names its obstacle; without one and with a gap that matters it is `undetermined`. */
export type PathVerdict = 'reachable' | 'blocked' | 'undetermined';

export interface Trace {
  readonly leg: Leg;
  readonly hops: readonly Hop[];
}

/** One place on the way that decides something. */
export interface Hop {
  readonly kind: HopKind;
  /** Id of the thing; for `internet`, `on-premises` and `address` the address or nothing. */
  readonly id?: string;
  /** Where it stands, as far as it stands somewhere. */
  readonly vpcId?: string;
  readonly subnetId?: string;
  /** As the interface or subnet sees it. */
  readonly direction?: Direction;
  /** Of filters and route tables: as it met them, whatever gateways made of it before. */
  readonly packet?: Packet;
  readonly outcome: HopOutcome;
}

export type HopKind =
  | 'interface'
  | 'security-group'
  | 'network-acl'
  | 'route-table'
  | 'internet-gateway'
  | 'egress-only-internet-gateway'
  | 'nat-gateway'
  | 'peering'
  | 'transit-gateway'
  | 'transit-gateway-route-table'
  | 'vpn-gateway'
  | 'vpc-endpoint'
  | 'load-balancer'
  | 'internet'
  | 'on-premises'
  | 'aws-service'
  | 'address'
  | 'other';

export type HopOutcome =
  | { readonly kind: 'passed'; readonly by?: Passage }
  | { readonly kind: 'blocked'; readonly obstacles: NonEmpty<Obstacle> }
  | { readonly kind: 'unknown'; readonly gaps: NonEmpty<Gap> };

/** What let the packet through, or what became of it. */
export type Passage =
  /** Rules of groups by id where AWS told it, entries by number. */
  | { readonly kind: 'rules'; readonly ids: readonly string[] }
  | { readonly kind: 'entry'; readonly ruleNumber: number }
  | { readonly kind: 'route'; readonly route: Route }
  /** The gateway put another address in its place. */
  | {
      readonly kind: 'translated';
      readonly what: 'source' | 'destination';
      readonly from: Address;
      readonly to: Address;
    }
  /** Connection tracking: the answer passes whatever the rules say (CT-1). */
  | { readonly kind: 'tracked' };

/** What stops the packet. The words are those of the vectors and of `--format json`. */
export interface Obstacle {
  readonly kind: ObstacleKind;
  readonly leg: Leg;
  /** Absent for ends that do not exist. */
  readonly id?: string;
  /** All groups of the interface where it has several, the nearest miss first. */
  readonly ids?: readonly string[];
  readonly direction?: Direction;
  readonly ruleNumber?: number;
  readonly reason?: ObstacleReason;
  /** Reachability Analyzer's name for it, where there is one (RA-16..RA-104). */
  readonly code?: ReachabilityCode;
  /** The security group or ACL in full, with its nearest misses. */
  readonly blocker?: FilterBlocker;
  /** The route that was chosen and does not lead on. */
  readonly route?: Route;
  /** The part of the client's ports for which it holds; absent: for all that were asked about. */
  readonly clientPorts?: PortRange;
  /** The address it is about: the destination that is not there, the sender without a public one. */
  readonly address?: Address;
}

type ObstacleKind =
  | 'security-group'
  | 'network-acl'
  | 'route'
  | 'gateway'
  | 'peering'
  | 'transit-gateway'
  | 'transit-gateway-route'
  | 'vpc-endpoint'
  | 'load-balancer'
  | 'block-public-access'
  | 'source-dest-check'
  | 'destination'
  | 'source';

export type ObstacleReason =
  | 'no-route'
  | 'blackhole'
  | 'asymmetric'
  /** To another interface that has the same address. */
  | 'leads-elsewhere'
  | 'no-public-address'
  | 'not-publicly-routable'
  | 'no-vpn-route'
  | 'unsolicited-inbound'
  | 'unsupported-protocol'
  | 'not-attached'
  | 'not-active'
  | 'no-transit'
  | 'az-not-attached'
  | 'no-association'
  | 'no-listener'
  | 'no-targets'
  | 'not-available'
  | 'no-such-address'
  | 'no-internet-route'
  | 'private-nat';

import type { Address } from '../net/address.ts';
import type { Protocol } from '../net/protocol.ts';
import type { EpochSeconds, TimeWindow } from '../lang/time.ts';
import type { NetworkInterfaceId } from '../vpc/ids.ts';
import type { TimeCount } from './counts-over-time.ts';

/** What the flow logs of one interface say about a window: all that the engine gets to see of them. */
export interface Observations {
  readonly interfaceId: NetworkInterfaceId;
  readonly window: TimeWindow;
  readonly groups: readonly FlowGroup[];
  /** Intervals in which the interface was silent (FLOW-57), merged and sorted. */
  readonly nodata: readonly TimeWindow[];
  /** Intervals in which AWS lost records (FLOW-56), merged and sorted. */
  readonly skipdata: readonly TimeWindow[];
  /** Fields that at least one of the logs carries, by AWS's names: `tcp-flags`. */
  readonly fields: ReadonlySet<string>;
  readonly reading: Reading;
}

/** How the reading itself went, so that nothing is left out in silence. */
export interface Reading {
  /** Records of this interface in the window, NODATA and SKIPDATA lines not counted. */
  readonly records: number;
  readonly accepted: number;
  readonly rejected: number;
  /**
   * Lines that could not be read. Of a file that holds other interfaces too these are the ones that name this interface,
   * are too long, or stand first or, unfinished, last: the others are passed by unread.
   */
  readonly malformed: { readonly count: number; readonly samples: readonly string[] };
  /** Records whose direction could not be told (FLOW-47). */
  readonly undirected: { readonly count: number; readonly samples: readonly string[] };
  readonly bytes: number;
  /** End of the newest record, whatever its status. */
  readonly newestEnd?: EpochSeconds;
  /** Why reading stopped before the end, if it did. */
  readonly stoppedEarly?: 'record-limit' | 'byte-limit' | 'time-limit' | 'flow-limit';
}

/**
 * Equal flows: the same service on the same two addresses, opened from the same side, with the same fate.
 * The client's port is the one thing in which its conversations differ.
 */
export interface FlowGroup {
  readonly protocol: Protocol;
  /** The interface's side, as the packet had it: `pkt-dstaddr` before `dstaddr` (EVAL-26). */
  readonly local: Address;
  readonly remote: Address;
  /** Which side sent the first packet, and how we know. */
  readonly opener: Opener;
  /** Port on the side that did not open; absent for protocols without ports. With an unknown opener: the lower one. */
  readonly servicePort?: number;
  /** Whose port `servicePort` is. The client's port is the other side's. */
  readonly serviceSide: Side;
  readonly clientPorts: ClientPorts;
  /** Five-tuples in this group. */
  readonly conversations: number;
  readonly ingress: Tallies;
  readonly egress: Tallies;
  /** How the rejected packets stand to the accepted ones of the same five-tuple. */
  readonly order: RejectOrder;
  /**
   * Set when the logged address is not the packet's: the traffic passed a middlebox here (FLOW-69, FLOW-72). As the
   * opener's packets carry it; with an unknown opener, as arriving packets do. A secondary address of the interface
   * itself does not count, though it is logged as the primary one (FLOW-43).
   */
  readonly loggedAs?: { readonly source: Address; readonly destination: Address };
  /**
   * Of all rejected attempts (answers do not count) from this remote address: how many distinct local ports; and how
   * many remote addresses tried this port.
   */
  readonly spread: { readonly portsTriedByRemote: number; readonly remotesTryingPort: number };
  /** Names of AWS's ip-ranges for the remote side (FLOW-26, FLOW-27): `S3`. */
  readonly remoteService?: string;
  /** Distinct values of `traffic-path`, egress only (FLOW-67). */
  readonly trafficPaths: readonly number[];
}

/** An end of a conversation, as the interface sees it. */
export type Side = 'local' | 'remote';

export interface Opener {
  readonly side: Side | 'unknown';
  /** `flags` is proof (FLOW-64); `order` and `port` are signs. */
  readonly because: 'flags' | 'order' | 'port' | 'nothing';
}

/** The client's ports seen in a group. `listed` is sorted and cut at 256. */
export interface ClientPorts {
  readonly listed: readonly number[];
  readonly distinct: number;
}

export interface Tallies {
  readonly accepted?: Tally;
  readonly rejected?: Tally;
}

/** Records of one direction and one action, added up. */
export interface Tally {
  readonly records: number;
  readonly packets: number;
  readonly bytes: number;
  readonly firstSeen: EpochSeconds;
  readonly lastSeen: EpochSeconds;
  /** By stretches of the window, in order; empty ones are left out. */
  readonly overTime: readonly TimeCount[];
  /** Distinct `tcp-flags` values, sorted; empty when the format has none. */
  readonly flags: readonly number[];
  /** Distinct `reject-reason` values: `BPA`, `EC`. */
  readonly rejectReasons: readonly string[];
  /** Raw lines, 5 at most. From outside: escape before showing. */
  readonly samples: readonly string[];
}

export interface RejectOrder {
  /** The same five-tuple had an ACCEPT before its first REJECT. */
  readonly acceptedBefore: boolean;
  /** The same five-tuple, or a later one of the same flow, was accepted after the last REJECT. */
  readonly acceptedAfter: boolean;
  /** Seconds between the last ACCEPT of a five-tuple and its next REJECT, the longest in the group. */
  readonly idleBeforeReject?: number;
  /** ACCEPT and REJECT of one five-tuple, in one direction, whose intervals overlap (T-65). */
  readonly overlapping: boolean;
}

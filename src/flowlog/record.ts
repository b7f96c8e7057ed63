import type { Address } from '../net/address.ts';
import type { Direction } from '../net/direction.ts';
import type { Protocol } from '../net/protocol.ts';
import type { EpochSeconds } from '../lang/time.ts';

/** One line that AWS logged about packets of one five-tuple, on one interface, in one direction (FLOW-49). */
export interface FlowRecord {
  readonly interfaceId: string;
  readonly source: Address;
  readonly destination: Address;
  /** 0 for ICMP (FLOW-81); absent when the format has no such field or the record a `-`. */
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  readonly protocol: Protocol;
  readonly packets?: number;
  readonly bytes?: number;
  readonly start: EpochSeconds;
  readonly end: EpochSeconds;
  readonly action: Action;
  /** FIN 1, SYN 2, RST 4, SYN-ACK 18, OR-ed over the interval; ACK alone is 0 (FLOW-60..66). */
  readonly tcpFlags?: number;
  /** The packet's own addresses, where they are told (FLOW-20, FLOW-43..47). */
  readonly packetSource?: Address;
  readonly packetDestination?: Address;
  readonly direction?: Direction;
  /** `BPA`, `EC`, or absent (FLOW-35). */
  readonly rejectReason?: string;
  readonly trafficPath?: number;
  readonly sourceService?: string;
  readonly destinationService?: string;
}

export type Action = 'ACCEPT' | 'REJECT';

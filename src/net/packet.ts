import type { Address } from './address.ts';
import type { Protocol } from './protocol.ts';

/** One five-tuple on its way in one direction. Both addresses are of one family. */
export interface Packet {
  readonly protocol: Protocol;
  readonly source: Address;
  readonly destination: Address;
  /** TCP and UDP only. */
  readonly sourcePort?: number;
  /** TCP and UDP only. */
  readonly destinationPort?: number;
  /** ICMP and ICMPv6 only; absent when nobody told, as in every flow record (FLOW-81). */
  readonly icmp?: IcmpType;
}

export interface IcmpType {
  readonly type: number;
  readonly code: number;
}

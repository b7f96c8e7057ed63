import type { Address } from './address.ts';
import { hasPorts, type Protocol } from './protocol.ts';

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

interface ToldPorts {
  readonly sourcePort: number | undefined;
  readonly destinationPort: number | undefined;
}

/** The packet with those of the ports that are told, if its protocol has any. Assigned one by one: logs bring many. */
export function withPorts(
  { protocol, source, destination }: Pick<Packet, 'protocol' | 'source' | 'destination'>,
  { sourcePort, destinationPort }: ToldPorts,
): Packet {
  const packet: { -readonly [Field in keyof Packet]: Packet[Field] } = { protocol, source, destination };
  if (!hasPorts(protocol)) return packet;
  if (sourcePort !== undefined) packet.sourcePort = sourcePort;
  if (destinationPort !== undefined) packet.destinationPort = destinationPort;
  return packet;
}

export interface IcmpType {
  readonly type: number;
  readonly code: number;
}

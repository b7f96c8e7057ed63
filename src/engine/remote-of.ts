import type { Address } from '../net/address.ts';
import type { Direction } from '../net/direction.ts';
import type { Packet } from '../net/packet.ts';

/** The end that rules speak of: the source of what arrives, the destination of what leaves (SG-10, NACL-14). */
export function remoteOf(direction: Direction, packet: Packet): Address {
  return direction === 'ingress' ? packet.source : packet.destination;
}

import type { Packet } from '../net/packet.ts';
import { hasPorts, isIcmp, type Protocol } from '../net/protocol.ts';
import { lastNumberAtOrBelow } from './address-set.ts';
import { lazily } from './lazily.ts';
import type { ServiceSelector } from './match-service.ts';

/**
 * What holds for all packets of one protocol between two neighbouring port boundaries, which meet the same rules as far
 * as the service goes: it is worked out for the first of them. A question touches few.
 */
export function perService<Value>(
  selectors: readonly ServiceSelector[],
  make: (packet: Packet) => Value,
): (packet: Packet) => Value {
  const ofProtocol = lazily((protocol) => perIndex(indexOf(selectors, protocol), make));
  return (packet) => ofProtocol(packet.protocol)(packet);
}

function indexOf(selectors: readonly ServiceSelector[], protocol: Protocol): (packet: Packet) => number {
  if (isIcmp(protocol)) return icmpIndex;
  if (!hasPorts(protocol)) return () => 0;
  const starts = portBoundaries(selectors, protocol);
  return ({ destinationPort }) =>
    destinationPort === undefined ? starts.length : lastNumberAtOrBelow(starts, destinationPort);
}

/** Packets with one index meet the same rules, so the first of them may stand for all. */
function perIndex<Value>(indexOfPacket: (packet: Packet) => number, make: (packet: Packet) => Value) {
  const made = new Map<number, Value>();
  return (packet: Packet): Value => {
    const index = indexOfPacket(packet);
    const known = made.get(index);
    if (known !== undefined) return known;
    const value = make(packet);
    made.set(index, value);
    return value;
  };
}

function icmpIndex({ icmp }: Packet): number {
  return icmp === undefined ? -1 : icmp.type * 256 + icmp.code;
}

function portBoundaries(selectors: readonly ServiceSelector[], protocol: Protocol): Float64Array {
  const ranges = selectors.flatMap((selector) => (selector.protocol === protocol ? (selector.ports ?? []) : []));
  const boundaries = new Set([0, ...ranges.flatMap(({ from, to }) => [from, to + 1])]);
  return Float64Array.from(boundaries).sort();
}

import type { Packet } from '../net/packet.ts';
import { ALL_PORTS, rangeContains, type PortRange } from '../net/port-range.ts';
import { isIcmp, type Protocol } from '../net/protocol.ts';
import type { Gap } from '../vpc/gap.ts';
import type { IcmpMatch } from '../vpc/security-group.ts';

/**
 * What a rule or entry asks of a packet besides its address; a field that is absent asks nothing. Their parsers keep
 * ports for TCP and UDP and types for ICMP only: with other protocols AWS ignores the numbers (SG-9, NACL-11, NACL-12).
 */
export interface ServiceSelector {
  readonly protocol: Protocol | 'all';
  readonly ports?: PortRange;
  readonly icmp?: IcmpMatch;
}

/** `unknown`: it depends on a field that nobody told (FLOW-81). */
export type ServiceMatch = 'match' | 'unknown' | 'protocol' | 'port' | 'icmp-type';

/** The destination port is compared in both directions, the source port never (SG-10, NACL-14). */
export function matchService(selector: ServiceSelector, packet: Packet): ServiceMatch {
  if (selector.protocol === 'all') return 'match';
  if (selector.protocol !== packet.protocol) return 'protocol';
  if (selector.ports !== undefined) return matchPort(selector.ports, packet.destinationPort);
  if (selector.icmp !== undefined) return matchIcmp(selector.icmp, packet);
  return 'match';
}

/** The fact whose absence makes a match unknown. */
export function serviceGap(packet: Packet): Gap {
  return isIcmp(packet.protocol)
    ? { fact: 'icmp-type', because: 'not-collected' }
    : { fact: 'flow-log-records', about: 'dstport', because: 'not-collected' };
}

function matchPort(ports: PortRange, port: number | undefined): ServiceMatch {
  if (port === undefined) return ports.from === ALL_PORTS.from && ports.to === ALL_PORTS.to ? 'match' : 'unknown';
  return rangeContains(ports, port) ? 'match' : 'port';
}

function matchIcmp(asked: IcmpMatch, { icmp }: Packet): ServiceMatch {
  if (icmp === undefined) return 'unknown';
  return asked.type === icmp.type && (asked.code === undefined || asked.code === icmp.code) ? 'match' : 'icmp-type';
}

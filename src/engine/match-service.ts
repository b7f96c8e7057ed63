import type { Packet } from '../net/packet.ts';
import { rangeContains, type PortRange } from '../net/port-range.ts';
import { hasPorts, ICMP, ICMPV6, isIcmp, type Protocol } from '../net/protocol.ts';
import type { Gap } from '../vpc/gap.ts';
import type { NetworkAclEntry } from '../vpc/network-acl.ts';
import type { IcmpMatch, SecurityGroupRule } from '../vpc/security-group.ts';

/** What a rule asks of a packet besides its address. A field that is absent asks nothing. */
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

/**
 * Ports count for TCP and UDP, types for ICMP and ICMPv6; for every other protocol a rule covers all there is.
 * SG-9, SG-11, SG-12. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 */
export function selectorOfRule(rule: SecurityGroupRule): ServiceSelector {
  return selectorFrom(rule, rule.protocol === ICMP || rule.protocol === ICMPV6);
}

/**
 * As for security groups, but an ICMPv6 entry with an IPv4 block covers all types.
 * NACL-11, NACL-12. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html
 */
export function selectorOfEntry(entry: NetworkAclEntry): ServiceSelector {
  return selectorFrom(entry, entry.protocol === ICMP || (entry.protocol === ICMPV6 && entry.cidr.family === 'ipv6'));
}

/** The fact whose absence makes a match unknown. */
export function serviceGap(packet: Packet): Gap {
  return isIcmp(packet.protocol)
    ? { fact: 'icmp-type', because: 'not-collected' }
    : { fact: 'flow-log-records', about: 'dstport', because: 'not-collected' };
}

function selectorFrom(asked: ServiceSelector, honoursTypes: boolean): ServiceSelector {
  const { protocol, ports, icmp } = asked;
  return {
    protocol,
    ...(ports !== undefined && protocol !== 'all' && hasPorts(protocol) && { ports }),
    ...(icmp !== undefined && honoursTypes && { icmp }),
  };
}

function matchPort(ports: PortRange, port: number | undefined): ServiceMatch {
  if (port === undefined) return ports.from <= 0 && ports.to >= 65535 ? 'match' : 'unknown';
  return rangeContains(ports, port) ? 'match' : 'port';
}

function matchIcmp(asked: IcmpMatch, { icmp }: Packet): ServiceMatch {
  if (icmp === undefined) return 'unknown';
  return asked.type === icmp.type && (asked.code === undefined || asked.code === icmp.code) ? 'match' : 'icmp-type';
}

import { formatCidr, isAnywhere, type Cidr } from '../net/cidr.ts';
import type { Direction } from '../net/direction.ts';
import { ALL_PORTS, type PortRange } from '../net/port-range.ts';
import { formatProtocol, hasPorts, ICMP, ICMPV6, type Protocol } from '../net/protocol.ts';
import { IMPLICIT_DENY } from '../vpc/network-acl.ts';
import type { IcmpMatch } from '../vpc/security-group.ts';

/** `inbound rule` is what AWS's consoles print for an ingress one. */
export const DIRECTION_WORD: Readonly<Record<Direction, string>> = { ingress: 'inbound', egress: 'outbound' };

/** `tcp/5432`, `icmp`, `protocol 47`. */
export function formatService(protocol: Protocol, port?: number): string {
  return port !== undefined && hasPorts(protocol) ? `${formatProtocol(protocol)}/${port}` : formatProtocol(protocol);
}

/** What a rule or entry covers: `all traffic`, `tcp/80-90`, `all udp`, `icmp echo request (type 8)`. */
export function formatMatch(match: {
  readonly protocol: Protocol | 'all';
  readonly ports?: PortRange;
  readonly icmp?: IcmpMatch;
}): string {
  if (match.protocol === 'all') return 'all traffic';
  const name = formatProtocol(match.protocol);
  if (match.icmp !== undefined) return `${name} ${formatIcmpType(match.protocol, match.icmp)}`;
  if (!hasPorts(match.protocol)) return name;
  const ports = match.ports ?? ALL_PORTS;
  return isAllPorts(ports) ? `all ${name}` : `${name}/${formatPorts(ports)}`;
}

/** `443`, `1024-65535`. */
export function formatPorts(ports: PortRange): string {
  return ports.from === ports.to ? String(ports.from) : `${ports.from}-${ports.to}`;
}

function isAllPorts(ports: PortRange): boolean {
  return ports.from <= ALL_PORTS.from && ports.to >= ALL_PORTS.to;
}

/** Names from https://www.iana.org/assignments/icmp-parameters and https://www.iana.org/assignments/icmpv6-parameters */
export function formatIcmpType(protocol: Protocol, match: IcmpMatch): string {
  const name =
    ICMP_NAMES.get(`${protocol}:${match.type}:${match.code ?? ''}`) ?? ICMP_NAMES.get(`${protocol}:${match.type}:`);
  const numbers = match.code === undefined ? `type ${match.type}` : `type ${match.type}, code ${match.code}`;
  return name === undefined ? numbers : `${name} (${numbers})`;
}

const ICMP_NAMES = new Map([
  [`${ICMP}:0:`, 'echo reply'],
  [`${ICMP}:3:`, 'destination unreachable'],
  [`${ICMP}:3:4`, 'fragmentation needed'],
  [`${ICMP}:5:`, 'redirect'],
  [`${ICMP}:8:`, 'echo request'],
  [`${ICMP}:11:`, 'time exceeded'],
  [`${ICMPV6}:1:`, 'destination unreachable'],
  [`${ICMPV6}:2:`, 'packet too big'],
  [`${ICMPV6}:3:`, 'time exceeded'],
  [`${ICMPV6}:128:`, 'echo request'],
  [`${ICMPV6}:129:`, 'echo reply'],
  [`${ICMPV6}:135:`, 'neighbour solicitation'],
  [`${ICMPV6}:136:`, 'neighbour advertisement'],
]);

/** `10.20.0.0/22`, or `anywhere (0.0.0.0/0)`. */
export function formatBlock(cidr: Cidr): string {
  return isAnywhere(cidr) ? `anywhere (${formatCidr(cidr)})` : formatCidr(cidr);
}

/** The final deny has a number that nobody knows it by; consoles show an asterisk (NACL-3, NACL-4). */
export function formatRuleNumber(ruleNumber: number): string {
  return ruleNumber >= IMPLICIT_DENY ? '*' : String(ruleNumber);
}

/** `1 record`, `214 records`; the plural of `entry` is given. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${exactly(n)} ${n === 1 ? noun : plural}`;
}

/** For people: `9,999` is exact, `12,345` is `about 12,300`. */
export function roughly(n: number, noun: string, plural = `${noun}s`): string {
  if (n < 10_000) return count(n, noun, plural);
  const step = 10 ** (Math.floor(Math.log10(n)) - 2);
  return `about ${exactly(Math.round(n / step) * step)} ${plural}`;
}

export function exactly(n: number): string {
  return String(Math.trunc(n)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `45 s`, `350 s`, `21 min`, `6 h`, `5 days`: never so coarse that a time-out looks like another. */
export function formatDuration(seconds: number): string {
  const [unit, size] = UNITS.find(([, length]) => isSaidWellIn(length, seconds)) ?? ['s', 1];
  const amount = Math.round(seconds / size);
  return unit === 'day' ? count(amount, 'day') : `${exactly(amount)} ${unit}`;
}

function isSaidWellIn(length: number, seconds: number): boolean {
  return seconds >= 10 * length || (seconds >= 2 * length && seconds % length === 0);
}

const UNITS: readonly (readonly [string, number])[] = [
  ['day', 86_400],
  ['h', 3_600],
  ['min', 60],
];

/** `a`, `a and b`, `a, b and c`, `a, b and 3 more`. */
export function formatList(items: readonly string[], most = 3): string {
  const shown = items.length > most ? [...items.slice(0, most - 1), `${items.length - most + 1} more`] : items;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

/** Names are written by people and may be anything: one that goes on for ever is cut. */
export function shortName(name: string): string {
  const line = name.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_NAME ? `${Array.from(line).slice(0, LONGEST_NAME).join('')}…` : line;
}

const LONGEST_NAME = 60;

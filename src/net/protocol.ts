/** An IANA protocol number, 0 to 255. */
export type Protocol = number;

export const ICMP: Protocol = 1;
export const TCP: Protocol = 6;
export const UDP: Protocol = 17;
export const ICMPV6: Protocol = 58;

/** Names people and AWS use. https://www.iana.org/assignments/protocol-numbers */
const NUMBER_OF = new Map<string, Protocol>([
  ['icmp', ICMP],
  ['tcp', TCP],
  ['udp', UDP],
  ['gre', 47],
  ['esp', 50],
  ['ah', 51],
  ['icmpv6', ICMPV6],
  ['ospf', 89],
  ['sctp', 132],
]);

const NAME_OF = new Map([...NUMBER_OF].map(([name, number]) => [number, name]));

/** Reads a name or a number; `undefined` for anything else. */
export function parseProtocol(text: string): Protocol | undefined {
  const known = NUMBER_OF.get(text.toLowerCase());
  if (known !== undefined) return known;
  return /^\d{1,3}$/.test(text) && Number(text) <= 255 ? Number(text) : undefined;
}

/** `tcp`, or `protocol 99` where there is no common name. */
export function formatProtocol(protocol: Protocol): string {
  return NAME_OF.get(protocol) ?? `protocol ${protocol}`;
}

export function hasPorts(protocol: Protocol): boolean {
  return protocol === TCP || protocol === UDP;
}

export function isIcmp(protocol: Protocol): boolean {
  return protocol === ICMP || protocol === ICMPV6;
}

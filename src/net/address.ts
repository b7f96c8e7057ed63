export type Family = 'ipv4' | 'ipv6';

/** An IPv4 or IPv6 address that knows its family. `bits` is the address as an unsigned number. */
export interface Address {
  readonly family: Family;
  readonly bits: bigint;
}

export const FAMILY_BITS = { ipv4: 32, ipv6: 128 } as const satisfies Record<Family, number>;

/** Reads dotted IPv4 or any RFC 4291 spelling of IPv6 (no zone id); `undefined` when it is neither. */
export function parseAddress(text: string): Address | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

/** Dotted IPv4; IPv6 in its canonical RFC 5952 form. */
export function formatAddress(address: Address): string {
  return address.family === 'ipv4' ? formatIpv4(address.bits) : formatIpv6(address.bits);
}

export function sameAddress(a: Address, b: Address): boolean {
  return a.family === b.family && a.bits === b.bits;
}

const DOT = 46;
const ZERO = 48;
const NO_OCTET = -1;

/** Digit by digit: logs bring addresses by the hundred thousand. */
function parseIpv4(text: string): Address | undefined {
  let bits = 0;
  let octets = 1;
  let octet = NO_OCTET;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === DOT && octet !== NO_OCTET) {
      bits = bits * 256 + octet;
      octets += 1;
      octet = NO_OCTET;
    } else {
      octet = withDigit(octet, code - ZERO);
      if (octet > 255) return undefined;
    }
  }
  return octets === 4 && octet !== NO_OCTET ? { family: 'ipv4', bits: BigInt(bits * 256 + octet) } : undefined;
}

/** The octet with one digit more; too large for an octet where none can follow. */
function withDigit(octet: number, digit: number): number {
  if (octet === 0 || digit < 0 || digit > 9) return Infinity;
  return octet === NO_OCTET ? digit : octet * 10 + digit;
}

function formatIpv4(bits: bigint): string {
  const value = Number(bits);
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
}

const LONGEST_IPV6 = 45;

function parseIpv6(text: string): Address | undefined {
  if (text.length > LONGEST_IPV6) return undefined;
  const halves = withEmbeddedIpv4(text)?.split('::') ?? [];
  const groups = halves.map(groupsOf);
  const all = halves.length === 2 ? fillZeros(groups[0], groups[1]) : groups[0];
  if (halves.length > 2 || all?.length !== 8) return undefined;
  return { family: 'ipv6', bits: all.reduce((bits, group) => (bits << 16n) | BigInt(group), 0n) };
}

/** `::` stands for at least one group of zeros. */
function fillZeros(head: number[] | undefined, tail: number[] | undefined): number[] | undefined {
  if (head === undefined || tail === undefined || head.length + tail.length > 7) return undefined;
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
}

/** `::ffff:10.0.0.1` ends in an IPv4 address: written as two groups it reads like any other. */
function withEmbeddedIpv4(text: string): string | undefined {
  if (!text.includes('.')) return text;
  const start = text.lastIndexOf(':') + 1;
  const ipv4 = parseIpv4(text.slice(start));
  if (ipv4 === undefined) return undefined;
  return `${text.slice(0, start)}${(ipv4.bits >> 16n).toString(16)}:${(ipv4.bits & 0xffffn).toString(16)}`;
}

function groupsOf(text: string): number[] | undefined {
  if (text === '') return [];
  const groups = text.split(':');
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    ? groups.map((group) => parseInt(group, 16))
    : undefined;
}

function formatIpv6(bits: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => Number((bits >> BigInt(112 - 16 * index)) & 0xffffn));
  const zeros = longestZeroRun(groups);
  if (zeros.length < 2) return hex(groups);
  return `${hex(groups.slice(0, zeros.start))}::${hex(groups.slice(zeros.start + zeros.length))}`;
}

function hex(groups: readonly number[]): string {
  return groups.map((group) => group.toString(16)).join(':');
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  groups.forEach((group, index) => {
    if (group !== 0) start = index + 1;
    else if (index + 1 - start > best.length) best = { start, length: index + 1 - start };
  });
  return best;
}

import { FAMILY_BITS, formatAddress, parseAddress, type Address, type Family } from './address.ts';

/** A block of addresses. `base` has no bits set beyond `prefixLength` (AWS stores them so: SG-14, NACL-15). */
export interface Cidr {
  readonly family: Family;
  readonly base: bigint;
  readonly prefixLength: number;
}

/** Reads `10.0.0.0/16` or `2001:db8::/32`; host bits are cleared as AWS does (SG-14). */
export function parseCidr(text: string): Cidr | undefined {
  const [base, length, more] = text.split('/');
  if (base === undefined || length === undefined || more !== undefined || !/^\d{1,3}$/.test(length)) return undefined;
  const address = parseAddress(base);
  if (address === undefined || Number(length) > FAMILY_BITS[address.family]) return undefined;
  return blockOf(address, Number(length));
}

export function formatCidr(cidr: Cidr): string {
  return `${formatAddress({ family: cidr.family, bits: cidr.base })}/${cidr.prefixLength}`;
}

/** The block of `prefixLength` that holds the address. */
export function blockOf(address: Address, prefixLength: number): Cidr {
  const hostBits = BigInt(FAMILY_BITS[address.family] - prefixLength);
  return { family: address.family, base: (address.bits >> hostBits) << hostBits, prefixLength };
}

/** The block that holds this address only: /32 or /128. */
export function hostCidr(address: Address): Cidr {
  return blockOf(address, FAMILY_BITS[address.family]);
}

export function cidrContains(cidr: Cidr, address: Address): boolean {
  return cidr.family === address.family && address.bits >= cidr.base && address.bits <= lastOf(cidr);
}

/** Whether every address of `inner` lies in `outer`. */
export function cidrCovers(outer: Cidr, inner: Cidr): boolean {
  return outer.prefixLength <= inner.prefixLength && cidrContains(outer, { family: inner.family, bits: inner.base });
}

export function cidrsOverlap(a: Cidr, b: Cidr): boolean {
  return cidrCovers(a, b) || cidrCovers(b, a);
}

/** `0.0.0.0/0` or `::/0`. */
export function isAnywhere(cidr: Cidr): boolean {
  return cidr.prefixLength === 0;
}

/** The highest address of the block, as a number. */
export function lastOf(cidr: Cidr): bigint {
  return cidr.base | ((1n << BigInt(FAMILY_BITS[cidr.family] - cidr.prefixLength)) - 1n);
}

import type { Address, Family } from '../net/address.ts';
import { lastOf, type Cidr } from '../net/cidr.ts';

/** Many blocks as one sorted list of ranges that do not touch, so that asking costs a binary search. */
export type AddressSet = Readonly<Record<Family, AddressRanges>>;

/** The nth range runs from `first[n]` to `last[n]`, both included. */
export interface AddressRanges {
  readonly first: readonly bigint[];
  readonly last: readonly bigint[];
}

export function addressSet(cidrs: readonly Cidr[]): AddressSet {
  return { ipv4: mergedRanges(cidrs, 'ipv4'), ipv6: mergedRanges(cidrs, 'ipv6') };
}

export const NOWHERE: AddressSet = addressSet([]);

export const ANYWHERE: AddressSet = addressSet([
  { family: 'ipv4', base: 0n, prefixLength: 0 },
  { family: 'ipv6', base: 0n, prefixLength: 0 },
]);

export function holdsAddress(set: AddressSet, address: Address): boolean {
  return holdsBits(set[address.family], address.bits);
}

function holdsBits(ranges: AddressRanges, bits: bigint): boolean {
  const index = lastAtOrBelow(ranges.first, bits);
  const last = ranges.last[index];
  return last !== undefined && bits <= last;
}

/** Where the answer of `holdsBits` changes. */
export function boundariesOf(ranges: AddressRanges): readonly bigint[] {
  return [...ranges.first, ...ranges.last.map((last) => last + 1n)];
}

/** Index of the last item that is not greater, -1 where all are. `sorted` ascends. */
export function lastAtOrBelow(sorted: readonly bigint[], value: bigint): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = sorted[middle];
    if (item !== undefined && item <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * The same of numbers: ports, IPv4 addresses. Which half to go on with is reckoned, for the processor would guess it
 * wrong every other time.
 */
export function lastNumberAtOrBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let length = sorted.length;
  while (length > 1) {
    const half = length >>> 1;
    low += half * Number((sorted[low + half] ?? Infinity) <= value);
    length -= half;
  }
  return low - Number((sorted[low] ?? Infinity) > value);
}

function mergedRanges(cidrs: readonly Cidr[], family: Family): AddressRanges {
  const first: bigint[] = [];
  const last: bigint[] = [];
  for (const cidr of sortedByBase(cidrs, family)) {
    const end = lastOf(cidr);
    const previous = last.at(-1);
    if (previous === undefined || cidr.base > previous + 1n) {
      first.push(cidr.base);
      last.push(end);
    } else if (end > previous) {
      last[last.length - 1] = end;
    }
  }
  return { first, last };
}

function sortedByBase(cidrs: readonly Cidr[], family: Family): readonly Cidr[] {
  return cidrs
    .filter((cidr) => cidr.family === family)
    .sort((a, b) => (a.base < b.base ? -1 : Number(a.base > b.base)));
}

import type { Address, Family } from '../net/address.ts';
import { boundariesOf, lastAtOrBelow, lastNumberAtOrBelow, type AddressSet } from './address-set.ts';
import { lazily } from './lazily.ts';

/**
 * What holds for all addresses between two neighbouring boundaries of these sets, which lie in the same of them: it is
 * worked out for the lowest of them, when one of them is first asked for.
 */
export function perAddress<Value>(
  sets: readonly AddressSet[],
  make: (address: Address) => Value,
): (address: Address) => Value {
  const of = { ipv4: perNumber(boundariesIn(sets, 'ipv4'), make), ipv6: perBits(boundariesIn(sets, 'ipv6'), make) };
  return ({ family, bits }) => of[family](bits);
}

/** IPv4 addresses are searched as numbers, which are compared several times as fast. */
function perNumber<Value>(starts: readonly bigint[], make: (address: Address) => Value): (bits: bigint) => Value {
  const numbers = Float64Array.from(starts, Number);
  const valueAt = lazily((index) => make({ family: 'ipv4', bits: starts[index] ?? 0n }));
  return (bits) => valueAt(lastNumberAtOrBelow(numbers, Number(bits)));
}

function perBits<Value>(starts: readonly bigint[], make: (address: Address) => Value): (bits: bigint) => Value {
  const valueAt = lazily((index) => make({ family: 'ipv6', bits: starts[index] ?? 0n }));
  return (bits) => valueAt(lastAtOrBelow(starts, bits));
}

/** Each boundary once, with zero as the first. */
function boundariesIn(sets: readonly AddressSet[], family: Family): readonly bigint[] {
  const boundaries = new Set([0n, ...sets.flatMap((set) => boundariesOf(set[family]))]);
  return [...boundaries].sort((a, b) => (a < b ? -1 : Number(a > b)));
}

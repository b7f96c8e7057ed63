import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { FAMILY_BITS, type Address } from '../../../src/net/address.ts';
import {
  blockOf,
  cidrContains,
  cidrCovers,
  cidrsOverlap,
  formatCidr,
  lastOf,
  parseCidr,
  type Cidr,
} from '../../../src/net/cidr.ts';
import { addresses, cidrs, families } from '../../support/arbitraries.ts';

/** An address as a row of zeros and ones, and a block as the digits that all its addresses begin with. */
const digits = ({ family, bits }: Address): string =>
  `${family} ${bits.toString(2).padStart(FAMILY_BITS[family], '0')}`;
const prefix = ({ family, base, prefixLength }: Cidr): string =>
  digits({ family, bits: base }).slice(0, family.length + 1 + prefixLength);

const anyCidr = families().chain(cidrs);
const anyAddress = families().chain(addresses);

test.prop([anyCidr])('a block that is printed and read is the same block', (cidr) => {
  expect(parseCidr(formatCidr(cidr))).toEqual(cidr);
});

test.prop([anyCidr, anyAddress])('a block holds the addresses that begin with its digits', (cidr, address) => {
  expect(cidrContains(cidr, address)).toBe(digits(address).startsWith(prefix(cidr)));
});

test.prop([anyCidr, anyCidr])('a block covers those whose digits begin with its own', (outer, inner) => {
  expect(cidrCovers(outer, inner)).toBe(prefix(inner).startsWith(prefix(outer)));
});

test.prop([anyCidr, anyCidr])('two blocks overlap when one covers the other, whichever comes first', (a, b) => {
  expect(cidrsOverlap(a, b)).toBe(cidrCovers(a, b) || cidrCovers(b, a));
  expect(cidrsOverlap(a, b)).toBe(cidrsOverlap(b, a));
});

test.prop([anyAddress, fc.nat()])('the block of any length around an address holds it', (address, length) => {
  const cidr = blockOf(address, length % (FAMILY_BITS[address.family] + 1));

  expect(cidrContains(cidr, address)).toBe(true);
  expect(lastOf(cidr) - cidr.base + 1n).toBe(1n << BigInt(FAMILY_BITS[cidr.family] - cidr.prefixLength));
});

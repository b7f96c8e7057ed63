import { fc, test } from '@fast-check/vitest';
import { isIPv6 } from 'node:net';
import { expect } from 'vitest';
import { FAMILY_BITS, formatAddress, parseAddress } from '../../../src/net/address.ts';
import { addresses, families } from '../../support/arbitraries.ts';

const anyAddress = families().chain(addresses);

test.prop([anyAddress])('an address that is printed and read is the same address', (address) => {
  expect(parseAddress(formatAddress(address))).toEqual(address);
});

test.prop([fc.ipV4()])('IPv4 text that is read and printed is the same text', (text) => {
  expect(formatAddress(parseAddress(text)!)).toBe(text);
});

test.prop([fc.ipV6()])('every spelling of IPv6 is read, and printing is stable', (text) => {
  const printed = formatAddress(parseAddress(text)!);

  expect(isIPv6(printed)).toBe(true);
  expect(printed).toBe(new URL(`http://[${text}]/`).hostname.slice(1, -1));
});

test.prop([fc.string({ unit: fc.constantFrom(...'0123456789abcf:./%-'.split('')) })])(
  'whatever is read fits its family, and nothing throws',
  (text) => {
    const address = parseAddress(text);

    expect(address === undefined || address.bits < 1n << BigInt(FAMILY_BITS[address.family])).toBe(true);
  },
);

import { expect, it } from 'vitest';
import { addressSet } from '../../../src/engine/address-set.ts';
import { perAddress } from '../../../src/engine/per-address.ts';
import { formatAddress, parseAddress } from '../../../src/net/address.ts';
import { parseCidr } from '../../../src/net/cidr.ts';

it('works out one value for all addresses between two boundaries, from the lowest of them', () => {
  const made: string[] = [];
  const sets = [['10.0.0.0/8', '2001:db8::/32'], ['10.1.0.0/16']].map((cidrs) =>
    addressSet(cidrs.map((c) => parseCidr(c)!)),
  );
  const valueOf = perAddress(sets, (address) => {
    made.push(formatAddress(address));
    return made.length;
  });
  const asked = [
    '10.0.0.1',
    '10.0.255.255',
    '10.1.2.3',
    '10.2.0.0',
    '255.255.255.255',
    '::1',
    '2001:db8::7',
    '10.0.0.0',
  ];
  expect(asked.map((text) => valueOf(parseAddress(text)!))).toEqual([1, 1, 2, 3, 4, 5, 6, 1]);
  expect(made).toEqual(['10.0.0.0', '10.1.0.0', '10.2.0.0', '11.0.0.0', '::', '2001:db8::']);
});

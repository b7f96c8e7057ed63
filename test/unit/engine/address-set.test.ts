import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressSet,
  boundariesOf,
  holdsAddress,
  lastAtOrBelow,
  lastNumberAtOrBelow,
} from '../../../src/engine/address-set.ts';
import { parseAddress } from '../../../src/net/address.ts';
import { parseCidr } from '../../../src/net/cidr.ts';

const setOf = (...cidrs: readonly string[]) => addressSet(cidrs.map((cidr) => parseCidr(cidr)!));
const holds = (cidrs: readonly string[], address: string): boolean =>
  holdsAddress(setOf(...cidrs), parseAddress(address)!);

describe('a set of blocks', () => {
  it.each([
    ['its first address', '10.0.0.0', true],
    ['its last address', '10.0.0.255', true],
    ['the one before', '9.255.255.255', false],
    ['the one after', '10.0.1.0', false],
    ['in the second block', '192.0.2.7', true],
    ['between the blocks', '100.0.0.1', false],
    ['another family', '::a00:0', false],
  ])('%s', (_, address, expected) => {
    expect(holds(['192.0.2.0/24', '10.0.0.0/24'], address)).toBe(expected);
  });

  it('holds nothing when it is empty', () => {
    expect(holds([], '10.0.0.1')).toBe(false);
  });

  it.each([
    ['blocks that touch', ['10.0.0.0/25', '10.0.0.128/25'], [[0x0a000000n], [0x0a0000ffn]]],
    ['a block inside another', ['10.0.0.0/24', '10.0.0.16/28', '10.0.0.0/30'], [[0x0a000000n], [0x0a0000ffn]]],
    [
      'the same twice, in any order',
      ['10.0.1.0/32', '10.0.0.0/32', '10.0.1.0/32'],
      [
        [0x0a000000n, 0x0a000100n],
        [0x0a000000n, 0x0a000100n],
      ],
    ],
    [
      'blocks one address apart',
      ['10.0.0.0/32', '10.0.0.2/32'],
      [
        [0x0a000000n, 0x0a000002n],
        [0x0a000000n, 0x0a000002n],
      ],
    ],
  ])('merges %s', (_, cidrs, [first, last]) => {
    expect(setOf(...cidrs).ipv4).toEqual({ first, last });
  });

  it('changes its answer at the start of a range and after its end', () => {
    expect(boundariesOf(setOf('10.0.0.0/24', '::/128').ipv4)).toEqual([0x0a000000n, 0x0a000100n]);
  });
});

it.each([
  [4n, -1],
  [5n, 0],
  [6n, 0],
  [9n, 1],
  [20n, 2],
])('the last of 5, 9 and 12 that is at or below %d is number %d', (value, expected) => {
  expect(lastAtOrBelow([5n, 9n, 12n], value)).toBe(expected);
});

it('is the same among numbers', () => {
  const small = fc.integer({ min: 0, max: 40 });
  fc.assert(
    fc.property(fc.uniqueArray(small), small, (items, value) => {
      const sorted = items.toSorted((a, b) => a - b);
      expect(lastNumberAtOrBelow(Float64Array.from(sorted), value)).toBe(
        lastAtOrBelow(sorted.map(BigInt), BigInt(value)),
      );
    }),
  );
});

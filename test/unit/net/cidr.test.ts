import { expect, it } from 'vitest';
import { parseAddress } from '../../../src/net/address.ts';
import {
  cidrContains,
  cidrCovers,
  cidrsOverlap,
  formatCidr,
  hostCidr,
  isAnywhere,
  lastOf,
  parseCidr,
} from '../../../src/net/cidr.ts';

it.each([
  ['10.0.0.0/16', '10.0.0.0/16'],
  ['100.68.0.18/18', '100.68.0.0/18'],
  ['203.0.113.7/32', '203.0.113.7/32'],
  ['255.255.255.255/0', '0.0.0.0/0'],
  ['2001:DB8::1/64', '2001:db8::/64'],
  ['::1/128', '::1/128'],
  ['ffff::/0', '::/0'],
])('keeps %s as %s, without host bits as AWS does (SG-14)', (text, canonical) => {
  expect(formatCidr(parseCidr(text)!)).toBe(canonical);
});

it.each([
  '',
  '10.0.0.0',
  '10.0.0.0/',
  '/16',
  '10.0.0.0/33',
  '10.0.0.0/-1',
  '::/129',
  '10.0.0/8',
  '10.0.0.0/8/8',
  '10.0.0.0/ 8',
  '10.0.0.0/8a',
  '10.0.0.0/0x8',
  '::/1000',
])('does not take %j for a block', (text) => {
  expect(parseCidr(text)).toBeUndefined();
});

it.each([
  ['10.0.0.0/16', '10.0.0.0', true],
  ['10.0.0.0/16', '10.0.255.255', true],
  ['10.0.0.0/16', '10.1.0.0', false],
  ['10.0.0.0/16', '9.255.255.255', false],
  ['0.0.0.0/0', '255.255.255.255', true],
  ['0.0.0.0/0', '::1', false],
  ['::/0', '10.0.0.1', false],
  ['::/0', 'ffff::', true],
  ['203.0.113.7/32', '203.0.113.7', true],
  ['203.0.113.7/32', '203.0.113.6', false],
  ['2001:db8::/63', '2001:db8:0:1:ffff:ffff:ffff:ffff', true],
  ['2001:db8::/63', '2001:db8:0:2::', false],
])('whether %s holds %s: %s', (cidr, address, expected) => {
  expect(cidrContains(parseCidr(cidr)!, parseAddress(address)!)).toBe(expected);
});

it.each([
  { outer: '10.0.0.0/8', inner: '10.1.0.0/16', covers: true, overlap: true },
  { outer: '10.1.0.0/16', inner: '10.0.0.0/8', covers: false, overlap: true },
  { outer: '10.0.0.0/16', inner: '10.0.0.0/16', covers: true, overlap: true },
  { outer: '10.0.0.0/16', inner: '10.1.0.0/16', covers: false, overlap: false },
  { outer: '0.0.0.0/0', inner: '::/0', covers: false, overlap: false },
])('$outer covers $inner: $covers; they overlap: $overlap', ({ outer, inner, covers, overlap }) => {
  expect(cidrCovers(parseCidr(outer)!, parseCidr(inner)!)).toBe(covers);
  expect(cidrsOverlap(parseCidr(outer)!, parseCidr(inner)!)).toBe(overlap);
});

it('knows the blocks that hold everything', () => {
  expect(['0.0.0.0/0', '::/0', '0.0.0.0/1', '::/1'].map((text) => isAnywhere(parseCidr(text)!))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

it.each([
  ['10.0.1.0/24', '10.0.1.255'],
  ['10.0.1.7/32', '10.0.1.7'],
  ['2001:db8::/127', '2001:db8::1'],
])('the highest address of %s is %s', (cidr, last) => {
  expect(lastOf(parseCidr(cidr)!)).toBe(parseAddress(last)!.bits);
});

it.each(['10.0.0.1', '2001:db8::1'])('makes a block of %s alone', (text) => {
  expect(formatCidr(hostCidr(parseAddress(text)!))).toBe(`${text}/${text.includes(':') ? 128 : 32}`);
});

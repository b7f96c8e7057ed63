import { expect, it } from 'vitest';
import { formatAddress, parseAddress, sameAddress } from '../../../src/net/address.ts';

it.each([
  { text: '0.0.0.0', bits: 0n },
  { text: '10.0.0.1', bits: 0x0a000001n },
  { text: '192.0.2.255', bits: 0xc00002ffn },
  { text: '255.255.255.255', bits: 0xffffffffn },
])('reads and prints IPv4 $text', ({ text, bits }) => {
  expect(parseAddress(text)).toEqual({ family: 'ipv4', bits });
  expect(formatAddress({ family: 'ipv4', bits })).toBe(text);
});

/** The examples of RFC 5952 and RFC 4291: every spelling on the left is printed as on the right. */
it.each([
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['2001:0db8::0001', '2001:db8::1'],
  ['2001:db8:0:0:0:0:2:1', '2001:db8::2:1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['2001:db8::1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
  ['2001:db8::aaaa:0:0:1', '2001:db8::aaaa:0:0:1'],
  ['2001:DB8::1', '2001:db8::1'],
  ['0:0:0:0:0:0:0:0', '::'],
  ['0:0:0:0:0:0:0:1', '::1'],
  ['1:0:0:0:0:0:0:0', '1::'],
  ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
  ['::2:3:4:5:6:7:8', '0:2:3:4:5:6:7:8'],
  ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['::ffff:192.0.2.128', '::ffff:c000:280'],
  ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
  ['0000:0000:0000:0000:0000:ffff:255.255.255.255', '::ffff:ffff:ffff'],
])('prints IPv6 %s as %s', (text, canonical) => {
  const address = parseAddress(text)!;

  expect(address.family).toBe('ipv6');
  expect(formatAddress(address)).toBe(canonical);
});

it.each([
  '',
  '10',
  '10.0.0',
  '10.0.0.0.0',
  '10.0.0.256',
  '10.0.0.01',
  '10.0.0.-1',
  '10.0.0.1 ',
  ' 10.0.0.1',
  '10.0.0.a',
  '0x0a.0.0.1',
  '10.0.0.1/32',
  '1e1.0.0.1',
  '٣.0.0.1',
  'localhost',
  ':',
  ':::',
  '1',
  '1:2',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '1::2::3',
  ':1:2:3:4:5:6:7:8',
  '1:2:3:4:5:6:7:8:',
  '1:2:3:4:5:6:7:8::',
  '::1:2:3:4:5:6:7:8',
  '12345::',
  'g::',
  'fe80::1%eth0',
  '::1.2.3',
  '::1.2.3.4.5',
  '1.2.3.4::',
  '::1.2.3.4:5',
  '1:2:3:4:5:6:7:1.2.3.4',
  '::256.0.0.1',
  '::-1',
  '[::1]',
  '::1/128',
  '1: :2',
  `${'0'.repeat(60)}::`,
])('does not take %j for an address', (text) => {
  expect(parseAddress(text)).toBeUndefined();
});

it('tells addresses of two families apart though their numbers are equal', () => {
  expect(sameAddress(parseAddress('0.0.0.1')!, parseAddress('::1')!)).toBe(false);
  expect(sameAddress(parseAddress('10.0.0.1')!, parseAddress('10.0.0.2')!)).toBe(false);
  expect(sameAddress(parseAddress('2001:db8::1')!, parseAddress('2001:DB8:0::1')!)).toBe(true);
});

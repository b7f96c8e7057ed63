import { expect, it } from 'vitest';
import { formatProtocol, hasPorts, isIcmp, parseProtocol } from '../../../src/net/protocol.ts';

it.each([
  ['tcp', 6],
  ['TCP', 6],
  ['udp', 17],
  ['icmp', 1],
  ['icmpv6', 58],
  ['esp', 50],
  ['6', 6],
  ['0', 0],
  ['255', 255],
])('reads %s as %i', (text, number) => {
  expect(parseProtocol(text)).toBe(number);
});

it.each(['', '-1', '256', '1000', '6.0', ' 6', 'all', 'tcp ', '0x6', '1e2'])(
  'does not take %j for a protocol',
  (text) => {
    expect(parseProtocol(text)).toBeUndefined();
  },
);

it.each([
  [6, 'tcp'],
  [58, 'icmpv6'],
  [47, 'gre'],
  [99, 'protocol 99'],
  [0, 'protocol 0'],
])('prints %i as %s', (number, text) => {
  expect(formatProtocol(number)).toBe(text);
});

it.each([
  { protocol: 6, ports: true, icmp: false },
  { protocol: 17, ports: true, icmp: false },
  { protocol: 1, ports: false, icmp: true },
  { protocol: 58, ports: false, icmp: true },
  { protocol: 132, ports: false, icmp: false },
  { protocol: 0, ports: false, icmp: false },
])('$protocol has ports: $ports, is ICMP: $icmp', ({ protocol, ports, icmp }) => {
  expect(hasPorts(protocol)).toBe(ports);
  expect(isIcmp(protocol)).toBe(icmp);
});

import { describe, expect, it } from 'vitest';
import {
  count,
  formatBlock,
  formatDuration,
  formatIcmpType,
  formatList,
  formatMatch,
  formatRuleNumber,
  formatService,
  roughly,
  shortName,
} from '../../../src/explain/phrase.ts';
import { parseCidr } from '../../../src/net/cidr.ts';

describe('a service', () => {
  it.each([
    [6, 5432, 'tcp/5432'],
    [17, 53, 'udp/53'],
    [6, undefined, 'tcp'],
    [1, 0, 'icmp'],
    [50, 7, 'esp'],
    [99, undefined, 'protocol 99'],
  ])('protocol %s port %s is %s', (protocol, port, words) => {
    expect(formatService(protocol, port)).toBe(words);
  });
});

describe('what a rule covers', () => {
  it.each([
    [{ protocol: 'all' }, 'all traffic'],
    [{ protocol: 6 }, 'all tcp'],
    [{ protocol: 6, ports: { from: 0, to: 65535 } }, 'all tcp'],
    [{ protocol: 6, ports: { from: 1024, to: 65535 } }, 'tcp/1024-65535'],
    [{ protocol: 17, ports: { from: 53, to: 53 } }, 'udp/53'],
    [{ protocol: 1, icmp: { type: 8 } }, 'icmp echo request (type 8)'],
    [{ protocol: 1, icmp: { type: 3, code: 4 } }, 'icmp fragmentation needed (type 3, code 4)'],
    [{ protocol: 1 }, 'icmp'],
    [{ protocol: 58, icmp: { type: 128 } }, 'icmpv6 echo request (type 128)'],
    [{ protocol: 47 }, 'gre'],
  ] as const)('%j is %s', (match, words) => {
    expect(formatMatch(match)).toBe(words);
  });
});

describe('an ICMP type', () => {
  it.each([
    [1, { type: 3, code: 1 }, 'destination unreachable (type 3, code 1)'],
    [58, { type: 2 }, 'packet too big (type 2)'],
    [1, { type: 200 }, 'type 200'],
  ])('of protocol %s, %j, is %s', (protocol, match, words) => {
    expect(formatIcmpType(protocol, match)).toBe(words);
  });
});

describe('a block', () => {
  it.each([
    ['10.20.0.0/22', '10.20.0.0/22'],
    ['0.0.0.0/0', 'anywhere (0.0.0.0/0)'],
    ['::/0', 'anywhere (::/0)'],
  ])('%s is %s', (text, words) => {
    expect(formatBlock(parseCidr(text)!)).toBe(words);
  });
});

describe('a rule number', () => {
  it.each([
    [90, '90'],
    [32_766, '32766'],
    [32_767, '*'],
    [32_768, '*'],
  ])('%s is %s', (number, words) => {
    expect(formatRuleNumber(number)).toBe(words);
  });
});

describe('numbers for people', () => {
  it.each([
    [0, '0 records'],
    [1, '1 record'],
    [9_999, '9,999 records'],
    [12_345, 'about 12,300 records'],
    [999_999, 'about 1,000,000 records'],
    [1_234_567, 'about 1,230,000 records'],
  ])('%s records are roughly %s', (n, words) => {
    expect(roughly(n, 'record')).toBe(words);
  });

  it('are exact where they prove something', () => {
    expect(count(1_234_567, 'address', 'addresses')).toBe('1,234,567 addresses');
  });
});

describe('a duration', () => {
  it.each([
    [0, '0 s'],
    [45, '45 s'],
    [120, '2 min'],
    [350, '350 s'],
    [1_260, '21 min'],
    [3_600, '60 min'],
    [7_200, '2 h'],
    [86_400, '24 h'],
    [432_000, '5 days'],
  ])('of %s seconds is %s', (seconds, words) => {
    expect(formatDuration(seconds)).toBe(words);
  });
});

describe('a list', () => {
  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
    [['a', 'b', 'c', 'd', 'e'], 'a, b and 3 more'],
  ])('%j is told as %s', (items, words) => {
    expect(formatList(items)).toBe(words);
  });
});

it('cuts a name that goes on for ever, between characters', () => {
  expect(shortName('  payments\n db ')).toBe('payments db');
  expect(shortName('🟢'.repeat(70))).toBe(`${'🟢'.repeat(60)}…`);
});

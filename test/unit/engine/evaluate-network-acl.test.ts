import { describe, expect, it } from 'vitest';
import type { NetworkAclDecision } from '../../../src/engine/decision.ts';
import { evaluateNetworkAcl, evaluateNetworkAclForPorts } from '../../../src/engine/evaluate-network-acl.ts';
import { compileInterfaceFilters, type InterfaceFilters } from '../../../src/engine/interface-filters.ts';
import type { Direction } from '../../../src/net/direction.ts';
import { IMPLICIT_DENY } from '../../../src/vpc/network-acl.ts';
import { buildVpc, type VpcBuilder } from '../../support/build-vpc.ts';
import { eni } from '../../support/ids.ts';
import { packet } from '../../support/packets.ts';
import { anything, egress, icmp, icmpv6, ingress, protocol, tcp, type AclEntry } from '../../support/rules.ts';

const network = (...entries: readonly AclEntry[]): VpcBuilder =>
  buildVpc()
    .cidr('10.0.0.0/16', '2001:db8::/56')
    .subnet('app', '10.0.0.0/24', '2001:db8::/64')
    .acl('app', entries)
    .interface('web', { subnet: 'app', groups: [], address: '10.0.0.10', ipv6: '2001:db8::10' });

const filtersOf = (vpc: VpcBuilder): InterfaceFilters => compileInterfaceFilters(vpc.build().snapshot, eni('web'));

function decide(entries: readonly AclEntry[], text: string, direction: Direction = 'ingress'): NetworkAclDecision {
  return evaluateNetworkAcl(filtersOf(network(...entries)), direction, packet(text));
}

function inWords(decision: NetworkAclDecision): string {
  return 'by' in decision ? `${decision.kind} by ${decision.by.ruleNumber}` : decision.kind;
}

const WEB = 'tcp 198.51.100.7:50000 > 10.0.0.10:443';
const PING = 'icmp 198.51.100.7 > 10.0.0.10';

describe('network ACL entries', () => {
  it.each<[string, readonly AclEntry[], [string, string]]>([
    // https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
    [
      'NACL-1: the lowest number decides, however they are listed',
      [ingress(200).allow(tcp(443), '0.0.0.0/0'), ingress(100).deny(tcp(443), '198.51.100.0/24')],
      [WEB, 'denied by 100'],
    ],
    [
      'NACL-1: entries after the first match are ignored',
      [ingress(100).allow(tcp(443), '0.0.0.0/0'), ingress(200).deny(anything, '0.0.0.0/0')],
      [WEB, 'allowed by 100'],
    ],
    ['NACL-9: an ACL without entries denies', [], [WEB, 'denied by 32767']],
    [
      'NACL-14: the destination port is compared, not the source port',
      [ingress(100).allow(tcp(50000), '0.0.0.0/0')],
      [WEB, 'denied by 32767'],
    ],
    [
      'NACL-14: inbound entries compare the source address',
      [ingress(100).allow(tcp(443), '10.0.0.0/24')],
      [WEB, 'denied by 32767'],
    ],
    [
      'NACL-16: an IPv4 entry never matches IPv6',
      [ingress(100).allow(anything, '0.0.0.0/0')],
      ['tcp [2001:db8:1::5]:50000 > [2001:db8::10]:443', 'denied by 32767'],
    ],
    ['all protocols', [ingress(100).allow(anything, '0.0.0.0/0')], ['47 198.51.100.7 > 10.0.0.10', 'allowed by 100']],
    [
      'NACL-11: another protocol covers all there is',
      [ingress(100).allow({ ...protocol(50), from: 1, to: 2 }, '0.0.0.0/0')],
      ['50 198.51.100.7 > 10.0.0.10', 'allowed by 100'],
    ],
    [
      'NACL-12: ICMPv6 with an IPv6 block honours the type',
      [ingress(100).allow(icmpv6(128), '::/0')],
      ['icmpv6 129/0 2001:db8:1::5 > 2001:db8::10', 'denied by 32767'],
    ],
    [
      'NACL-12: ICMPv6 with an IPv4 block covers all types',
      [ingress(100).allow(icmpv6(128), '0.0.0.0/0')],
      ['icmpv6 129/0 198.51.100.7 > 10.0.0.10', 'allowed by 100'],
    ],
    [
      'NACL-13: a type with any code',
      [ingress(100).allow(icmp(3), '0.0.0.0/0')],
      ['icmp 3/4 198.51.100.7 > 10.0.0.10', 'allowed by 100'],
    ],
    [
      'NACL-13: a type with another code',
      [ingress(100).allow(icmp(3, 4), '0.0.0.0/0')],
      ['icmp 3/1 198.51.100.7 > 10.0.0.10', 'denied by 32767'],
    ],
    [
      'FLOW-81: a type that was not told leaves it open',
      [ingress(100).allow(icmp(8), '0.0.0.0/0')],
      [PING, 'undetermined'],
    ],
    [
      'FLOW-81: unless every entry that may decide agrees on allow',
      [ingress(100).allow(icmp(8), '0.0.0.0/0'), ingress(200).allow(anything, '0.0.0.0/0')],
      [PING, 'allowed by 200'],
    ],
    [
      'FLOW-81: or on deny',
      [ingress(100).deny(icmp(8), '0.0.0.0/0'), ingress(200).deny(icmp(0), '0.0.0.0/0')],
      [PING, 'denied by 32767'],
    ],
    [
      'FLOW-81: entries after a sure match do not count',
      [ingress(100).allow(icmp(), '0.0.0.0/0'), ingress(200).deny(icmp(8), '0.0.0.0/0')],
      [PING, 'allowed by 100'],
    ],
    [
      'a port that was not told leaves it open',
      [ingress(100).allow(tcp(443), '0.0.0.0/0')],
      ['tcp 198.51.100.7 > 10.0.0.10', 'undetermined'],
    ],
  ])('%s', (_, entries, [text, expected]) => {
    expect(inWords(decide(entries, text))).toBe(expected);
  });

  it('NACL-14: outbound entries compare the destination address, and its port', () => {
    const entries = [ingress(90).deny(anything, '0.0.0.0/0'), egress(100).allow(tcp(1024, 65535), '198.51.100.0/24')];

    expect(inWords(decide(entries, 'tcp 10.0.0.10:443 > 198.51.100.7:50000', 'egress'))).toBe('allowed by 100');
    expect(inWords(decide(entries, 'tcp 10.0.0.10:443 > 198.51.100.7:1023', 'egress'))).toBe('denied by 32767');
  });

  it.each([
    ['IPv4', WEB, '0.0.0.0/0'],
    ['IPv6', 'tcp [2001:db8:1::5]:50000 > [2001:db8::10]:443', '::/0'],
  ])('NACL-4: the final deny is numbered 32767 for %s, also when AWS does not list it', (_, text) => {
    const vpc = network().build();
    const unlisted = vpc.snapshot.networkAcls.get(vpc.acl('app').id)!;
    const networkAcls = new Map([[unlisted.id, { ...unlisted, entries: [] }]]);
    const filters = compileInterfaceFilters({ ...vpc.snapshot, networkAcls }, eni('web'));

    expect(evaluateNetworkAcl(filters, 'ingress', packet(text))).toMatchObject({
      kind: 'denied',
      by: { aclId: unlisted.id, ruleNumber: IMPLICIT_DENY, action: 'deny', protocol: 'all' },
      nearMisses: [],
    });
  });

  it('NACL-6: a subnet without an ACL of its own has the default one', () => {
    const vpc = buildVpc()
      .subnet('app', '10.0.0.0/24')
      .interface('web', { subnet: 'app', address: '10.0.0.10' })
      .build();
    const { id } = vpc.acl('default');
    const unassociated = new Map([[id, { ...vpc.acl('default'), subnetIds: [] }]]);

    expect(compileInterfaceFilters({ ...vpc.snapshot, networkAcls: unassociated }, eni('web')).acl?.id).toBe(id);
  });

  it('an ACL that was not read leaves it open, with the reason', () => {
    const vpc = network()
      .raw({ NetworkAcls: undefined })
      .refused({ action: 'ec2:DescribeNetworkAcls', because: 'access-denied' });

    expect(evaluateNetworkAcl(filtersOf(vpc), 'ingress', packet(WEB))).toMatchObject({
      kind: 'undetermined',
      gaps: [{ fact: 'network-acl', because: 'access-denied', action: 'ec2:DescribeNetworkAcls' }],
    });
  });

  it('NACL-7: a refused ACL is not mistaken for a missing association', () => {
    const vpc = network().acl('other', [], ['somewhere-else']).build();
    const withoutOwn = [...vpc.snapshot.networkAcls].filter(([id]) => id !== vpc.acl('app').id);
    const gaps = [{ fact: 'network-acl', because: 'access-denied' }] as const;
    const filters = compileInterfaceFilters({ ...vpc.snapshot, networkAcls: new Map(withoutOwn), gaps }, eni('web'));

    expect(evaluateNetworkAcl(filters, 'ingress', packet(WEB)).kind).toBe('undetermined');
  });
});

describe('near misses are allow entries', () => {
  it.each<[string, readonly AclEntry[], readonly string[]]>([
    [
      'NACL-34: shadowed by a lower deny',
      [ingress(100).deny(anything, '0.0.0.0/0'), ingress(200).allow(tcp(443), '0.0.0.0/0')],
      ['200 overridden'],
    ],
    ['another port', [ingress(100).allow(tcp(80), '0.0.0.0/0')], ['100 port']],
    ['another address', [ingress(100).allow(tcp(443), '192.0.2.0/24')], ['100 address']],
    ['another family', [ingress(100).allow(tcp(443), '::/0')], ['100 family']],
    [
      'another port, and shadowed',
      [ingress(100).deny(anything, '0.0.0.0/0'), ingress(200).allow(tcp(80), '0.0.0.0/0')],
      ['200 port+overridden'],
    ],
    ['never a deny', [ingress(100).deny(tcp(80), '0.0.0.0/0')], []],
  ])('%s', (_, entries, expected) => {
    const decision = decide(entries, WEB);
    const misses = decision.kind === 'denied' ? decision.nearMisses : undefined;

    expect(misses?.map(({ rule, failedOn }) => `${rule.ruleNumber} ${failedOn.join('+')}`)).toEqual(expected);
  });
});

it('among entries of the right port the nearest block comes first', () => {
  const decision = decide(
    [ingress(100).allow(tcp(443), '10.0.0.0/24'), ingress(110).allow(tcp(443), '198.51.99.0/24')],
    WEB,
  );

  expect(decision).toMatchObject({ nearMisses: [{ rule: { ruleNumber: 110 } }, { rule: { ruleNumber: 100 } }] });
});

it('says what would have to be told', () => {
  const one = [ingress(100).allow(icmp(8), '0.0.0.0/0'), ingress(110).allow(tcp(443), '0.0.0.0/0')];

  expect(decide(one, PING)).toMatchObject({ gaps: [{ fact: 'icmp-type' }] });
  expect(decide(one, 'tcp 198.51.100.7 > 10.0.0.10')).toMatchObject({
    gaps: [{ fact: 'flow-log-records', about: 'dstport' }],
  });
});

it.each([
  ['from 0 to 65534', tcp(0, 65534), 'undetermined'],
  ['from 1', tcp(1, 65535), 'undetermined'],
  ['all', tcp(0, 65535), 'allowed by 100'],
])('a port that was not told is among the ports %s', (_, traffic, expected) => {
  expect(inWords(decide([ingress(100).allow(traffic, '0.0.0.0/0')], 'tcp 198.51.100.7 > 10.0.0.10'))).toBe(expected);
});

describe('a range of client ports', () => {
  const REPLY = packet('tcp 10.0.0.10:443 > 198.51.100.7:50000');

  it('is split where the answer changes, and only there', () => {
    const filters = filtersOf(
      network(
        egress(100).allow(tcp(32768, 40000), '0.0.0.0/0'),
        egress(110).deny(tcp(35000, 36000), '0.0.0.0/0'),
        egress(120).allow(tcp(40001, 60999), '0.0.0.0/0'),
      ),
    );
    const parts = evaluateNetworkAclForPorts(filters, 'egress', { packet: REPLY, ports: { from: 1024, to: 65535 } });

    expect(parts.map(({ ports, decision }) => [ports.from, ports.to, inWords(decision)])).toEqual([
      [1024, 32767, 'denied by 32767'],
      [32768, 40000, 'allowed by 100'],
      [40001, 60999, 'allowed by 120'],
      [61000, 65535, 'denied by 32767'],
    ]);
  });

  it('leaves out what lies beyond it, and keeps its ends', () => {
    const filters = filtersOf(
      network(
        egress(100).allow(tcp(22), '0.0.0.0/0'),
        egress(110).allow(tcp(1024), '0.0.0.0/0'),
        egress(120).allow(tcp(2000, 65535), '0.0.0.0/0'),
        egress(130).allow(icmp(8), '0.0.0.0/0'),
      ),
    );
    const parts = evaluateNetworkAclForPorts(filters, 'egress', { packet: REPLY, ports: { from: 1024, to: 2000 } });

    expect(parts.map(({ ports, decision }) => [ports.from, ports.to, inWords(decision)])).toEqual([
      [1024, 1024, 'allowed by 110'],
      [1025, 1999, 'denied by 32767'],
      [2000, 2000, 'allowed by 120'],
    ]);
  });

  it('stays whole for protocols without ports and for an ACL that was not read', () => {
    const whole = { from: 1024, to: 65535 };
    const esp = { packet: packet('50 10.0.0.10 > 198.51.100.7'), ports: whole };
    const unread = filtersOf(network().raw({ NetworkAcls: undefined }));

    expect(
      evaluateNetworkAclForPorts(filtersOf(network(egress(1).allow(tcp(5000), '::/0'))), 'egress', esp),
    ).toMatchObject([{ ports: whole, decision: { kind: 'denied' } }]);
    expect(evaluateNetworkAclForPorts(unread, 'egress', { packet: REPLY, ports: whole })).toMatchObject([
      { ports: whole, decision: { kind: 'undetermined' } },
    ]);
  });
});

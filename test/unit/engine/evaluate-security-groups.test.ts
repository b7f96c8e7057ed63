import { describe, expect, it } from 'vitest';
import type { SecurityGroupDecision } from '../../../src/engine/decision.ts';
import { evaluateSecurityGroups } from '../../../src/engine/evaluate-security-groups.ts';
import { compileInterfaceFilters } from '../../../src/engine/interface-filters.ts';
import type { Direction } from '../../../src/net/direction.ts';
import { buildVpc, type VpcBuilder } from '../../support/build-vpc.ts';
import { eni, sg, sgr } from '../../support/ids.ts';
import { packet } from '../../support/packets.ts';
import {
  allow,
  anything,
  deletedGroup,
  group,
  icmp,
  icmpv6,
  peerGroup,
  prefixList,
  protocol,
  tcp,
  udp,
  type GroupRule,
  type Traffic,
} from '../../support/rules.ts';

const network = (): VpcBuilder =>
  buildVpc()
    .cidr('10.0.0.0/16', '2001:db8::/56')
    .subnet('app', '10.0.0.0/24', '2001:db8::/64')
    .subnet('db', '10.0.1.0/24', '2001:db8:0:1::/64')
    .interface('web', { subnet: 'app', groups: ['web'], address: '10.0.0.10', ipv6: '2001:db8::10' });

function decide(vpc: VpcBuilder, direction: Direction, text: string): SecurityGroupDecision {
  const filters = compileInterfaceFilters(vpc.build().snapshot, eni('web'));
  return evaluateSecurityGroups(filters, direction, packet(text));
}

/** In words: `allowed by 0 2` counts the rules of group `web` in their order. */
function inWords(decision: SecurityGroupDecision, direction: Direction = 'ingress'): string {
  if (decision.kind === 'undetermined') return `undetermined: ${decision.gaps.map(({ fact }) => fact).join(' ')}`;
  if (decision.kind !== 'allowed') return decision.kind;
  const places = decision.by.map(({ id }) => [0, 1, 2, 3].findIndex((place) => sgr('web', direction, place) === id));
  return `allowed by ${places.toSorted((a, b) => a - b).join(' ')}`;
}

const RULES: readonly GroupRule[] = [
  allow(tcp(443), '198.51.100.0/24'),
  allow(tcp(8000, 8100), '0.0.0.0/0'),
  allow(tcp(443), '198.51.100.7/32'),
  allow(udp(), '2001:db8:1::/48'),
];

describe('security group rules', () => {
  it.each([
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
    ['SG-10: the destination port is inside the range', 'tcp 9.9.9.9:50000 > 10.0.0.10:8000', 'allowed by 1'],
    ['SG-10: the last port of the range counts', 'tcp 9.9.9.9:50000 > 10.0.0.10:8100', 'allowed by 1'],
    ['SG-10: one port further does not', 'tcp 9.9.9.9:50000 > 10.0.0.10:8101', 'denied-by-default'],
    ['SG-10: one port before does not', 'tcp 9.9.9.9:50000 > 10.0.0.10:7999', 'denied-by-default'],
    ['SG-10: the source port is never matched', 'tcp 9.9.9.9:8000 > 10.0.0.10:22', 'denied-by-default'],
    ['SG-3: every rule that matches is reported', 'tcp 198.51.100.7:50000 > 10.0.0.10:443', 'allowed by 0 2'],
    ['SG-8: another protocol on the same port', 'udp 198.51.100.7:50000 > 10.0.0.10:443', 'denied-by-default'],
    ['all ports of UDP', 'udp [2001:db8:1::5]:53 > [2001:db8::10]:1', 'allowed by 3'],
    [
      'EVAL-11: an IPv4 rule never matches IPv6',
      'tcp [2001:db8:1::5]:50000 > [2001:db8::10]:8000',
      'denied-by-default',
    ],
  ])('%s', (_, text, expected) => {
    const vpc = network().securityGroup('web', { ingress: RULES });

    expect(inWords(decide(vpc, 'ingress', text))).toBe(expected);
  });

  it.each<[string, [Traffic, string], string]>([
    ['SG-11: a type with any code', [icmp(8), 'icmp 8/1 10.0.1.5 > 10.0.0.10'], 'allowed by 0'],
    ['SG-11: a type with its code', [icmp(3, 4), 'icmp 3/4 10.0.1.5 > 10.0.0.10'], 'allowed by 0'],
    ['SG-11: another code', [icmp(3, 4), 'icmp 3/1 10.0.1.5 > 10.0.0.10'], 'denied-by-default'],
    ['SG-11: another type', [icmp(8), 'icmp 0/0 10.0.1.5 > 10.0.0.10'], 'denied-by-default'],
    ['SG-11: all types', [icmp(), 'icmp 13/0 10.0.1.5 > 10.0.0.10'], 'allowed by 0'],
    ['FLOW-81: all types, type not told', [icmp(), 'icmp 10.0.1.5 > 10.0.0.10'], 'allowed by 0'],
    ['FLOW-81: one type, type not told', [icmp(8), 'icmp 10.0.1.5 > 10.0.0.10'], 'undetermined: icmp-type'],
    ['SG-13: ICMP is not ICMPv6', [icmp(), 'icmpv6 128/0 2001:db8::9 > 2001:db8::10'], 'denied-by-default'],
    ['SG-8: any protocol', [anything, '47 10.0.1.5 > 10.0.0.10'], 'allowed by 0'],
    ['SG-9: another protocol has no ports to compare', [protocol(50), '50 10.0.1.5 > 10.0.0.10'], 'allowed by 0'],
    ['SG-9: another protocol number', [protocol(50), '51 10.0.1.5 > 10.0.0.10'], 'denied-by-default'],
    ['port not told, all ports open', [tcp(), 'tcp 10.0.1.5 > 10.0.0.10'], 'allowed by 0'],
    ['port not told, one port open', [tcp(22), 'tcp 10.0.1.5 > 10.0.0.10'], 'undetermined: flow-log-records'],
  ])('%s', (_, [traffic, text], expected) => {
    const vpc = network().securityGroup('web', { ingress: [allow(traffic, '10.0.0.0/8')] });

    expect(inWords(decide(vpc, 'ingress', text))).toBe(expected);
  });

  it('SG-12, SG-13: an ICMPv6 rule for one type honours it', () => {
    const vpc = network().securityGroup('web', { ingress: [allow(icmpv6(128), '::/0')] });

    expect(inWords(decide(vpc, 'ingress', 'icmpv6 128/0 2001:db8::9 > 2001:db8::10'))).toBe('allowed by 0');
    expect(inWords(decide(vpc, 'ingress', 'icmpv6 129/0 2001:db8::9 > 2001:db8::10'))).toBe('denied-by-default');
  });

  it('SG-2: a second group without rules takes nothing away', () => {
    const vpc = network()
      .interface('web', { subnet: 'app', groups: ['empty', 'web'], address: '10.0.0.10' })
      .securityGroup('empty')
      .securityGroup('web', { ingress: RULES });

    expect(inWords(decide(vpc, 'ingress', 'tcp 9.9.9.9:50000 > 10.0.0.10:8000'))).toBe('allowed by 1');
  });

  it('SG-4: rules of one direction say nothing of the other', () => {
    const vpc = network().securityGroup('web', { ingress: RULES, egress: [] });

    expect(decide(vpc, 'egress', 'tcp 10.0.0.10:50000 > 9.9.9.9:8000').kind).toBe('denied-by-default');
  });

  it('egress compares the destination address and the remote port', () => {
    const vpc = network().securityGroup('web', { egress: [allow(tcp(443), '203.0.113.0/24')] });

    expect(inWords(decide(vpc, 'egress', 'tcp 10.0.0.10:50000 > 203.0.113.9:443'), 'egress')).toBe('allowed by 0');
    expect(decide(vpc, 'egress', 'tcp 203.0.113.9:443 > 10.0.0.10:443').kind).toBe('denied-by-default');
  });
});

const referring = (rule: GroupRule): VpcBuilder =>
  network()
    .securityGroup('web', { ingress: [rule], egress: [] })
    .securityGroup('clients')
    .interface('client', {
      subnet: 'db',
      groups: ['clients'],
      address: '10.0.1.20',
      publicAddress: '203.0.113.20',
      secondary: ['10.0.1.21'],
      ipv6: '2001:db8:0:1::20',
      prefixes: ['10.0.1.64/28'],
    });
const toWeb = (remote: string): string =>
  remote.includes(':') ? `tcp [${remote}]:50000 > [2001:db8::10]:443` : `tcp ${remote}:50000 > 10.0.0.10:443`;

const decidedWithReported = (status: string): string =>
  inWords(decide(referring(allow(tcp(443), peerGroup('shared', 'far', status))), 'ingress', toWeb('10.9.0.5')));

const associations = (State: string): Record<string, unknown> => ({
  SecurityGroupVpcAssociations: [{ GroupId: sg('clients'), VpcId: network().build().interface('web').vpcId, State }],
});

const decidedWithAssociation = (state: string): SecurityGroupDecision =>
  decide(referring(allow(tcp(443), group('clients'))).raw(associations(state)), 'ingress', toWeb('10.0.1.20'));

describe('referenced groups', () => {
  it.each([
    ['SG-17: the primary private address', '10.0.1.20', { kind: 'allowed' }],
    ['SG-17: never the public address', '203.0.113.20', { kind: 'denied-by-default' }],
    ['SG-18: a secondary address, as far as we know', '10.0.1.21', { kind: 'allowed', restsOnInference: ['SG-18'] }],
    ['SG-18: an IPv6 address, as far as we know', '2001:db8:0:1::20', { kind: 'allowed', restsOnInference: ['SG-18'] }],
    ['SG-18: a delegated prefix, as far as we know', '10.0.1.70', { kind: 'allowed', restsOnInference: ['SG-18'] }],
    ['SG-17: no other address', '10.0.1.22', { kind: 'denied-by-default' }],
  ])('%s', (_, remote, expected) => {
    expect(decide(referring(allow(tcp(443), group('clients'))), 'ingress', toWeb(remote))).toMatchObject(expected);
  });

  it('a primary address rests on no inference', () => {
    const decision = decide(referring(allow(tcp(443), group('clients'))), 'ingress', toWeb('10.0.1.20'));

    expect(decision).not.toHaveProperty('restsOnInference');
  });

  it('SG-26: members that nobody asked for leave it open, within the VPC they can only be in', () => {
    const vpc = referring(allow(tcp(443), group('clients'))).membersKnownOf('web');

    expect(inWords(decide(vpc, 'ingress', toWeb('10.0.1.22')))).toBe('undetermined: security-group-members');
    expect(inWords(decide(vpc, 'ingress', toWeb('10.0.1.20')))).toBe('allowed by 0');
    expect(inWords(decide(vpc, 'ingress', toWeb('198.51.100.1')))).toBe('denied-by-default');
  });

  it('SG-27, SG-28: a group that was deleted matches nothing', () => {
    const decision = decide(referring(allow(tcp(443), deletedGroup('gone'))), 'ingress', toWeb('10.0.1.20'));

    expect(decision).toMatchObject({ kind: 'denied-by-default', nearMisses: [{ failedOn: ['stale'] }] });
  });

  it.each<[string, [string, string], string]>([
    ['SG-20: over an active peering', ['active', 'active'], 'undetermined: security-group-members'],
    ['SG-28: the peering was deleted', ['deleted', 'deleted'], 'denied-by-default'],
    ['SG-29: a newer peering between the same VPCs', ['active', 'deleted'], 'undetermined: security-group-members'],
  ])('%s', (_, [status, reported], expected) => {
    const vpc = referring(allow(tcp(443), peerGroup('shared', 'far', reported))).peering('shared', {
      cidrs: ['10.9.0.0/16'],
      status,
    });

    expect(inWords(decide(vpc, 'ingress', toWeb('10.9.0.5')))).toBe(expected);
  });

  it('SG-20: a peering to another Region carries no references', () => {
    const vpc = referring(allow(tcp(443), peerGroup('shared', 'far'))).peering('shared', {
      cidrs: ['10.9.0.0/16'],
      region: 'us-east-1',
    });

    expect(decide(vpc, 'ingress', toWeb('10.9.0.5'))).toMatchObject({
      kind: 'denied-by-default',
      nearMisses: [{ failedOn: ['stale'] }],
    });
  });

  it('SG-20, SG-27: the reported status counts where the peering itself was not read', () => {
    expect(decidedWithReported('active')).toBe('undetermined: security-group-members');
    expect(decidedWithReported('deleted')).toBe('denied-by-default');
  });

  it('SG-24: clients of a Network Load Balancer may count as members of its group', () => {
    const vpc = referring(allow(tcp(443), group('clients'))).interface('nlb', {
      subnet: 'db',
      groups: ['clients'],
      address: '10.0.1.30',
      type: 'network_load_balancer',
      instance: false,
    });

    expect(inWords(decide(vpc, 'ingress', toWeb('198.51.100.1')))).toBe('undetermined: path');
    expect(inWords(decide(vpc, 'ingress', toWeb('10.0.1.30')))).toBe('allowed by 0');
  });

  it('SG-41: an association that is not in force makes the reference stale', () => {
    expect(decidedWithAssociation('associated').kind).toBe('allowed');
    expect(decidedWithAssociation('disassociated')).toMatchObject({
      kind: 'denied-by-default',
      nearMisses: [{ failedOn: ['stale'] }],
    });
  });
});

describe('what is not known', () => {
  it.each([
    ['SG-32: an entry of the list', '192.0.2.7', 'allowed by 0'],
    ['SG-32: no entry of the list', '192.0.2.200', 'denied-by-default'],
  ])('%s', (_, remote, expected) => {
    const vpc = network()
      .prefixList('offices', '192.0.2.0/26', '192.0.2.64/26')
      .securityGroup('web', { ingress: [allow(tcp(443), prefixList('offices'))] });

    expect(inWords(decide(vpc, 'ingress', `tcp ${remote}:50000 > 10.0.0.10:443`))).toBe(expected);
  });

  it('SG-36: a list that could not be read leaves it open, with the reason', () => {
    const vpc = network()
      .securityGroup('web', { ingress: [allow(tcp(443), prefixList('offices')), allow(tcp(22), '192.0.2.0/24')] })
      .refused({ action: 'ec2:GetManagedPrefixListEntries', because: 'access-denied' });

    expect(decide(vpc, 'ingress', 'tcp 192.0.2.7:50000 > 10.0.0.10:443')).toMatchObject({
      kind: 'undetermined',
      gaps: [{ fact: 'prefix-list', because: 'access-denied', action: 'ec2:GetManagedPrefixListEntries' }],
    });
    expect(decide(vpc, 'ingress', 'tcp 192.0.2.7:50000 > 10.0.0.10:80').kind).toBe('denied-by-default');
  });

  it('SG-42: a group that cannot be described leaves it open unless another group allows', () => {
    const vpc = network()
      .interface('web', { subnet: 'app', groups: ['web', 'unshared'], address: '10.0.0.10' })
      .securityGroup('web', { ingress: [allow(tcp(443), '0.0.0.0/0')] });

    expect(inWords(decide(vpc, 'ingress', 'tcp 9.9.9.9:50000 > 10.0.0.10:443'))).toBe('allowed by 0');
    expect(inWords(decide(vpc, 'ingress', 'tcp 9.9.9.9:50000 > 10.0.0.10:80'))).toBe('undetermined: security-group');
  });

  it.each<[string, { type: string; groups: string[] }, [string, string]]>([
    ['SG-46: a NAT gateway', { type: 'nat_gateway', groups: ['web'] }, ['not-applicable', 'not-applicable']],
    [
      'SG-46: a load balancer made without groups',
      { type: 'network_load_balancer', groups: [] },
      ['not-applicable', 'not-applicable'],
    ],
    [
      'SG-46: a load balancer with groups',
      { type: 'network_load_balancer', groups: ['web'] },
      ['denied-by-default', 'denied-by-default'],
    ],
    [
      'ENI-18: Instance Connect',
      { type: 'ec2_instance_connect_endpoint', groups: ['web'] },
      ['not-applicable', 'denied-by-default'],
    ],
  ])('%s', (_, plan, [ingress, egress]) => {
    const vpc = network()
      .interface('web', { subnet: 'app', address: '10.0.0.10', instance: false, ...plan })
      .securityGroup('web', { egress: [] });

    expect(decide(vpc, 'ingress', 'tcp 9.9.9.9:50000 > 10.0.0.10:22').kind).toBe(ingress);
    expect(decide(vpc, 'egress', 'tcp 10.0.0.10:50000 > 9.9.9.9:22').kind).toBe(egress);
  });
});

const missed = (...ingress: readonly GroupRule[]): readonly string[] => {
  const decision = decide(network().securityGroup('web', { ingress }), 'ingress', 'tcp 10.0.1.5:50000 > 10.0.0.10:443');
  const misses = decision.kind === 'denied-by-default' ? decision.nearMisses : [];
  return misses.map(
    ({ rule, failedOn }) =>
      `${ingress.findIndex((_, place) => sgr('web', 'ingress', place) === rule.id)} ${failedOn.join('+')}`,
  );
};

describe('near misses (DEC-3)', () => {
  it.each([
    ['another port', allow(tcp(22), '10.0.0.0/8'), ['0 port']],
    ['another address', allow(tcp(443), '192.0.2.0/24'), ['0 address']],
    ['another family', allow(tcp(443), '::/0'), ['0 family']],
    ['another protocol', allow(udp(443), '10.0.0.0/8'), ['0 protocol']],
    ['not a member', allow(tcp(443), group('web')), ['0 membership']],
    ['port and address', allow(tcp(22), '192.0.2.0/24'), ['0 port+address']],
    ['nothing in common', allow(udp(53), '192.0.2.0/24'), []],
    ['protocol and port', allow(udp(53), '10.0.0.0/8'), []],
  ])('%s', (_, rule, expected) => {
    expect(missed(rule)).toEqual(expected);
  });

  it('names the nearest first and five at most', () => {
    expect(
      missed(
        allow(tcp(22), '192.0.2.0/24'),
        allow(udp(443), '10.0.0.0/8'),
        allow(tcp(22), '10.0.0.0/8'),
        allow(tcp(444), '10.0.0.0/8'),
        allow(tcp(443), '192.0.2.0/24'),
        allow(tcp(443), '10.0.2.0/24'),
        allow(tcp(443), '::/0'),
      ),
    ).toEqual(['6 family', '5 address', '4 address', '3 port', '2 port']);
  });
});

it('the answer to one packet does not depend on what was asked before', () => {
  const rules = [
    allow(tcp(443), '198.51.100.0/24'),
    allow(tcp(8000, 8100), '0.0.0.0/0'),
    allow(icmp(3, 4), '0.0.0.0/0'),
    allow(protocol(50), '0.0.0.0/0'),
  ];
  const { snapshot } = network().securityGroup('web', { ingress: rules }).build();
  const filters = compileInterfaceFilters(snapshot, eni('web'));
  const asked = [
    ...[442, 443, 444, 7999, 8000, 8050, 8100, 8101].map((port) => `tcp 198.51.100.7:50000 > 10.0.0.10:${port}`),
    ...['198.51.99.255', '198.51.100.0', '198.51.100.255', '198.51.101.0'].map(
      (ip) => `tcp ${ip}:50000 > 10.0.0.10:443`,
    ),
    ...['3/4', '3/3', '4/3', '2/4', '4/4'].map((type) => `icmp ${type} 9.9.9.9 > 10.0.0.10`),
    'icmp 9.9.9.9 > 10.0.0.10',
    'tcp 9.9.9.9 > 10.0.0.10',
    '50 9.9.9.9 > 10.0.0.10',
    '51 9.9.9.9 > 10.0.0.10',
  ].map(packet);
  const alone = asked.map((each) =>
    evaluateSecurityGroups(compileInterfaceFilters(snapshot, eni('web')), 'ingress', each),
  );
  const inTurn = [...asked, ...asked.toReversed()].map((each) => evaluateSecurityGroups(filters, 'ingress', each));

  expect(inTurn).toEqual([...alone, ...alone.toReversed()]);
  expect(new Set(alone.map(({ kind }) => kind))).toEqual(new Set(['allowed', 'denied-by-default', 'undetermined']));
});

it('packets that meet the same rules share one answer', () => {
  const { snapshot } = network().securityGroup('web', { ingress: RULES }).build();
  const filters = compileInterfaceFilters(snapshot, eni('web'));
  const [first, second] = ['tcp 9.9.9.9:50000 > 10.0.0.10:8001', 'tcp 9.9.8.8:50001 > 10.0.0.10:8099'].map((text) =>
    evaluateSecurityGroups(filters, 'ingress', packet(text)),
  );

  expect(second).toBe(first);
});

it('among blocks of the right port the nearest one comes first, and doubtful ones not at all', () => {
  const far = allow(tcp(443), '10.0.0.0/24');
  const near = allow(tcp(443), '10.0.249.0/24');
  const vpc = network().securityGroup('web', { ingress: [far, near, allow(tcp(443), group('strangers'))] });
  const decision = decide(vpc.membersKnownOf('web'), 'ingress', 'tcp 10.0.250.7:50000 > 10.0.0.10:443');
  const misses = 'nearMisses' in decision ? decision.nearMisses.map(({ rule }) => rule.id) : [];

  expect(decision.kind).toBe('undetermined');
  expect(misses).toEqual([sgr('web', 'ingress', 1), sgr('web', 'ingress', 0)]);
});

it('a rule whose member is the sender is no near miss for want of it', () => {
  const vpc = network()
    .securityGroup('web', { ingress: [allow(tcp(22), group('clients'))] })
    .interface('client', { subnet: 'db', groups: ['clients'], address: '10.0.1.20' })
    .membersKnownOf('web');

  expect(decide(vpc, 'ingress', 'tcp 10.0.1.20:50000 > 10.0.0.10:443')).toMatchObject({
    kind: 'denied-by-default',
    nearMisses: [{ failedOn: ['port'] }],
  });
});

it('an IPv6 packet misses an IPv4 rule by its family, and an empty list by its address', () => {
  const text = 'tcp [2001:db8:1::5]:50000 > [2001:db8::10]:443';
  const decided = (peer: string | ReturnType<typeof prefixList>): SecurityGroupDecision =>
    decide(
      network()
        .prefixList('empty')
        .securityGroup('web', { ingress: [allow(tcp(443), peer)] }),
      'ingress',
      text,
    );

  expect(decided('0.0.0.0/0')).toMatchObject({ nearMisses: [{ failedOn: ['family'] }] });
  expect(decided('2001:db8:2::/48')).toMatchObject({ nearMisses: [{ failedOn: ['address'] }] });
  expect(decided(prefixList('empty'))).toMatchObject({ nearMisses: [{ failedOn: ['address'] }] });
});

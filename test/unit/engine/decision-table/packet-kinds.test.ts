import { describe, expect, it } from 'vitest';
import { ask, culprits, gapFacts, linesOf, only, reasonKinds, RICH_FIELDS } from '../../../support/ask-why.ts';
import { buildVpc } from '../../../support/build-vpc.ts';
import {
  allow,
  anything,
  egress,
  icmp,
  icmpv6,
  ingress,
  protocol,
  tcp,
  udp,
  type GroupRule,
} from '../../../support/rules.ts';

const { accept, reject } = linesOf('web');
const anywhere = '0.0.0.0/0';
const outAnywhere = egress(100).allow(anything, anywhere);

function web(rules: readonly GroupRule[]) {
  return buildVpc()
    .cidr('10.0.0.0/16', '2001:db8:1::/56')
    .subnet('web', '10.0.1.0/24', '2001:db8:1:1::/64')
    .subnet('app', '10.0.2.0/24', '2001:db8:1:2::/64')
    .securityGroup('web', { ingress: rules })
    .interface('web', { subnet: 'web', address: '10.0.1.9', ipv6: '2001:db8:1:1::9', groups: ['web'] })
    .flowLog({ fields: RICH_FIELDS });
}

const ping = reject('10.0.2.5 -> 10.0.1.9 icmp');

describe('T-18 ICMP without its type', () => {
  it.each([
    ['a rule for echo requests only', [allow(icmp(8), anywhere)], ping],
    ['the same for ICMPv6', [allow(icmpv6(128), '::/0')], reject('[2001:db8:1:2::5] -> [2001:db8:1:1::9] icmpv6')],
  ])('T-18 is undetermined with %s', (_, rules, line) => {
    const finding = only(ask(web(rules), { of: 'web', lines: [line] }));

    expect(finding).toMatchObject({ row: 'T-18', verdict: 'undetermined', blockedBy: [] });
    expect(gapFacts(finding)).toContain('icmp-type');
    expect(reasonKinds(finding)).toContain('icmp-type-not-logged');
  });

  it('T-18 names the group when the type plays no part', () => {
    const vpc = web([]).acl('web', [ingress(100).allow(icmp(8), anywhere), outAnywhere]);

    const finding = only(ask(vpc, { of: 'web', lines: [ping] }));

    expect(finding).toMatchObject({ row: 'T-18', verdict: 'blocked' });
    expect(culprits(finding)).toEqual(['security-group ingress']);
  });

  it('T-18 does not hold where something else cannot be told', () => {
    const vpc = web([]).raw({ NetworkAcls: undefined });

    expect(only(ask(vpc, { of: 'web', lines: [ping] })).row).toBe('T-1');
  });

  it('leaves ICMP that no rule admits at all to T-1', () => {
    expect(only(ask(web([]), { of: 'web', lines: [ping] }))).toMatchObject({ row: 'T-1', confidence: 'certain' });
  });
});

const pingV6 = reject('[2001:db8:1:2::5] -> [2001:db8:1:1::9] icmpv6');

describe('T-19 packet too big', () => {
  const transferV6 = [
    accept('[2001:db8:1:2::6]:40000 -> [2001:db8:1:1::9]:443 tcp', { flags: 2, at: '11:59:50' }),
    accept('[2001:db8:1:1::9]:443 -> [2001:db8:1:2::6]:40000 tcp', { flags: 18, at: '11:59:50' }),
  ];
  const transfer = [
    accept('10.0.2.6:40000 -> 10.0.1.9:443 tcp', { flags: 2, at: '11:59:50' }),
    accept('10.0.1.9:443 -> 10.0.2.6:40000 tcp', { flags: 18, at: '11:59:50' }),
  ];

  it('T-19 names the ACL that lets no ICMP in beside an open connection', () => {
    const vpc = web([allow(anything, anywhere)]).acl('web', [ingress(100).allow(tcp(), anywhere), outAnywhere]);

    const finding = only(ask(vpc, { of: 'web', lines: [...transfer, ping] }));

    expect(finding).toMatchObject({ row: 'T-19', verdict: 'blocked', confidence: 'likely' });
    expect(culprits(finding)).toEqual(['network-acl ingress 32767']);
  });

  it('T-19 is undetermined where only some types are let in', () => {
    const vpc = web([allow(anything, anywhere)]).acl('web', [
      ingress(100).allow(tcp(), anywhere),
      ingress(110).allow(icmp(8), anywhere),
      outAnywhere,
    ]);

    const finding = only(ask(vpc, { of: 'web', lines: [...transfer, ping] }));

    expect(finding).toMatchObject({ row: 'T-19', verdict: 'undetermined', alternatives: [] });
    expect(reasonKinds(finding)).toEqual(['icmp-type-not-logged', 'rests-on-inference']);
  });

  it.each([
    [
      'ICMP type 3 code 4',
      [ingress(100).allow(tcp(), anywhere), ingress(110).allow(icmp(3, 4), anywhere), outAnywhere],
      ping,
      transfer,
    ],
    [
      'ICMPv6 type 2',
      [ingress(100).allow(tcp(), '::/0'), ingress(110).allow(icmpv6(2, 0), '::/0'), outAnywhere],
      pingV6,
      transferV6,
    ],
  ])('T-19 does not hold where the ACL lets %s in', (...[, entries, line, lines]) => {
    const vpc = web([allow(anything, anywhere), allow(anything, '::/0')]).acl('web', entries);

    expect(only(ask(vpc, { of: 'web', lines: [...lines, line] })).row).toBe('T-18');
  });

  it('T-19 holds over IPv6 where other types are let in', () => {
    const entries = [ingress(100).allow(tcp(), '::/0'), ingress(110).allow(icmpv6(128), '::/0'), outAnywhere];
    const vpc = web([allow(anything, '::/0')]).acl('web', entries);

    expect(only(ask(vpc, { of: 'web', lines: [...transferV6, pingV6] })).row).toBe('T-19');
  });

  const spread = (atIn: string, atOut: string) => [
    accept('10.0.2.6:40000 -> 10.0.1.9:443 tcp', { flags: 2, at: atIn }),
    accept('10.0.1.9:443 -> 10.0.2.6:40000 tcp', { flags: 18, at: atOut }),
  ];

  it.each([
    ['began before and went on after', spread('11:50:00', '12:10:00'), 'T-19'],
    ['had ended a minute before', spread('11:58:59', '11:58:59'), 'T-2'],
    ['began a minute after', spread('12:01:01', '12:01:01'), 'T-2'],
    ['got no answer', [transfer[0]!], 'T-2'],
    ['was never asked for', [transfer[1]!], 'T-2'],
    [
      'was UDP',
      [
        accept('10.0.2.6:40000 -> 10.0.1.9:53 udp', { at: '11:59:50' }),
        accept('10.0.1.9:53 -> 10.0.2.6:40000 udp', { at: '11:59:50' }),
      ],
      'T-2',
    ],
  ])('T-19 and a connection that %s', (_, lines, row) => {
    const vpc = web([allow(anything, anywhere)]).acl('web', [
      ingress(100).allow(tcp(), anywhere),
      ingress(110).allow(udp(), anywhere),
      outAnywhere,
    ]);

    expect(only(ask(vpc, { of: 'web', lines: [...lines, ping] })).row).toBe(row);
  });

  it('T-19 needs a connection at the time', () => {
    const vpc = web([allow(anything, anywhere)]).acl('web', [ingress(100).allow(tcp(), anywhere), outAnywhere]);

    expect(only(ask(vpc, { of: 'web', lines: [ping] })).row).toBe('T-2');
  });
});

describe('T-21 the other family', () => {
  const overIpv6 = reject('[2001:db8:1:2::5]:40000 -> [2001:db8:1:1::9]:443 tcp', { flags: 2 });

  it('T-21 names the group and the IPv4 rule', () => {
    const finding = only(ask(web([allow(tcp(443), anywhere)]), { of: 'web', lines: [overIpv6] }));

    expect(finding).toMatchObject({ row: 'T-21', verdict: 'blocked', confidence: 'certain' });
    expect(culprits(finding)).toEqual(['security-group ingress']);
    expect(reasonKinds(finding)).toContain('other-family-rule');
  });

  it('T-21 names the ACL when only that knows IPv4 alone', () => {
    const vpc = web([allow(tcp(443), '::/0')]).acl('web', [ingress(100).allow(tcp(443), anywhere), outAnywhere]);

    const finding = only(ask(vpc, { of: 'web', lines: [overIpv6] }));

    expect(finding).toMatchObject({ row: 'T-21', verdict: 'blocked' });
    expect(finding.blockedBy).toMatchObject([{ kind: 'network-acl', entry: { cidr: { family: 'ipv6' } } }]);
  });
});

describe('T-68 protocols without ports', () => {
  const esp = reject('10.0.2.5 -> 10.0.1.9 50');

  it('T-68 names the group when no rule names the protocol', () => {
    const finding = only(ask(web([allow(tcp(), anywhere)]), { of: 'web', lines: [esp] }));

    expect(finding).toMatchObject({ row: 'T-68', verdict: 'blocked', flow: { protocol: 50 } });
    expect(culprits(finding)).toEqual(['security-group ingress']);
  });

  it('T-68 names the ACL where the group admits the number', () => {
    const vpc = web([allow(protocol(50), anywhere)]).acl('web', [ingress(100).allow(tcp(), anywhere), outAnywhere]);

    expect(culprits(only(ask(vpc, { of: 'web', lines: [esp] })))).toEqual(['network-acl ingress 32767']);
  });
});

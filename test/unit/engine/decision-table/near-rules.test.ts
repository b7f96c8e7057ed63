import { describe, expect, it } from 'vitest';
import { ask, linesOf, only, RICH_FIELDS } from '../../../support/ask-why.ts';
import { buildVpc, type VpcBuilder } from '../../../support/build-vpc.ts';
import { eni } from '../../../support/ids.ts';
import { allow, group, prefixList, tcp, type GroupRule } from '../../../support/rules.ts';

const { reject } = linesOf('web');

/** A web server at 10.0.1.9 and 2001:db8:1:1::9, with these inbound rules. */
function web(...rules: readonly GroupRule[]): VpcBuilder {
  return buildVpc()
    .cidr('10.0.0.0/16', '2001:db8:1::/56')
    .subnet('web', '10.0.1.0/24', '2001:db8:1:1::/64')
    .subnet('edge', '10.0.8.0/24', '2001:db8:1:8::/64')
    .prefixList('partners', '203.0.113.4/32')
    .securityGroup('edge')
    .securityGroup('web', { ingress: rules })
    .interface('web', { subnet: 'web', address: '10.0.1.9', ipv6: '2001:db8:1:1::9', groups: ['web'] })
    .flowLog({ fields: RICH_FIELDS });
}

const fromInternet = reject('203.0.113.9:40000 -> 10.0.1.9:443 tcp', { flags: 2, packets: 12 });
const overIpv6 = reject('[2600:1f00::9]:40000 -> [2001:db8:1:1::9]:443 tcp', { flags: 2, packets: 12 });
const rowsOf = (vpc: VpcBuilder, ...lines: readonly string[]) => {
  const { row, alternatives } = only(ask(vpc, { of: 'web', lines }));
  return [row, ...alternatives];
};

describe('T-12 a client that has changed its address', () => {
  it('has an older address of the internet that this service still admits', () => {
    expect(rowsOf(web(allow(tcp(443), '203.0.113.4/32')), fromInternet)).toContain('T-12');
  });

  it.each([
    ['another port', allow(tcp(22), '203.0.113.4/32')],
    ['private addresses', allow(tcp(443), '10.0.0.0/8')],
    ['a group', allow(tcp(443), group('edge'))],
    ['a prefix list', allow(tcp(443), prefixList('partners'))],
  ])('is not one where the rule is for %s', (_, rule) => {
    expect(rowsOf(web(rule), fromInternet)).toEqual(['T-1']);
  });

  it('does not change from one address family to the other', () => {
    expect(rowsOf(web(allow(tcp(443), '203.0.113.4/32')), overIpv6)).toEqual(['T-21']);
  });

  it('is none that tried once', () => {
    const once = reject('203.0.113.9:40000 -> 10.0.1.9:443 tcp', { flags: 2 });

    expect(rowsOf(web(allow(tcp(443), '203.0.113.4/32')), once)).toEqual(['T-1']);
  });

  it('is none that tries several ports', () => {
    const other = reject('203.0.113.9:40001 -> 10.0.1.9:8443 tcp', { flags: 2, packets: 12 });
    const { findings } = ask(web(allow(tcp(443), '203.0.113.4/32')), { of: 'web', lines: [fromInternet, other] });

    expect(findings.map(({ row }) => row)).toEqual(['T-1', 'T-1']);
  });
});

const client = { subnet: 'edge', address: '10.0.8.6', publicAddress: '203.0.113.6', groups: ['edge'] };
const NLB = {
  subnet: 'edge',
  address: '10.0.8.5',
  type: 'network_load_balancer',
  description: 'ELB net/shop/5fd3a2b1c0d9e8f7',
  instance: false,
  requesterManaged: true,
} as const;

describe('T-15 a network load balancer instead of its clients', () => {
  const line = reject('10.0.8.5:40000 -> 10.0.1.9:443 tcp', { flags: 2 });

  it('comes where other addresses are admitted, by one rule among others', () => {
    const vpc = web(allow(tcp(443), group('edge')), allow(tcp(443), '203.0.113.0/24')).interface('nlb', NLB);

    expect(rowsOf(vpc, line)[0]).toBe('T-15');
  });

  it('is a load balancer that is kept out where only groups are admitted', () => {
    expect(rowsOf(web(allow(tcp(443), group('edge'))).interface('nlb', NLB), line)).toEqual(['T-13']);
  });
});

describe('T-16 a sender whose group a rule names', () => {
  const line = reject('10.0.8.6:40000 -> 10.0.1.9:443 tcp', { flags: 2 });

  it('is none where the rule names a group that it does not carry', () => {
    expect(rowsOf(web(allow(tcp(443), group('web'))).interface('client', client), line)).toEqual(['T-1']);
  });

  it('is none that nobody knows', () => {
    expect(rowsOf(web(allow(tcp(443), group('edge'))), line)).toEqual(['T-1']);
  });
});

describe('T-17 our own public address', () => {
  const line = reject('203.0.113.6:40000 -> 10.0.1.9:443 tcp', { flags: 2, packets: 5 });

  it.each([
    ['a private block', allow(tcp(443), '10.0.8.0/24')],
    ['the group of the sender', allow(tcp(443), group('edge'))],
  ])('is told where a rule expects %s', (_, rule) => {
    const finding = only(ask(web(rule).interface('client', client), { of: 'web', lines: [line] }));

    expect(finding.row).toBe('T-17');
    expect(finding.reasons).toContainEqual({ kind: 'own-public-address', interfaceId: eni('client') });
  });

  it.each([
    ['other addresses of the internet', allow(tcp(443), '203.0.113.200/32'), 'T-12'],
    ['a prefix list', allow(tcp(443), prefixList('partners')), 'T-1'],
  ])('explains nothing where rules expect %s', (_, rule, row) => {
    expect(rowsOf(web(rule).interface('client', client), line)).toEqual([row]);
  });
});

describe('T-21 the other family', () => {
  it('is not the reason where the rule is for another port besides', () => {
    expect(rowsOf(web(allow(tcp(22), '0.0.0.0/0')), overIpv6)).toEqual(['T-1']);
  });

  it('is the reason of nobody over IPv4, though only IPv6 is let in', () => {
    expect(rowsOf(web(allow(tcp(443), '::/0')), fromInternet)).toEqual(['T-1']);
  });
});

it('T-11 takes a scan for one though some IPv4 address is let in', () => {
  const scan = Array.from({ length: 12 }, (_, index) =>
    reject(`[2600:1f00::${index + 1}]:40000 -> [2001:db8:1:1::9]:443 tcp`, { flags: 2 }),
  );

  expect(ask(web(allow(tcp(443), '203.0.113.4/32')), { of: 'web', lines: scan }).noise.records).toBe(12);
});

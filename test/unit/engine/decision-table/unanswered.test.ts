import { describe, expect, it } from 'vitest';
import { ask, linesOf, only, reasonKinds, RICH_FIELDS } from '../../../support/ask-why.ts';
import { buildVpc, type VpcBuilder } from '../../../support/build-vpc.ts';

const { accept } = linesOf('app');

/** An interface at 10.0.1.5 that may send whatever it wants. */
function app(publicAddress?: string): VpcBuilder {
  return buildVpc()
    .cidr('10.0.0.0/16', '2001:db8:1::/56')
    .subnet('app', '10.0.1.0/24', '2001:db8:1:1::/64')
    .securityGroup('app')
    .interface('app', {
      subnet: 'app',
      address: '10.0.1.5',
      ipv6: '2001:db8:1:1::5',
      groups: ['app'],
      ...(publicAddress !== undefined && { publicAddress }),
    })
    .peering('partner', { cidrs: ['10.9.0.0/16'] })
    .flowLog({ fields: RICH_FIELDS });
}

const sent = (to: string, protocol = 'tcp', options = {}) =>
  accept(`10.0.1.5:40000 -> ${to} ${protocol}`, { flags: protocol === 'tcp' ? 2 : 0, packets: 4, ...options });

const rowsOf = (vpc: VpcBuilder, from: string, line: string): readonly string[] => {
  const { row, alternatives } = only(ask(vpc, { of: 'app', lines: [line], from }));
  return [row, ...alternatives];
};

describe('sent, and never answered', () => {
  it.each([
    ['the internet, from a private address', app(), '203.0.113.40', sent('203.0.113.40:443'), ['T-42', 'T-44', 'T-46']],
    [
      'the internet, from a public one',
      app('198.51.100.5'),
      '203.0.113.40',
      sent('203.0.113.40:443'),
      ['T-43', 'T-46'],
    ],
    [
      'the internet over IPv6, where addresses are public',
      app(),
      '2600:1f00::9',
      accept('[2001:db8:1:1::5]:40000 -> [2600:1f00::9]:443 tcp', { flags: 2, packets: 4 }),
      ['T-43', 'T-46'],
    ],
    ['a peer VPC', app(), '10.9.0.4', sent('10.9.0.4:443'), ['T-47']],
    ['a private network elsewhere', app(), '192.168.7.7', sent('192.168.7.7:443'), ['T-48']],
    ['another interface of the VPC', app(), '10.0.7.7', sent('10.0.7.7:443'), ['T-49']],
  ] as const)('to %s: what lies on the path is not guessed', (...[, vpc, remote, line, rows]) => {
    expect(rowsOf(vpc, remote, line)).toEqual(rows);
    expect(only(ask(vpc, { of: 'app', lines: [line], from: remote }))).toMatchObject({
      verdict: 'undetermined',
      blockedBy: [],
      gaps: [{ fact: 'path', because: 'not-modelled' }],
    });
  });

  it('T-47 needs an active connection', () => {
    const pending = buildVpc()
      .subnet('app', '10.0.1.0/24')
      .securityGroup('app')
      .interface('app', { subnet: 'app', address: '10.0.1.5', groups: ['app'] })
      .peering('partner', { cidrs: ['10.9.0.0/16'], status: 'pending-acceptance' })
      .flowLog({ fields: RICH_FIELDS });

    expect(rowsOf(pending, '10.9.0.4', sent('10.9.0.4:443'))).toEqual(['T-48']);
  });
});

describe('T-45 mail to the internet', () => {
  it('T-45 is no rule: EC2 restricts port 25', () => {
    const finding = only(ask(app('198.51.100.5'), { of: 'app', lines: [sent('203.0.113.40:25')], port: 25 }));

    expect(finding).toMatchObject({ row: 'T-45', verdict: 'not-a-rule', confidence: 'likely' });
    expect(reasonKinds(finding)).toContain('port-25');
  });

  it.each([
    ['a private address', sent('10.9.0.4:25')],
    ['UDP', sent('203.0.113.40:25', 'udp')],
    ['another port', sent('203.0.113.40:587')],
  ])('T-45 says nothing of %s', (_, line) => {
    expect(ask(app(), { of: 'app', lines: [line], from: '0.0.0.0/0' }).findings[0]!.row).not.toBe('T-45');
  });
});

const toS3 = (options = {}) => sent('203.0.113.80:443', 'tcp', { fields: { 'pkt-dst-aws-service': 'S3' }, ...options });

describe('AWS services', () => {
  it('T-50 says that the gateway endpoint is not read', () => {
    expect(rowsOf(app(), '203.0.113.80', toS3())[0]).toBe('T-50');
  });

  it('T-51 tells the way by the internet gateway', () => {
    const line = toS3({ fields: { 'pkt-dst-aws-service': 'S3', 'traffic-path': 8 } });

    expect(rowsOf(app(), '203.0.113.80', line)[0]).toBe('T-51');
  });

  it('T-52 stands beside T-36 where the service answers, as policies are not read', () => {
    const answered = accept('203.0.113.80:443 -> 10.0.1.5:40000 tcp', { flags: 18 });
    const line = toS3();

    const finding = only(ask(app(), { of: 'app', lines: [line, answered], from: '203.0.113.80' }));

    expect(finding).toMatchObject({ row: 'T-36', alternatives: expect.arrayContaining(['T-52']) });
  });
});

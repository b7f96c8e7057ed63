import { describe, expect, it } from 'vitest';
import { formatAddress } from '../../../src/net/address.ts';
import type { Diagnosis } from '../../../src/engine/diagnosis.ts';
import { ask, culprits, gapFacts, inputOf, linesOf, only, RICH_FIELDS } from '../../support/ask-why.ts';
import { buildVpc } from '../../support/build-vpc.ts';
import { clock } from '../../support/flow-lines.ts';
import { acl, eni, instance, sg } from '../../support/ids.ts';
import { diagnose } from '../../../src/engine/diagnose.ts';
import { allow, egress, group, ingress, tcp, anything, type AclEntry, type GroupRule } from '../../support/rules.ts';

const { accept, reject } = linesOf('db');

/** A database at 10.0.2.9 that admits PostgreSQL from the application's subnet. */
function database(rules: readonly GroupRule[] = [allow(tcp(5432), '10.0.1.0/24')], entries?: readonly AclEntry[]) {
  const vpc = buildVpc()
    .subnet('app', '10.0.1.0/24')
    .subnet('db', '10.0.2.0/24')
    .securityGroup('db', { ingress: rules })
    .interface('db', { subnet: 'db', address: '10.0.2.9', groups: ['db'] })
    .flowLog({ fields: RICH_FIELDS });
  return entries === undefined ? vpc : vpc.acl('db', entries);
}

const from = (remote: string, port: number, options = {}) =>
  reject(`${remote}:40000 -> 10.0.2.9:${port} tcp`, { flags: 2, ...options });

const rowsOf = ({ findings }: Diagnosis) => findings.map(({ row }) => row);
const portsOf = ({ findings }: Diagnosis) => findings.map(({ flow }) => flow.destinationPort);

describe('the order of findings', () => {
  it('is what blocks before what blocked, then what is open, then what is no rule', () => {
    const lines = [
      // T-5: the tail of a closed connection.
      accept('10.0.1.5:41000 -> 10.0.2.9:5432 tcp', { flags: 3, at: '11:58:00' }),
      reject('10.0.1.5:41000 -> 10.0.2.9:5432 tcp', { flags: 4, at: '12:00:00' }),
      // T-6: allowed today.
      from('10.0.1.6', 5432),
      // T-4: allowed since.
      from('10.0.1.7', 5432),
      accept('10.0.1.7:40001 -> 10.0.2.9:5432 tcp', { flags: 2, at: '12:10:00' }),
      // T-1: denied.
      from('10.0.1.8', 3306),
    ];

    expect(rowsOf(ask(database(), { of: 'db', lines }))).toEqual(['T-1', 'T-4', 'T-6', 'T-5']);
  });

  it('is by rejected records among equals', () => {
    const lines = [22, 3306, 80].flatMap((port, index) =>
      Array.from({ length: index + 1 }, (_, again) => from('10.0.1.8', port, { at: `12:0${again}:00` })),
    );

    expect(portsOf(ask(database(), { of: 'db', lines }))).toEqual([80, 3306, 22]);
  });
});

describe('merging', () => {
  it('tells once what many addresses met, for the one that was rejected most', () => {
    const lines = [
      from('10.0.1.5', 3306),
      from('10.0.1.6', 3306, { at: '12:01:00' }),
      from('10.0.1.6', 3306, { at: '12:03:00' }),
    ];

    const finding = only(ask(database(), { of: 'db', lines }));

    expect(formatAddress(finding.flow.source)).toBe('10.0.1.6');
    expect(finding.alike!.map(({ remote }) => formatAddress(remote))).toEqual(['10.0.1.5']);
    expect(finding.fix).toMatchObject({ passes: 3, of: 3, remotes: 2 });
  });

  it.each([
    ['another port', [from('10.0.1.5', 3306), from('10.0.1.6', 22)]],
    ['another protocol', [from('10.0.1.5', 3306), reject('10.0.1.6:40000 -> 10.0.2.9:3306 udp')]],
    ['another direction', [from('10.0.1.5', 22), reject('10.0.2.9:40000 -> 10.0.3.3:22 tcp', { flags: 2 })]],
    ['another certainty', [from('10.0.1.5', 3306), from('10.0.1.6', 3306, { flags: 0 })]],
  ])('keeps %s apart', (_, lines) => {
    const vpc = database([], [ingress(100).allow(anything, '0.0.0.0/0')]);

    expect(ask(vpc, { of: 'db', lines }).findings).toHaveLength(2);
  });

  it('keeps apart what another entry of the ACL denies', () => {
    const vpc = database(undefined, [
      ingress(90).deny(tcp(5432), '10.0.1.5/32'),
      egress(100).allow(anything, '0.0.0.0/0'),
    ]);

    const { findings } = ask(vpc, { of: 'db', lines: [from('10.0.1.5', 5432), from('10.0.1.6', 5432)] });

    expect(findings.map(culprits)).toEqual([['network-acl ingress 90'], ['network-acl ingress 32767']]);
  });
});

const toPorts = (count: number) => Array.from({ length: count }, (_, index) => from('10.0.1.5', 6000 + index));

describe('the number of findings', () => {
  it('is twenty at most, and the rest is counted', () => {
    const diagnosis = ask(database(), {
      of: 'db',
      lines: [...toPorts(23), from('10.0.1.5', 6000, { at: '12:05:00' })],
    });

    expect(diagnosis.findings).toHaveLength(20);
    expect(portsOf(diagnosis)[0]).toBe(6000);
    expect(diagnosis.omitted).toEqual({ findings: 3, rejected: 3 });
  });

  it('says nothing of a rest where there is none', () => {
    expect(ask(database(), { of: 'db', lines: toPorts(20) })).not.toHaveProperty('omitted');
  });
});

describe('the number of flows that are judged', () => {
  const strangers = Array.from({ length: 10_002 }, (_, index) =>
    from(`52.0.${index >> 8}.${index & 255}`, 22, { at: '12:01:00' }),
  );
  const colleague = from('10.0.1.5', 3306, { at: '12:02:00' });

  it('is ten thousand at most, those of scanners last, and the rest is counted', { timeout: 20_000 }, () => {
    const diagnosis = ask(database(), { of: 'db', lines: [...strangers, colleague] });

    expect(rowsOf(diagnosis)).toEqual(['T-1']);
    expect(portsOf(diagnosis)).toEqual([3306]);
    expect(diagnosis.noise.records).toBe(9999);
    expect(diagnosis.unjudged).toEqual({ flows: 3, rejected: 3 });
    expect(diagnosis.findings[0]!.fix!.radius.recorded).toMatchObject({ isCut: true, others: 10_000 });
  });
});

describe('noise', () => {
  const scan = Array.from({ length: 12 }, (_, index) => from('198.51.100.7', 1000 + index));

  it('is set apart from findings and counted', () => {
    const diagnosis = ask(database(), { of: 'db', lines: [...scan, from('10.0.1.8', 3306)] });

    expect(rowsOf(diagnosis)).toEqual(['T-1']);
    expect(diagnosis.noise).toMatchObject({ records: 12, sources: 1 });
    expect(diagnosis.noise.ports).toHaveLength(12);
  });

  it.each([
    ['an application load balancer', 'ELB app/shop/50dc6c495c0c9188', undefined],
    ['a network load balancer', 'ELB net/shop/50dc6c495c0c9188', 'network_load_balancer'],
  ])('is noise at %s too', (_, description, type) => {
    const vpc = buildVpc()
      .subnet('edge', '10.0.2.0/24')
      .securityGroup('edge', { ingress: [allow(tcp(443), '0.0.0.0/0')] })
      .interface('db', {
        subnet: 'edge',
        address: '10.0.2.9',
        groups: ['edge'],
        description,
        requesterManaged: true,
        instance: false,
        ...(type !== undefined && { type }),
      })
      .flowLog({ fields: RICH_FIELDS });

    const diagnosis = ask(vpc, { of: 'db', lines: scan });

    expect(diagnosis.noise.records).toBe(12);
    expect(only(diagnosis).verdict).toBe('no-evidence');
  });

  it('leaves a real client of the load balancer to its group', () => {
    const vpc = buildVpc()
      .subnet('edge', '10.0.2.0/24')
      .securityGroup('edge')
      .interface('db', {
        subnet: 'edge',
        address: '10.0.2.9',
        groups: ['edge'],
        description: 'ELB app/shop/50dc6c495c0c9188',
        requesterManaged: true,
        instance: false,
      })
      .flowLog({ fields: RICH_FIELDS });

    const diagnosis = ask(vpc, { of: 'db', lines: [...scan, from('203.0.113.9', 443, { packets: 40 })] });

    expect(only(diagnosis)).toMatchObject({ row: 'T-69', verdict: 'blocked', blockedBy: [{ ids: [sg('edge')] }] });
    expect(diagnosis.noise.records).toBe(12);
  });

  it('is never an IPv6 client of a port that is open to everybody over IPv4', () => {
    const vpc = buildVpc()
      .cidr('10.0.0.0/16', '2001:db8:1::/56')
      .subnet('web', '10.0.2.0/24', '2001:db8:1:2::/64')
      .securityGroup('web', { ingress: [allow(tcp(443), '0.0.0.0/0')] })
      .interface('db', { subnet: 'web', address: '10.0.2.9', ipv6: '2001:db8:1:2::9', groups: ['web'] })
      .flowLog({ fields: RICH_FIELDS });
    const lines = Array.from({ length: 12 }, (_, client) =>
      reject(`[2600:1f00::${client + 1}]:40000 -> [2001:db8:1:2::9]:443 tcp`, { flags: 2 }),
    );

    const diagnosis = ask(vpc, { of: 'db', lines });

    expect(only(diagnosis)).toMatchObject({ row: 'T-21', verdict: 'blocked' });
    expect(diagnosis.noise.records).toBe(0);
  });

  it('is not told as a client with a new address, though the port is open to a few', () => {
    const lines = Array.from({ length: 12 }, (_, index) => from(`198.51.100.${index + 1}`, 22, { packets: 2 }));

    const diagnosis = ask(database([allow(tcp(22), '203.0.113.4/32', 'office')]), { of: 'db', lines });

    expect(diagnosis.noise.records).toBe(12);
  });
});

describe('a filter', () => {
  const lines = [
    from('10.0.1.5', 3306),
    from('10.0.1.6', 22),
    accept('10.0.1.7:40000 -> 10.0.2.9:5432 tcp', { flags: 2 }),
  ];

  it.each([
    ['an address', { from: '10.0.1.5' }, [3306]],
    ['a block', { from: '10.0.1.0/24' }, [22, 3306]],
    ['a port', { port: 22 }, [22]],
    ['address and port', { from: '10.0.1.6', port: 22 }, [22]],
    ['a protocol', { protocol: 'tcp' }, [22, 3306]],
  ])('by %s keeps the rest out', (_, filter, ports) => {
    expect(portsOf(ask(database(), { of: 'db', lines, ...filter })).toSorted((a, b) => a! - b!)).toEqual(ports);
  });

  it('that names a flow tells of it even where all of it was accepted', () => {
    expect(only(ask(database(), { of: 'db', lines, port: 5432 }))).toMatchObject({ row: 'T-38' });
  });

  it('that names nothing on record is answered from silence', () => {
    expect(only(ask(database(), { of: 'db', lines, from: '10.0.1.99' })).row).toBe('T-54');
    expect(only(ask(database(), { of: 'db', lines, protocol: 'udp' })).row).toBe('T-54');
  });
});

describe('a record that names its reason', () => {
  it('leaves nothing to groups and ACL', () => {
    const lines = [from('203.0.113.9', 443, { reason: 'BPA', bytes: '-' })];

    const finding = only(ask(database([], []).blockPublicAccess('block-ingress'), { of: 'db', lines }));

    expect(finding).toMatchObject({ row: 'T-7', alternatives: [] });
    expect(culprits(finding)).toEqual(['block-public-access']);
  });

  it('is a reason of its own only for the reasons we know', () => {
    const lines = [from('10.0.1.5', 3306, { fields: { 'reject-reason': 'NEW' } })];

    expect(only(ask(database(), { of: 'db', lines }))).toMatchObject({ row: 'T-1', verdict: 'blocked' });
  });
});

describe('what could not be seen', () => {
  const denied = [from('10.0.1.5', 3306)];

  it('are changes of the configuration, where records are judged and nobody looked', () => {
    expect(gapFacts(ask(database(), { of: 'db', lines: denied }))).toContain('configuration-changes');
    expect(gapFacts(ask(database(), { of: 'db', lines: denied, changes: [] }))).toEqual([]);
    expect(gapFacts(ask(database(), { of: 'db' }))).toEqual([]);
  });

  it('is what filters this interface, not what filters others', () => {
    const vpc = database()
      .refused({ action: 'ec2:DescribeNetworkAcls', because: 'access-denied', about: acl('db') })
      .refused({ action: 'ec2:DescribeSecurityGroups', because: 'access-denied', about: sg('db') })
      .refused({ action: 'ec2:DescribeSecurityGroups', because: 'access-denied', about: sg('unrelated') });

    const { gaps } = ask(vpc, { of: 'db', lines: denied, changes: [] });

    expect(gaps.map(({ about }) => about)).toContain(sg('db'));
    expect(gaps.map(({ about }) => about)).not.toContain(sg('unrelated'));
  });
});

describe('gaps of the snapshot', () => {
  const gapsOf = (vpc: ReturnType<typeof database>) => ask(vpc, { of: 'db', changes: [] }).gaps;
  const refused = { action: 'ec2:DescribeInstances', because: 'access-denied' } as const;

  it.each([
    ['everything of a kind', database().refused(refused)],
    ['the instance of the interface', database().refused({ ...refused, about: instance('db') })],
  ])('are told where they are about %s', (_, vpc) => {
    expect(gapsOf(vpc)).toHaveLength(1);
  });

  it('are not told where they are about another instance', () => {
    expect(gapsOf(database().refused({ ...refused, about: instance('other') }))).toEqual([]);
  });
});

function readAt(...times: readonly (number | undefined)[]): Diagnosis {
  const input = inputOf(database(), { of: 'db' });
  const [scope] = input.snapshot.scopes;
  const scopes = times.map((takenAt) => Object.assign({}, scope, { takenAt }));
  return diagnose({ ...input, snapshot: { ...input.snapshot, scopes } });
}

describe('since when the configuration is known', () => {
  it('is the oldest of what was read', () => {
    expect(readAt(clock('12:10:00'), clock('12:00:00'), undefined).configReadAt).toBe(clock('12:00:00'));
  });

  it('is not told where no reading has a time', () => {
    expect(readAt(undefined)).not.toHaveProperty('configReadAt');
  });
});

it('tells whose interface it is, and since when the configuration is known', () => {
  const diagnosis = ask(database([allow(tcp(5432), group('db'))]), { of: 'db' });

  expect(diagnosis.target).toMatchObject({ id: eni('db'), region: 'eu-west-1', owner: { kind: 'instance' } });
  expect(diagnosis.configReadAt).toBeGreaterThan(0);
  expect(diagnosis.window).toEqual({ start: clock('11:30:00'), end: clock('12:30:00') });
});

it('says which interface it does not know', () => {
  const input = inputOf(database(), { of: 'db' });

  expect(() => diagnose({ ...input, interfaceId: eni('nobody') })).toThrow('no-such-resource');
});

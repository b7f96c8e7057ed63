import { describe, expect, it } from 'vitest';
import type { LogReading } from '../../../../src/engine/diagnosis.ts';
import { ask, culprits, gapFacts, linesOf, only, reasonKinds, RICH_FIELDS } from '../../../support/ask-why.ts';
import { buildVpc, type VpcBuilder } from '../../../support/build-vpc.ts';
import { clock } from '../../../support/flow-lines.ts';
import { flowLog } from '../../../support/ids.ts';
import { allow, anything, peerGroup, tcp, type GroupRule } from '../../../support/rules.ts';
import type { FlowLogPlan } from '../../../support/vpc-plan.ts';

const { accept, nodata, skipdata } = linesOf('db');

interface World {
  readonly inbound?: readonly GroupRule[];
  readonly outbound?: readonly GroupRule[];
}

/** A database at 10.0.2.9 that lets port 5432 in from the application's subnet. */
function unlogged({ inbound = [allow(tcp(5432), '10.0.1.0/24')], outbound }: World = {}): VpcBuilder {
  return buildVpc()
    .subnet('app', '10.0.1.0/24')
    .subnet('db', '10.0.2.0/24')
    .securityGroup('db', { ingress: inbound, ...(outbound && { egress: outbound }) })
    .interface('db', { subnet: 'db', address: '10.0.2.9', groups: ['db'] });
}

const logged = (plan: FlowLogPlan = {}, world: World = {}): VpcBuilder =>
  unlogged(world).flowLog({ fields: RICH_FIELDS, ...plan });

const allowed = { of: 'db', from: '10.0.1.5', port: 5432 } as const;
const denied = { of: 'db', from: '10.0.1.5', port: 3306 } as const;
const other = accept('10.0.1.77:40000 -> 10.0.2.9:5432 tcp', { flags: 2 });
/** The window ends before the horizon of what was delivered (FLOW-54). */
const past = { window: { start: '11:00:00', end: '12:10:00' } };

describe('T-54 never arrived', () => {
  it('T-54 is likely beside other records of a whole window', () => {
    const finding = only(ask(logged(), { ...allowed, ...past, lines: [other] }));

    expect(finding).toMatchObject({ row: 'T-54', verdict: 'no-evidence', confidence: 'likely', alternatives: [] });
    expect(finding.reasons).toEqual([{ kind: 'configuration-allows', today: true }]);
    expect(finding.gaps).toEqual([]);
  });

  it('T-54 says what cannot be told of the rules', () => {
    const finding = only(ask(logged().raw({ NetworkAcls: undefined }), { ...allowed, ...past, lines: [other] }));

    expect(finding).toMatchObject({ row: 'T-54', reasons: [] });
    expect(gapFacts(finding)).toEqual(['network-acl']);
  });

  it('T-54 says that the rules would deny it, though nothing came', () => {
    const finding = only(ask(logged(), { ...denied, ...past, lines: [other] }));

    expect(finding).toMatchObject({ row: 'T-54', verdict: 'no-evidence' });
    expect(reasonKinds(finding)).toEqual(['configuration-denies']);
  });

  it('T-54 is only possible while records may still come, and says when to ask again', () => {
    const finding = only(ask(logged(), { ...allowed, lines: [other] }));

    expect(finding).toMatchObject({ row: 'T-54', confidence: 'possible' });
    expect(finding.reasons).toContainEqual({ kind: 'not-delivered-yet', retryAt: clock('12:37:00') });
  });

  it('T-54 says when the end of an earlier window will have been delivered', () => {
    const window = { start: '11:30:00', end: '12:25:00' };

    expect(only(ask(logged(), { ...allowed, window, lines: [other] })).reasons).toContainEqual({
      kind: 'not-delivered-yet',
      retryAt: clock('12:32:00'),
    });
  });

  it('T-54 is only possible where the interface has no records at all', () => {
    expect(only(ask(logged(), { ...allowed, ...past }))).toMatchObject({ row: 'T-54', confidence: 'possible' });
  });
});

describe('T-55 what flow logs never record', () => {
  it.each([
    ['the resolver', '10.0.0.2', 53, 'udp', 'the Amazon DNS resolver'],
    ['instance metadata', '169.254.169.254', 80, 'tcp', 'the instance metadata service'],
    ['the time service', '169.254.169.123', 123, 'udp', 'the Amazon Time Sync Service'],
  ] as const)('T-55 holds for %s', (...[, from, port, protocol, service]) => {
    const finding = only(ask(logged(), { of: 'db', from, port, protocol, lines: [other] }));

    expect(finding).toMatchObject({ row: 'T-55', verdict: 'no-evidence', confidence: 'certain' });
    expect(finding.reasons).toEqual([{ kind: 'not-loggable', service }]);
  });

  it('T-55 holds even where no log covers the interface', () => {
    expect(only(ask(unlogged(), { of: 'db', from: '10.0.0.2', port: 53, protocol: 'udp' })).row).toBe('T-55');
  });
});

describe('T-56 silence', () => {
  it('T-56 is certain where NODATA covers the window', () => {
    expect(only(ask(logged(), { of: 'db', lines: [nodata('11:29:30', '12:31:00')] }))).toMatchObject({
      row: 'T-56',
      verdict: 'no-evidence',
      confidence: 'certain',
      alternatives: [],
    });
  });

  it('T-56 needs no NODATA of what cannot have been delivered yet (FLOW-54)', () => {
    expect(only(ask(logged(), { of: 'db', lines: [nodata('11:29:30', '12:22:30')] })).row).toBe('T-56');
    expect(only(ask(logged(), { of: 'db', lines: [nodata('11:29:30', '12:21:30')] })).row).toBe('T-54');
  });

  it.each([
    ['begins too late', ['11:32:00', '12:31:00']],
    ['ends too early', ['11:29:30', '12:00:00']],
  ] as const)('T-56 does not hold where it %s', (_, [from, until]) => {
    expect(only(ask(logged(), { of: 'db', lines: [nodata(from, until)] })).row).toBe('T-54');
  });

  it('T-56 does not hold beside a record', () => {
    expect(only(ask(logged(), { of: 'db', lines: [nodata('11:29:30', '12:31:00'), other] })).row).toBe('T-54');
  });
});

it('T-57 draws no conclusion from the absence of records where AWS lost some', () => {
  const finding = only(ask(logged(), { ...denied, lines: [other, skipdata('12:00:00', '12:01:00')] }));

  expect(finding).toMatchObject({ row: 'T-57', verdict: 'no-evidence', confidence: 'possible', alternatives: [] });
  expect(gapFacts(finding)).toEqual(['flow-log-records']);
  expect(reasonKinds(finding)).toEqual(['configuration-denies']);
});

describe('T-58 no flow log', () => {
  it('T-58 knows nothing of the interface as a whole', () => {
    expect(only(ask(unlogged(), { of: 'db' }))).toMatchObject({
      row: 'T-58',
      verdict: 'no-evidence',
      confidence: 'possible',
      blockedBy: [],
      alternatives: [],
    });
  });

  it('T-58 judges a flow that was named by the configuration: likely blocked, and not proven', () => {
    const finding = only(ask(unlogged(), denied));

    expect(finding).toMatchObject({
      row: 'T-58',
      verdict: 'blocked',
      confidence: 'likely',
      flow: { direction: 'ingress', leg: 'forward', destinationPort: 3306 },
    });
    expect(culprits(finding)).toEqual(['security-group ingress']);
    expect(reasonKinds(finding)).toEqual(['configuration-denies']);
    expect(finding.group).toBeUndefined();
    expect(finding.fix).toMatchObject({ passes: 0, of: 0, changes: [{ kind: 'add-security-group-rule' }] });
  });

  it("T-58 says where today's rules would let it pass", () => {
    const finding = only(ask(unlogged(), allowed));

    expect(finding).toMatchObject({ row: 'T-58', verdict: 'no-evidence', blockedBy: [] });
    expect(reasonKinds(finding)).toEqual(['configuration-allows']);
  });

  it('T-58 tells both ways where only the way out is denied, as nobody said who opens', () => {
    const { findings } = ask(unlogged({ outbound: [] }), allowed);

    expect(findings.map(({ verdict, flow: { direction } }) => [verdict, direction])).toEqual([
      ['blocked', 'egress'],
      ['no-evidence', 'ingress'],
    ]);
  });

  it('T-58 makes no packet of a whole block of addresses', () => {
    expect(only(ask(unlogged({ inbound: [] }), { of: 'db', from: '10.0.1.0/24', port: 5432 }))).toMatchObject({
      verdict: 'no-evidence',
      reasons: [],
    });
  });

  it('T-58 says what cannot be told of the rules', () => {
    const finding = only(ask(unlogged().raw({ NetworkAcls: undefined }), allowed));

    expect(finding).toMatchObject({ row: 'T-58', verdict: 'no-evidence', reasons: [] });
    expect(gapFacts(finding)).toEqual(['network-acl']);
  });

  it('T-58 says so beside a group that denies anyway', () => {
    const finding = only(ask(unlogged().raw({ NetworkAcls: undefined }), denied));

    expect(finding).toMatchObject({ row: 'T-58', verdict: 'blocked' });
    expect(gapFacts(finding)).toEqual(['network-acl']);
  });

  it('T-58 does not call it allowed where the groups cannot be told', () => {
    const peered = unlogged({ inbound: [allow(tcp(5432), peerGroup('peer', 'theirs'))] })
      .peering('peer', { cidrs: ['10.9.0.0/16'], accountId: '210987654321' })
      .membersKnownOf('db');

    expect(only(ask(peered, { of: 'db', from: '10.9.0.7', port: 5432 }))).toMatchObject({
      verdict: 'no-evidence',
      reasons: [],
    });
  });

  it('T-58 does not speak of changes of the configuration: no record is judged', () => {
    expect(gapFacts(ask(unlogged(), denied))).not.toContain('configuration-changes');
  });
});

describe('T-59 only accepted traffic is logged', () => {
  const acceptOnly = logged({ trafficType: 'ACCEPT' });

  it('T-59 is likely where the rules deny', () => {
    const finding = only(ask(acceptOnly, { ...denied, lines: [other] }));

    expect(finding).toMatchObject({ row: 'T-59', verdict: 'blocked', confidence: 'likely', alternatives: [] });
    expect(culprits(finding)).toEqual(['security-group ingress']);
  });

  it('T-59 knows nothing where they allow', () => {
    expect(only(ask(acceptOnly, { ...allowed, lines: [other] }))).toMatchObject({
      row: 'T-59',
      verdict: 'no-evidence',
    });
  });
});

it('T-60 cannot tell accepted from never there where only rejects are logged', () => {
  const finding = only(ask(logged({ trafficType: 'REJECT' }), allowed));

  expect(finding).toMatchObject({ row: 'T-60', verdict: 'no-evidence', confidence: 'possible', alternatives: [] });
  expect(reasonKinds(finding)).toEqual(['configuration-allows']);
});

const broken = (reading: LogReading) => new Map([[flowLog('flow-log'), reading]]);

describe('T-61 flow logs that cannot be read', () => {
  it.each<LogReading>([
    { kind: 'delivery-failed', error: 'Access error' },
    { kind: 'destination-missing', what: 'log group x' },
    { kind: 'refused', action: 'logs:FilterLogEvents' },
    { kind: 'unreadable-destination', type: 'kinesis-data-firehose' },
  ])('T-61 holds where the log is $kind', (reading) => {
    expect(only(ask(logged(), { of: 'db', readings: broken(reading) }))).toMatchObject({
      row: 'T-61',
      verdict: 'no-evidence',
      alternatives: [],
    });
  });

  it('T-61 judges a flow that was named by the configuration', () => {
    const readings = broken({ kind: 'refused', action: 'logs:FilterLogEvents' });

    expect(only(ask(logged(), { ...denied, readings }))).toMatchObject({
      row: 'T-61',
      verdict: 'blocked',
      confidence: 'likely',
    });
  });

  it('T-61 holds where nobody may say which flow logs there are', () => {
    const vpc = unlogged().refused({ action: 'ec2:DescribeFlowLogs', because: 'access-denied' });

    expect(only(ask(vpc, { of: 'db' })).row).toBe('T-61');
  });

  it('T-61 does not hold while another log can be read', () => {
    const two = logged().flowLog({ fields: RICH_FIELDS }, 'second');
    const readings = new Map<ReturnType<typeof flowLog>, LogReading>([
      [flowLog('flow-log'), { kind: 'refused', action: 'logs:FilterLogEvents' }],
      [flowLog('second'), { kind: 'read', records: 1 }],
    ]);

    expect(only(ask(two, { ...allowed, lines: [other], readings })).row).toBe('T-54');
  });
});

it('T-62 tells when to ask again where nothing of the window was delivered yet', () => {
  const finding = only(ask(logged(), { ...allowed, window: { start: '12:25:00', end: '12:30:00' } }));

  expect(finding).toMatchObject({ row: 'T-62', verdict: 'no-evidence', confidence: 'possible', alternatives: [] });
  expect(finding.reasons).toContainEqual({ kind: 'not-delivered-yet', retryAt: clock('12:37:00') });
});

it('judges the way in and out of a protocol that was named', () => {
  const finding = only(
    ask(unlogged({ inbound: [allow(anything, '10.0.9.0/24')] }), { of: 'db', from: '10.0.1.5', protocol: 'icmp' }),
  );

  expect(finding).toMatchObject({ row: 'T-58', verdict: 'blocked', flow: { protocol: 1 } });
});

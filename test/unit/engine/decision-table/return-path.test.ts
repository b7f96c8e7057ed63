import { describe, expect, it } from 'vitest';
import { ask, change, culprits, gapFacts, linesOf, only, reasonKinds, RICH_FIELDS } from '../../../support/ask-why.ts';
import { buildVpc } from '../../../support/build-vpc.ts';
import { clock } from '../../../support/flow-lines.ts';
import { acl, sg } from '../../../support/ids.ts';
import {
  allow,
  anything,
  egress,
  icmp,
  ingress,
  peerGroup,
  tcp,
  udp,
  type AclEntry,
  type GroupRule,
} from '../../../support/rules.ts';
import type { FlowLogPlan, InterfacePlan } from '../../../support/vpc-plan.ts';

const { accept, reject } = linesOf('own');
const anywhere = '0.0.0.0/0';
const inAnywhere = ingress(100).allow(anything, anywhere);
const outAnywhere = egress(100).allow(anything, anywhere);

interface World {
  readonly inbound?: readonly GroupRule[];
  readonly outbound?: readonly GroupRule[];
  readonly entries?: readonly AclEntry[];
  readonly plan?: Partial<InterfacePlan>;
  readonly fields?: string;
  readonly log?: FlowLogPlan;
}

/** One interface at 10.0.1.9; the other end is 10.0.2.5 unless it is of the internet. */
function world({ inbound = [], outbound = [], entries, plan = {}, fields = RICH_FIELDS, log = {} }: World) {
  const vpc = buildVpc()
    .subnet('own', '10.0.1.0/24')
    .subnet('far', '10.0.2.0/24')
    .securityGroup('own', { ingress: inbound, egress: outbound })
    .interface('own', { subnet: 'own', address: '10.0.1.9', groups: ['own'], ...plan })
    .flowLog({ fields, ...log });
  return entries === undefined ? vpc : vpc.acl('own', entries);
}

const request = (port: number, at = '12:00:00') => accept(`10.0.2.5:${port} -> 10.0.1.9:443 tcp`, { flags: 2, at });
const answer = (port: number, options = {}) =>
  reject(`10.0.1.9:443 -> 10.0.2.5:${port} tcp`, { flags: 18, at: '12:00:01', ...options });

const passed = (port: number) => accept(`10.0.1.9:443 -> 10.0.2.5:${port} tcp`, { flags: 18, at: '12:10:01' });

describe('T-29 the answer leaves by an ACL that denies', () => {
  const narrow = {
    inbound: [allow(tcp(443), '10.0.2.0/24')],
    entries: [inAnywhere, egress(90).allow(tcp(32768, 65535), anywhere)],
  };

  it('T-29 is no longer certain once such an answer was accepted: the rules changed since, or were others', () => {
    const lines = [request(2000), answer(2000), request(2001, '12:10:00'), passed(2001)];

    const [finding] = ask(world(narrow), { of: 'own', lines }).findings;

    expect(finding).toMatchObject({ row: 'T-29', confidence: 'likely' });
    expect(finding!.reasons).toContainEqual({ kind: 'accepted-after', at: clock('12:10:01') });
  });

  it('T-29 stays certain where the answers accepted since went to ports that the ACL lets pass', () => {
    const lines = [request(2000), answer(2000), request(40000, '12:10:00'), passed(40000)];

    const [finding] = ask(world(narrow), { of: 'own', lines }).findings;

    expect(finding).toMatchObject({ row: 'T-29', confidence: 'certain' });
  });

  it("T-29 names the outbound ACL entry and the client's ports that it denies", () => {
    const finding = only(
      ask(world(narrow), { of: 'own', lines: [request(2000), answer(2000), request(3000), answer(3000)] }),
    );

    expect(finding).toMatchObject({
      row: 'T-29',
      verdict: 'blocked',
      confidence: 'certain',
      flow: { direction: 'egress', leg: 'return', sourcePort: 443 },
    });
    expect(finding.blockedBy).toMatchObject([
      {
        kind: 'network-acl',
        id: acl('own'),
        direction: 'egress',
        entry: { ruleNumber: 32767 },
        clientPorts: [2000, 3000],
      },
    ]);
    expect(reasonKinds(finding)).toContain('tracked');
  });

  it('T-29 names one entry for each part of the ports, and is only likely where a port passes today', () => {
    const entries = [inAnywhere, egress(80).deny(tcp(2000, 2999), anywhere), egress(90).allow(tcp(4000), anywhere)];
    const lines = [2000, 3000, 4000].flatMap((port) => [request(port), answer(port)]);

    const finding = only(ask(world({ ...narrow, entries }), { of: 'own', lines }));

    expect(finding.blockedBy).toMatchObject([
      { entry: { ruleNumber: 80 }, clientPorts: [2000] },
      { entry: { ruleNumber: 32767 }, clientPorts: [3000] },
    ]);
    expect(finding.confidence).toBe('likely');
  });

  it('T-29 is only likely for data of an older connection, which may have been closed or forgotten', () => {
    const lines = [accept('10.0.2.5:2000 -> 10.0.1.9:443 tcp', { flags: 0 }), answer(2000, { flags: 0 })];

    expect(only(ask(world(narrow), { of: 'own', lines }))).toMatchObject({ row: 'T-29', confidence: 'likely' });
  });

  it('T-29 is certain in the default format too: nothing was ever answered, and the answer came at once', () => {
    const fields =
      'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status';
    const plain = linesOf('own', fields);
    const lines = [
      plain.accept('10.0.2.5:2000 -> 10.0.1.9:443 tcp', { at: '12:00:00' }),
      plain.reject('10.0.1.9:443 -> 10.0.2.5:2000 tcp', { at: '12:00:01' }),
    ];

    expect(only(ask(world({ ...narrow, fields }), { of: 'own', lines }))).toMatchObject({
      row: 'T-29',
      confidence: 'certain',
    });
  });

  it('T-29 holds for ping, as in the example that AWS gives', () => {
    const vpc = world({ inbound: [allow(icmp(), anywhere)], entries: [inAnywhere] });
    const lines = [
      accept('203.0.113.12 -> 10.0.1.9 icmp', { at: '12:00:00', packets: 4 }),
      reject('10.0.1.9 -> 203.0.113.12 icmp', { at: '12:00:01', packets: 4 }),
    ];

    const finding = only(ask(vpc, { of: 'own', lines }));

    expect(finding).toMatchObject({ row: 'T-29', verdict: 'blocked', confidence: 'certain' });
    expect(culprits(finding)).toEqual(['network-acl egress 32767']);
  });
});

describe('T-30 an untracked flow lost its outbound rule', () => {
  const openDoor = world({ inbound: [allow(tcp(443), anywhere)], entries: [inAnywhere, outAnywhere] });
  const lines = [
    request(2000),
    accept('10.0.1.9:443 -> 10.0.2.5:2000 tcp', { flags: 18 }),
    answer(2000, { flags: 0, at: '12:00:20' }),
  ];

  it('T-30 is likely when the groups were narrowed', () => {
    const changes = [change('RevokeSecurityGroupEgress', '12:00:10', sg('own'))];

    const finding = only(ask(openDoor, { of: 'own', lines, changes }));

    expect(finding).toMatchObject({ row: 'T-30', verdict: 'blocked', confidence: 'likely' });
    expect(culprits(finding)).toEqual(['security-group egress']);
    expect(finding.reasons).toMatchObject([
      { kind: 'untracked' },
      { kind: 'changed', change: changes[0] },
      { kind: 'flags' },
      { kind: 'rests-on-inference', facts: ['FLOW-108'] },
    ]);
  });

  it.each([
    ['long before the request, which made the flow a tracked one', '11:30:00', 'own'],
    ['after the reject', '12:10:00', 'own'],
    ['to a group of others that a rule names', '12:00:10', 'named'],
  ])('T-30 blames no change %s', (_, at, group) => {
    const named = world({ inbound: [allow(tcp(443), anywhere), allow(tcp(22), { GroupId: sg('named') })] });

    const finding = only(
      ask(named, { of: 'own', lines, changes: [change('RevokeSecurityGroupEgress', at, sg(group))] }),
    );

    expect(finding).toMatchObject({ row: 'T-30', verdict: 'undetermined', blockedBy: [] });
    expect(reasonKinds(finding)).not.toContain('untracked');
  });

  it('T-30 is undetermined while no such change is known', () => {
    const finding = only(ask(openDoor, { of: 'own', lines }));

    expect(finding).toMatchObject({ row: 'T-30', verdict: 'undetermined', blockedBy: [] });
    expect(gapFacts(finding)).toEqual(['connection-tracking', 'configuration-changes']);
    expect(reasonKinds(finding)).toEqual(['flags', 'rests-on-inference']);
  });

  it('T-30 misses no changes where there were none', () => {
    expect(gapFacts(only(ask(openDoor, { of: 'own', lines, changes: [] })))).toEqual(['connection-tracking']);
  });
});

const answeredAgain = (at: string) => [
  request(2000),
  accept('10.0.1.9:443 -> 10.0.2.5:2000 tcp', { flags: 18 }),
  answer(2000, { flags: 0, at }),
];

describe('T-31 the server spoke after the flow was forgotten', () => {
  const forgetful = world({
    inbound: [allow(tcp(443), '10.0.2.0/24')],
    entries: [inAnywhere, outAnywhere],
    plan: { idleTimeouts: { tcpEstablished: 600 } },
  });

  it('T-31 is no rule after the time that is set on the interface', () => {
    const finding = only(ask(forgetful, { of: 'own', lines: answeredAgain('12:15:00') }));

    expect(finding).toMatchObject({ row: 'T-31', verdict: 'not-a-rule', confidence: 'likely' });
    expect(finding.reasons).toContainEqual({ kind: 'idle-timeout', seconds: 600, source: 'interface' });
  });

  it('T-31 does not hold before', () => {
    expect(only(ask(forgetful, { of: 'own', lines: answeredAgain('12:05:00') })).row).not.toBe('T-31');
  });
});

const asked = (flags = 2, at = '12:00:00') => accept('10.0.1.9:40000 -> 10.0.2.5:5432 tcp', { flags, at });
const answered = (options = {}) =>
  reject('10.0.2.5:5432 -> 10.0.1.9:40000 tcp', { flags: 18, at: '12:00:01', ...options });

describe('T-32 the answer arrives at an ACL that denies', () => {
  it('T-32 names the inbound ACL entry and the own port', () => {
    const vpc = world({
      outbound: [allow(anything, anywhere)],
      entries: [ingress(100).allow(tcp(443), anywhere), outAnywhere],
    });

    const finding = only(ask(vpc, { of: 'own', lines: [asked(), answered()] }));

    expect(finding).toMatchObject({
      row: 'T-32',
      verdict: 'blocked',
      confidence: 'certain',
      flow: { direction: 'ingress', leg: 'return', destinationPort: 40000 },
    });
    expect(finding.blockedBy).toMatchObject([
      { kind: 'network-acl', entry: { ruleNumber: 32767 }, clientPorts: [40000] },
    ]);
  });

  it('T-32 is no longer certain once such an answer was accepted', () => {
    const vpc = world({ outbound: [allow(anything, anywhere)], entries: [outAnywhere] });
    const lines = [
      asked(),
      answered(),
      accept('10.0.1.9:40001 -> 10.0.2.5:5432 tcp', { flags: 2, at: '12:10:00' }),
      accept('10.0.2.5:5432 -> 10.0.1.9:40001 tcp', { flags: 18, at: '12:10:01' }),
    ];

    const [finding] = ask(vpc, { of: 'own', lines }).findings;

    expect(finding).toMatchObject({ row: 'T-32', confidence: 'likely' });
    expect(reasonKinds(finding!)).toContain('accepted-after');
  });

  it('T-32 holds for DNS over UDP', () => {
    const vpc = world({
      outbound: [allow(anything, anywhere)],
      entries: [ingress(100).allow(tcp(), anywhere), outAnywhere],
    });
    const lines = [
      accept('10.0.1.9:40000 -> 10.0.2.53:53 udp', { at: '12:00:00' }),
      reject('10.0.2.53:53 -> 10.0.1.9:40000 udp', { at: '12:00:01' }),
    ];

    expect(culprits(only(ask(vpc, { of: 'own', lines })))).toEqual(['network-acl ingress 32767']);
  });

  it.each([
    ['tracked', [allow(tcp(5432), '10.0.2.0/24')], [allow(anything, anywhere)]],
    ['untracked', [allow(tcp(5432), anywhere)], [allow(anything, anywhere)]],
  ])('T-32 tells that the flow was %s by the rule that let the request out', (tracking, outbound, inbound) => {
    const vpc = world({ outbound, inbound, entries: [outAnywhere] }).interface('far', {
      subnet: 'far',
      address: '10.0.2.5',
    });

    expect(reasonKinds(only(ask(vpc, { of: 'own', lines: [asked(), answered()] })))).toContain(tracking);
  });

  it('T-32 does not say whether it was, where the groups cannot be told', () => {
    const vpc = world({ outbound: [allow(tcp(5432), peerGroup('peer', 'theirs'))], entries: [outAnywhere] })
      .peering('peer', { cidrs: ['10.9.0.0/16'], accountId: '210987654321' })
      .membersKnownOf('own');
    const lines = [
      accept('10.0.1.9:40000 -> 10.9.0.7:5432 tcp', { flags: 2, at: '12:00:00' }),
      reject('10.9.0.7:5432 -> 10.0.1.9:40000 tcp', { flags: 18, at: '12:00:01' }),
    ];

    const finding = only(ask(vpc, { of: 'own', lines, changes: [] }));

    expect(finding.row).toBe('T-32');
    expect(reasonKinds(finding)).toEqual(['configuration-denies', 'flags']);
  });

  it('T-32 is only likely when the request left by no record of this interface', () => {
    const vpc = world({ outbound: [allow(anything, anywhere)], entries: [outAnywhere] });

    expect(only(ask(vpc, { of: 'own', lines: [answered()] }))).toMatchObject({ row: 'T-32', confidence: 'likely' });
  });
});

describe('T-33 an answer that the ACL admits', () => {
  const vpc = world({ outbound: [allow(anything, anywhere)], entries: [inAnywhere, outAnywhere] });

  it('T-33 never blames the ACL, nor the group', () => {
    const finding = only(ask(vpc, { of: 'own', lines: [asked(), answered()] }));

    expect(finding).toMatchObject({ row: 'T-33', verdict: 'undetermined', blockedBy: [] });
    expect(gapFacts(finding)).toContain('path');
  });

  const second: InterfacePlan = { subnet: 'far', address: '10.0.2.77', groups: ['own'], instance: 'own' };

  it('T-33 tells that the request may have left by another interface of the instance', () => {
    const finding = only(ask(vpc.interface('second', second), { of: 'own', lines: [answered()] }));

    expect(reasonKinds(finding)).toContain('reply-came-to-other-interface');
  });

  it.each([
    ['the request was seen to leave here', [asked(), answered()], vpc.interface('second', second)],
    ['it is data of a connection', [answered({ flags: 0 })], vpc.interface('second', second)],
    ['the instance has no other', [answered()], vpc],
    [
      'no request would have been logged',
      [answered()],
      world({ outbound: [allow(anything, anywhere)], log: { trafficType: 'REJECT' } }).interface('second', second),
    ],
  ])('T-33 does not where %s', (_, lines, network) => {
    const finding = only(ask(network, { of: 'own', lines }));

    expect(finding.row).toBe('T-33');
    expect(reasonKinds(finding)).not.toContain('reply-came-to-other-interface');
  });
});

const pushed = (at: string) => [asked(), answered({ flags: 0, at })];

const pinged = (at: string) => [
  accept('10.0.1.9 -> 10.0.2.5 icmp', { at: '12:00:00' }),
  reject('10.0.2.5 -> 10.0.1.9 icmp', { at }),
];

describe('T-34 the client had forgotten its connection', () => {
  const nitroV6 = world({ outbound: [allow(anything, anywhere)] }).instanceType('own', 'm8i.large');

  it('T-34 is no rule after 350 seconds on Nitro v6', () => {
    const finding = only(ask(nitroV6, { of: 'own', lines: pushed('12:06:30') }));

    expect(finding).toMatchObject({ row: 'T-34', verdict: 'not-a-rule', confidence: 'likely' });
    expect(finding.reasons).toContainEqual({ kind: 'idle-timeout', seconds: 350, source: 'default' });
  });

  it('T-34 is only possible where flags are not logged', () => {
    const fields = RICH_FIELDS.replace(' tcp-flags', '');
    const plain = linesOf('own', fields);
    const vpc = world({ outbound: [allow(anything, anywhere)], fields }).instanceType('own', 'm8i.large');
    const lines = [
      plain.accept('10.0.1.9:40000 -> 10.0.2.5:5432 tcp', { at: '12:00:00' }),
      plain.reject('10.0.2.5:5432 -> 10.0.1.9:40000 tcp', { at: '12:06:30' }),
    ];

    expect(only(ask(vpc, { of: 'own', lines }))).toMatchObject({ row: 'T-34', confidence: 'possible' });
  });

  it('T-34 holds for ping, which is remembered for ten minutes (CT-7)', () => {
    const vpc = world({ outbound: [allow(icmp(), anywhere)] });
    expect(only(ask(vpc, { of: 'own', lines: pinged('12:09:59') })).row).toBe('T-33');
    expect(only(ask(vpc, { of: 'own', lines: pinged('12:10:00') }))).toMatchObject({
      row: 'T-34',
      reasons: expect.arrayContaining([{ kind: 'idle-timeout', seconds: 600, source: 'default' }]),
    });
  });

  it('T-34 does not hold where connections are remembered for days', () => {
    const nitro = world({ outbound: [allow(anything, anywhere)] }).instanceType('own', 'm7i.large');

    expect(only(ask(nitro, { of: 'own', lines: pushed('12:06:30') })).row).toBe('T-33');
  });
});

describe('who opened, where no flag tells', () => {
  const fields = RICH_FIELDS.replace(' tcp-flags', '');
  const plain = linesOf('own', fields);

  it('reads a lone reject from a service port as an answer, and stands the other reading beside it', () => {
    const lines = [plain.reject('10.0.2.5:443 -> 10.0.1.9:40000 tcp')];

    const finding = only(ask(world({ fields }), { of: 'own', lines }));

    expect(finding).toMatchObject({
      row: 'T-33',
      verdict: 'undetermined',
      alternatives: expect.arrayContaining(['T-1']),
    });
    expect(reasonKinds(finding)).toContain('opener-guessed');
  });

  it('blames what both readings blame when nothing tells', () => {
    const vpc = world({ entries: [outAnywhere], fields });
    const lines = [
      plain.accept('10.0.1.9:50000 -> 10.0.2.5:50001 tcp', { at: '12:00:00' }),
      plain.reject('10.0.2.5:50001 -> 10.0.1.9:50000 tcp', { at: '12:00:00' }),
    ];

    const finding = only(ask(vpc, { of: 'own', lines }));

    expect(finding).toMatchObject({ verdict: 'blocked', confidence: 'likely' });
    expect(culprits(finding)).toEqual(['network-acl ingress 32767']);
  });

  it('blames nobody when the readings differ', () => {
    const lines = [
      plain.accept('10.0.1.9:50000 -> 10.0.2.5:50001 tcp', { at: '12:00:00' }),
      plain.reject('10.0.2.5:50001 -> 10.0.1.9:50000 tcp', { at: '12:00:00' }),
    ];

    const finding = only(ask(world({ fields }), { of: 'own', lines }));

    expect(finding).toMatchObject({ verdict: 'undetermined', blockedBy: [] });
  });

  it('holds the packet as it was against the rules, whoever has the lower port', () => {
    const vpc = world({
      inbound: [allow(tcp(50000), anywhere)],
      entries: [ingress(90).deny(tcp(50001), anywhere)],
      fields,
    });
    const lines = [
      plain.accept('10.0.1.9:50001 -> 10.0.2.5:50000 tcp', { at: '12:00:00' }),
      plain.reject('10.0.2.5:50000 -> 10.0.1.9:50001 tcp', { at: '12:00:00' }),
    ];

    const finding = only(ask(vpc, { of: 'own', lines }));

    expect(culprits(finding)).toEqual(['network-acl ingress 90']);
    expect(finding.flow).toMatchObject({ sourcePort: 50000, destinationPort: 50001 });
  });
});

it('reads the answer of a UDP server on its way out', () => {
  const vpc = world({
    inbound: [allow(udp(53), anywhere)],
    outbound: [],
    entries: [inAnywhere, egress(90).allow(tcp(), anywhere)],
  });
  const lines = [
    accept('10.0.2.5:40000 -> 10.0.1.9:53 udp', { at: '12:00:00' }),
    reject('10.0.1.9:53 -> 10.0.2.5:40000 udp', { at: '12:00:01' }),
  ];

  expect(only(ask(vpc, { of: 'own', lines }))).toMatchObject({ row: 'T-29', confidence: 'certain' });
});

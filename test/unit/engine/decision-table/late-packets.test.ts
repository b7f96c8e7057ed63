import { describe, expect, it } from 'vitest';
import { ask, change, culprits, gapFacts, linesOf, only, reasonKinds, RICH_FIELDS } from '../../../support/ask-why.ts';
import { buildVpc } from '../../../support/build-vpc.ts';
import { acl, sg } from '../../../support/ids.ts';
import { allow, anything, egress, ingress, tcp, type AclEntry, type GroupRule } from '../../../support/rules.ts';

const { accept, reject } = linesOf('db');
const anywhere = '0.0.0.0/0';
const inAnywhere = ingress(100).allow(anything, anywhere);
const outAnywhere = egress(100).allow(anything, anywhere);

interface World {
  readonly inbound?: readonly GroupRule[];
  readonly outbound?: readonly GroupRule[];
  readonly entries?: readonly AclEntry[];
  readonly fields?: string;
}

/** A database at 10.0.2.9 with PostgreSQL open to its client at 10.0.1.5, unless told otherwise. */
function database({
  inbound = [allow(tcp(5432), '10.0.1.0/24')],
  outbound,
  entries,
  fields = RICH_FIELDS,
}: World = {}) {
  const vpc = buildVpc()
    .subnet('app', '10.0.1.0/24')
    .subnet('db', '10.0.2.0/24')
    .securityGroup('db', { ingress: inbound, ...(outbound && { egress: outbound }) })
    .interface('db', { subnet: 'db', address: '10.0.2.9', groups: ['db'] })
    .flowLog({ fields });
  return entries === undefined ? vpc : vpc.acl('db', entries);
}

const request = '10.0.1.5:40000 -> 10.0.2.9:5432 tcp';
const answer = '10.0.2.9:5432 -> 10.0.1.5:40000 tcp';
const opened = [accept(request, { flags: 2, at: '11:58:00' }), accept(answer, { flags: 18, at: '11:58:00' })];
const closed = [accept(request, { flags: 3, at: '11:58:00' }), accept(answer, { flags: 19, at: '11:58:00' })];
const late = (flags = 0) => reject(request, { flags, at: '12:00:00' });

describe('a request without SYN that the rules allow', () => {
  it.each([0, 1, 4, 5])('T-5 is likely for flags of %i after an ACCEPT', (flags) => {
    const finding = only(ask(database(), { of: 'db', lines: [...closed, late(flags)] }));

    expect(finding).toMatchObject({
      row: 'T-5',
      verdict: 'not-a-rule',
      confidence: 'likely',
      alternatives: [],
      gaps: [],
    });
    expect(finding.reasons).toContainEqual({ kind: 'configuration-allows', today: true });
    expect(finding.reasons).toContainEqual({ kind: 'accepted-before', idleSeconds: 120 });
  });

  it('T-5 is only possible where no ACCEPT is on record, which then is missing', () => {
    const finding = only(ask(database(), { of: 'db', lines: [late(4)], changes: [] }));

    expect(finding).toMatchObject({ row: 'T-5', verdict: 'not-a-rule', confidence: 'possible', alternatives: [] });
    expect(finding.gaps).toEqual([{ fact: 'flow-log-records', about: 'earlier', because: 'not-collected' }]);
    expect(reasonKinds(finding)).not.toContain('accepted-before');
  });

  it('T-5 is only possible where rules changed since, which may have cut an untracked connection: T-4', () => {
    const changes = [change('AuthorizeSecurityGroupIngress', '12:10:00', sg('db'))];

    const finding = only(ask(database(), { of: 'db', lines: [...opened, late()], changes }));

    expect(finding).toMatchObject({ row: 'T-5', confidence: 'possible', alternatives: ['T-4'] });
  });

  it('T-5 is only possible where flags are not logged, and T-6 stands beside it', () => {
    const fields = RICH_FIELDS.replace(' tcp-flags', '');
    const plain = linesOf('db', fields);
    const lines = [
      plain.accept(request, { at: '11:58:00' }),
      plain.accept(answer, { at: '11:58:00' }),
      plain.reject(request, { at: '12:00:00' }),
    ];

    const finding = only(ask(database({ fields }), { of: 'db', lines }));

    expect(finding).toMatchObject({ row: 'T-5', verdict: 'not-a-rule', confidence: 'possible', alternatives: ['T-6'] });
  });

  it('T-5 holds on the way out', () => {
    const lines = [
      accept('10.0.2.9:40000 -> 10.0.1.5:443 tcp', { flags: 3, at: '11:58:00' }),
      reject('10.0.2.9:40000 -> 10.0.1.5:443 tcp', { flags: 4, at: '12:00:00' }),
    ];

    expect(only(ask(database(), { of: 'db', lines }))).toMatchObject({ row: 'T-5', alternatives: [] });
  });

  it('T-5 holds for an answer of a connection that was seen to close, whatever groups would say of it', () => {
    const lines = [...closed, reject(answer, { flags: 4, at: '12:00:00' })];

    expect(only(ask(database({ outbound: [] }), { of: 'db', lines }))).toMatchObject({
      row: 'T-5',
      verdict: 'not-a-rule',
      alternatives: [],
    });
  });

  it('T-5 holds for an answer of a connection that one side alone was seen to close', () => {
    const closedByClient = [
      accept(request, { flags: 3, at: '11:58:00' }),
      accept(answer, { flags: 18, at: '11:58:00' }),
    ];
    const lines = [...closedByClient, reject(answer, { flags: 4, at: '12:00:00' })];

    expect(only(ask(database({ outbound: [] }), { of: 'db', lines })).row).toBe('T-5');
  });

  it('T-5 is no alternative without flags where the groups deny', () => {
    const fields = RICH_FIELDS.replace(' tcp-flags', '');
    const plain = linesOf('db', fields);
    const lines = [plain.accept(request, { at: '11:58:00' }), plain.reject(request, { at: '12:00:00' })];

    const finding = only(ask(database({ inbound: [], fields }), { of: 'db', lines }));

    expect(finding).toMatchObject({ row: 'T-1', alternatives: [] });
  });

  it('T-5 never takes an opening packet for a late one', () => {
    const again = reject(request, { flags: 2, at: '12:00:00' });

    expect(only(ask(database(), { of: 'db', lines: [...closed, again] })).row).toBe('T-6');
  });
});

describe('a request without SYN that the groups deny', () => {
  const denies = database({ inbound: [] });

  it('T-1 is likely after an ACCEPT: a rule that went cuts untracked connections, tracked ones live on', () => {
    const finding = only(ask(denies, { of: 'db', lines: [...opened, late()], changes: [] }));

    expect(finding).toMatchObject({ row: 'T-1', verdict: 'blocked', confidence: 'likely' });
    expect(finding.reasons).toContainEqual({ kind: 'accepted-before', idleSeconds: 120 });
    expect(finding.reasons).toContainEqual({ kind: 'rests-on-inference', facts: ['CT-9', 'CT-23'] });
  });

  it('T-1 is likely without one, as it may be the tail of an older connection', () => {
    const finding = only(ask(denies, { of: 'db', lines: [late()], changes: [] }));

    expect(finding).toMatchObject({ row: 'T-1', verdict: 'blocked', confidence: 'likely' });
    expect(finding.reasons).toContainEqual({ kind: 'rests-on-inference', facts: ['CT-23'] });
  });

  it('T-3 is likely for the groups, which the ACL before them does not change', () => {
    const vpc = database({ inbound: [], entries: [outAnywhere] });

    const finding = only(ask(vpc, { of: 'db', lines: [...opened, late()], changes: [] }));

    expect(finding).toMatchObject({ row: 'T-3', confidence: 'likely' });
    expect(culprits(finding)).toEqual(['network-acl ingress 32767', 'security-group ingress']);
  });

  it('T-25 is likely on the way out', () => {
    const lines = [
      accept('10.0.2.9:40000 -> 10.0.1.5:443 tcp', { flags: 2, at: '11:58:00' }),
      reject('10.0.2.9:40000 -> 10.0.1.5:443 tcp', { flags: 0, at: '12:00:00' }),
    ];

    const finding = only(ask(database({ outbound: [] }), { of: 'db', lines, changes: [] }));

    expect(finding).toMatchObject({ row: 'T-25', verdict: 'blocked', confidence: 'likely' });
    expect(reasonKinds(finding)).toContain('accepted-before');
  });
});

describe('a packet without SYN that only the ACL denies', () => {
  it.each([
    ['T-2', 'on the way in', database({ entries: [outAnywhere] }), late()],
    [
      'T-26',
      'on the way out',
      database({ entries: [inAnywhere] }),
      reject('10.0.2.9:40000 -> 10.0.1.5:443 tcp', { flags: 0, at: '12:00:00' }),
    ],
  ] as const)('%s is certain %s: an ACL keeps no state', (...[row, , vpc, line]) => {
    expect(only(ask(vpc, { of: 'db', lines: [line], changes: [] }))).toMatchObject({ row, confidence: 'certain' });
  });
});

describe('an answer that the ACL lets pass', () => {
  const closedDoor = database({ outbound: [], entries: [inAnywhere, outAnywhere] });

  it('T-28 blames nobody for the answer of a live connection', () => {
    const lines = [...opened, reject(answer, { flags: 0, at: '11:58:30' })];

    const finding = only(ask(closedDoor, { of: 'db', lines, changes: [] }));

    expect(finding).toMatchObject({ row: 'T-28', verdict: 'undetermined', blockedBy: [], alternatives: [] });
  });

  it('T-28 and T-30 blame nobody for a SYN-ACK', () => {
    const lines = [accept(request, { flags: 2, at: '12:00:00' }), reject(answer, { flags: 18, at: '12:00:00' })];

    expect(only(ask(closedDoor, { of: 'db', lines, changes: [] }))).toMatchObject({ row: 'T-28', blockedBy: [] });
  });

  it('T-33 blames nobody for a late answer of ICMP', () => {
    const lines = [
      accept('10.0.2.9 -> 10.0.1.5 icmp', { at: '12:00:00' }),
      reject('10.0.1.5 -> 10.0.2.9 icmp', { at: '12:00:05' }),
    ];

    expect(only(ask(database({ inbound: [] }), { of: 'db', lines }))).toMatchObject({ blockedBy: [], row: 'T-33' });
  });
});

describe('the time of a later ACCEPT', () => {
  it('T-4 is told with the time of the connection that was accepted, not of the rejected one', () => {
    const lines = [
      reject(request, { flags: 2, at: '12:00:00' }),
      accept('10.0.1.5:40001 -> 10.0.2.9:5432 tcp', { flags: 2, at: '12:04:00' }),
      accept('10.0.1.5:40002 -> 10.0.2.9:5432 tcp', { flags: 2, at: '12:09:00' }),
    ];

    const finding = only(ask(database(), { of: 'db', lines }));

    expect(finding.row).toBe('T-4');
    expect(finding.reasons).toContainEqual({ kind: 'accepted-after', at: 1_795_132_800 + 12 * 3600 + 240 });
  });

  it('T-1 takes it as a doubt', () => {
    const lines = [
      reject(request, { flags: 2, at: '12:00:00' }),
      accept('10.0.1.5:40001 -> 10.0.2.9:5432 tcp', { flags: 2, at: '12:04:00' }),
    ];

    expect(only(ask(database({ inbound: [] }), { of: 'db', lines, changes: [] }))).toMatchObject({
      row: 'T-1',
      confidence: 'likely',
      reasons: expect.arrayContaining([{ kind: 'accepted-after', at: 1_795_132_800 + 12 * 3600 + 240 }]),
    });
  });
});

it('does not blame a change of the ACL for what the groups deny', () => {
  const changes = [change('ReplaceNetworkAclEntry', '12:10:00', acl('db'))];
  const vpc = database({ inbound: [], entries: [inAnywhere, outAnywhere] });

  const finding = only(ask(vpc, { of: 'db', lines: [reject(request, { flags: 2 })], changes }));

  expect(finding).toMatchObject({ row: 'T-1', confidence: 'certain' });
  expect(gapFacts(finding)).toEqual([]);
});

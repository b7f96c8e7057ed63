import { describe, expect, it } from 'vitest';
import { ask, change, linesOf, only, reasonKinds, RICH_FIELDS } from '../../../support/ask-why.ts';
import { buildVpc } from '../../../support/build-vpc.ts';
import { clock } from '../../../support/flow-lines.ts';
import { acl, eni, sg, subnet } from '../../../support/ids.ts';
import { allow, anything, egress, ingress, tcp, udp, type AclEntry, type GroupRule } from '../../../support/rules.ts';

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

/** A database at 10.0.2.9 whose groups let nobody in, and its ACL everybody, unless told otherwise. */
function database({ inbound = [], outbound = [], entries, fields = RICH_FIELDS }: World = {}) {
  const vpc = buildVpc()
    .subnet('app', '10.0.1.0/24')
    .subnet('db', '10.0.2.0/24')
    .acl('db', entries ?? [inAnywhere, outAnywhere])
    .securityGroup('db', { ingress: inbound, egress: outbound })
    .interface('db', { subnet: 'db', address: '10.0.2.9', groups: ['db'] });
  return vpc.flowLog({ fields });
}

const request = (from = '10.0.1.5:40000', to = '10.0.2.9:5432', protocol = 'tcp') => `${from} -> ${to} ${protocol}`;
const turnedAway = reject(request(), { flags: 2 });
const byGroups = database();
const byAcl = database({ inbound: [allow(tcp(), anywhere)], entries: [outAnywhere] });
const byBoth = database({ entries: [outAnywhere] });
const findingOf = (vpc: ReturnType<typeof database>, lines: readonly string[], asked = {}) =>
  only(ask(vpc, { of: 'db', lines, changes: [], ...asked }));

describe('what is said of every denial', () => {
  it('is that the rules deny, and what the packet was', () => {
    expect(findingOf(byGroups, [turnedAway])).toMatchObject({
      confidence: 'certain',
      reasons: [{ kind: 'configuration-denies' }, { kind: 'flags', values: [2] }],
      gaps: [],
    });
  });

  it('is no flag of a packet that has none', () => {
    expect(findingOf(byGroups, [reject(request(undefined, undefined, 'udp'))]).reasons).toEqual([
      { kind: 'configuration-denies' },
    ]);
  });

  it('is that the sender is of the internet', () => {
    expect(findingOf(byGroups, [reject(request('203.0.113.9:40000'), { flags: 2 })]).reasons).toContainEqual({
      kind: 'public-source',
    });
  });
});

const afterChangeOf = (vpc: ReturnType<typeof database>, ...objects: readonly string[]) =>
  findingOf(vpc, [turnedAway], { changes: [change('ModifyIt', '12:10:00', ...objects)] });

describe('changes since', () => {
  it.each([
    ['of the ACL, where that denies', byAcl, [acl('db')]],
    ['of the ACL that the subnet has, where an ACL denies', byAcl, [acl('another'), subnet('db')]],
    ['of a group, where groups deny', byGroups, [sg('db')]],
    ['of the groups of the interface', byGroups, [eni('db'), sg('another')]],
    ['of one of the two, where both deny', byBoth, [acl('db')]],
    ['of the other of the two', byBoth, [sg('db')]],
  ] as const)('%s take the certainty', (...[, vpc, objects]) => {
    const finding = afterChangeOf(vpc, ...objects);

    expect(finding).toMatchObject({ verdict: 'blocked', confidence: 'likely' });
    expect(reasonKinds(finding)).toContain('changed');
  });

  it.each([
    ['of a group, where the ACL denies', byAcl, [sg('db')]],
    ['of the ACL, where groups deny', byGroups, [acl('db')]],
    ['of the ACL that the subnet has, where groups deny', byGroups, [acl('another'), subnet('db')]],
  ] as const)('%s do not', (...[, vpc, objects]) => {
    const finding = afterChangeOf(vpc, ...objects);

    expect(finding.confidence).toBe('certain');
    expect(reasonKinds(finding)).not.toContain('changed');
  });

  it('are missing where nobody looked and the reject is old', () => {
    const lines = [reject(request(), { flags: 2, at: '10:00:00' })];
    const window = { start: '09:00:00', end: '12:30:00' };

    expect(findingOf(byGroups, lines, { window, changes: undefined })).toMatchObject({
      confidence: 'likely',
      reasons: [{ kind: 'configuration-denies' }, { kind: 'flags' }],
      gaps: [{ fact: 'configuration-changes', because: 'not-collected' }],
    });
  });
});

describe('a later ACCEPT', () => {
  const later = accept(request('10.0.1.5:40001'), { flags: 2, at: '12:04:00' });

  it('is of the same flow: other addresses, ports, protocols and openers do not count', () => {
    const others = [
      accept(request('10.0.1.5:39000'), { flags: 2, at: '11:50:00' }),
      accept(request('10.0.1.6:40000'), { flags: 2, at: '12:01:00' }),
      accept(request(undefined, '10.0.2.9:5433'), { flags: 2, at: '12:02:00' }),
      accept(request(undefined, undefined, 'udp'), { at: '12:02:30' }),
      accept('10.0.1.5:5432 -> 10.0.2.9:41000 tcp', { flags: 18, at: '12:03:00' }),
    ];

    const finding = findingOf(byGroups, [turnedAway, ...others, later]);

    expect(finding).toMatchObject({ row: 'T-1', confidence: 'likely' });
    expect(finding.reasons).toContainEqual({ kind: 'accepted-after', at: clock('12:04:00') });
  });

  it('within the same interval is told as such', () => {
    const lines = [
      reject(request(), { flags: 2, at: '12:00:00', lasting: 50 }),
      accept(request(), { flags: 2, at: '12:00:30', lasting: 20 }),
    ];

    expect(findingOf(byGroups, lines).reasons).toContainEqual({ kind: 'accept-and-reject-overlap' });
  });
});

const answer = (flags: number, at: string) => reject('10.0.2.9:5432 -> 10.0.1.5:40000 tcp', { flags, at });

describe('an answer that the ACL denies', () => {
  const deaf = database({ inbound: [allow(tcp(), anywhere), allow(udp(), anywhere)], entries: [inAnywhere] });
  const opened = accept(request(), { flags: 2, at: '12:00:00' });
  const uncertain = { kind: 'rests-on-inference', facts: ['FLOW-108'] };

  it('is certain for a SYN-ACK, even where another one passed before', () => {
    const passed = accept('10.0.2.9:5432 -> 10.0.1.5:40000 tcp', { flags: 18, at: '12:00:01' });

    expect(findingOf(deaf, [opened, passed, answer(18, '12:00:03')])).toMatchObject({
      row: 'T-29',
      confidence: 'certain',
    });
  });

  it('is likely for data, which may belong to a connection that was closed', () => {
    const finding = findingOf(deaf, [opened, answer(0, '12:00:01')]);

    expect(finding).toMatchObject({ row: 'T-29', confidence: 'likely' });
    expect(finding.reasons).toContainEqual(uncertain);
  });

  const question = accept('10.0.1.5:40000 -> 10.0.2.9:53 udp', { at: '12:00:00' });
  const reply = '10.0.2.9:53 -> 10.0.1.5:40000 udp';

  it('is certain for UDP that came in time', () => {
    expect(findingOf(deaf, [question, reject(reply, { at: '12:00:05' })])).toMatchObject({
      row: 'T-29',
      confidence: 'certain',
    });
  });

  it('is likely for UDP that came when the question was forgotten (CT-12)', () => {
    const finding = findingOf(deaf, [question, reject(reply, { at: '12:01:00' })]);

    expect(finding).toMatchObject({ row: 'T-29', confidence: 'likely' });
    expect(finding.reasons).toContainEqual(uncertain);
  });

  it('is likely where some of the ports that were turned away would pass today', () => {
    const some = database({
      inbound: [allow(tcp(), anywhere)],
      entries: [inAnywhere, egress(90).allow(tcp(4000), anywhere)],
    });
    const lines = [3000, 4000].flatMap((port) => [
      accept(request(`10.0.1.5:${port}`), { flags: 2, at: '12:00:00' }),
      reject(`10.0.2.9:5432 -> 10.0.1.5:${port} tcp`, { flags: 18, at: '12:00:01' }),
    ]);

    const finding = findingOf(some, lines);

    expect(finding).toMatchObject({ row: 'T-29', confidence: 'likely' });
    expect(finding.reasons).toContainEqual({ kind: 'rests-on-inference', facts: ['NACL-18'] });
  });
});

describe('Block Public Access, where the log does not carry the reason (FLOW-35)', () => {
  const fields = RICH_FIELDS.replace(' reject-reason', '');
  const plain = linesOf('db', fields);
  const inFrom = (remote: string) => plain.reject(request(`${remote}:40000`), { flags: 2, packets: 9 });
  const outTo = (remote: string) => plain.reject(`10.0.2.9:40000 -> ${remote}:443 tcp`, { flags: 2 });

  it.each([
    ['in from the internet', 'block-ingress', inFrom('203.0.113.9'), 'likely'],
    ['in from the internet', 'block-bidirectional', inFrom('203.0.113.9'), 'likely'],
    ['out to the internet', 'block-bidirectional', outTo('203.0.113.9'), 'likely'],
    ['out to the internet', 'block-ingress', outTo('203.0.113.9'), 'certain'],
    ['in from the internet', 'off', inFrom('203.0.113.9'), 'certain'],
    ['in from a private address', 'block-bidirectional', inFrom('10.0.1.5'), 'certain'],
  ] as const)('%s with %s', (...[, mode, line, confidence]) => {
    const finding = findingOf(database({ fields }).blockPublicAccess(mode), [line]);

    expect(finding).toMatchObject({ verdict: 'blocked', confidence });
    expect(reasonKinds(finding).includes('reject-reason-not-logged')).toBe(confidence === 'likely');
  });

  it('is no doubt while nobody knows its mode', () => {
    const vpc = database({ fields }).raw({ VpcBlockPublicAccessOptions: undefined });

    expect(findingOf(vpc, [inFrom('203.0.113.9')]).confidence).toBe('certain');
  });
});

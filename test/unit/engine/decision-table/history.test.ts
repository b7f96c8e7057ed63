import { describe, expect, it } from 'vitest';
import { trailEvent } from '../../../../demo/account/trail-events.ts';
import type { Change } from '../../../../src/changes/change.ts';
import { parseEvent } from '../../../../src/changes/parse-event.ts';
import { diagnose } from '../../../../src/engine/diagnose.ts';
import type { Reason } from '../../../../src/engine/finding.ts';
import {
  ask,
  change,
  culprits,
  gapFacts,
  inputOf,
  linesOf,
  only,
  reasonKinds,
  RICH_FIELDS,
  type Asked,
} from '../../../support/ask-why.ts';
import { buildVpc } from '../../../support/build-vpc.ts';
import { clock } from '../../../support/flow-lines.ts';
import { acl, eni, sg } from '../../../support/ids.ts';
import { allow, egress, ingress, tcp, type AclEntry, type GroupRule } from '../../../support/rules.ts';

const { accept, reject } = linesOf('db');

const postgres = '10.0.1.5:49152 -> 10.0.2.9:5432 tcp';
const turnedAway = [reject(postgres, { flags: 2, at: '12:00:00' })];

const fromApps = allow(tcp(5432), '10.0.1.0/24');
const everything = [ingress(100).allow(tcp(), '0.0.0.0/0'), egress(100).allow(tcp(), '0.0.0.0/0')];

function database(rules: readonly GroupRule[], entries: readonly AclEntry[] = everything, out?: readonly GroupRule[]) {
  return buildVpc()
    .subnet('app', '10.0.1.0/24')
    .subnet('data', '10.0.2.0/24')
    .acl('data', entries)
    .securityGroup('db', { ingress: rules, ...(out && { egress: out }) })
    .securityGroup('old', { ingress: [fromApps] })
    .interface('db', { subnet: 'data', address: '10.0.2.9', groups: ['db'] })
    .flowLog({ fields: RICH_FIELDS });
}

const open = database([fromApps]);
const closed = database([]);

/** What CloudTrail tells of one call. */
function event(name: string, at: string, request: object): Change {
  const heading = { id: `${name} ${at}`, accountId: '123456789012', region: 'eu-west-1', resources: [] };
  return parseEvent(trailEvent({ ...heading, name, atMs: clock(at) * 1000, request }).text)!;
}

const setGroups = (at: string, ...names: readonly string[]) =>
  event('ModifyNetworkInterfaceAttribute', at, {
    networkInterfaceId: eni('db'),
    groupSet: { items: names.map((name) => ({ groupId: sg(name) })) },
  });

const rule = (port: number, cidrIp: string) => ({
  groupId: sg('db'),
  ipPermissions: { items: [{ ipProtocol: 'tcp', fromPort: port, toPort: port, ipRanges: { items: [{ cidrIp }] } }] },
});
const allowApps = (at: string) => event('AuthorizeSecurityGroupIngress', at, rule(5432, '10.0.1.0/24'));
const revokeApps = (at: string) => event('RevokeSecurityGroupIngress', at, rule(5432, '10.0.1.0/24'));
const allowOthers = (at: string) => event('AuthorizeSecurityGroupIngress', at, rule(443, '10.9.0.0/24'));
const entry90 = (name: string, at: string, ruleAction?: string) =>
  event(name, at, {
    networkAclId: acl('data'),
    ruleNumber: 90,
    egress: false,
    ...(ruleAction && { ruleAction, aclProtocol: '6', cidrBlock: '10.0.1.0/24', portRange: { from: 5432, to: 5432 } }),
  });

const findingOf = (vpc: ReturnType<typeof database>, changes: readonly Change[], asked: Partial<Asked> = {}) =>
  only(ask(vpc, { of: 'db', lines: turnedAway, changes, ...asked }));

const turningPoints = ({ reasons }: { readonly reasons: readonly Reason[] }) =>
  reasons.flatMap((reason) => (reason.kind === 'changed' ? [[reason.effect, reason.change.event]] : []));

describe('T-4 with the rules as they were', () => {
  it('T-4 is certain when the rules before the change deny the packet', () => {
    const finding = findingOf(open, [allowApps('12:05:00')]);

    expect(finding).toMatchObject({ row: 'T-4', verdict: 'was-blocked', confidence: 'certain', gaps: [] });
    expect(culprits(finding)).toEqual(['security-group ingress']);
    expect(finding.reasons).toContainEqual({
      kind: 'changed',
      effect: 'opened',
      change: expect.objectContaining({ event: 'AuthorizeSecurityGroupIngress', by: { kind: 'role', name: 'deploy' } }),
    });
  });

  it('T-4 names who closed the way, too', () => {
    const finding = findingOf(open, [revokeApps('11:59:01'), allowApps('12:05:00')]);

    expect(turningPoints(finding)).toEqual([
      ['closed', 'RevokeSecurityGroupIngress'],
      ['opened', 'AuthorizeSecurityGroupIngress'],
    ]);
  });

  it('T-4 does not blame a change that changed nothing for this packet', () => {
    const finding = findingOf(database([fromApps, allow(tcp(443), '10.9.0.0/24')]), [allowOthers('12:05:00')]);

    expect(finding).toMatchObject({ row: 'T-6', verdict: 'undetermined', blockedBy: [] });
    expect(reasonKinds(finding)).not.toContain('changed');
  });

  it('T-4 stays likely when the change does not tell what was before', () => {
    const allowing = database([fromApps], [ingress(90).allow(tcp(5432), '10.0.1.0/24'), ...everything]);

    const finding = findingOf(allowing, [entry90('ReplaceNetworkAclEntry', '12:05:00', 'allow')]);

    expect(finding).toMatchObject({ row: 'T-4', confidence: 'likely', blockedBy: [] });
    expect(turningPoints(finding)).toEqual([[undefined, 'ReplaceNetworkAclEntry']]);
  });

  it('T-4 is certain when an earlier event tells it', () => {
    const allowing = database([fromApps], [ingress(90).allow(tcp(5432), '10.0.1.0/24'), ...everything]);
    const changes = [
      entry90('CreateNetworkAclEntry', '11:00:00', 'deny'),
      entry90('ReplaceNetworkAclEntry', '12:05:00', 'allow'),
    ];

    const finding = findingOf(allowing, changes);

    expect(finding).toMatchObject({ row: 'T-4', confidence: 'certain' });
    expect(culprits(finding)).toEqual(['network-acl ingress 90']);
    expect(turningPoints(finding)).toEqual([
      ['closed', 'CreateNetworkAclEntry'],
      ['opened', 'ReplaceNetworkAclEntry'],
    ]);
  });

  it('T-4 is likely when some rejects came while the rules allowed them', () => {
    const lines = [...turnedAway, reject('10.0.1.5:49153 -> 10.0.2.9:5432 tcp', { flags: 2, at: '12:07:00' })];
    const changes = [allowApps('12:05:00'), allowOthers('12:06:30')];

    const finding = findingOf(database([fromApps, allow(tcp(443), '10.9.0.0/24')]), changes, { lines });

    expect(finding).toMatchObject({ row: 'T-4', confidence: 'likely', blockedBy: [] });
  });

  it('T-28 is as certain on the way out', () => {
    const lines = [reject('10.0.2.9:49152 -> 10.0.1.5:443 tcp', { flags: 2, at: '12:00:00' })];
    const today = database([], everything, [allow(tcp(443), '10.0.1.0/24')]);

    const finding = findingOf(today, [event('AuthorizeSecurityGroupEgress', '12:05:00', rule(443, '10.0.1.0/24'))], {
      lines,
    });

    expect(finding).toMatchObject({ row: 'T-28', verdict: 'was-blocked', confidence: 'certain' });
  });

  it('T-4 claims nothing when the configuration is not what the change left behind', () => {
    const finding = findingOf(open, [event('AuthorizeSecurityGroupIngress', '12:05:00', rule(22, '10.0.1.0/24'))]);

    expect(finding).toMatchObject({ row: 'T-4', confidence: 'likely', blockedBy: [] });
  });
});

describe('what blocks today, and since when', () => {
  it('T-1 names the change that closed the way, and how long before the first reject', () => {
    const finding = findingOf(closed, [revokeApps('11:59:01')]);

    expect(finding).toMatchObject({ row: 'T-1', verdict: 'blocked', confidence: 'certain' });
    expect(finding.reasons).toContainEqual({
      kind: 'changed',
      effect: 'closed',
      firstReject: clock('12:00:00'),
      change: expect.objectContaining({ at: clock('11:59:01'), event: 'RevokeSecurityGroupIngress' }),
    });
  });

  it('T-1 stays certain when a later change of the same group changed nothing for this packet', () => {
    const finding = findingOf(database([allow(tcp(443), '10.9.0.0/24')]), [allowOthers('12:10:00')]);

    expect(finding).toMatchObject({ row: 'T-1', confidence: 'certain' });
    expect(reasonKinds(finding)).not.toContain('changed');
  });

  it('T-1 is only likely when the rules allowed it at the time', () => {
    const finding = findingOf(closed, [revokeApps('12:10:00')]);

    expect(finding).toMatchObject({ row: 'T-1', confidence: 'likely' });
    expect(turningPoints(finding)).toEqual([[undefined, 'RevokeSecurityGroupIngress']]);
  });

  it('T-2 names who put the denying entry there', () => {
    const denying = database([fromApps], [ingress(90).deny(tcp(5432), '10.0.1.0/24'), ...everything]);

    const finding = findingOf(denying, [entry90('CreateNetworkAclEntry', '11:58:00', 'deny')]);

    expect(finding).toMatchObject({ row: 'T-2', confidence: 'certain' });
    expect(turningPoints(finding)).toEqual([['closed', 'CreateNetworkAclEntry']]);
  });

  it('T-1 names who took the group away that let it in', () => {
    const finding = findingOf(closed, [setGroups('11:00:00', 'db', 'old'), setGroups('11:59:00', 'db')]);

    expect(turningPoints(finding)).toEqual([['closed', 'ModifyNetworkInterfaceAttribute']]);
  });

  it('claims nothing of a time from which not every change is known', () => {
    const input = inputOf(closed, { of: 'db', lines: turnedAway, changes: [revokeApps('11:58:00')] });
    const history = { ...input.history!, knownSince: new Map([[sg('db') as string, -Infinity]]) };

    const finding = only(diagnose({ ...input, history }));

    expect(finding).toMatchObject({ row: 'T-1', confidence: 'certain' });
    expect(turningPoints(finding)).toEqual([]);
  });
});

describe('T-65 with the rules as they were', () => {
  const both = [
    reject(postgres, { flags: 2, at: '12:00:00', lasting: 50 }),
    accept(postgres, { flags: 2, at: '12:00:30', lasting: 20 }),
  ];

  it('T-65 is certain when the change in the interval let it through', () => {
    const finding = findingOf(open, [allowApps('12:00:20')], { lines: both });

    expect(finding).toMatchObject({ row: 'T-65', verdict: 'was-blocked', confidence: 'certain' });
    expect(turningPoints(finding)).toEqual([['opened', 'AuthorizeSecurityGroupIngress']]);
  });

  it('T-65 leaves no doubt in what blocks today when the change in the interval closed the way', () => {
    const lines = [
      accept(postgres, { flags: 2, at: '12:00:00', lasting: 30 }),
      reject(postgres, { flags: 2, at: '12:00:25', lasting: 30 }),
    ];

    const finding = findingOf(closed, [revokeApps('12:00:20')], { lines });

    expect(finding).toMatchObject({ row: 'T-1', confidence: 'certain' });
    expect(turningPoints(finding)).toEqual([['closed', 'RevokeSecurityGroupIngress']]);
  });

  it('T-65 is inconclusive when no change explains it', () => {
    const finding = findingOf(open, [], { lines: both });

    expect(finding).toMatchObject({ row: 'T-65', verdict: 'undetermined' });
  });
});

it('says what could not be looked up instead of that nobody looked', () => {
  const input = inputOf(open, { of: 'db', lines: turnedAway, changes: [] });
  const gap = { fact: 'configuration-changes', because: 'access-denied', action: 'cloudtrail:LookupEvents' } as const;
  const history = { changes: [], knownSince: new Map(), readAt: input.now, gaps: [gap] };

  const diagnosis = diagnose({ ...input, history });

  expect(diagnosis.gaps).toContainEqual(gap);
  expect(only(diagnosis).gaps).toContainEqual(gap);
  expect(gapFacts(only(diagnosis))).not.toContain({ fact: 'configuration-changes', because: 'not-collected' });
});

it('a change told by its name alone is no reason to be certain', () => {
  expect(findingOf(open, [change('AuthorizeSecurityGroupIngress', '12:05:00', sg('db'))])).toMatchObject({
    row: 'T-4',
    confidence: 'likely',
  });
});

const allowPort = (port: number, at: number) =>
  event('AuthorizeSecurityGroupIngress', new Date(at * 1000).toISOString().slice(11, 19), rule(port, '10.9.0.0/24'));

function behind(count: number) {
  const others = Array.from({ length: count }, (_, index) => allowPort(7000 + index, clock('11:31:00') + index));
  const rules = others.map((_, index) => allow(tcp(7000 + index), '10.9.0.0/24'));
  return findingOf(database(rules), [revokeApps('11:30:30'), ...others]);
}

describe('rules that a script changes all the time', () => {
  it('hide nothing: the one that closed the way is found behind ninety', () => {
    const finding = behind(90);

    expect(finding).toMatchObject({ row: 'T-1', confidence: 'certain' });
    expect(turningPoints(finding)).toEqual([['closed', 'RevokeSecurityGroupIngress']]);
  });

  it('are followed back over a hundred versions, and no further', () => {
    const finding = behind(120);

    expect(finding).toMatchObject({ row: 'T-1', confidence: 'certain' });
    expect(turningPoints(finding)).toEqual([]);
  });
});

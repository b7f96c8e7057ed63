import { describe, expect, it } from 'vitest';
import { ask, change, culprits, gapFacts, linesOf, only, reasonKinds, RICH_FIELDS } from '../../../support/ask-why.ts';
import { buildVpc, type VpcBuilder } from '../../../support/build-vpc.ts';
import { targetGroup as targetGroupId, acl, sg } from '../../../support/ids.ts';
import {
  allow,
  anything,
  egress,
  group,
  icmp,
  ingress,
  peerGroup,
  prefixList,
  tcp,
  udp,
} from '../../../support/rules.ts';

type GroupRules = Parameters<VpcBuilder['securityGroup']>[1];

const { accept, reject } = linesOf('db');

const anywhere = '0.0.0.0/0';
const outAnywhere = egress(100).allow(anything, anywhere);

/** A database in a subnet of its own, with groups and ACL as a test wants them. */
function database(rules: GroupRules = {}, groups = ['db'], fields = RICH_FIELDS) {
  return buildVpc()
    .subnet('app', '10.0.1.0/24')
    .subnet('db', '10.0.2.0/24')
    .securityGroup('app')
    .securityGroup('db', rules)
    .interface('app', { subnet: 'app', address: '10.0.1.5', groups: ['app'] })
    .interface('db', { subnet: 'db', address: '10.0.2.9', groups })
    .flowLog({ fields });
}

const closed = database();
const open = database({ ingress: [allow(tcp(5432), group('app'))] });
const postgres = '10.0.1.5:49152 -> 10.0.2.9:5432 tcp';

describe('T-1 no inbound rule of the security groups', () => {
  it('T-1 names all attached groups and the nearest miss', () => {
    const vpc = database({ ingress: [allow(tcp(3306), group('app'))] }, ['db', 'app']);

    const finding = only(ask(vpc, { of: 'db', lines: [reject(postgres, { flags: 2 })] }));

    expect(finding).toMatchObject({ row: 'T-1', verdict: 'blocked', confidence: 'certain' });
    expect(finding.blockedBy).toMatchObject([
      { kind: 'security-group', ids: [sg('db'), sg('app')], nearMisses: [{ failedOn: ['port'] }] },
    ]);
  });

  it('T-1 is decided without tcp-flags too, as nothing was ever sent that the packet could answer', () => {
    const fields = RICH_FIELDS.replace(' tcp-flags', '');
    const { reject: plainReject } = linesOf('db', fields);
    const finding = only(ask(database({}, ['db'], fields), { of: 'db', lines: [plainReject(postgres)] }));

    expect(finding).toMatchObject({ row: 'T-1', confidence: 'certain' });
    expect(reasonKinds(finding)).toContain('flags-not-logged');
  });

  it('T-1 is only likely for an old reject while nobody looked at the changes since', () => {
    const lines = [reject(postgres, { flags: 2, at: '10:00:00' })];
    const window = { start: '09:00:00', end: '12:30:00' };

    expect(only(ask(closed, { of: 'db', lines, window }))).toMatchObject({ row: 'T-1', confidence: 'likely' });
    expect(only(ask(closed, { of: 'db', lines, window, changes: [] }))).toMatchObject({ confidence: 'certain' });
  });

  it('T-1 is only likely when a change of the groups came after the reject', () => {
    const lines = [reject(postgres, { flags: 2 })];
    const changes = [change('RevokeSecurityGroupIngress', '12:10:00', sg('db'))];

    const finding = only(ask(closed, { of: 'db', lines, changes }));

    expect(finding).toMatchObject({ row: 'T-1', verdict: 'blocked', confidence: 'likely' });
    expect(reasonKinds(finding)).toContain('changed');
  });

  it('T-1 does not mind changes of other groups', () => {
    const lines = [reject(postgres, { flags: 2 })];
    const changes = [change('RevokeSecurityGroupIngress', '12:10:00', sg('another'))];

    expect(only(ask(closed, { of: 'db', lines, changes }))).toMatchObject({ confidence: 'certain' });
  });

  it('T-1 stays the culprit when the ACL could not be read', () => {
    const vpc = closed.raw({ NetworkAcls: undefined });

    const finding = only(ask(vpc, { of: 'db', lines: [reject(postgres, { flags: 2 })] }));

    expect(finding).toMatchObject({ row: 'T-1', verdict: 'blocked' });
    expect(gapFacts(finding)).toContain('network-acl');
  });

  it('T-1 holds for UDP, where a prefix list and a reference admit others', () => {
    const vpc = database({ ingress: [allow(udp(53), prefixList('resolvers'))] }).prefixList('resolvers', '10.0.7.0/24');

    const finding = only(ask(vpc, { of: 'db', lines: [reject('10.0.1.5:40000 -> 10.0.2.9:53 udp')] }));

    expect(finding).toMatchObject({ row: 'T-1', blockedBy: [{ nearMisses: [{ failedOn: ['address'] }] }] });
  });
});

describe('T-2 an inbound entry of the network ACL', () => {
  it.each([
    ['a numbered deny', [ingress(90).deny(tcp(5432), '10.0.1.0/24'), ingress(100).allow(anything, anywhere)], 90],
    ['the final deny', [ingress(100).allow(tcp(443), anywhere)], 32767],
  ])('T-2 names %s', (_, entries, ruleNumber) => {
    const finding = only(
      ask(open.acl('db', [...entries, outAnywhere]), { of: 'db', lines: [reject(postgres, { flags: 2 })] }),
    );

    expect(finding).toMatchObject({
      row: 'T-2',
      verdict: 'blocked',
      confidence: 'certain',
      blockedBy: [{ kind: 'network-acl', id: acl('db'), direction: 'ingress', entry: { ruleNumber } }],
    });
  });
});

it('T-3 names both, the ACL first', () => {
  const vpc = closed.acl('db', [outAnywhere]);

  const finding = only(ask(vpc, { of: 'db', lines: [reject(postgres, { flags: 2 })] }));

  expect(finding).toMatchObject({ row: 'T-3', verdict: 'blocked', confidence: 'certain' });
  expect(culprits(finding)).toEqual(['network-acl ingress 32767', 'security-group ingress']);
});

describe('T-4 the old rules blocked it', () => {
  it('T-4 names the change that came after', () => {
    const changes = [change('AuthorizeSecurityGroupIngress', '12:05:00', sg('db'))];

    const finding = only(ask(open, { of: 'db', lines: [reject(postgres, { flags: 2 })], changes }));

    expect(finding).toMatchObject({ row: 'T-4', verdict: 'was-blocked', confidence: 'likely', blockedBy: [] });
    expect(finding.reasons).toEqual([
      { kind: 'configuration-allows', today: true },
      { kind: 'flags', values: [2] },
      { kind: 'changed', change: changes[0] },
    ]);
    expect(finding.gaps).toEqual([]);
  });

  it('T-4 follows from later connections of the same flow that were accepted', () => {
    const lines = [
      reject(postgres, { flags: 2 }),
      accept('10.0.1.5:49200 -> 10.0.2.9:5432 tcp', { flags: 2, at: '12:04:00' }),
    ];

    const finding = only(ask(open, { of: 'db', lines }));

    expect(finding).toMatchObject({ row: 'T-4', verdict: 'was-blocked' });
    expect(reasonKinds(finding)).toContain('accepted-after');
    expect(gapFacts(finding)).toContain('configuration-changes');
  });

  it.each([
    ['counts a change within the minute before the reject, which had not spread yet', '11:59:00', 'T-4'],
    ['does not count an older change, which the packet met', '11:58:59', 'T-6'],
  ])('T-4 %s (EVAL-23)', (_, at, row) => {
    const changes = [change('AuthorizeSecurityGroupIngress', at, sg('db'))];

    expect(only(ask(open, { of: 'db', lines: [reject(postgres, { flags: 2 })], changes })).row).toBe(row);
  });
});

it('T-5 sees a late packet of a closed connection, which no rule blocks', () => {
  const lines = [
    accept(postgres, { flags: 3, at: '11:59:00' }),
    accept('10.0.2.9:5432 -> 10.0.1.5:49152 tcp', { flags: 19, at: '11:59:01' }),
    reject(postgres, { flags: 4, at: '12:00:00' }),
  ];

  const finding = only(ask(open, { of: 'db', lines }));

  expect(finding).toMatchObject({ row: 'T-5', verdict: 'not-a-rule', confidence: 'likely', blockedBy: [] });
});

describe('T-6 allowed today, rejected then', () => {
  it('T-6 is undetermined while nothing is known to have changed', () => {
    const finding = only(ask(open, { of: 'db', lines: [reject(postgres, { flags: 2 })], changes: [] }));

    expect(finding).toMatchObject({ row: 'T-6', verdict: 'undetermined', blockedBy: [] });
    expect(finding.gaps).toEqual([{ fact: 'configuration-changes', about: 'latest', because: 'not-collected' }]);
    expect(finding.reasons).toContainEqual({ kind: 'configuration-allows', today: true });
    expect(reasonKinds(finding)).toContain('rests-on-inference');
  });

  it('T-6 says when nobody looked for changes', () => {
    const finding = only(ask(open, { of: 'db', lines: [reject(postgres, { flags: 2 })] }));

    expect(gapFacts(finding)).toContain('configuration-changes');
  });
});

const web = (fields: string) => database({ ingress: [allow(tcp(443), anywhere)] }, ['db'], fields);

describe('T-9 Block Public Access without a logged reason', () => {
  const fromInternet = '203.0.113.9:40000 -> 10.0.2.9:443 tcp';
  const withoutReason = RICH_FIELDS.replace(' reject-reason', '');

  it('T-9 is likely when both filters allow', () => {
    const { reject: rejectWithoutReason } = linesOf('db', withoutReason);
    const line = rejectWithoutReason(fromInternet, { flags: 2 });
    const vpc = web(withoutReason).blockPublicAccess('block-ingress', 'declarative-policy');

    const finding = only(ask(vpc, { of: 'db', lines: [line] }));

    expect(finding).toMatchObject({
      row: 'T-9',
      verdict: 'blocked',
      confidence: 'likely',
      blockedBy: [{ kind: 'block-public-access', mode: 'block-ingress', managedBy: 'declarative-policy' }],
    });
    expect(reasonKinds(finding)).toContain('reject-reason-not-logged');
  });

  it('T-9 is an alternative that takes the certainty of a group that denies', () => {
    const { reject: rejectWithoutReason } = linesOf('db', withoutReason);
    const vpc = database({}, ['db'], withoutReason).blockPublicAccess('block-bidirectional');

    const finding = only(ask(vpc, { of: 'db', lines: [rejectWithoutReason(fromInternet, { flags: 2, packets: 9 })] }));

    expect(finding).toMatchObject({ row: 'T-1', confidence: 'likely', alternatives: ['T-9'] });
  });

  it('T-9 does not hold when the log would have told', () => {
    const vpc = web(RICH_FIELDS).blockPublicAccess('block-ingress');

    expect(only(ask(vpc, { of: 'db', lines: [reject(fromInternet, { flags: 2 })] })).row).toBe('T-6');
  });
});

describe('T-10 a filter that cannot be told', () => {
  const peered = database({ ingress: [allow(tcp(5432), peerGroup('peer', 'theirs'))] })
    .peering('peer', { cidrs: ['10.9.0.0/16'], accountId: '210987654321' })
    .membersKnownOf('db', 'app');
  const fromPeer = '10.9.0.7:49152 -> 10.0.2.9:5432 tcp';

  it('T-10 is undetermined and says whose members are missing', () => {
    const finding = only(ask(peered, { of: 'db', lines: [reject(fromPeer, { flags: 2 })] }));

    expect(finding).toMatchObject({ row: 'T-10', verdict: 'undetermined', blockedBy: [] });
    expect(finding.gaps).toMatchObject([{ fact: 'security-group-members', about: sg('theirs') }]);
  });

  it('T-10 names the ACL when that denies anyway', () => {
    const vpc = peered.acl('db', [outAnywhere]);

    const finding = only(ask(vpc, { of: 'db', lines: [reject(fromPeer, { flags: 2 })] }));

    expect(finding).toMatchObject({ row: 'T-10', verdict: 'blocked' });
    expect(culprits(finding)).toEqual(['network-acl ingress 32767']);
    expect(gapFacts(finding)).toContain('security-group-members');
  });
});

const targetGroupArn = targetGroupId('web');

const targetGroup = (preserves: boolean, id = '10.0.2.9') => ({
  TargetGroups: [
    {
      TargetGroupArn: targetGroupArn,
      TargetGroupName: 'web',
      TargetType: 'ip',
      LoadBalancerArns: [],
    },
  ],
  TargetGroupAttributes: [
    {
      TargetGroupArn: targetGroupArn,
      Attributes: [{ Key: 'preserve_client_ip.enabled', Value: String(preserves) }],
    },
  ],
  LoadBalancerTargetHealth: [
    {
      TargetGroupArn: targetGroupArn,
      TargetHealthDescriptions: [{ Target: { Id: id, Port: 8080 }, TargetHealth: { State: 'healthy' } }],
    },
  ],
});

describe('T-14 an internet client behind a load balancer that keeps client addresses', () => {
  const client = reject('203.0.113.9:40000 -> 10.0.2.9:8080 tcp', { flags: 2, packets: 9 });
  const asked = (members: object) => only(ask(closed.raw({ ...members }), { of: 'db', lines: [client] }));

  it('T-14 names the target group that hands on client addresses', () => {
    const finding = asked(targetGroup(true));

    expect(finding).toMatchObject({ row: 'T-14', verdict: 'blocked', blockedBy: [{ kind: 'security-group' }] });
    expect(finding.reasons).toContainEqual({ kind: 'client-addresses-preserved', targetGroup: 'web' });
  });

  it('T-14 finds the target among others', () => {
    const [health] = targetGroup(true).LoadBalancerTargetHealth;
    const stranger = { Target: { Id: '10.0.2.10', Port: 8080 }, TargetHealth: { State: 'healthy' } };
    const descriptions = [stranger, ...health!.TargetHealthDescriptions];

    expect(
      asked({
        ...targetGroup(true),
        LoadBalancerTargetHealth: [{ ...health, TargetHealthDescriptions: descriptions }],
      }).row,
    ).toBe('T-14');
  });

  it.each([
    ['keeps no client addresses', targetGroup(false)],
    ['names another target', targetGroup(true, '10.0.2.10')],
    ['is not there', {}],
  ])('T-14 does not hold where the target group %s', (_, members) => {
    expect(asked(members).row).toBe('T-1');
  });
});

const answered = (at: string) => reject('10.0.7.2:53 -> 10.0.2.9:40000 udp', { at });

describe('T-20 a UDP answer that came too late', () => {
  const asked = accept('10.0.2.9:40000 -> 10.0.7.2:53 udp', { at: '12:00:00' });

  it('T-20 is no rule after the timer', () => {
    const finding = only(ask(closed, { of: 'db', lines: [asked, answered('12:01:00')] }));

    expect(finding).toMatchObject({ row: 'T-20', verdict: 'not-a-rule', confidence: 'likely' });
    expect(finding.reasons).toContainEqual({ kind: 'idle-timeout', seconds: 30, source: 'default' });
  });

  const dialogue = [
    asked,
    accept('10.0.7.2:53 -> 10.0.2.9:40000 udp', { at: '12:00:01', packets: 2 }),
    accept('10.0.2.9:40000 -> 10.0.7.2:53 udp', { at: '12:00:02' }),
  ];

  it('T-20 gives a stream of both sides three minutes (CT-12)', () => {
    expect(only(ask(closed, { of: 'db', lines: [...dialogue, answered('12:03:01')] })).row).toBe('T-33');

    const finding = only(ask(closed, { of: 'db', lines: [...dialogue, answered('12:03:02')] }));

    expect(finding.row).toBe('T-20');
    expect(finding.reasons).toContainEqual({ kind: 'idle-timeout', seconds: 180, source: 'default' });
  });

  it('T-20 gives many questions without an answer no more than one', () => {
    const again = accept('10.0.2.9:40000 -> 10.0.7.2:53 udp', { at: '12:00:00', packets: 5 });

    expect(only(ask(closed, { of: 'db', lines: [again, answered('12:01:00')] })).row).toBe('T-20');
  });

  it('T-20 does not hold within the timer', () => {
    expect(only(ask(closed, { of: 'db', lines: [asked, answered('12:00:10')] })).row).toBe('T-33');
  });
});

describe('T-65 accepted and rejected in one interval', () => {
  const both = [
    reject(postgres, { flags: 2, at: '12:00:00', lasting: 50 }),
    accept(postgres, { flags: 2, at: '12:00:30', lasting: 20 }),
  ];

  it('T-65 was blocked when the rules allow it today', () => {
    const finding = only(
      ask(open, { of: 'db', lines: both, changes: [change('AuthorizeSecurityGroupIngress', '12:00:20', sg('db'))] }),
    );

    expect(finding).toMatchObject({ row: 'T-65', verdict: 'was-blocked' });
    expect(reasonKinds(finding)).toContain('accept-and-reject-overlap');
  });

  it('T-65 stands beside a group that denies today, and takes its certainty', () => {
    expect(only(ask(closed, { of: 'db', lines: both }))).toMatchObject({
      row: 'T-1',
      confidence: 'likely',
      alternatives: ['T-65'],
    });
  });
});

it('does not blame a rule limited to ICMP types without knowing the type', () => {
  const vpc = database({ ingress: [allow(icmp(8), anywhere)] });

  expect(only(ask(vpc, { of: 'db', lines: [reject('10.0.1.5 -> 10.0.2.9 icmp')] })).verdict).toBe('undetermined');
});

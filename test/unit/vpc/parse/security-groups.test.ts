import { expect, it } from 'vitest';
import { formatCidr, parseCidr } from '../../../../src/net/cidr.ts';
import type { SecurityGroupRule } from '../../../../src/vpc/security-group.ts';
import { pcx, pl, sg, sgr, vpc } from '../../../support/ids.ts';
import { parseMembers } from '../../../support/parse-members.ts';

const ANYWHERE = parseCidr('0.0.0.0/0');
const PEERS = { IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

function rulesOf(...permissions: readonly object[]): readonly SecurityGroupRule[] {
  const { securityGroups } = parseMembers({ SecurityGroups: [{ GroupId: sg('web'), IpPermissions: permissions }] });
  return securityGroups.get(sg('web'))!.rules;
}

/** Columns: what AWS says, and what of it counts (SG-8 to SG-12, SG-15). */
it.each([
  { says: { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }, means: { protocol: 6, ports: { from: 443, to: 443 } } },
  { says: { IpProtocol: '17', FromPort: 53, ToPort: 54 }, means: { protocol: 17, ports: { from: 53, to: 54 } } },
  { says: { IpProtocol: 'tcp', FromPort: 0, ToPort: 65535 }, means: { protocol: 6, ports: { from: 0, to: 65535 } } },
  { says: { IpProtocol: 'tcp' }, means: { protocol: 6 } },
  { says: { IpProtocol: 'tcp', FromPort: -1, ToPort: -1 }, means: { protocol: 6 } },
  { says: { IpProtocol: '-1' }, means: { protocol: 'all' } },
  { says: { IpProtocol: '-1', FromPort: 80, ToPort: 80 }, means: { protocol: 'all' } },
  { says: { IpProtocol: '50', FromPort: 80, ToPort: 80 }, means: { protocol: 50 } },
  { says: { IpProtocol: 'icmp', FromPort: 8, ToPort: -1 }, means: { protocol: 1, icmp: { type: 8 } } },
  { says: { IpProtocol: 'icmp', FromPort: 3, ToPort: 4 }, means: { protocol: 1, icmp: { type: 3, code: 4 } } },
  { says: { IpProtocol: 'icmp', FromPort: 0, ToPort: 0 }, means: { protocol: 1, icmp: { type: 0, code: 0 } } },
  { says: { IpProtocol: 'icmp', FromPort: -1, ToPort: -1 }, means: { protocol: 1 } },
  { says: { IpProtocol: 'icmpv6' }, means: { protocol: 58 } },
  { says: { IpProtocol: '58', FromPort: 128, ToPort: 0 }, means: { protocol: 58, icmp: { type: 128, code: 0 } } },
])('reads $says as $means', ({ says, means }) => {
  const peer = { kind: 'cidr', cidr: ANYWHERE };

  expect(rulesOf({ ...says, ...PEERS })).toEqual([{ groupId: sg('web'), direction: 'ingress', peer, ...means }]);
});

it('makes one rule of each peer (SG-7, SG-38)', () => {
  const rules = rulesOf({
    IpProtocol: 'tcp',
    FromPort: 22,
    ToPort: 22,
    IpRanges: [{ CidrIp: '192.0.2.0/24', Description: 'office' }, { CidrIp: '100.68.0.18/18' }],
    Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
    PrefixListIds: [{ PrefixListId: pl('offices') }],
    UserIdGroupPairs: [
      {
        GroupId: sg('far'),
        UserId: '210987654321',
        VpcId: vpc('peer'),
        VpcPeeringConnectionId: pcx('shared'),
        PeeringStatus: 'active',
        Description: 'the other team',
      },
      { GroupId: sg('gone') },
    ],
  });

  expect(rules.map(({ peer, description }) => [describePeer(peer), description])).toEqual([
    ['192.0.2.0/24', 'office'],
    ['100.68.0.0/18', undefined],
    ['2001:db8::/32', undefined],
    [pl('offices'), undefined],
    [sg('far'), 'the other team'],
    [sg('gone'), undefined],
  ]);
  expect(rules[4]?.peer).toEqual({
    kind: 'group',
    id: sg('far'),
    accountId: '210987654321',
    vpcId: vpc('peer'),
    peeringConnectionId: pcx('shared'),
    peeringStatus: 'active',
  });
  expect(rules[5]?.peer).toEqual({ kind: 'group', id: sg('gone') });
});

function describePeer(peer: SecurityGroupRule['peer']): string {
  return peer.kind === 'cidr' ? formatCidr(peer.cidr) : peer.id;
}

const GROUP = {
  GroupId: sg('web'),
  GroupName: 'web',
  Description: 'the web tier',
  OwnerId: '123456789012',
  VpcId: vpc('main'),
  IpPermissions: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, ...PEERS }],
  IpPermissionsEgress: [{ IpProtocol: '-1', ...PEERS }],
};

const RULE = {
  SecurityGroupRuleId: sgr('web', 'ingress', 0),
  GroupId: sg('web'),
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 443,
  ToPort: 443,
};

it('knows which way a rule looks', () => {
  const group = parseMembers({ SecurityGroups: [GROUP] }).securityGroups.get(sg('web'))!;

  expect(group).toMatchObject({ name: 'web', description: 'the web tier', vpcId: vpc('main') });
  expect(group.rules.map(({ direction, protocol }) => [direction, protocol])).toEqual([
    ['ingress', 6],
    ['egress', 'all'],
  ]);
});

/** Exactly one of them in a rule-level item (SG-39). */
it.each([
  { says: { CidrIpv4: '192.0.2.7/24' }, means: { kind: 'cidr' } },
  { says: { CidrIpv6: '::/0' }, means: { kind: 'cidr' } },
  { says: { PrefixListId: pl('offices') }, means: { kind: 'prefix-list', id: pl('offices') } },
  { says: { ReferencedGroupInfo: { GroupId: sg('lb') } }, means: { kind: 'group', id: sg('lb') } },
])('prefers rules with ids, here with peer $says (SG-38)', ({ says, means }) => {
  const { securityGroups, gaps } = parseMembers({
    SecurityGroups: [GROUP],
    SecurityGroupRules: [{ ...RULE, ...says }],
  });

  const rules = securityGroups.get(sg('web'))!.rules;
  expect(rules).toMatchObject([
    { id: RULE.SecurityGroupRuleId, direction: 'ingress', ports: { from: 443, to: 443 }, peer: means },
  ]);
  expect(gaps).toEqual([]);
});

it('takes rules without ids where none with ids were told', () => {
  const { securityGroups } = parseMembers({ SecurityGroups: [GROUP], SecurityGroupRules: [] });

  expect(securityGroups.get(sg('web'))!.rules).toHaveLength(2);
});

it.each([
  { odd: { CidrIpv4: undefined }, because: 'no peer' },
  { odd: { PrefixListId: pl('offices') }, because: 'two peers' },
  { odd: { CidrIpv4: '10.0.0.0/33' }, because: 'no block' },
  { odd: { IpProtocol: 'carrier-pigeon' }, because: 'no protocol' },
  { odd: { FromPort: 90, ToPort: 80 }, because: 'ports the wrong way round' },
  { odd: { FromPort: -1, ToPort: 80 }, because: 'half a range' },
  { odd: { FromPort: 80, ToPort: 65536 }, because: 'no port' },
  { odd: { FromPort: 1.5 }, because: 'not an integer' },
  { odd: { IsEgress: 'no' }, because: 'no direction' },
  { odd: { SecurityGroupRuleId: 'sg-1' }, because: 'no id' },
])('leaves a group out whole when a rule has $because: without it, it would seem to deny', ({ odd }) => {
  const rule = { ...RULE, CidrIpv4: '0.0.0.0/0', ...odd };
  const other = { ...GROUP, GroupId: sg('db') };

  const { securityGroups, gaps } = parseMembers({ SecurityGroups: [GROUP, other], SecurityGroupRules: [rule] });

  expect([...securityGroups.keys()]).toEqual([sg('db')]);
  expect(gaps).toMatchObject([{ fact: 'security-group', about: sg('web'), because: 'malformed' }]);
});

it.each([
  { odd: { UserIdGroupPairs: [{ GroupName: 'web' }] }, because: 'a group without an id' },
  { odd: { IpRanges: [{ CidrIp: 'anywhere' }] }, because: 'no block' },
  { odd: { PrefixListIds: 'pl-1' }, because: 'no list' },
  { odd: { FromPort: 443, ToPort: undefined }, because: 'half a range' },
])('does the same for permissions: $because', ({ odd }) => {
  const permission = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...PEERS, ...odd };

  const { securityGroups, gaps } = parseMembers({ SecurityGroups: [{ ...GROUP, IpPermissions: [permission] }] });

  expect(securityGroups.size).toBe(0);
  expect(gaps).toMatchObject([{ fact: 'security-group', about: sg('web'), because: 'malformed' }]);
});

it('names a rule that does not tell its group by its own id', () => {
  const { gaps } = parseMembers({ SecurityGroupRules: [{ ...RULE, GroupId: undefined }, null] });

  expect(gaps.map((gap) => gap.about)).toEqual([RULE.SecurityGroupRuleId, undefined]);
});

it('reads associations of groups with other VPCs (SG-41)', () => {
  const association = { GroupId: sg('web'), VpcId: vpc('other'), State: 'associated', GroupOwnerId: '123456789012' };

  const { associations, gaps } = parseMembers({ SecurityGroupVpcAssociations: [association, { GroupId: sg('db') }] });

  expect(associations).toEqual([{ groupId: sg('web'), vpcId: vpc('other'), state: 'associated' }]);
  expect(gaps).toMatchObject([{ fact: 'security-group', about: sg('db') }]);
});

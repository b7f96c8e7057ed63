import { expect, it } from 'vitest';
import { parseCidr } from '../../../../src/net/cidr.ts';
import { acl, subnet, vpc } from '../../../support/ids.ts';
import { parseMembers } from '../../../support/parse-members.ts';

const ENTRY = { RuleNumber: 100, Egress: false, Protocol: '6', RuleAction: 'allow', CidrBlock: '0.0.0.0/0' };
const ACL = { NetworkAclId: acl('app'), VpcId: vpc('main'), IsDefault: true };

const parseAcl = (acls: object) => parseMembers({ NetworkAcls: [{ ...ACL, ...acls }] }).networkAcls.get(acl('app'))!;

const IPV6 = { CidrBlock: undefined, Ipv6CidrBlock: '::/0' };
const NUMBERS = { PortRange: { From: 80, To: 90 }, IcmpTypeCode: { Type: 8, Code: 0 } };

/** Which of the numbers in an entry count (NACL-10 to NACL-13). Columns: what AWS says, and what it means. */
it.each([
  { says: { PortRange: { From: 443, To: 443 } }, means: { protocol: 6, ports: { from: 443, to: 443 } } },
  { says: {}, means: { protocol: 6 } },
  { says: { Protocol: '17', ...NUMBERS }, means: { protocol: 17, ports: { from: 80, to: 90 } } },
  { says: { Protocol: '-1', ...NUMBERS }, means: { protocol: 'all' } },
  { says: { Protocol: '50', ...NUMBERS }, means: { protocol: 50 } },
  { says: { Protocol: '1', ...NUMBERS }, means: { protocol: 1, icmp: { type: 8, code: 0 } } },
  { says: { Protocol: '1', IcmpTypeCode: { Type: 3, Code: -1 } }, means: { protocol: 1, icmp: { type: 3 } } },
  { says: { Protocol: '1', IcmpTypeCode: { Type: -1, Code: -1 } }, means: { protocol: 1 } },
  { says: { Protocol: '1' }, means: { protocol: 1 } },
  { says: { Protocol: '58', ...NUMBERS }, means: { protocol: 58 } },
  { says: { Protocol: '58', ...NUMBERS, ...IPV6 }, means: { protocol: 58, icmp: { type: 8, code: 0 } } },
  { says: { PortRange: null, IcmpTypeCode: null }, means: { protocol: 6 } },
])('reads $says as $means', ({ says, means }) => {
  const [entry] = parseAcl({ Entries: [{ ...ENTRY, ...says }] }).entries;

  expect(entry).toEqual({
    aclId: acl('app'),
    ruleNumber: 100,
    direction: 'ingress',
    action: 'allow',
    cidr: entry!.cidr,
    ...means,
  });
});

it('keeps number, direction, action, block and the ACL of every entry', () => {
  const entries = [
    { ...ENTRY, RuleNumber: 90, RuleAction: 'deny', CidrBlock: '192.0.2.7/24' },
    { ...ENTRY, ...IPV6, RuleNumber: 32768, Egress: true },
  ];

  const common = { aclId: acl('app'), protocol: 6 };
  expect(parseAcl({ Entries: entries }).entries).toEqual([
    { ...common, ruleNumber: 90, direction: 'ingress', action: 'deny', cidr: parseCidr('192.0.2.0/24') },
    { ...common, ruleNumber: 32768, direction: 'egress', action: 'allow', cidr: parseCidr('::/0') },
  ]);
});

it('knows the subnets it serves and its name', () => {
  const parsed = parseAcl({
    Associations: [{ SubnetId: subnet('app') }, { SubnetId: subnet('db') }],
    Tags: [{ Key: 'Name', Value: 'front' }],
  });

  expect(parsed).toMatchObject({
    isDefault: true,
    name: 'front',
    subnetIds: [subnet('app'), subnet('db')],
    entries: [],
  });
});

it.each([
  { odd: { ...IPV6, CidrBlock: '0.0.0.0/0' }, because: 'two blocks' },
  { odd: { CidrBlock: undefined }, because: 'no block' },
  { odd: { CidrBlock: '10.0.0.0/99' }, because: 'an unreadable block' },
  { odd: { PortRange: { From: 90, To: 80 } }, because: 'ports the wrong way round' },
  { odd: { RuleNumber: 0 }, because: 'a number that AWS does not give' },
  { odd: { RuleNumber: '100' }, because: 'a number in letters' },
  { odd: { RuleAction: 'reject' }, because: 'an unknown action' },
  { odd: { Protocol: 6 }, because: 'a protocol as a number' },
  { odd: { IcmpTypeCode: { Type: 256, Code: 0 } }, because: 'no ICMP type' },
  { odd: { Egress: undefined }, because: 'no direction' },
])('leaves an ACL out whole when an entry has $because: it may be the one that decides', ({ odd }) => {
  const { networkAcls, gaps } = parseMembers({ NetworkAcls: [{ ...ACL, Entries: [ENTRY, { ...ENTRY, ...odd }] }] });

  expect(networkAcls.size).toBe(0);
  expect(gaps).toMatchObject([{ fact: 'network-acl', about: acl('app'), because: 'malformed' }]);
});

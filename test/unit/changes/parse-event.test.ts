import { describe, expect, it } from 'vitest';
import { roleIdentity, trailEvent, type TrailEventPlan } from '../../../demo/account/trail-events.ts';
import type { Edit } from '../../../src/changes/change.ts';
import { parseEvent } from '../../../src/changes/parse-event.ts';
import { parseCidr } from '../../../src/net/cidr.ts';
import { clock } from '../../support/flow-lines.ts';
import { acl, eni, instance, pcx, pl, rtb, sg, sgr, vpce } from '../../support/ids.ts';

const ACCOUNT = '123456789012';

const eventOf = (name: string, plan: Partial<TrailEventPlan> = {}): string =>
  trailEvent({
    id: '6f1c0e52-0000-4000-8000-000000000001',
    name,
    atMs: clock('14:02:11') * 1000,
    accountId: ACCOUNT,
    region: 'eu-west-1',
    resources: [],
    request: {},
    ...plan,
  }).text;

const parsed = (name: string, request: object, response?: object) =>
  parseEvent(eventOf(name, { request, ...(response && { response }) }));

const cidr = (text: string) => ({ kind: 'cidr', cidr: parseCidr(text) });

const permission = {
  ipProtocol: 'tcp',
  fromPort: 5432,
  toPort: 5432,
  groups: {},
  ipRanges: { items: [{ cidrIp: '10.20.0.0/16', description: 'apps' }, { cidrIp: '10.30.0.0/16' }] },
  ipv6Ranges: {},
  prefixListIds: {},
};
const asked = { groupId: sg('db'), ipPermissions: { items: [permission] } };
const made = {
  groupOwnerId: ACCOUNT,
  groupId: sg('db'),
  securityGroupRuleId: sgr('db', 'ingress', 0),
  isEgress: false,
  ipProtocol: 'tcp',
  fromPort: 5432,
  toPort: 5432,
};
const postgres = { protocol: 6, ports: { from: 5432, to: 5432 } };
const ofRule = { kind: 'rule', groupId: sg('db'), direction: 'ingress' } as const;
const withId = { ...ofRule, ruleId: sgr('db', 'ingress', 0) };

const entry = {
  networkAclId: acl('db'),
  ruleNumber: 90,
  egress: false,
  ruleAction: 'deny',
  icmpTypeCode: {},
  portRange: { from: 5432, to: 5432 },
  aclProtocol: '6',
  cidrBlock: '10.20.4.0/24',
};
const deny = {
  aclId: acl('db'),
  ruleNumber: 90,
  direction: 'ingress',
  action: 'deny',
  ...postgres,
  cidr: parseCidr('10.20.4.0/24'),
};
const ofEntry = { kind: 'entry', aclId: acl('db'), direction: 'ingress', ruleNumber: 90 } as const;

const route = { routeTableId: rtb('app'), destinationCidrBlock: '10.9.0.0/16', vpcPeeringConnectionId: pcx('far') };
const toPeer = { destination: cidr('10.9.0.0/16'), tableId: rtb('app') };
const ofRoute = { kind: 'route', tableId: rtb('app'), destination: cidr('10.9.0.0/16') } as const;
const peered = { ...toPeer, target: { kind: 'peering', id: pcx('far') }, state: 'active', origin: 'static' };

const association = { associationId: 'aclassoc-0000000000000000a', networkAclId: acl('db') };

const TABLE: readonly (readonly [
  event: string,
  request: object,
  response: object | undefined,
  edits: readonly unknown[],
])[] = [
  [
    'AuthorizeSecurityGroupIngress',
    asked,
    { _return: true, securityGroupRuleSet: { items: [{ ...made, cidrIpv4: '10.20.0.0/16' }] } },
    [{ ...withId, before: 'nothing', after: { ...postgres, peer: cidr('10.20.0.0/16') } }],
  ],
  [
    'AuthorizeSecurityGroupIngress',
    asked,
    undefined,
    [
      { ...ofRule, before: 'nothing', after: { ...postgres, peer: cidr('10.20.0.0/16'), description: 'apps' } },
      { ...ofRule, before: 'nothing', after: { ...postgres, peer: cidr('10.30.0.0/16') } },
    ],
  ],
  [
    'AuthorizeSecurityGroupEgress',
    {
      groupId: sg('db'),
      ipPermissions: { items: [{ ipProtocol: '-1', ipv6Ranges: { items: [{ cidrIpv6: '::/0' }] } }] },
    },
    undefined,
    [{ ...ofRule, direction: 'egress', before: 'nothing', after: { protocol: 'all', peer: cidr('::/0') } }],
  ],
  [
    'RevokeSecurityGroupIngress',
    { groupId: sg('db'), securityGroupRuleIds: { items: [{ securityGroupRuleId: made.securityGroupRuleId }] } },
    { _return: true, revokedSecurityGroupRuleSet: { items: [{ ...made, referencedGroupId: sg('apps') }] } },
    [
      {
        ...withId,
        before: { ...postgres, peer: { kind: 'group', id: sg('apps'), accountId: ACCOUNT } },
        after: 'nothing',
      },
    ],
  ],
  [
    'RevokeSecurityGroupIngress',
    asked,
    {
      _return: true,
      unknownIpPermissionSet: { items: [{ ...permission, ipRanges: { items: [{ cidrIp: '10.30.0.0/16' }] } }] },
    },
    [{ ...ofRule, before: { ...postgres, peer: cidr('10.20.0.0/16'), description: 'apps' }, after: 'nothing' }],
  ],
  [
    'RevokeSecurityGroupEgress',
    { groupId: sg('db'), securityGroupRuleIds: { items: [{ securityGroupRuleId: made.securityGroupRuleId }] } },
    undefined,
    [{ kind: 'untold', objectId: sg('db') }],
  ],
  [
    'ModifySecurityGroupRules',
    {
      ModifySecurityGroupRulesRequest: {
        GroupId: sg('db'),
        SecurityGroupRule: {
          tag: 1,
          SecurityGroupRuleId: made.securityGroupRuleId,
          SecurityGroupRule: { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, PrefixListId: pl('offices') },
        },
      },
    },
    undefined,
    [
      {
        kind: 'rule',
        groupId: sg('db'),
        ruleId: made.securityGroupRuleId,
        before: 'untold',
        after: { ...postgres, peer: { kind: 'prefix-list', id: pl('offices') } },
      },
    ],
  ],
  ['CreateNetworkAclEntry', entry, undefined, [{ ...ofEntry, before: 'nothing', after: deny }]],
  ['ReplaceNetworkAclEntry', entry, undefined, [{ ...ofEntry, before: 'untold', after: deny }]],
  [
    'DeleteNetworkAclEntry',
    { networkAclId: acl('db'), ruleNumber: 90, egress: false },
    undefined,
    [{ ...ofEntry, before: 'untold', after: 'nothing' }],
  ],
  ['CreateNetworkAclEntry', { ...entry, ruleAction: 'perhaps' }, undefined, [{ kind: 'untold', objectId: acl('db') }]],
  [
    'ReplaceNetworkAclAssociation',
    association,
    { newAssociationId: 'aclassoc-0000000000000000b' },
    [
      {
        kind: 'acl-association',
        aclId: acl('db'),
        before: association.associationId,
        after: 'aclassoc-0000000000000000b',
      },
    ],
  ],
  ['ReplaceNetworkAclAssociation', association, undefined, [{ kind: 'untold', objectId: acl('db') }]],
  [
    'ModifyNetworkInterfaceAttribute',
    { networkInterfaceId: eni('db'), groupSet: { items: [{ groupId: sg('db') }, { groupId: sg('apps') }] } },
    undefined,
    [{ kind: 'groups-of-interface', interfaceId: eni('db'), before: 'untold', after: [sg('db'), sg('apps')] }],
  ],
  [
    'CreateNetworkInterface',
    { subnetId: 'subnet-0000000a' },
    { networkInterface: { networkInterfaceId: eni('db'), groupSet: { items: [{ groupId: sg('db') }] } } },
    [{ kind: 'groups-of-interface', interfaceId: eni('db'), before: 'untold', after: [sg('db')] }],
  ],
  [
    'ModifyInstanceAttribute',
    { instanceId: instance('db'), groupSet: { items: [{ groupId: sg('db') }] } },
    undefined,
    [{ kind: 'untold', objectId: instance('db') }],
  ],
  ['CreateRoute', route, undefined, [{ ...ofRoute, before: 'nothing', after: peered }]],
  ['ReplaceRoute', route, undefined, [{ ...ofRoute, before: 'untold', after: peered }]],
  ['DeleteRoute', route, undefined, [{ ...ofRoute, before: 'untold', after: 'nothing' }]],
  [
    'AssociateRouteTable',
    { routeTableId: rtb('app'), subnetId: 'subnet-0000000a' },
    undefined,
    [{ kind: 'untold', objectId: rtb('app') }],
  ],
  [
    'AcceptVpcPeeringConnection',
    { vpcPeeringConnectionId: pcx('far') },
    undefined,
    [{ kind: 'peering-status', peeringId: pcx('far'), before: 'pending-acceptance', after: 'active' }],
  ],
  [
    'CreateVpcPeeringConnection',
    { vpcId: 'vpc-0000000a' },
    { vpcPeeringConnection: { vpcPeeringConnectionId: pcx('far') } },
    [{ kind: 'peering-status', peeringId: pcx('far'), before: 'nothing', after: 'pending-acceptance' }],
  ],
  [
    'DeleteVpcPeeringConnection',
    { vpcPeeringConnectionId: pcx('far') },
    undefined,
    [{ kind: 'peering-status', peeringId: pcx('far'), before: 'untold', after: 'deleted' }],
  ],
  [
    'ModifyVpcEndpoint',
    { ModifyVpcEndpointRequest: { VpcEndpointId: vpce('s3'), AddSecurityGroupId: { tag: 1, content: sg('db') } } },
    undefined,
    [{ kind: 'untold', objectId: vpce('s3') }],
  ],
  [
    'ModifyManagedPrefixList',
    {
      ModifyManagedPrefixListRequest: {
        PrefixListId: pl('offices'),
        AddEntry: [
          { tag: 1, Cidr: '198.51.100.0/24' },
          { tag: 2, Cidr: '203.0.113.0/24' },
        ],
        RemoveEntry: { tag: 1, Cidr: '192.0.2.0/24' },
      },
    },
    undefined,
    [
      { kind: 'block-of-list', listId: pl('offices'), before: parseCidr('192.0.2.0/24'), after: 'nothing' },
      { kind: 'block-of-list', listId: pl('offices'), before: 'nothing', after: parseCidr('198.51.100.0/24') },
      { kind: 'block-of-list', listId: pl('offices'), before: 'nothing', after: parseCidr('203.0.113.0/24') },
    ],
  ],
  [
    'RestoreManagedPrefixListVersion',
    { RestoreManagedPrefixListVersionRequest: { PrefixListId: pl('offices'), PreviousVersion: 2 } },
    undefined,
    [{ kind: 'untold', objectId: pl('offices') }],
  ],
];

describe('what an event changed', () => {
  it.each(TABLE)('%s %j', (...row) => {
    const [event, request, response, edits] = row;
    expect(parsed(event, request, response)).toMatchObject({ event, at: clock('14:02:11'), edits: edits as Edit[] });
  });

  it('names the objects it is looked up by', () => {
    expect(parsed('ReplaceNetworkAclEntry', entry)?.objects).toEqual([acl('db')]);
  });
});

describe('what changes nothing', () => {
  it.each([
    ['a call that only reads', eventOf('DescribeSecurityGroups', { readOnly: true })],
    [
      'a call that was refused',
      eventOf('RevokeSecurityGroupIngress', { request: asked, errorCode: 'Client.InvalidGroup' }),
    ],
    ['a dry run', eventOf('RevokeSecurityGroupIngress', { request: { ...asked, dryRun: true } })],
    ['tags', eventOf('CreateTags', { request: { resourcesSet: { items: [{ resourceId: sg('db') }] } } })],
    [
      'another attribute',
      eventOf('ModifyNetworkInterfaceAttribute', {
        request: { networkInterfaceId: eni('db'), sourceDestCheck: { value: false } },
      }),
    ],
    ['a name that every object has', eventOf('constructor', { request: asked })],
    ['no JSON', '{"eventName": "RevokeSecur'],
    ['no event', '[]'],
    ['more than AWS would send', `${' '.repeat(300_000)}${eventOf('RevokeSecurityGroupIngress', { request: asked })}`],
    ['nesting without end', `{"requestParameters": ${'['.repeat(5000)}${']'.repeat(5000)}}`],
  ])('%s', (_, text) => {
    expect(parseEvent(text)).toBeUndefined();
  });
});

describe('who did it', () => {
  it.each([
    ['a role', roleIdentity(ACCOUNT, 'deploy', 'pipeline-214'), { kind: 'role', name: 'deploy' }],
    [
      'somebody by a role that people share',
      roleIdentity(ACCOUNT, 'AWSReservedSSO_Admin_0123456789abcdef', 'dana@example.com'),
      { kind: 'role', name: 'AWSReservedSSO_Admin_0123456789abcdef', session: 'dana@example.com' },
    ],
    [
      'a user',
      { type: 'IAMUser', userName: 'dana', accessKeyId: 'AKIA0000000000000000' },
      { kind: 'user', name: 'dana' },
    ],
    ['the root of the account', { type: 'Root', arn: `arn:aws:iam::${ACCOUNT}:root` }, { kind: 'root' }],
    [
      'a service',
      { type: 'AWSService', invokedBy: 'autoscaling.amazonaws.com' },
      { kind: 'service', name: 'autoscaling.amazonaws.com' },
    ],
    ['another account', { type: 'AWSAccount', accountId: '210987654321' }, { kind: 'account' }],
    ['nobody that is told', { type: 'Unknown' }, undefined],
    ['nothing', 'x', undefined],
  ])('%s', (_, identity, actor) => {
    const text = eventOf('RevokeSecurityGroupIngress', { request: asked, identity: identity as object });

    expect(parseEvent(text)?.by).toEqual(actor);
  });

  it('leaves accounts, keys and addresses where they are', () => {
    const change = JSON.stringify(
      parseEvent(eventOf('ReplaceNetworkAclEntry', { request: entry })),
      (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
    );

    expect(change).not.toMatch(/123456789012|ASIA|AROA|198\.51\.100\.23/);
  });
});

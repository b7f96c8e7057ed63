import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { parseSnapshot } from '../../../src/vpc/parse-snapshot.ts';
import type { RawSnapshot } from '../../../src/vpc/raw-snapshot.ts';
import { buildVpc } from '../../support/build-vpc.ts';
import { eni, pl, sg, subnet, tgw, tgwAttachment, tgwTable, vpc } from '../../support/ids.ts';
import { parseMembers } from '../../support/parse-members.ts';
import { route, viaNatGateway } from '../../support/routes.ts';

it('is empty when nothing was asked for', () => {
  const { gaps, interfaces, scopes } = parseMembers({});

  expect({ gaps, interfaces: interfaces.size }).toEqual({ gaps: [], interfaces: 0 });
  expect(scopes).toEqual([
    { accountId: '123456789012', region: 'eu-west-1', takenAt: undefined, collected: new Set() },
  ]);
});

it('joins accounts and regions, and knows when each was read', () => {
  const own = {
    accountId: '123456789012',
    region: 'eu-west-1',
    takenAt: '2026-11-23T12:00:00Z',
    Vpcs: [{ VpcId: vpc('a') }],
  };
  const peer = { accountId: '210987654321', region: 'us-gov-west-1', Vpcs: [{ VpcId: vpc('b') }] };

  const { scopes, vpcs } = parseSnapshot([own, peer]);

  expect(scopes).toEqual([
    {
      accountId: '123456789012',
      region: 'eu-west-1',
      takenAt: 1_795_435_200,
      collected: new Set(['Vpcs']),
    },
    { accountId: '210987654321', region: 'us-gov-west-1', takenAt: undefined, collected: new Set(['Vpcs']) },
  ]);
  expect([...vpcs.values()].map(({ id, region }) => [id, region])).toEqual([
    [vpc('a'), 'eu-west-1'],
    [vpc('b'), 'us-gov-west-1'],
  ]);
});

it.each([
  { accountId: 'me', region: 'eu-west-1' },
  { accountId: '123456789012', region: 'here' },
])('takes nothing of a scope that it cannot place: %o', (place) => {
  const { scopes, vpcs, gaps } = parseSnapshot([{ ...place, Vpcs: [{ VpcId: vpc('a') }] }]);

  expect([scopes, vpcs.size]).toEqual([[], 0]);
  expect(gaps).toEqual([{ fact: 'vpc', because: 'malformed', ...place }]);
});

/** What each refused call would have told. */
it.each([
  ['ec2:DescribeNetworkInterfaces', eni('web'), 'network-interface'],
  ['ec2:DescribeNetworkInterfaces', sg('web'), 'security-group-members'],
  ['ec2:DescribeSecurityGroupRules', undefined, 'security-group'],
  ['ec2:DescribeNetworkAcls', undefined, 'network-acl'],
  ['ec2:GetManagedPrefixListEntries', pl('s3'), 'prefix-list'],
  ['ec2:DescribeFlowLogs', undefined, 'flow-logs'],
  ['logs:FilterLogEvents', 'flows', 'flow-log-records'],
  ['s3:GetObject', 'arn:aws:s3:::flows', 'flow-log-records'],
  ['cloudtrail:LookupEvents', undefined, 'configuration-changes'],
  ['ec2:DescribeRouteTables', undefined, 'route-table'],
  ['ec2:DescribeEgressOnlyInternetGateways', undefined, 'internet-gateway'],
  ['ec2:DescribeNatGateways', undefined, 'nat-gateway'],
  ['ec2:DescribeVpnConnections', undefined, 'vpn-gateway'],
  ['ec2:DescribeVpcEndpoints', undefined, 'vpc-endpoint'],
  ['ec2:SearchTransitGatewayRoutes', 'tgw-rtb-0aa1', 'transit-gateway'],
  ['elasticloadbalancing:DescribeListeners', undefined, 'load-balancer'],
  ['ec2:DescribeVpcAttribute', vpc('main'), 'vpc-attribute'],
  ['directconnect:DescribeVirtualInterfaces', undefined, 'path'],
])('makes a gap of refused %s', (action, about, fact) => {
  const refusal = { action, because: 'access-denied', ...(about === undefined ? {} : { about }) };

  expect(parseMembers({ refusals: [refusal] }).gaps).toEqual([
    { fact, accountId: '123456789012', region: 'eu-west-1', ...refusal },
  ]);
});

const collected = (members: object): readonly string[] => [...parseMembers({ ...members }).scopes[0]!.collected];

describe('what was collected', () => {
  it('is what was asked for, empty or not', () => {
    expect(collected({ RouteTables: [], NatGateways: undefined, Vpcs: [{ VpcId: vpc('a') }] })).toEqual([
      'RouteTables',
      'Vpcs',
    ]);
  });

  it('is nothing that a refused call would have filled', () => {
    const refusals = [{ action: 'ec2:SearchTransitGatewayRoutes', because: 'access-denied' }];
    const members = { RouteTables: [], TransitGatewayRoutes: [], TransitGatewayStaticRoutes: [] };

    expect(collected({ ...members, refusals })).toEqual(['RouteTables']);
  });

  it('stands when one parent of many was refused', () => {
    const refusals = [{ action: 'ec2:DescribeVpcAttribute', because: 'throttled', about: vpc('a') }];

    expect(collected({ VpcAttributes: [], refusals })).toEqual(['VpcAttributes']);
  });

  it('is not the interfaces when only the members of some groups were asked for', () => {
    expect(collected({ NetworkInterfaces: [], membersOf: [sg('web')] })).toEqual([]);
  });

  it('is nothing when the refusals cannot be read', () => {
    expect(collected({ RouteTables: [], refusals: 'none' })).toEqual([]);
  });
});

it('joins what two accounts tell of one thing', () => {
  const gateway = {
    TransitGatewayAttachmentId: tgwAttachment('main'),
    TransitGatewayId: tgw('hub'),
    State: 'available',
  };
  const association = { TransitGatewayRouteTableId: tgwTable('hub'), State: 'associated' };
  const hub = {
    accountId: '123456789012',
    region: 'eu-west-1',
    TransitGatewayAttachments: [{ ...gateway, ResourceType: 'vpc', Association: association }],
  };
  const spoke = {
    accountId: '210987654321',
    region: 'eu-west-1',
    TransitGatewayVpcAttachments: [{ ...gateway, VpcId: vpc('main'), SubnetIds: [subnet('app')] }],
  };

  expect(parseSnapshot([hub, spoke]).transitGatewayAttachments.get(tgwAttachment('main'))).toMatchObject({
    routeTableId: tgwTable('hub'),
    vpc: { subnetIds: [subnet('app')] },
  });
});

it('says so when the refusals themselves cannot be read', () => {
  expect(parseMembers({ refusals: [{ because: 'mood' }] }).gaps).toMatchObject([
    { fact: 'path', about: 'refusals', because: 'malformed' },
  ]);
});

const members = buildVpc().subnet('app', '10.0.0.0/24').securityGroup('web').securityGroup('db');

it('knows the members of every group when interfaces were read without a filter', () => {
  expect([...members.build().snapshot.knownMembersOf]).toEqual([sg('web'), sg('db')]);
});

it('knows the members only of the groups they were asked for', () => {
  expect([...members.membersKnownOf('db').build().snapshot.knownMembersOf]).toEqual([sg('db')]);
  expect(members.membersKnownOf().build().snapshot.knownMembersOf.size).toBe(0);
});

it.each([
  { why: 'nobody asked for interfaces', builder: members.raw({ NetworkInterfaces: undefined }) },
  {
    why: 'AWS refused some',
    builder: members.refused({ action: 'ec2:DescribeNetworkInterfaces', because: 'throttled' }),
  },
])('knows no members when $why', ({ builder }) => {
  expect(builder.build().snapshot.knownMembersOf.size).toBe(0);
});

it('cuts what a gap is about short', () => {
  const { gaps } = parseMembers({ Vpcs: [{ VpcId: 'x'.repeat(10_000) }] });

  expect(gaps[0]?.about).toHaveLength(64);
});

const whole = buildVpc()
  .cidr('10.0.0.0/16', '2001:db8::/56')
  .subnet('app', '10.0.0.0/24')
  .securityGroup('web')
  .interface('web', { subnet: 'app', groups: ['web'], address: '10.0.0.10' })
  .prefixList('s3', '52.218.0.0/17')
  .peering('shared', { cidrs: ['10.9.0.0/16'] })
  .routeTable('app', [route('0.0.0.0/0', viaNatGateway('nat'))])
  .internetGateway()
  .natGateway('nat', { in: 'app', address: '10.0.0.20' })
  .vpnConnection('office', { gateway: 'office', routes: ['192.168.0.0/16'] })
  .endpoint('s3', { service: 's3', type: 'Gateway', tables: ['app'] })
  .transitGateway('hub', {
    attachments: [{ name: 'main', subnets: ['app'] }],
    routes: [{ destination: '10.0.0.0/16', to: 'main', type: 'propagated' }],
  })
  .dns({ support: true })
  .flowLog()
  .build().raw;

test.prop([fc.constantFrom(...Object.keys(whole)), fc.jsonValue()])(
  'never throws, whatever stands in a member',
  (member, value) => {
    const odd: RawSnapshot = {
      ...whole,
      [member]: member === 'accountId' || member === 'region' ? JSON.stringify(value) : value,
    };

    expect(() => parseSnapshot([odd])).not.toThrow();
  },
);

test.prop([
  fc.constantFrom(
    'Vpcs',
    'Subnets',
    'NetworkAcls',
    'SecurityGroups',
    'NetworkInterfaces',
    'FlowLogs',
    'RouteTables',
    'InternetGateways',
    'NatGateways',
    'VpnConnections',
    'VpcEndpoints',
    'TransitGateways',
    'TransitGatewayAttachments',
    'TransitGatewayRoutes',
    'VpcAttributes',
  ),
  fc.jsonValue(),
])('an odd item hides nothing but itself', (member, odd) => {
  const items = whole[member] as readonly unknown[];
  const snapshot = parseSnapshot([{ ...whole, [member]: [odd, ...items] }]);

  expect({ ...snapshot, gaps: [] }).toEqual(parseSnapshot([whole]));
  expect(snapshot.gaps).toHaveLength(1);
});

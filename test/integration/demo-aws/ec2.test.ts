import {
  DescribeFlowLogsCommand,
  DescribeInstancesCommand,
  DescribeManagedPrefixListsCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribePrefixListsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSecurityGroupVpcAssociationsCommand,
  DescribeStaleSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcBlockPublicAccessOptionsCommand,
  DescribeVpcEncryptionControlsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcPeeringConnectionsCommand,
  DescribeVpcsCommand,
  DeleteVpcCommand,
  GetManagedPrefixListEntriesCommand,
  paginateDescribeSubnets,
} from '@aws-sdk/client-ec2';
import type { Filter } from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';

import { ACCOUNT, REGION, connect } from './connect.ts';

const INTERFACE = {
  NetworkInterfaceId: 'eni-0a1b2c3d4e5f60718',
  Description: 'odd & "quoted" <!channel> `code` \u0007 bell',
  InterfaceType: 'interface',
  VpcId: 'vpc-0aa00000000000001',
  SubnetId: 'subnet-0aa00000000000001',
  OwnerId: ACCOUNT,
  SourceDestCheck: true,
  RequesterManaged: false,
  Groups: [
    { GroupId: 'sg-0aa00000000000001', GroupName: 'web' },
    { GroupId: 'sg-0aa00000000000002', GroupName: 'admin' },
  ],
  Attachment: {
    AttachmentId: 'eni-attach-0aa00000000000001',
    DeviceIndex: 0,
    InstanceId: 'i-0aa00000000000001',
    AttachTime: new Date('2026-01-02T03:04:05Z'),
  },
  PrivateIpAddress: '10.0.1.10',
  PrivateIpAddresses: [
    { Primary: true, PrivateIpAddress: '10.0.1.10', Association: { PublicIp: '198.51.100.7', IpOwnerId: 'amazon' } },
    { Primary: false, PrivateIpAddress: '10.0.1.11' },
  ],
  Ipv6Addresses: [{ Ipv6Address: '2001:db8::10' }],
  TagSet: [{ Key: 'Name', Value: 'web-1' }],
};
const LONELY = { NetworkInterfaceId: 'eni-0a1b2c3d4e5f60719', VpcId: 'vpc-0aa00000000000002', Groups: [], TagSet: [] };

const GROUP = {
  GroupId: 'sg-0aa00000000000001',
  GroupName: 'web',
  Description: 'web servers',
  OwnerId: ACCOUNT,
  VpcId: 'vpc-0aa00000000000001',
  IpPermissions: [
    {
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      IpRanges: [{ CidrIp: '10.0.0.0/16', Description: 'inside' }, { CidrIp: '192.0.2.0/24' }],
      Ipv6Ranges: [{ CidrIpv6: '::/0' }],
      PrefixListIds: [{ PrefixListId: 'pl-0aa00000000000001' }],
      UserIdGroupPairs: [{ GroupId: 'sg-0aa00000000000002', UserId: ACCOUNT }],
    },
  ],
  IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
};

const ACL = {
  NetworkAclId: 'acl-0aa00000000000001',
  VpcId: 'vpc-0aa00000000000001',
  IsDefault: true,
  Entries: [
    {
      RuleNumber: 100,
      Protocol: '6',
      RuleAction: 'allow',
      Egress: false,
      CidrBlock: '0.0.0.0/0',
      PortRange: { From: 443, To: 443 },
    },
    {
      RuleNumber: 110,
      Protocol: '1',
      RuleAction: 'deny',
      Egress: true,
      CidrBlock: '0.0.0.0/0',
      IcmpTypeCode: { Type: 3, Code: -1 },
    },
  ],
  Associations: [
    {
      NetworkAclAssociationId: 'aclassoc-1',
      NetworkAclId: 'acl-0aa00000000000001',
      SubnetId: 'subnet-0aa00000000000001',
    },
  ],
  Tags: [],
};

const FLOW_LOG = {
  FlowLogId: 'fl-0aa00000000000001',
  ResourceId: 'vpc-0aa00000000000001',
  TrafficType: 'ALL',
  LogDestinationType: 'cloud-watch-logs',
  LogGroupName: '/vpc/flow-logs',
  LogFormat: '${version} ${account-id}',
  MaxAggregationInterval: 60,
  DeliverLogsStatus: 'SUCCESS',
  CreationTime: new Date('2026-01-02T03:04:05.678Z'),
  DestinationOptions: { FileFormat: 'plain-text', HiveCompatiblePartitions: false, PerHourPartition: true },
};

it('gives back interfaces, groups, ACLs and flow logs exactly as the snapshot holds them', async () => {
  const { ec2 } = await connect({
    snapshot: {
      accountId: ACCOUNT,
      region: REGION,
      NetworkInterfaces: [INTERFACE],
      SecurityGroups: [GROUP],
      NetworkAcls: [ACL],
      FlowLogs: [FLOW_LOG],
    },
  });

  expect((await ec2.send(new DescribeNetworkInterfacesCommand())).NetworkInterfaces).toEqual([INTERFACE]);
  expect((await ec2.send(new DescribeSecurityGroupsCommand())).SecurityGroups).toEqual([GROUP]);
  expect((await ec2.send(new DescribeNetworkAclsCommand())).NetworkAcls).toEqual([ACL]);
  expect((await ec2.send(new DescribeFlowLogsCommand())).FlowLogs).toEqual([FLOW_LOG]);
});

it('reads times that a snapshot file holds as text', async () => {
  const recorded: unknown = JSON.parse(JSON.stringify([FLOW_LOG]));
  const { ec2 } = await connect({ snapshot: { accountId: ACCOUNT, region: REGION, FlowLogs: recorded } });

  expect((await ec2.send(new DescribeFlowLogsCommand())).FlowLogs).toEqual([FLOW_LOG]);
});

it.each<[string, string]>([
  ['network-interface-id', 'eni-0a1b2c3d4e5f60718'],
  ['vpc-id', 'vpc-0aa00000000000001'],
  ['subnet-id', 'subnet-*'],
  ['group-id', 'sg-0aa00000000000002'],
  ['addresses.private-ip-address', '10.0.1.11'],
  ['addresses.private-ip-address', '10.0.1.1?'],
  ['addresses.association.public-ip', '198.51.100.7'],
  ['ipv6-addresses.ipv6-address', '2001:db8::10'],
  ['attachment.instance-id', 'i-0aa00000000000001'],
  ['interface-type', 'interface'],
  ['requester-managed', 'false'],
  ['tag:Name', 'web-*'],
  ['tag-key', 'Name'],
])('filters interfaces by %s = %s', async (name, value) => {
  const { ec2 } = await connect({
    snapshot: { accountId: ACCOUNT, region: REGION, NetworkInterfaces: [INTERFACE, LONELY] },
  });

  const { NetworkInterfaces } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ Filters: [{ Name: name, Values: ['nothing', value] }] }),
  );

  expect(NetworkInterfaces?.map((each) => each.NetworkInterfaceId)).toEqual([INTERFACE.NetworkInterfaceId]);
});

it('asks all filters at once', async () => {
  const { ec2 } = await connect({ snapshot: { accountId: ACCOUNT, region: REGION, NetworkInterfaces: [INTERFACE] } });
  const filters: Filter[] = [
    { Name: 'vpc-id', Values: [INTERFACE.VpcId] },
    { Name: 'group-id', Values: ['sg-0ff'] },
  ];

  const { NetworkInterfaces } = await ec2.send(new DescribeNetworkInterfacesCommand({ Filters: filters }));

  expect(NetworkInterfaces).toEqual([]);
});

const by = (Name: string, value: string) => [{ Name, Values: [value] }];

it('finds by the filters whose names differ from the field', async () => {
  const { ec2 } = await connect({
    snapshot: {
      accountId: ACCOUNT,
      region: REGION,
      NetworkAcls: [ACL],
      FlowLogs: [FLOW_LOG],
      SecurityGroups: [GROUP],
      VpcPeeringConnections: [
        {
          VpcPeeringConnectionId: 'pcx-0aa00000000000001',
          Status: { Code: 'active' },
          RequesterVpcInfo: { VpcId: 'vpc-1' },
        },
      ],
    },
  });

  const found = await Promise.all([
    ec2.send(new DescribeNetworkAclsCommand({ Filters: by('association.subnet-id', 'subnet-0aa00000000000001') })),
    ec2.send(new DescribeNetworkAclsCommand({ Filters: by('default', 'true') })),
    ec2.send(new DescribeFlowLogsCommand({ Filter: by('deliver-log-status', 'SUCCESS') })),
    ec2.send(new DescribeFlowLogsCommand({ Filter: by('resource-id', 'vpc-0aa00000000000001') })),
    ec2.send(new DescribeSecurityGroupsCommand({ Filters: by('ip-permission.cidr', '192.0.2.0/24') })),
    ec2.send(new DescribeSecurityGroupsCommand({ Filters: by('egress.ip-permission.cidr', '0.0.0.0/0') })),
    ec2.send(new DescribeVpcPeeringConnectionsCommand({ Filters: by('requester-vpc-info.vpc-id', 'vpc-1') })),
    ec2.send(new DescribeVpcPeeringConnectionsCommand({ Filters: by('status-code', 'active') })),
  ]);

  expect(found.map((output) => Object.values(output).find(Array.isArray)?.length)).toEqual(Array(8).fill(1));
});

it('refuses filters that do not exist', async () => {
  const { ec2 } = await connect({});

  const call = ec2.send(new DescribeSubnetsCommand({ Filters: [{ Name: 'colour', Values: ['blue'] }] }));

  await expect(call).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message: expect.stringContaining('colour'),
  });
});

it('gives out pages of the size to order and takes no token for another question', async () => {
  const subnets = Array.from({ length: 7 }, (_, index) => ({
    SubnetId: `subnet-0aa0000000000000${index}`,
    VpcId: 'vpc-1',
  }));
  const { aws, ec2 } = await connect({ snapshot: { accountId: ACCOUNT, region: REGION, Subnets: subnets } });
  aws.setPaging({ pageSize: 3 });

  const pages = [];
  for await (const page of paginateDescribeSubnets({ client: ec2 }, {})) {
    pages.push(page.Subnets?.map((subnet) => subnet.SubnetId));
  }
  const { NextToken } = await ec2.send(new DescribeSubnetsCommand({}));

  expect(pages.map((page) => page?.length)).toEqual([3, 3, 1]);
  expect(pages.flat()).toEqual(subnets.map((subnet) => subnet.SubnetId));
  await expect(ec2.send(new DescribeVpcsCommand({ NextToken }))).rejects.toMatchObject({ name: 'InvalidNextToken' });
});

it('keeps to MaxResults, and to its bounds', async () => {
  const subnets = Array.from({ length: 7 }, (_, index) => ({ SubnetId: `subnet-0aa0000000000000${index}` }));
  const { ec2 } = await connect({ snapshot: { accountId: ACCOUNT, region: REGION, Subnets: subnets } });

  const { Subnets, NextToken } = await ec2.send(new DescribeSubnetsCommand({ MaxResults: 5 }));

  expect(Subnets).toHaveLength(5);
  expect(NextToken).toEqual(expect.any(String));
  await expect(ec2.send(new DescribeSubnetsCommand({ MaxResults: 4 }))).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
  await expect(ec2.send(new DescribeRouteTablesCommand({ MaxResults: 101 }))).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
  await expect(
    ec2.send(new DescribeNetworkInterfacesCommand({ MaxResults: 5, NetworkInterfaceIds: ['eni-0a1b2c3d'] })),
  ).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
});

it.each([
  [
    'an interface',
    new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: ['eni-0ffffffffffffffff'] }),
    'InvalidNetworkInterfaceID.NotFound',
  ],
  ['a group', new DescribeSecurityGroupsCommand({ GroupIds: ['sg-0ffffffffffffffff'] }), 'InvalidGroup.NotFound'],
  ['a subnet', new DescribeSubnetsCommand({ SubnetIds: ['subnet-0ffffffffffffffff'] }), 'InvalidSubnetID.NotFound'],
  ['a VPC', new DescribeVpcsCommand({ VpcIds: ['vpc-0ffffffffffffffff'] }), 'InvalidVpcID.NotFound'],
  [
    'an ACL',
    new DescribeNetworkAclsCommand({ NetworkAclIds: ['acl-0ffffffffffffffff'] }),
    'InvalidNetworkAclID.NotFound',
  ],
  ['an instance', new DescribeInstancesCommand({ InstanceIds: ['i-0ffffffffffffffff'] }), 'InvalidInstanceID.NotFound'],
  [
    'a prefix list',
    new DescribeManagedPrefixListsCommand({ PrefixListIds: ['pl-0ffffffff'] }),
    'InvalidPrefixListID.NotFound',
  ],
  ['entries', new GetManagedPrefixListEntriesCommand({ PrefixListId: 'pl-0ffffffff' }), 'InvalidPrefixListID.NotFound'],
  [
    'a malformed id',
    new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: ['eni-oops'] }),
    'InvalidNetworkInterfaceID.Malformed',
  ],
])('says so when %s does not exist', async (_what, command, name) => {
  const { ec2 } = await connect({});

  await expect(ec2.send(command as DescribeVpcsCommand)).rejects.toMatchObject({
    name,
    $metadata: { httpStatusCode: 400 },
  });
});

it('makes rules of permissions, one for each peer, with the same ids at every call', async () => {
  const { ec2 } = await connect({ snapshot: { accountId: ACCOUNT, region: REGION, SecurityGroups: [GROUP] } });
  const ask = () =>
    ec2.send(new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [GROUP.GroupId] }] }));

  const { SecurityGroupRules: rules = [] } = await ask();

  expect(
    rules.map(({ IsEgress, CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo }) => [
      IsEgress,
      CidrIpv4 ?? CidrIpv6 ?? PrefixListId ?? ReferencedGroupInfo?.GroupId,
    ]),
  ).toEqual([
    [false, '10.0.0.0/16'],
    [false, '192.0.2.0/24'],
    [false, '::/0'],
    [false, 'pl-0aa00000000000001'],
    [false, 'sg-0aa00000000000002'],
    [true, '0.0.0.0/0'],
  ]);
  expect(rules[0]).toMatchObject({ FromPort: 443, ToPort: 443, IpProtocol: 'tcp', Description: 'inside' });
  expect(rules[5]).toMatchObject({ FromPort: -1, ToPort: -1, IpProtocol: '-1' });
  expect(new Set(rules.map((rule) => rule.SecurityGroupRuleId)).size).toBe(6);
  expect((await ask()).SecurityGroupRules).toEqual(rules);
});

it('serves prefix lists and their entries', async () => {
  const { ec2 } = await connect({
    snapshot: {
      accountId: ACCOUNT,
      region: REGION,
      PrefixLists: [
        {
          PrefixListId: 'pl-6da54004',
          PrefixListName: 'com.amazonaws.eu-west-1.s3',
          Cidrs: ['198.51.100.0/24'],
          OwnerId: 'AWS',
        },
        { PrefixListId: 'pl-0aa00000000000001', PrefixListName: 'offices', OwnerId: ACCOUNT, MaxEntries: 10 },
      ],
      ManagedPrefixListEntries: [
        { PrefixListId: 'pl-0aa00000000000001', Entries: [{ Cidr: '192.0.2.0/24', Description: 'Dublin' }] },
      ],
    },
  });

  const named = await ec2.send(new DescribePrefixListsCommand());
  const managed = await ec2.send(new DescribeManagedPrefixListsCommand());
  const own = await ec2.send(new GetManagedPrefixListEntriesCommand({ PrefixListId: 'pl-0aa00000000000001' }));
  const awsOwned = await ec2.send(new GetManagedPrefixListEntriesCommand({ PrefixListId: 'pl-6da54004' }));

  expect(named.PrefixLists?.map((list) => list.Cidrs)).toEqual([['198.51.100.0/24']]);
  expect(managed.PrefixLists?.map((list) => list.OwnerId)).toEqual(['AWS', ACCOUNT]);
  expect(own.Entries).toEqual([{ Cidr: '192.0.2.0/24', Description: 'Dublin' }]);
  expect(awsOwned.Entries).toEqual([{ Cidr: '198.51.100.0/24' }]);
});

const instance = (n: number) => ({
  InstanceId: `i-0aa0000000000000${n}`,
  PrivateIpAddress: `10.0.0.${n}`,
  State: { Name: 'running', Code: 16 },
  Tags: [{ Key: 'Name', Value: `web-${n}` }],
});

it('chooses instances, not reservations', async () => {
  const { ec2 } = await connect({
    snapshot: {
      accountId: ACCOUNT,
      region: REGION,
      Reservations: [
        { ReservationId: 'r-1', OwnerId: ACCOUNT, Instances: [instance(1), instance(2)] },
        { ReservationId: 'r-2', OwnerId: ACCOUNT, Instances: [instance(3)] },
      ],
    },
  });
  const idsOf = async (command: DescribeInstancesCommand) =>
    (await ec2.send(command)).Reservations?.map((each) => each.Instances?.map(({ InstanceId }) => InstanceId?.at(-1)));

  expect(await idsOf(new DescribeInstancesCommand({}))).toEqual([['1', '2'], ['3']]);
  expect(await idsOf(new DescribeInstancesCommand({ InstanceIds: ['i-0aa00000000000002'] }))).toEqual([['2']]);
  const byName = [{ Name: 'tag:Name', Values: ['web-3'] }];
  expect(await idsOf(new DescribeInstancesCommand({ Filters: byName }))).toEqual([['3']]);
  const byAddress = [{ Name: 'private-ip-address', Values: ['10.0.0.1'] }];
  expect(await idsOf(new DescribeInstancesCommand({ Filters: byAddress }))).toEqual([['1']]);
  const byState = [{ Name: 'instance-state-name', Values: ['running'] }];
  expect(await idsOf(new DescribeInstancesCommand({ Filters: byState }))).toEqual([['1', '2'], ['3']]);
});

it('answers every other call of the collector from the member of that name', async () => {
  const vpcId = 'vpc-0aa00000000000001';
  const { ec2 } = await connect({
    snapshot: {
      accountId: ACCOUNT,
      region: REGION,
      Vpcs: [
        {
          VpcId: vpcId,
          CidrBlock: '10.0.0.0/16',
          CidrBlockAssociationSet: [{ CidrBlock: '10.0.0.0/16', CidrBlockState: { State: 'associated' } }],
        },
      ],
      VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: 'block-bidirectional', State: 'update-complete' },
      VpcEncryptionControls: [{ VpcEncryptionControlId: 'vpcec-1', VpcId: vpcId, Mode: 'enforce', State: 'available' }],
      SecurityGroupVpcAssociations: [{ GroupId: 'sg-1', VpcId: vpcId, State: 'associated' }],
      StaleSecurityGroups: [
        { VpcId: vpcId, StaleSecurityGroupSet: [{ GroupId: 'sg-1' }] },
        { VpcId: 'vpc-2', StaleSecurityGroupSet: [{ GroupId: 'sg-2' }, { GroupId: 'sg-3' }] },
      ],
      RouteTables: [{ RouteTableId: 'rtb-1', Routes: [{ DestinationCidrBlock: '0.0.0.0/0', State: 'blackhole' }] }],
      NatGateways: [{ NatGatewayId: 'nat-1', VpcId: vpcId, State: 'available' }],
      VpcEndpoints: [{ VpcEndpointId: 'vpce-1', VpcId: vpcId, Groups: [{ GroupId: 'sg-1' }] }],
    },
  });
  const inVpc = [{ Name: 'vpc-id', Values: [vpcId] }];

  expect(
    (await ec2.send(new DescribeVpcsCommand({ VpcIds: [vpcId] }))).Vpcs?.[0]?.CidrBlockAssociationSet,
  ).toHaveLength(1);
  expect((await ec2.send(new DescribeVpcBlockPublicAccessOptionsCommand())).VpcBlockPublicAccessOptions).toEqual({
    InternetGatewayBlockMode: 'block-bidirectional',
    State: 'update-complete',
  });
  expect(
    (await ec2.send(new DescribeVpcEncryptionControlsCommand({ VpcIds: [vpcId] }))).VpcEncryptionControls,
  ).toHaveLength(1);
  expect(
    (await ec2.send(new DescribeSecurityGroupVpcAssociationsCommand({ Filters: inVpc }))).SecurityGroupVpcAssociations,
  ).toHaveLength(1);
  expect((await ec2.send(new DescribeStaleSecurityGroupsCommand({ VpcId: vpcId }))).StaleSecurityGroupSet).toHaveLength(
    1,
  );
  expect((await ec2.send(new DescribeRouteTablesCommand())).RouteTables?.[0]?.Routes?.[0]?.State).toBe('blackhole');
  expect((await ec2.send(new DescribeNatGatewaysCommand({ Filter: inVpc }))).NatGateways).toHaveLength(1);
  expect((await ec2.send(new DescribeVpcEndpointsCommand({ Filters: inVpc }))).VpcEndpoints?.[0]?.Groups).toHaveLength(
    1,
  );
});

it('has Block Public Access off unless the snapshot says otherwise', async () => {
  const { ec2 } = await connect({});

  const { VpcBlockPublicAccessOptions } = await ec2.send(new DescribeVpcBlockPublicAccessOptionsCommand());

  expect(VpcBlockPublicAccessOptions).toMatchObject({ InternetGatewayBlockMode: 'off', AwsAccountId: ACCOUNT });
});

it('tells a permission by a dry run', async () => {
  const { ec2 } = await connect({ denied: ['ec2:DescribeFlowLogs'] });

  await expect(ec2.send(new DescribeVpcsCommand({ DryRun: true }))).rejects.toMatchObject({
    name: 'DryRunOperation',
    $metadata: { httpStatusCode: 412 },
  });
  await expect(ec2.send(new DescribeFlowLogsCommand({ DryRun: true }))).rejects.toMatchObject({
    name: 'UnauthorizedOperation',
    message: expect.stringContaining('ec2:DescribeFlowLogs'),
    $metadata: { httpStatusCode: 403 },
  });
});

it('changes nothing for anybody', async () => {
  const { ec2 } = await connect({});

  await expect(ec2.send(new DeleteVpcCommand({ VpcId: 'vpc-1' }))).rejects.toMatchObject({ name: 'InvalidAction' });
});

import { expect, it } from 'vitest';
import { narrowToVpcs } from '../../../src/aws/narrow-to-vpcs.ts';

const narrow = (members: Readonly<Record<string, readonly object[]>>) =>
  Object.fromEntries(narrowToVpcs(new Map(Object.entries(members)), ['vpc-1']));

it.each<[string, object, boolean]>([
  ['VpcPeeringConnections', { RequesterVpcInfo: { VpcId: 'vpc-1' }, AccepterVpcInfo: { VpcId: 'vpc-9' } }, true],
  ['VpcPeeringConnections', { RequesterVpcInfo: { VpcId: 'vpc-9' }, AccepterVpcInfo: { VpcId: 'vpc-1' } }, true],
  ['VpcPeeringConnections', { RequesterVpcInfo: { VpcId: 'vpc-8' }, AccepterVpcInfo: { VpcId: 'vpc-9' } }, false],
  ['EgressOnlyInternetGateways', { Attachments: [{ VpcId: 'vpc-1' }] }, true],
  ['EgressOnlyInternetGateways', { Attachments: [{ VpcId: 'vpc-2' }] }, false],
  ['LoadBalancers', { VpcId: 'vpc-2' }, false],
  ['TargetGroups', { LoadBalancerArns: ['arn:one'] }, true],
  ['TargetGroups', { LoadBalancerArns: ['arn:two'] }, false],
  ['Addresses', { NetworkInterfaceId: 'eni-1' }, true],
  ['Addresses', { PublicIp: '203.0.113.1' }, false],
  ['FlowLogs', { ResourceId: 'vpc-1' }, true],
  ['FlowLogs', { ResourceId: 'subnet-1' }, true],
  ['FlowLogs', { ResourceId: 'subnet-2' }, false],
  ['VpnConnections', { TransitGatewayId: 'tgw-1' }, true],
  ['VpnConnections', { VpnGatewayId: 'vgw-2' }, false],
  ['SecurityGroupVpcAssociations', { GroupId: 'sg-1', VpcId: 'vpc-9' }, true],
  ['RouteTables', { VpcId: 'vpc-2' }, true],
])('of %s, %j: kept %s', (member, item, isKept) => {
  const around = {
    LoadBalancers: [
      { LoadBalancerArn: 'arn:one', VpcId: 'vpc-1' },
      { LoadBalancerArn: 'arn:two', VpcId: 'vpc-2' },
    ],
    NetworkInterfaces: [{ NetworkInterfaceId: 'eni-1' }],
    Subnets: [{ SubnetId: 'subnet-1' }],
    SecurityGroups: [{ GroupId: 'sg-1' }],
    VpnGateways: [{ VpnGatewayId: 'vgw-1' }],
    TransitGatewayVpcAttachments: [{ TransitGatewayId: 'tgw-1' }],
  };

  const narrowed = narrow({ ...around, [member]: [item] });

  expect(narrowed[member]).toEqual(isKept ? [item] : []);
});

it('lets everything pass that would be held against what was not read', () => {
  expect(narrow({ Addresses: [{ NetworkInterfaceId: 'eni-7' }] })).toEqual({
    Addresses: [{ NetworkInterfaceId: 'eni-7' }],
  });
});

import { expect, it } from 'vitest';
import { formatAddress } from '../../../../src/net/address.ts';
import { formatCidr } from '../../../../src/net/cidr.ts';
import type { NetworkInterface } from '../../../../src/vpc/network-interface.ts';
import { eni, instance, sg, subnet, vpc } from '../../../support/ids.ts';
import { parseMembers } from '../../../support/parse-members.ts';

const INTERFACE = { NetworkInterfaceId: eni('web'), VpcId: vpc('main') };

function parseInterface(fields: object): NetworkInterface {
  return parseMembers({ NetworkInterfaces: [{ ...INTERFACE, ...fields }] }).interfaces.get(eni('web'))!;
}

const addressesOf = ({ addresses }: NetworkInterface) =>
  addresses.map(({ address, primary, publicAddress }) => [
    formatAddress(address),
    primary,
    publicAddress && formatAddress(publicAddress),
  ]);

it('needs only an id and a VPC: a regional NAT gateway has no subnet (RT-27)', () => {
  expect(parseInterface({})).toEqual({
    id: eni('web'),
    vpcId: vpc('main'),
    description: '',
    interfaceType: 'interface',
    requesterManaged: false,
    groups: [],
    addresses: [],
    prefixes: [],
    sourceDestCheck: true,
    idleTimeouts: {},
  });
});

it('reads what a diagnosis looks at', () => {
  const fields = {
    SubnetId: subnet('app'),
    OwnerId: '123456789012',
    Description: 'Primary network interface',
    RequesterManaged: true,
    RequesterId: 'amazon-elb',
    Status: 'in-use',
    Attachment: { InstanceId: instance('web') },
    Groups: [{ GroupId: sg('web'), GroupName: 'web' }],
    SourceDestCheck: false,
    AvailabilityZone: 'eu-west-1a',
    TagSet: [
      { Key: 'team', Value: 'shop' },
      { Key: 'Name', Value: 'web 1' },
    ],
    ConnectionTrackingConfiguration: { TcpEstablishedTimeout: 350, UdpStreamTimeout: 120, UdpTimeout: 60 },
    Operator: { Managed: true },
    SomethingNew: [{ Unheard: 'of' }],
  };

  expect(parseInterface(fields)).toMatchObject({
    subnetId: subnet('app'),
    accountId: '123456789012',
    name: 'web 1',
    description: 'Primary network interface',
    requesterManaged: true,
    requesterId: 'amazon-elb',
    status: 'in-use',
    instanceId: instance('web'),
    groups: [sg('web')],
    sourceDestCheck: false,
    availabilityZone: 'eu-west-1a',
    idleTimeouts: { tcpEstablished: 350, udpStream: 120, udp: 60 },
  });
});

it('puts the primary address first and gives each its own public one (RT-20)', () => {
  const parsed = parseInterface({
    PrivateIpAddress: '10.0.0.10',
    Association: { PublicIp: '203.0.113.1' },
    PrivateIpAddresses: [
      { PrivateIpAddress: '10.0.0.11', Primary: false, Association: { PublicIp: '203.0.113.2' } },
      { PrivateIpAddress: '10.0.0.12' },
      { PrivateIpAddress: '10.0.0.10', Primary: true, Association: { PublicIp: '203.0.113.1' } },
    ],
    Ipv6Addresses: [{ Ipv6Address: '2001:db8::10', IsPrimaryIpv6: true }, { Ipv6Address: '2001:0db8::11' }],
  });

  expect(addressesOf(parsed)).toEqual([
    ['10.0.0.10', true, '203.0.113.1'],
    ['10.0.0.11', false, '203.0.113.2'],
    ['10.0.0.12', false, undefined],
    ['2001:db8::10', true, undefined],
    ['2001:db8::11', false, undefined],
  ]);
});

it('takes the address that stands alone where no list is told', () => {
  const parsed = parseInterface({ PrivateIpAddress: '10.0.0.10', Association: { PublicIp: '203.0.113.1' } });

  expect(addressesOf(parsed)).toEqual([['10.0.0.10', true, '203.0.113.1']]);
});

it('reads delegated prefixes of both families', () => {
  const parsed = parseInterface({
    Ipv4Prefixes: [{ Ipv4Prefix: '10.0.0.16/28' }],
    Ipv6Prefixes: [{ Ipv6Prefix: '2001:db8::/80' }],
  });

  expect(parsed.prefixes.map(formatCidr)).toEqual(['10.0.0.16/28', '2001:db8::/80']);
});

it.each([
  ['natGateway', 'nat_gateway'],
  ['nat_gateway', 'nat_gateway'],
  ['vpc_endpoint', 'vpc_endpoint'],
  ['invented_next_year', 'invented_next_year'],
])('reads interface type %s as %s (ENI-20)', (says, means) => {
  expect(parseInterface({ InterfaceType: says }).interfaceType).toBe(means);
});

it('has no instance while attached to a service or to nothing', () => {
  expect(parseInterface({ Attachment: { InstanceOwnerId: 'amazon-elb' } })).not.toHaveProperty('instanceId');
  expect(parseInterface({ Attachment: null })).not.toHaveProperty('instanceId');
});

it.each([
  { VpcId: undefined },
  { Groups: [{ GroupName: 'web' }] },
  { PrivateIpAddress: '10.0.0' },
  { Ipv6Addresses: [{ Ipv6Address: 'fe80::1%eth0' }] },
  { Ipv4Prefixes: [{ Ipv4Prefix: '10.0.0.0' }] },
  { SourceDestCheck: 'true' },
  { TagSet: [{ Key: 'Name' }] },
])('is a gap with %o', (odd) => {
  const good = { ...INTERFACE, NetworkInterfaceId: eni('db') };

  const { interfaces, gaps } = parseMembers({ NetworkInterfaces: [{ ...INTERFACE, ...odd }, good] });

  expect([...interfaces.keys()]).toEqual([eni('db')]);
  expect(gaps).toMatchObject([{ fact: 'network-interface', about: eni('web'), because: 'malformed' }]);
});

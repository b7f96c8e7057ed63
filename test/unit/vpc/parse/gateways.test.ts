import { describe, expect, it } from 'vitest';
import { formatAddress } from '../../../../src/net/address.ts';
import { formatCidr } from '../../../../src/net/cidr.ts';
import { eigw, eni, igw, nat, rtb, subnet, tgw, vgw, vpc, vpn } from '../../../support/ids.ts';
import { parseMembers } from '../../../support/parse-members.ts';

it('reads internet gateways, also egress-only and detached ones', () => {
  const { internetGateways } = parseMembers({
    InternetGateways: [
      { InternetGatewayId: igw('main'), Attachments: [{ VpcId: vpc('main'), State: 'available' }] },
      { InternetGatewayId: igw('spare'), Attachments: [] },
    ],
    EgressOnlyInternetGateways: [
      { EgressOnlyInternetGatewayId: eigw('main'), Attachments: [{ VpcId: vpc('main'), State: 'attached' }] },
    ],
  });

  expect([...internetGateways.values()]).toEqual([
    { id: igw('main'), kind: 'internet-gateway', attachments: [{ vpcId: vpc('main'), state: 'available' }] },
    { id: igw('spare'), kind: 'internet-gateway', attachments: [] },
    {
      id: eigw('main'),
      kind: 'egress-only-internet-gateway',
      attachments: [{ vpcId: vpc('main'), state: 'attached' }],
    },
  ]);
});

it('reads a virtual private gateway with all its attachments, old ones too', () => {
  const attachments = [
    { VpcId: vpc('old'), State: 'detached' },
    { VpcId: vpc('main'), State: 'attached' },
  ];
  const raw = { VpnGatewayId: vgw('office'), State: 'available', VpcAttachments: attachments };

  expect(parseMembers({ VpnGateways: [raw] }).vpnGateways.get(vgw('office'))).toEqual({
    id: vgw('office'),
    state: 'available',
    attachments: [
      { vpcId: vpc('old'), state: 'detached' },
      { vpcId: vpc('main'), state: 'attached' },
    ],
  });
});

const vpnConnectionOf = (fields: object) =>
  parseMembers({
    VpnConnections: [{ VpnConnectionId: vpn('office'), State: 'available', ...fields }],
  }).vpnConnections.get(vpn('office'))!;

describe('a VPN connection', () => {
  it('ends at a virtual private gateway or at a transit gateway', () => {
    expect(vpnConnectionOf({ VpnGatewayId: vgw('office') })).toMatchObject({ gatewayId: vgw('office') });
    expect(vpnConnectionOf({ TransitGatewayId: tgw('hub') })).toMatchObject({ transitGatewayId: tgw('hub') });
  });

  it('tells its static routes in force', () => {
    const connection = vpnConnectionOf({
      Options: { StaticRoutesOnly: true },
      Routes: [
        { DestinationCidrBlock: '192.168.0.0/16', State: 'available' },
        { DestinationCidrBlock: '192.168.1.0/24', State: 'deleting' },
      ],
    });

    expect(connection.isStaticOnly).toBe(true);
    expect(connection.routes.map(formatCidr)).toEqual(['192.168.0.0/16']);
  });

  it.each([undefined, null, {}, { StaticRoutesOnly: false }])(
    'may learn others by BGP when its options are %o',
    (options) => {
      expect(vpnConnectionOf({ Options: options })).toMatchObject({ isStaticOnly: false, routes: [] });
    },
  );
});

describe('a NAT gateway', () => {
  const GATEWAY = { NatGatewayId: nat('a'), VpcId: vpc('main'), State: 'available' };
  const parse = (fields: object) =>
    parseMembers({ NatGateways: [{ ...GATEWAY, ...fields }] }).natGateways.get(nat('a'))!;

  it('stands in a subnet with its addresses', () => {
    const gateway = parse({
      SubnetId: subnet('public'),
      ConnectivityType: 'public',
      NatGatewayAddresses: [{ PrivateIp: '10.0.0.5', PublicIp: '203.0.113.9', NetworkInterfaceId: eni('nat') }],
    });

    expect(gateway).toMatchObject({ subnetId: subnet('public'), connectivity: 'public', availability: 'zonal' });
    const [{ privateAddress, publicAddress, interfaceId } = {}] = gateway.addresses;
    expect([privateAddress, publicAddress].map((address) => formatAddress(address!))).toEqual([
      '10.0.0.5',
      '203.0.113.9',
    ]);
    expect(interfaceId).toBe(eni('nat'));
  });

  it('has no subnet but a table of its own when it is regional (RT-27)', () => {
    const gateway = parse({
      AvailabilityMode: 'regional',
      RouteTableId: rtb('nat'),
      NatGatewayAddresses: [{ PublicIp: '203.0.113.9', AvailabilityZone: 'eu-west-1a' }],
    });

    expect(gateway).toMatchObject({ availability: 'regional', routeTableId: rtb('nat') });
    expect(gateway).not.toHaveProperty('subnetId');
    expect(gateway.addresses[0]).toMatchObject({ availabilityZone: 'eu-west-1a' });
  });

  it('says why it failed (RT-24)', () => {
    expect(parse({ State: 'failed', FailureCode: 'Gateway.NotAttached', NatGatewayAddresses: [{}] })).toMatchObject({
      state: 'failed',
      failureCode: 'Gateway.NotAttached',
      addresses: [{}],
    });
  });

  it('is private when AWS says so (RT-25)', () => {
    expect(parse({ ConnectivityType: 'private' }).connectivity).toBe('private');
  });
});

it.each([
  ['InternetGateways', 'internet-gateway', { InternetGatewayId: igw('a'), Attachments: [{ VpcId: 'main' }] }],
  ['EgressOnlyInternetGateways', 'internet-gateway', { EgressOnlyInternetGatewayId: 'eigw-1' }],
  ['VpnGateways', 'vpn-gateway', { VpnGatewayId: vgw('a') }],
  ['VpnConnections', 'vpn-gateway', { VpnConnectionId: vpn('a'), State: 'available', Routes: [{}] }],
  ['NatGateways', 'nat-gateway', { NatGatewayId: nat('a'), VpcId: vpc('main'), State: 1 }],
  ['NatGateways', 'nat-gateway', { NatGatewayId: nat('a'), VpcId: vpc('main'), State: '', ConnectivityType: 'x' }],
])('an odd item of %s is a gap: %s', (member, fact, odd) => {
  const [about] = Object.values(odd);

  expect(parseMembers({ [member]: [odd] }).gaps).toMatchObject([{ fact, about, because: 'malformed' }]);
});

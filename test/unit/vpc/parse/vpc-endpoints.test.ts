import { expect, it } from 'vitest';
import { eni, rtb, sg, subnet, vpc, vpce } from '../../../support/ids.ts';
import { parseMembers } from '../../../support/parse-members.ts';

const ENDPOINT = { VpcEndpointId: vpce('s3'), VpcId: vpc('main'), VpcEndpointType: 'Gateway', State: 'available' };

const parse = (fields: object) => parseMembers({ VpcEndpoints: [{ ...ENDPOINT, ...fields }] });
const endpointOf = (fields: object) => parse(fields).endpoints.get(vpce('s3'))!;

it('reads a gateway endpoint with the tables it is in (VPCE-11)', () => {
  expect(
    endpointOf({
      OwnerId: '123456789012',
      ServiceName: 'com.amazonaws.eu-west-1.s3',
      RouteTableIds: [rtb('app'), rtb('db')],
      PolicyDocument: '{"Statement":[]}',
      RequesterManaged: true,
      Tags: [{ Key: 'Name', Value: 'storage' }],
    }),
  ).toEqual({
    id: vpce('s3'),
    vpcId: vpc('main'),
    accountId: '123456789012',
    name: 'storage',
    type: 'Gateway',
    serviceName: 'com.amazonaws.eu-west-1.s3',
    state: 'available',
    routeTableIds: [rtb('app'), rtb('db')],
    subnetIds: [],
    interfaceIds: [],
    groups: [],
    privateDnsEnabled: false,
    privateDnsOnlyForInboundResolver: false,
    policyDocument: '{"Statement":[]}',
    requesterManaged: true,
  });
});

it('reads an interface endpoint with its interfaces, groups and DNS options (VPCE-24)', () => {
  expect(
    endpointOf({
      VpcEndpointType: 'Interface',
      SubnetIds: [subnet('app')],
      NetworkInterfaceIds: [eni('s3')],
      Groups: [{ GroupId: sg('endpoints'), GroupName: 'endpoints' }],
      PrivateDnsEnabled: true,
      DnsOptions: { DnsRecordIpType: 'ipv4', PrivateDnsOnlyForInboundResolverEndpoint: true },
    }),
  ).toMatchObject({
    type: 'Interface',
    subnetIds: [subnet('app')],
    interfaceIds: [eni('s3')],
    groups: [sg('endpoints')],
    privateDnsEnabled: true,
    privateDnsOnlyForInboundResolver: true,
  });
});

/** VPCE-2. */
it.each([
  ['Available', 'available'],
  ['pendingAcceptance', 'pendingacceptance'],
  ['Partial', 'partial'],
])('reads state %s as %s', (state, read) => {
  expect(endpointOf({ State: state }).state).toBe(read);
});

it('keeps a type that nobody knew yet', () => {
  expect(endpointOf({ VpcEndpointType: 'Tunnel' }).type).toBe('Tunnel');
});

it('says why it failed', () => {
  const error = { Code: 'InsufficientFreeAddresses', Message: 'No addresses left' };

  expect(endpointOf({ State: 'failed', LastError: error }).lastError).toEqual({
    code: 'InsufficientFreeAddresses',
    message: 'No addresses left',
  });
  expect(endpointOf({ LastError: {} })).not.toHaveProperty('lastError');
});

it.each([{ State: undefined }, { VpcEndpointType: 1 }, { RouteTableIds: ['main'] }, { VpcId: 'main' }])(
  'makes a gap of %o',
  (odd) => {
    const { endpoints, gaps } = parse(odd);

    expect(endpoints.size).toBe(0);
    expect(gaps).toMatchObject([{ fact: 'vpc-endpoint', about: vpce('s3'), because: 'malformed' }]);
  },
);

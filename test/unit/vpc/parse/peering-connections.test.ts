import { expect, it } from 'vitest';
import { formatCidr } from '../../../../src/net/cidr.ts';
import { pcx, vpc } from '../../../support/ids.ts';
import { parseMembers } from '../../../support/parse-members.ts';

const CONNECTION = {
  VpcPeeringConnectionId: pcx('shared'),
  Status: { Code: 'active', Message: 'Active' },
  RequesterVpcInfo: {
    VpcId: vpc('main'),
    OwnerId: '123456789012',
    Region: 'eu-west-1',
    CidrBlock: '10.0.0.0/16',
    CidrBlockSet: [{ CidrBlock: '10.0.0.0/16' }, { CidrBlock: '10.1.0.0/16' }],
    Ipv6CidrBlockSet: [{ Ipv6CidrBlock: '2001:db8::/56' }],
  },
  AccepterVpcInfo: { VpcId: vpc('shared'), OwnerId: '210987654321', Region: 'us-east-1', CidrBlock: '10.9.0.0/16' },
};

const parse = (fields: object) => parseMembers({ VpcPeeringConnections: [{ ...CONNECTION, ...fields }] });

it('reads both sides with all their blocks (PEER-20)', () => {
  const { requester, accepter, status } = parse({}).peerings.get(pcx('shared'))!;

  expect(status).toBe('active');
  expect(requester).toMatchObject({ vpcId: vpc('main'), accountId: '123456789012', region: 'eu-west-1' });
  expect(requester.cidrs.map(formatCidr)).toEqual(['10.0.0.0/16', '10.1.0.0/16', '2001:db8::/56']);
  expect(accepter.cidrs.map(formatCidr)).toEqual(['10.9.0.0/16']);
});

it('tells the name, the status in words and when a request expires (PEER-2)', () => {
  const pending = parse({
    Status: { Code: 'pending-acceptance', Message: 'Pending Acceptance by 210987654321' },
    ExpirationTime: '2026-11-30T12:00:00.000Z',
    Tags: [{ Key: 'Name', Value: 'shared services' }],
  });

  expect(pending.peerings.get(pcx('shared'))).toMatchObject({
    name: 'shared services',
    statusMessage: 'Pending Acceptance by 210987654321',
    expiresAt: 1_796_040_000,
  });
});

const sideWith = (allowed: boolean) => ({ PeeringOptions: { AllowDnsResolutionFromRemoteVpc: allowed } });

it('tells of each side whether names resolve to private addresses there (PEER-15)', () => {
  const { requester, accepter } = parse({
    RequesterVpcInfo: { VpcId: vpc('main'), ...sideWith(true) },
    AccepterVpcInfo: { VpcId: vpc('shared'), ...sideWith(false) },
  }).peerings.get(pcx('shared'))!;

  expect([requester.allowsDnsResolution, accepter.allowsDnsResolution]).toEqual([true, false]);
  expect(parse({}).peerings.get(pcx('shared'))!.requester).not.toHaveProperty('allowsDnsResolution');
});

it('knows no blocks of a side that tells none', () => {
  const pending = parse({ Status: { Code: 'pending-acceptance' }, AccepterVpcInfo: { VpcId: vpc('shared') } });

  expect(pending.peerings.get(pcx('shared'))).toMatchObject({
    status: 'pending-acceptance',
    accepter: { vpcId: vpc('shared'), cidrs: [] },
  });
});

it.each([{ Status: {} }, { AccepterVpcInfo: undefined }, { RequesterVpcInfo: { CidrBlock: '10.0.0.0' } }])(
  'makes a gap of %o',
  (odd) => {
    const { peerings, gaps } = parse(odd);

    expect(peerings.size).toBe(0);
    expect(gaps).toMatchObject([{ fact: 'peering-connection', about: pcx('shared'), because: 'malformed' }]);
  },
);

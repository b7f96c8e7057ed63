import { expect, it } from 'vitest';
import { formatCidr } from '../../../../src/net/cidr.ts';
import { subnet, vpc } from '../../../support/ids.ts';
import { parseMembers } from '../../../support/parse-members.ts';

const VPC = { VpcId: vpc('main'), CidrBlock: '10.0.0.0/16', OwnerId: '123456789012' };
const SUBNET = { SubnetId: subnet('app'), VpcId: vpc('main'), CidrBlock: '10.0.1.0/24' };

const parseVpc = (fields: object) => parseMembers({ Vpcs: [{ ...VPC, ...fields }] }).vpcs.get(vpc('main'))!;
const ipv4Block = (cidr: string, state: string) => ({ CidrBlock: cidr, CidrBlockState: { State: state } });
const ipv6Block = (cidr: string, state: string) => ({ Ipv6CidrBlock: cidr, Ipv6CidrBlockState: { State: state } });

it('counts only blocks that are associated, the primary one first', () => {
  const parsed = parseVpc({
    CidrBlockAssociationSet: [
      ipv4Block('10.1.0.0/16', 'associated'),
      ipv4Block('10.2.0.0/16', 'disassociated'),
      ipv4Block('10.3.0.0/16', 'associating'),
      ipv4Block('10.0.0.0/16', 'associated'),
    ],
    Ipv6CidrBlockAssociationSet: [
      ipv6Block('2001:db8::/56', 'associated'),
      ipv6Block('2001:db8:1::/56', 'disassociating'),
    ],
  });

  expect(parsed.cidrs.map(formatCidr)).toEqual(['10.0.0.0/16', '10.1.0.0/16', '2001:db8::/56']);
});

it('takes the block that stands alone where no associations are told', () => {
  expect(parseVpc({}).cidrs.map(formatCidr)).toEqual(['10.0.0.0/16']);
});

it('knows owner, region and name', () => {
  expect(parseVpc({ Tags: [{ Key: 'Name', Value: 'shop' }] })).toMatchObject({
    accountId: '123456789012',
    region: 'eu-west-1',
    name: 'shop',
  });
  expect(parseVpc({ Tags: [{ Key: 'Name', Value: '' }] })).not.toHaveProperty('name');
});

it.each(['off', 'block-bidirectional', 'block-ingress'])('reads block public access mode %s (RT-34)', (mode) => {
  const states = { BlockPublicAccessStates: { InternetGatewayBlockMode: mode } };

  const { vpcs, subnets, gaps } = parseMembers({ Vpcs: [{ ...VPC, ...states }], Subnets: [{ ...SUBNET, ...states }] });

  expect(vpcs.get(vpc('main'))?.blockPublicAccess).toBe(mode);
  expect(subnets.get(subnet('app'))?.blockPublicAccess).toBe(mode);
  expect(gaps).toEqual([]);
});

it('keeps VPC and subnet whose mode it does not know, and says so', () => {
  const states = { BlockPublicAccessStates: { InternetGatewayBlockMode: 'block-on-mondays' } };

  const { vpcs, subnets, gaps } = parseMembers({ Vpcs: [{ ...VPC, ...states }], Subnets: [{ ...SUBNET, ...states }] });

  expect(vpcs.get(vpc('main'))).not.toHaveProperty('blockPublicAccess');
  expect(subnets.get(subnet('app'))).not.toHaveProperty('blockPublicAccess');
  expect(gaps).toMatchObject([
    { fact: 'block-public-access', about: vpc('main'), because: 'malformed' },
    { fact: 'block-public-access', about: subnet('app'), because: 'malformed' },
  ]);
});

it("reads the account's mode and who manages it (RT-33)", () => {
  const { scopes } = parseMembers({
    VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: 'block-ingress', ManagedBy: 'declarative-policy' },
  });

  expect(scopes).toMatchObject([{ blockPublicAccess: { mode: 'block-ingress', managedBy: 'declarative-policy' } }]);
});

it.each([{ InternetGatewayBlockMode: 'sometimes' }, {}, 'off', []])('does not guess the mode of %j', (options) => {
  const { scopes, gaps } = parseMembers({ VpcBlockPublicAccessOptions: options });

  expect(scopes[0]).not.toHaveProperty('blockPublicAccess');
  expect(gaps).toMatchObject([{ fact: 'block-public-access', because: 'malformed' }]);
});

const ENFORCED = { Mode: 'enforce', State: 'available' };

it.each([
  { told: 'inside the VPC', members: { Vpcs: [{ ...VPC, EncryptionControl: ENFORCED }] } },
  { told: 'apart', members: { Vpcs: [VPC], VpcEncryptionControls: [{ VpcId: vpc('main'), ...ENFORCED }] } },
  {
    told: 'twice, the call of its own being the newer word',
    members: {
      Vpcs: [{ ...VPC, EncryptionControl: { Mode: 'monitor', State: 'available' } }],
      VpcEncryptionControls: [{ VpcId: vpc('main'), ...ENFORCED }],
    },
  },
])('reads an encryption control told $told (RT-40)', ({ members }) => {
  expect(parseMembers(members).vpcs.get(vpc('main'))?.encryptionControl).toEqual({
    mode: 'enforce',
    state: 'available',
  });
});

it('keeps a VPC whose encryption control is odd', () => {
  const { vpcs, gaps } = parseMembers({ Vpcs: [{ ...VPC, EncryptionControl: { Mode: 1 } }] });

  expect(vpcs.get(vpc('main'))).not.toHaveProperty('encryptionControl');
  expect(gaps).toMatchObject([{ fact: 'encryption-control', about: vpc('main') }]);
});

it('reads subnets of either family', () => {
  const { subnets } = parseMembers({
    Subnets: [
      { ...SUBNET, AvailabilityZone: 'eu-west-1a', Tags: [{ Key: 'Name', Value: 'app' }] },
      {
        SubnetId: subnet('v6'),
        VpcId: vpc('main'),
        Ipv6CidrBlockAssociationSet: [
          ipv6Block('2001:db8::/64', 'associated'),
          ipv6Block('2001:db8:0:1::/64', 'disassociated'),
        ],
      },
    ],
  });

  expect(subnets.get(subnet('app'))).toMatchObject({ name: 'app', vpcId: vpc('main'), availabilityZone: 'eu-west-1a' });
  expect([...subnets.values()].map(({ cidrs }) => cidrs.map(formatCidr))).toEqual([['10.0.1.0/24'], ['2001:db8::/64']]);
});

it.each([
  { member: 'Vpcs', item: { ...VPC, CidrBlock: '10.0.0.0' }, fact: 'vpc', about: vpc('main') },
  { member: 'Vpcs', item: { CidrBlock: '10.0.0.0/16' }, fact: 'vpc', about: undefined },
  { member: 'Vpcs', item: 'vpc-1', fact: 'vpc', about: undefined },
  { member: 'Subnets', item: { ...SUBNET, VpcId: 'shop' }, fact: 'subnet', about: subnet('app') },
])('makes a gap of $item', ({ member, item, fact, about }) => {
  const { gaps } = parseMembers({ [member]: [item] });

  expect(gaps.map((gap) => [gap.fact, gap.about, gap.because])).toEqual([[fact, about, 'malformed']]);
});

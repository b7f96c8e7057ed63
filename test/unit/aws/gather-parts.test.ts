import { expect, it } from 'vitest';
import { gatherParts, gatherRefusals } from '../../../src/aws/gather-parts.ts';
import type { Part } from '../../../src/aws/read-part.ts';

const denied = (member: string, action: string, about?: string): Part => ({
  member,
  refusal: { action, because: 'access-denied', ...(about === undefined ? {} : { about }) },
});
const ATTRIBUTE = 'ec2:DescribeVpcAttribute';

it('joins what several calls told of one member', () => {
  const found = gatherParts([
    { member: 'SecurityGroups', items: [1] },
    { member: 'SecurityGroups', items: [2, 3] },
  ]);

  expect(found.get('SecurityGroups')).toEqual([1, 2, 3]);
});

it('has no list of which a part is missing: what is not in it would count as not there', () => {
  const found = gatherParts([
    { member: 'SecurityGroups', items: [1] },
    denied('SecurityGroups', 'ec2:DescribeSecurityGroups'),
    { member: 'Subnets', items: [1], refusal: { action: 'ec2:DescribeSubnets', because: 'unreachable' } },
    { member: 'Vpcs', items: [] },
  ]);

  expect([...found]).toEqual([['Vpcs', []]]);
});

it('keeps the parents that answered', () => {
  const parts = [{ member: 'VpcAttributes', items: ['vpc-1'] }, denied('VpcAttributes', ATTRIBUTE, 'vpc-2')];

  expect(gatherParts(parts).get('VpcAttributes')).toEqual(['vpc-1']);
  expect(gatherRefusals(parts)).toEqual([{ action: ATTRIBUTE, because: 'access-denied', about: 'vpc-2' }]);
});

it('says once for all parents that they were refused', () => {
  const parts = ['vpc-1', 'vpc-2', 'vpc-3'].map((id) => denied('VpcAttributes', ATTRIBUTE, id));

  expect(gatherParts(parts).has('VpcAttributes')).toBe(false);
  expect(gatherRefusals(parts)).toEqual([{ action: ATTRIBUTE, because: 'access-denied' }]);
});

it('names each parent where they were refused for different reasons', () => {
  const late: Part = {
    member: 'VpcAttributes',
    refusal: { action: ATTRIBUTE, because: 'throttled', about: 'vpc-2' },
  };

  expect(gatherRefusals([denied('VpcAttributes', ATTRIBUTE, 'vpc-1'), late])).toHaveLength(2);
});

it('says once what stopped every call', () => {
  const parts = ['Vpcs', 'Subnets', 'RouteTables'].map((member) => denied(member, 'sts:AssumeRole'));

  expect(gatherRefusals(parts)).toEqual([{ action: 'sts:AssumeRole', because: 'access-denied' }]);
});

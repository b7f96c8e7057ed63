import { expect, it } from 'vitest';
import { keepMatching } from '../../../src/aws/keep-matching.ts';

const MINE = { VpcId: 'vpc-1', Attachment: { InstanceId: 'i-1' }, RequesterManaged: true };
const OTHER = { VpcId: 'vpc-2', Attachment: { InstanceId: 'i-2' }, RequesterManaged: false };
const SILENT = { Description: 'tells neither' };

it.each([
  ['vpc-id', ['vpc-1']],
  ['attachment.instance-id', ['i-1']],
  ['requester-managed', ['true']],
])('drops what clearly fails the filter %s', (filter, values) => {
  expect(keepMatching([MINE, OTHER, SILENT], { [filter]: values })).toEqual([MINE, SILENT]);
});

it('takes any of several values, and wants all filters to hold', () => {
  expect(keepMatching([MINE, OTHER], { 'vpc-id': ['vpc-1', 'vpc-2'] })).toEqual([MINE, OTHER]);
  expect(keepMatching([MINE, OTHER], { 'vpc-id': ['vpc-1', 'vpc-2'], 'requester-managed': ['true'] })).toEqual([MINE]);
});

it('lets everything pass a filter it cannot check', () => {
  expect(keepMatching([MINE, OTHER], { 'association.subnet-id': ['subnet-1'] })).toEqual([MINE, OTHER]);
});

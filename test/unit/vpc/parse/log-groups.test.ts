import { expect, it } from 'vitest';
import { parseMembers } from '../../../support/parse-members.ts';

const parse = (...groups: readonly object[]) => parseMembers({ LogGroups: groups });

it('keeps for how long a log group keeps its events', () => {
  const [group] = parse({ logGroupName: '/vpc/flows', retentionInDays: 30, logGroupClass: 'STANDARD' }).logGroups;

  expect(group).toMatchObject({ name: '/vpc/flows', retentionInDays: 30, logGroupClass: 'STANDARD' });
});

it('says nothing of retention where events are kept for ever', () => {
  expect(parse({ logGroupName: '/vpc/flows' }).logGroups[0]).not.toHaveProperty('retentionInDays');
});

it('makes a gap of a group that it cannot read', () => {
  const { logGroups, gaps } = parse({ logGroupName: '/vpc/flows', retentionInDays: 'long' });

  expect(logGroups).toEqual([]);
  expect(gaps).toMatchObject([{ fact: 'log-group', about: '/vpc/flows', because: 'malformed' }]);
});

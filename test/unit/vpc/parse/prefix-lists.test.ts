import { expect, it } from 'vitest';
import { formatCidr } from '../../../../src/net/cidr.ts';
import { pl } from '../../../support/ids.ts';
import { parseMembers } from '../../../support/parse-members.ts';

const S3 = { PrefixListId: pl('s3'), PrefixListName: 'com.amazonaws.eu-west-1.s3', Cidrs: ['52.218.0.0/17'] };
const OFFICES = { PrefixListId: pl('offices'), PrefixListName: 'offices', State: 'modify-complete' };

const listsIn = (members: Record<string, unknown>) =>
  [...parseMembers(members).prefixLists.values()].map(({ id, name, cidrs }) => [id, name, cidrs.map(formatCidr)]);

it('reads lists that come with their blocks', () => {
  expect(listsIn({ PrefixLists: [S3] })).toEqual([[pl('s3'), 'com.amazonaws.eu-west-1.s3', ['52.218.0.0/17']]]);
});

it('reads lists whose name and entries come from two calls (SG-36)', () => {
  const members = {
    ManagedPrefixLists: [OFFICES],
    ManagedPrefixListEntries: [
      {
        PrefixListId: pl('offices'),
        Entries: [{ Cidr: '192.0.2.0/24', Description: 'Riga' }, { Cidr: '198.51.100.0/24' }],
      },
    ],
  };

  expect(listsIn(members)).toEqual([[pl('offices'), 'offices', ['192.0.2.0/24', '198.51.100.0/24']]]);
});

it('reads entries without a name, and a list that is empty', () => {
  expect(listsIn({ ManagedPrefixListEntries: [{ PrefixListId: pl('offices') }] })).toEqual([
    [pl('offices'), undefined, []],
  ]);
});

it('does not take a list for empty when nobody asked for its entries', () => {
  expect(listsIn({ ManagedPrefixLists: [OFFICES] })).toEqual([]);
});

it.each([
  { member: 'PrefixLists', item: { ...S3, Cidrs: undefined } },
  { member: 'PrefixLists', item: { ...S3, Cidrs: ['52.218.0.0/17', 'everything'] } },
  { member: 'ManagedPrefixLists', item: { ...S3, PrefixListName: 5 } },
  { member: 'ManagedPrefixListEntries', item: { PrefixListId: pl('s3'), Entries: [{ Description: 'no block' }] } },
])('makes a gap of a list in $member that is odd: half a list would seem to deny', ({ member, item }) => {
  const { prefixLists, gaps } = parseMembers({ [member]: [item] });

  expect(prefixLists.size).toBe(0);
  expect(gaps).toMatchObject([{ fact: 'prefix-list', about: pl('s3'), because: 'malformed' }]);
});

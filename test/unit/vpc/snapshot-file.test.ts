import { test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { ExpectedError } from '../../../src/failure/expected-error.ts';
import { parseSnapshot } from '../../../src/vpc/parse-snapshot.ts';
import { formatSnapshotFile, parseSnapshotFile } from '../../../src/vpc/snapshot-file.ts';
import { buildConfiguration, eniConfigurations } from '../../support/arbitraries.ts';
import { vpc } from '../../support/ids.ts';

const OWN = { accountId: '123456789012', region: 'eu-west-1', Vpcs: [{ VpcId: vpc('main'), Unheard: 'of' }] };
const PEER = { accountId: '210987654321', region: 'us-east-1', Vpcs: [] };

it('reads one object, or an array of them', () => {
  expect(parseSnapshotFile(JSON.stringify(OWN))).toEqual([OWN]);
  expect(parseSnapshotFile(`\uFEFF${JSON.stringify([OWN, PEER])}`)).toEqual([OWN, PEER]);
});

it('writes one object for one account and region, an array for several', () => {
  expect(JSON.parse(formatSnapshotFile([OWN]))).toEqual(OWN);
  expect(JSON.parse(formatSnapshotFile([OWN, PEER]))).toEqual([OWN, PEER]);
});

it.each([
  { text: '', expected: 'in JSON' },
  { text: '{"accountId": "123456789012"', expected: 'in JSON' },
  { text: 'null', expected: 'accountId' },
  { text: '[]', expected: 'at least one account and region' },
  { text: '"snapshot"', expected: 'accountId' },
  { text: JSON.stringify(Array.from({ length: 101 }, () => PEER)), expected: 'at most 100' },
])('says what it expected instead of $text', ({ text, expected }) => {
  const failure = failureOf(text);

  expect(failure).toMatchObject({ kind: 'not-understood', expected: expect.stringContaining(expected) });
  expect(failure).toHaveProperty('input', text.slice(0, 80));
});

it.each<[string, unknown, string]>([
  ['accountId', { Vpcs: [] }, 'an account id of up to twelve digits'],
  ['accountId', { ...OWN, accountId: 'shop' }, 'an account id of up to twelve digits'],
  ['region', { ...OWN, region: 'Europe' }, 'a region such as "eu-west-1"'],
  ['membersOf', { ...OWN, membersOf: 'all' }, 'a list of security group ids'],
  ['refusals', { ...OWN, refusals: {} }, 'a list of {"action"'],
  ['[1]', [OWN, 5], 'an object'],
  ['[1].region', [OWN, { ...PEER, region: 5 }], 'a region such as "eu-west-1"'],
  ['Vpcs', { ...OWN, Vpcs: {} }, 'a list, as AWS returns Vpcs'],
  ['Subnets[0]', { ...OWN, Subnets: ['subnet-1'] }, 'an object with SubnetId'],
  ['[1].SecurityGroups[1].GroupId', [OWN, { ...PEER, SecurityGroups: [{ GroupId: 'sg-1' }, {}] }], 'GroupId as a text'],
])('names %s as the member that is wrong', (path, content, expected) => {
  expect(failureOf(JSON.stringify(content))).toEqual({
    kind: 'not-understood',
    input: path,
    expected: expect.stringContaining(expected),
  });
});

it('refuses a file that no account could fill', () => {
  expect(failureOf(' '.repeat(128 * 1024 * 1024 + 1))).toMatchObject({
    expected: 'a snapshot file of at most 134217728 characters',
  });
});

function failureOf(text: string): unknown {
  try {
    parseSnapshotFile(text);
  } catch (error) {
    return error instanceof ExpectedError ? error.failure : error;
  }
  return undefined;
}

test.prop([eniConfigurations()])('a network that is written and read is the same network', (configuration) => {
  const { raw, snapshot } = buildConfiguration(configuration);

  expect(parseSnapshot(parseSnapshotFile(formatSnapshotFile([raw])))).toEqual(snapshot);
});

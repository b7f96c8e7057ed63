import { expect, it } from 'vitest';
import { parseSnapshotWords } from '../../../src/command/parse-snapshot-words.ts';
import { ExpectedError } from '../../../src/failure/expected-error.ts';
import { vpc } from '../../support/ids.ts';

it.each<[string, object]>([
  ['', { scope: {} }],
  ['--account 123456789012 --region=eu-west-1', { scope: { accountId: '123456789012', region: 'eu-west-1' } }],
  [`--vpc ${vpc('a')}`, { scope: {}, vpcIds: [vpc('a')] }],
  [`--vpc ${vpc('a')},${vpc('b')},${vpc('a')}`, { scope: {}, vpcIds: [vpc('a'), vpc('b')] }],
])('reads %j', (text, words) => {
  expect(parseSnapshotWords(text.split(' ').filter((word) => word !== ''))).toEqual(words);
});

it.each<[string, string]>([
  ['everything', 'only options'],
  ['--vpc main', 'VPC ids'],
  [`--vpc ${vpc('a')},`, 'VPC ids'],
  ['--account me', '12-digit'],
  ['--until 14:00', '--account, --region, --vpc'],
])('does not understand %j', (text, expected) => {
  const read = () => parseSnapshotWords(text.split(' '));

  expect(read).toThrow(ExpectedError);
  expect(read).toThrow(
    expect.objectContaining({
      failure: {
        kind: 'not-understood',
        input: expect.any(String) as string,
        expected: expect.stringContaining(expected) as string,
      },
    }),
  );
});

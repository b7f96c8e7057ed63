import { expect, it } from 'vitest';
import {
  parseAccountId,
  parseInstanceId,
  parseNetworkInterfaceId,
  parseRecordedAccountId,
  parseRegion,
  parseSecurityGroupId,
} from '../../../src/vpc/ids.ts';

it.each(['eni-0a1b2c3d', 'eni-0a1b2c3d4e5f60718'])('takes %s for an interface', (text) => {
  expect(parseNetworkInterfaceId(text)).toBe(text);
});

it.each([
  '',
  'eni-',
  'eni-0a1b2c3',
  'eni-0A1B2C3D',
  'eni-0a1b2c3g',
  'eni0a1b2c3d',
  'sg-0a1b2c3d',
  ' eni-0a1b2c3d',
  'eni-0a1b2c3d\n',
  `eni-${'0'.repeat(33)}`,
])('does not take %j for an interface', (text) => {
  expect(parseNetworkInterfaceId(text)).toBeUndefined();
});

it('tells kinds apart by their prefix alone', () => {
  expect(parseInstanceId('i-0a1b2c3d')).toBe('i-0a1b2c3d');
  expect(parseSecurityGroupId('sgr-0a1b2c3d')).toBeUndefined();
});

it.each([
  ['123456789012', true, true],
  ['111234', false, true],
  ['1234567890123', false, false],
  ['', false, false],
  ['12345678901x', false, false],
])('account %j: a person may write it: %s; a recording may hold it: %s', (text, typed, recorded) => {
  expect(parseAccountId(text) !== undefined).toBe(typed);
  expect(parseRecordedAccountId(text) !== undefined).toBe(recorded);
});

it.each(['eu-west-1', 'us-gov-west-1', 'ap-southeast-7', 'cn-north-1', 'us-iso-east-1', 'mx-central-1'])(
  'takes %s for a region',
  (text) => {
    expect(parseRegion(text)).toBe(text);
  },
);

it.each(['', 'eu-west', 'EU-WEST-1', 'eu-west-1a', 'localhost', 'eu-west-1.example.com', '../eu-west-1'])(
  'does not take %j for a region',
  (text) => {
    expect(parseRegion(text)).toBeUndefined();
  },
);

import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/config/configuration-error.ts';
import { parseConfiguration } from '../../../src/config/parse-configuration.ts';

const parse = (text: string) => parseConfiguration(text, 'vpc-why.yaml');

describe('an empty file', () => {
  it.each(['', '# nothing but a comment\n', '---\n'])('%j leaves every default', (text) => {
    expect(parse(text)).toMatchObject({
      slack: { command: '/vpc', host: '0.0.0.0', port: 3000 },
      aws: { accounts: [], regions: [] },
      queue: { concurrency: 3, dataDirectory: '.vpc-why' },
      log: { level: 'info' },
    });
  });
});

it('takes accounts with a role and an external id', () => {
  const account = [
    'aws:',
    '  accounts:',
    "    - id: '123456789012'",
    '      roleArn: arn:aws:iam::123456789012:role/vpc-why',
    '      externalId: a-random-text',
    '      regions: [eu-west-1, us-east-1]',
  ].join('\n');

  expect(parse(account).aws.accounts).toEqual([
    {
      id: '123456789012',
      roleArn: 'arn:aws:iam::123456789012:role/vpc-why',
      externalId: 'a-random-text',
      regions: ['eu-west-1', 'us-east-1'],
    },
  ]);
});

describe('a mistake is named with its line and what was expected', () => {
  it.each([
    ['an unknown key', 'slack:\n  comand: /vpc\n', /^vpc-why.yaml:2: slack: .*comand/],
    ['a wrong type', 'slack:\n  command: /vpc\n  port: high\n', /^vpc-why.yaml:3: slack.port: .*number/],
    [
      'a command without a slash',
      'slack:\n  command: vpc\n',
      /^vpc-why.yaml:2: slack.command: expected a command such as \/vpc/,
    ],
    ['broken YAML', 'slack:\n  command: [\n', /^vpc-why.yaml:\d: /],
    ['a key given twice', 'log:\n  level: info\n  level: warn\n', /^vpc-why.yaml:3: .*unique/],
    [
      'a region that is none',
      'aws:\n  regions:\n    - eu-west-1\n    - mars\n',
      /^vpc-why.yaml:4: aws.regions.1: expected a region/,
    ],
    [
      'a role without an external id',
      "aws:\n  accounts:\n    - id: '123456789012'\n      roleArn: arn:aws:iam::123456789012:role/x\n      regions: [eu-west-1]\n",
      /^vpc-why.yaml:3: aws.accounts.0.externalId: expected an external id/,
    ],
    [
      'an account id that YAML took for a number',
      'aws:\n  accounts:\n    - id: 012345678901\n      roleArn: arn:aws:iam::123456789012:role/x\n      externalId: abc\n      regions: [eu-west-1]\n',
      /^vpc-why.yaml:3: aws.accounts.0.id: expected the 12-digit account id in quotes/,
    ],
  ])('%s', (_, text, message) => {
    expect(() => parse(text)).toThrow(ConfigurationError);
    expect(() => parse(text)).toThrow(message);
  });

  it('a file of over 1 MB', () => {
    expect(() => parse(' '.repeat(1_000_001))).toThrow('vpc-why.yaml: less than 1 MB');
  });

  it('a billion laughs', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefgh'
        .split('')
        .map(
          (name, index) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefgh'[index]}`).join(', ')}]`,
        ),
    ].join('\n');
    expect(() => parse(bomb)).toThrow(ConfigurationError);
  });
});

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

describe('audits', () => {
  const audit = "audits:\n  - name: prod\n    cron: '0 7 * * 1-5'\n    channel: C0123456789\n";

  it('need a name, a time and a channel', () => {
    expect(parse(audit).audits).toEqual([
      { name: 'prod', cron: '0 7 * * 1-5', timezone: 'UTC', channel: 'C0123456789' },
    ]);
  });

  it('may look at less than everything', () => {
    const less = `${audit}    timezone: Europe/Berlin\n    families: [peering]\n    accounts: ['123456789012']\n    regions: [eu-west-1]\n    vpcs: [vpc-0a1b2c3d4e5f60718]\n    expectations: must-reach.yaml\n`;

    expect(parse(less).audits).toMatchObject([
      { families: ['peering'], accounts: ['123456789012'], regions: ['eu-west-1'], expectations: 'must-reach.yaml' },
    ]);
  });

  it.each([
    [
      'a cron expression that is none',
      audit.replace('0 7 * * 1-5', 'daily'),
      /^vpc-why.yaml:3: audits.0.cron: .*1 fields/,
    ],
    ['a time zone that is none', `${audit}    timezone: Mars\n`, /:3: audits.0.cron: .*Mars is no time zone/],
    ["a channel's name", audit.replace('C0123456789', "'#network'"), /:4: audits.0.channel: .*channel's id/],
    ['an unknown family', `${audit}    families: [dns]\n`, /:5: audits.0.families.0: /],
    ['two of one name', `${audit}${audit.slice('audits:\n'.length)}`, /audits: expected another name for each/],
  ])('are refused with %s', (_, text, message) => {
    expect(() => parse(text)).toThrow(message);
  });
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

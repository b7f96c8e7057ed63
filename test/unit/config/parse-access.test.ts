import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../src/config/parse-configuration.ts';

const access = (text: string) => parseConfiguration(text, 'vpc-why.yaml').access;
const rule = (...lines: readonly string[]) => ['access:', '  rules:', ...lines].join('\n');

it('nothing written: members ask about everything, others nothing, shared channels are told less', () => {
  expect(access('')).toEqual({ sharedChannels: 'redact', openChannels: [], guests: 'refuse' });
});

it('rules name channels, groups, users, accounts and who manages audits', () => {
  const text = rule(
    "    - {channels: [C0123456789], accounts: ['111122223333']}",
    '    - {userGroups: [S0123456789], users: [U0123456789, W0123456789], manageAudits: true}',
    '    - {everybody: true, accounts: all}',
    "  askInstead: '#netsec'",
    '  sharedChannels: refuse',
    '  openChannels: [C0PARTNER]',
    '  guests: redact',
  );

  expect(access(text)).toEqual({
    rules: [
      { channels: ['C0123456789'], accounts: ['111122223333'], manageAudits: false },
      { userGroups: ['S0123456789'], users: ['U0123456789', 'W0123456789'], accounts: 'all', manageAudits: true },
      { everybody: true, accounts: 'all', manageAudits: false },
    ],
    askInstead: '#netsec',
    sharedChannels: 'refuse',
    openChannels: ['C0PARTNER'],
    guests: 'redact',
  });
});

describe('a mistake is named with its line and what was expected', () => {
  it.each([
    ['a rule for nobody', rule('    - {accounts: all}'), /:3: access.rules.0: .*at least one of channels/],
    ['no rule at all', 'access:\n  rules: []\n', /:2: access.rules: expected at least one rule/],
    ["a channel's name", rule("    - {channels: ['#shop']}"), /:3: access.rules.0.channels.0: .*C0123456789/],
    ["a group's handle", rule("    - {userGroups: ['@net']}"), /:3: access.rules.0.userGroups.0: .*S0123456789/],
    ["a user's name", rule('    - {users: [dana]}'), /:3: access.rules.0.users.0: .*U0123456789/],
    [
      'an account that is none',
      rule('    - {users: [U0DANA], accounts: [123]}'),
      /:3: access.rules.0.accounts: .*12-digit/,
    ],
    ['an empty list', rule('    - {users: []}'), /:3: access.rules.0.users: /],
    ['a word that is none', 'access:\n  guests: allow\n', /:2: access.guests: .*refuse.*redact/],
    ['an unknown key', rule('    - {user: [U0DANA]}'), /:3: access.rules.0: .*user/],
    [
      'audits for some accounts alone',
      rule("    - {users: [U0DANA], accounts: ['111122223333'], manageAudits: true}"),
      /:3: access.rules.0.manageAudits: expected accounts: all/,
    ],
  ])('%s', (_, text, message) => {
    expect(() => access(text)).toThrow(message);
  });
});

import { describe, expect, it } from 'vitest';
import type { Asker } from '../../../src/access/asker.ts';
import { groupsInQuestion, mayAsk, type Permission, type Wanted } from '../../../src/access/may-ask.ts';
import { DEFAULT_POLICY, type AccessPolicy, type AccessRule } from '../../../src/access/policy.ts';
import { parseAccountId } from '../../../src/vpc/ids.ts';

const [shop, bank] = ['111122223333', '444455556666'].map((id) => parseAccountId(id)!) as [never, never];

const dana: Asker = {
  teamId: 'T0ACME',
  userId: 'U0DANA',
  channelId: 'C0SHOP',
  standing: 'member',
  channel: 'own',
  userGroups: [],
};

const rule = (who: Omit<AccessRule, 'accounts' | 'manageAudits'>, more: Partial<AccessRule> = {}): AccessRule => ({
  accounts: 'all',
  manageAudits: false,
  ...who,
  ...more,
});

const rules = (...all: readonly [AccessRule, ...AccessRule[]]): AccessPolicy => ({ ...DEFAULT_POLICY, rules: all });

const question: Wanted = { deed: 'question', accounts: [] };
const audits: Wanted = { deed: 'manage-audits', accounts: [] };
const about = (...accounts: readonly never[]): Wanted => ({ deed: 'question', accounts });

/** `all inside`, `111122223333 shared`, or the reason of a refusal. */
const inShort = (permission: Permission): string =>
  permission.kind === 'refused'
    ? permission.because
    : `${permission.accounts === 'all' ? 'all' : permission.accounts.join(' ')} ${permission.audience}`;

describe('without rules', () => {
  it.each<[string, Partial<Asker>, Partial<AccessPolicy>, string]>([
    ['a member asks about everything', {}, {}, 'all inside'],
    ['an outsider is refused', { standing: 'outsider' }, {}, 'outsider'],
    [
      'an outsider is refused even where all may be read',
      { standing: 'outsider' },
      { sharedChannels: 'allow' },
      'outsider',
    ],
    ['somebody unknown is refused', { standing: 'unknown' }, {}, 'unknown-asker'],
    ['a guest is refused', { standing: 'guest' }, {}, 'guest'],
    [
      'a guest gets what outsiders may read, where that is wanted',
      { standing: 'guest' },
      { guests: 'redact' },
      'all shared',
    ],
    ['a shared channel is told less', { channel: 'shared' }, {}, 'all shared'],
    ['a channel nobody knows is told less', { channel: 'unknown' }, {}, 'all shared'],
    [
      'a shared channel is refused, where that is wanted',
      { channel: 'shared' },
      { sharedChannels: 'refuse' },
      'shared-channel',
    ],
    [
      'a channel nobody knows is refused with it',
      { channel: 'unknown' },
      { sharedChannels: 'refuse' },
      'unknown-channel',
    ],
    [
      'a shared channel is told all, where that is wanted',
      { channel: 'shared' },
      { sharedChannels: 'allow' },
      'all inside',
    ],
    ['an open channel is told all', { channel: 'shared' }, { openChannels: ['C0SHOP'] }, 'all inside'],
    [
      'an open channel is not refused',
      { channel: 'shared' },
      { sharedChannels: 'refuse', openChannels: ['C0SHOP'] },
      'all inside',
    ],
    ['another open channel changes nothing', { channel: 'shared' }, { openChannels: ['C0BANK'] }, 'all shared'],
    [
      'a guest in an open channel is still a guest',
      { standing: 'guest', channel: 'shared' },
      { guests: 'redact', openChannels: ['C0SHOP'] },
      'all shared',
    ],
  ])('%s', (_, asker, policy, expected) => {
    expect(inShort(mayAsk({ ...DEFAULT_POLICY, ...policy }, { ...dana, ...asker }, question))).toBe(expected);
  });

  it('members manage audits', () => {
    expect(inShort(mayAsk(DEFAULT_POLICY, dana, audits))).toBe('all inside');
  });
});

describe('with rules', () => {
  it.each<[string, AccessPolicy, Partial<Asker>, Wanted, string]>([
    ['by channel', rules(rule({ channels: ['C0SHOP'] }, { accounts: [shop] })), {}, question, '111122223333 inside'],
    ['by user', rules(rule({ users: ['U0DANA'] }, { accounts: [shop] })), {}, question, '111122223333 inside'],
    ['by group', rules(rule({ userGroups: ['S0NET'] })), { userGroups: ['S0NET'] }, question, 'all inside'],
    ['by any of them', rules(rule({ channels: ['C0BANK'], users: ['U0DANA'] })), {}, question, 'all inside'],
    ['for everybody', rules(rule({ everybody: true }, { accounts: [bank] })), {}, question, '444455556666 inside'],
    [
      'for nobody like this',
      rules(rule({ channels: ['C0BANK'], users: ['U0SAM'], userGroups: ['S0NET'] })),
      {},
      question,
      'no-rule',
    ],
    [
      'of several',
      rules(
        rule({ channels: ['C0SHOP'] }, { accounts: [shop] }),
        rule({ users: ['U0DANA'] }, { accounts: [bank, shop] }),
      ),
      {},
      question,
      '111122223333 444455556666 inside',
    ],
    [
      'of which one opens all',
      rules(rule({ channels: ['C0SHOP'] }, { accounts: [shop] }), rule({ users: ['U0DANA'] })),
      {},
      question,
      'all inside',
    ],
    [
      'about its account',
      rules(rule({ channels: ['C0SHOP'] }, { accounts: [shop] })),
      {},
      about(shop),
      '111122223333 inside',
    ],
    [
      "about another tenant's account",
      rules(rule({ channels: ['C0SHOP'] }, { accounts: [shop] }), rule({ channels: ['C0BANK'] }, { accounts: [bank] })),
      {},
      about(bank),
      'other-account',
    ],
    ['about both', rules(rule({ channels: ['C0SHOP'] }, { accounts: [shop] })), {}, about(shop, bank), 'other-account'],
    [
      'when nobody knows the groups',
      rules(rule({ userGroups: ['S0NET'] })),
      { userGroups: 'unknown' },
      question,
      'unknown-groups',
    ],
    [
      'when nobody knows the groups and a channel opens it',
      rules(rule({ userGroups: ['S0NET'], channels: ['C0SHOP'] })),
      { userGroups: 'unknown' },
      question,
      'all inside',
    ],
    ['for an outsider', rules(rule({ everybody: true })), { standing: 'outsider' }, question, 'outsider'],
    ['for audits without leave', rules(rule({ everybody: true })), {}, audits, 'not-for-audits'],
    [
      'for audits with leave',
      rules(rule({ users: ['U0DANA'] }, { manageAudits: true, accounts: [shop] })),
      {},
      audits,
      '111122223333 inside',
    ],
    [
      'for audits, of which only one rule gives leave',
      rules(rule({ users: ['U0DANA'] }, { manageAudits: true, accounts: [shop] }), rule({ everybody: true })),
      {},
      audits,
      '111122223333 inside',
    ],
    [
      "for audits of another's account",
      rules(rule({ users: ['U0DANA'] }, { manageAudits: true, accounts: [shop] })),
      {},
      { deed: 'manage-audits', accounts: [bank] },
      'other-account',
    ],
  ])('%s', (_, policy, asker, wanted, expected) => {
    expect(inShort(mayAsk(policy, { ...dana, ...asker }, wanted))).toBe(expected);
  });

  it('a refusal names whom to ask', () => {
    const policy = { ...rules(rule({ users: ['U0SAM'] })), askInstead: '#netsec' };

    expect(mayAsk(policy, dana, question)).toEqual({ kind: 'refused', because: 'no-rule', askInstead: '#netsec' });
  });

  it('only groups that could make a difference are asked for', () => {
    const policy = rules(
      rule({ channels: ['C0SHOP'], userGroups: ['S0SHOP'] }),
      rule({ userGroups: ['S0NET', 'S0BANK'] }),
      rule({ userGroups: ['S0NET'] }),
    );

    expect(groupsInQuestion(policy, dana)).toEqual(['S0NET', 'S0BANK']);
    expect(groupsInQuestion(DEFAULT_POLICY, dana)).toEqual([]);
  });
});

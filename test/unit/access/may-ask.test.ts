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

const withRules = (...all: readonly [AccessRule, ...AccessRule[]]): AccessPolicy => ({ ...DEFAULT_POLICY, rules: all });

const question: Wanted = { deed: 'question', accounts: [] };
const audits: Wanted = { deed: 'manage-audits', accounts: [] };
const about = (...accounts: readonly never[]): Wanted => ({ deed: 'question', accounts });

/** `all inside`, `111122223333 shared`, or the reason of a refusal. */
const inShort = (permission: Permission): string =>
  permission.kind === 'refused'
    ? permission.because
    : `${permission.accounts === 'all' ? 'all' : permission.accounts.join(' ')} ${permission.audience}`;

interface Given {
  readonly policy?: Partial<AccessPolicy>;
  readonly rules?: AccessPolicy['rules'];
  readonly asker?: Partial<Asker>;
  readonly wanted?: Wanted;
}

const decided = ({ policy, rules, asker, wanted = question }: Given): string =>
  inShort(mayAsk({ ...DEFAULT_POLICY, ...policy, ...(rules && { rules }) }, { ...dana, ...asker }, wanted));

const GUEST = { standing: 'guest' } as const;
const SHARED = { channel: 'shared' } as const;
const REFUSING = { sharedChannels: 'refuse' } as const;

describe('without rules', () => {
  it.each<[string, Given, string]>([
    ['a member asks about everything', {}, 'all inside'],
    ['an outsider is refused', { asker: { standing: 'outsider' } }, 'outsider'],
    [
      'an outsider is refused even where all may be read',
      { asker: { standing: 'outsider' }, policy: { sharedChannels: 'allow' } },
      'outsider',
    ],
    ['somebody unknown is refused', { asker: { standing: 'unknown' } }, 'unknown-asker'],
    ['a guest is refused', { asker: GUEST }, 'guest'],
    [
      'a guest gets what outsiders may read, where wanted',
      { asker: GUEST, policy: { guests: 'redact' } },
      'all shared',
    ],
    ['a shared channel is told less', { asker: SHARED }, 'all shared'],
    ['a channel nobody knows is told less', { asker: { channel: 'unknown' } }, 'all shared'],
    ['a shared channel is refused, where wanted', { asker: SHARED, policy: REFUSING }, 'shared-channel'],
    ['and so is one nobody knows', { asker: { channel: 'unknown' }, policy: REFUSING }, 'unknown-channel'],
    [
      'a shared channel is told all, where wanted',
      { asker: SHARED, policy: { sharedChannels: 'allow' } },
      'all inside',
    ],
    ['an open channel is told all', { asker: SHARED, policy: { openChannels: ['C0SHOP'] } }, 'all inside'],
    [
      'an open channel is not refused',
      { asker: SHARED, policy: { ...REFUSING, openChannels: ['C0SHOP'] } },
      'all inside',
    ],
    ['another open channel changes nothing', { asker: SHARED, policy: { openChannels: ['C0BANK'] } }, 'all shared'],
    [
      'a guest in an open channel is still a guest',
      { asker: { ...GUEST, ...SHARED }, policy: { guests: 'redact', openChannels: ['C0SHOP'] } },
      'all shared',
    ],
    ['members manage audits', { wanted: audits }, 'all inside'],
    ['guests do not', { asker: GUEST, wanted: audits }, 'guest'],
  ])('%s', (_, given, expected) => {
    expect(decided(given)).toBe(expected);
  });
});

const ofShop = rule({ channels: ['C0SHOP'] }, { accounts: [shop] });
const ofBank = rule({ channels: ['C0BANK'] }, { accounts: [bank] });
const ofDana = rule({ users: ['U0DANA'] });
const ofNet = rule({ userGroups: ['S0NET'] });
const danaAudits = rule({ users: ['U0DANA'] }, { manageAudits: true });

describe('with rules', () => {
  it.each<[string, Given, string]>([
    ['by channel', { rules: [ofShop] }, '111122223333 inside'],
    ['by user', { rules: [{ ...ofShop, channels: [], users: ['U0DANA'] }] }, '111122223333 inside'],
    ['by group', { rules: [ofNet], asker: { userGroups: ['S0NET'] } }, 'all inside'],
    ['by any of them', { rules: [rule({ channels: ['C0BANK'], users: ['U0DANA'] })] }, 'all inside'],
    ['for everybody', { rules: [rule({ everybody: true }, { accounts: [bank] })] }, '444455556666 inside'],
    ['for nobody like this', { rules: [ofBank, rule({ users: ['U0SAM'] }), ofNet] }, 'no-rule'],
    [
      'of several',
      { rules: [ofShop, rule({ users: ['U0DANA'] }, { accounts: [bank, shop] })] },
      '111122223333 444455556666 inside',
    ],
    ['of which one opens all', { rules: [ofShop, ofDana] }, 'all inside'],
    ['about its account', { rules: [ofShop], wanted: about(shop) }, '111122223333 inside'],
    ["about another tenant's account", { rules: [ofShop, ofBank], wanted: about(bank) }, 'other-account'],
    ['about both', { rules: [ofShop, ofBank], wanted: about(shop, bank) }, 'other-account'],
    ['when nobody knows the groups', { rules: [ofNet], asker: { userGroups: 'unknown' } }, 'unknown-groups'],
    [
      'when nobody knows the groups and a channel opens it',
      { rules: [ofNet, ofShop], asker: { userGroups: 'unknown' } },
      '111122223333 inside',
    ],
    ['for an outsider', { rules: [rule({ everybody: true })], asker: { standing: 'outsider' } }, 'outsider'],
    ['for audits without leave', { rules: [ofDana], wanted: audits }, 'not-for-audits'],
    ['for audits with leave', { rules: [danaAudits], wanted: audits }, 'all inside'],
    ['for audits, of which one rule gives leave', { rules: [ofShop, danaAudits], wanted: audits }, 'all inside'],
  ])('%s', (_, given, expected) => {
    expect(decided(given)).toBe(expected);
  });

  it('a refusal names whom to ask', () => {
    const policy = { ...withRules(rule({ users: ['U0SAM'] })), askInstead: '#netsec' };

    expect(mayAsk(policy, dana, question)).toEqual({ kind: 'refused', because: 'no-rule', askInstead: '#netsec' });
  });

  it('only groups that could make a difference are asked for', () => {
    const policy = withRules(
      rule({ channels: ['C0SHOP'], userGroups: ['S0SHOP'] }),
      rule({ userGroups: ['S0NET', 'S0BANK'] }),
      rule({ userGroups: ['S0NET'] }),
    );

    expect(groupsInQuestion(policy, dana)).toEqual(['S0NET', 'S0BANK']);
    expect(groupsInQuestion(DEFAULT_POLICY, dana)).toEqual([]);
  });
});

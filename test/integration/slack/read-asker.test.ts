import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BOT_TOKEN, startSlack, type LocalSlack } from '../../../demo/slack/start-slack.ts';
import { createLog } from '../../../src/log.ts';
import { createClient } from '../../../src/slack/create-client.ts';
import { createAskerReader, type AskerReader } from '../../../src/slack/read-asker.ts';
import { slackLogger } from '../../../src/slack/slack-logger.ts';

const OWN_TEAM = 'T000000001';

let slack: LocalSlack;
let reader: AskerReader;
let reports: unknown[];
let time: number;
let before: number;

beforeAll(async () => {
  slack = await startSlack();
});
afterAll(() => slack.close());

beforeEach(() => {
  [reports, time, before] = [[], 1_790_000_000, slack.calls.length];
  for (const method of ['users.info', 'conversations.info', 'usergroups.users.list', 'auth.test'])
    slack.answer(method, undefined);
  reader = createAskerReader({
    client: createClient({ botToken: BOT_TOKEN, apiUrl: slack.apiUrl, logger: slackLogger(createLog('silent')) }),
    now: () => time,
    report: (message, error) => reports.push([message, error]),
  });
});

const NEEDS = { channel: true, userGroups: [] };
const ask = (needs: Partial<Parameters<AskerReader['readAsker']>[1]> = {}) =>
  reader.readAsker({ teamId: OWN_TEAM, userId: slack.userId, channelId: slack.channelId }, { ...NEEDS, ...needs });
const called = () =>
  slack.calls
    .slice(before)
    .map(({ method }) => method)
    .toSorted();

describe('who asks', () => {
  it.each<[string, object, string]>([
    ['a member', { team_id: OWN_TEAM }, 'member'],
    ['a guest of several channels', { team_id: OWN_TEAM, is_restricted: true }, 'guest'],
    ['a guest of one channel', { team_id: OWN_TEAM, is_restricted: true, is_ultra_restricted: true }, 'guest'],
    ['somebody of another organisation', { team_id: 'T0THEIRS' }, 'outsider'],
    ['somebody unknown to this workspace', { team_id: OWN_TEAM, is_stranger: true }, 'outsider'],
    ['somebody without a team', {}, 'outsider'],
    [
      'somebody of another workspace of the same Grid, who is in this one, too',
      { team_id: 'T0SISTER', enterprise_user: { enterprise_id: 'E1', teams: ['T0SISTER', OWN_TEAM] } },
      'member',
    ],
    [
      'somebody of another workspace of the same Grid',
      { team_id: 'T0SISTER', enterprise_user: { enterprise_id: 'E1', teams: ['T0SISTER'] } },
      'outsider',
    ],
  ])('%s', async (_, user, standing) => {
    slack.answer('users.info', { ok: true, user });

    expect(await ask()).toMatchObject({ standing, channel: 'own', userGroups: [] });
  });

  it('somebody of the Grid that installed the bot for all its workspaces', async () => {
    slack.answer('auth.test', { ok: true, team_id: OWN_TEAM, enterprise_id: 'E1', is_enterprise_install: true });
    slack.answer('users.info', { ok: true, user: { team_id: 'T0SISTER', enterprise_user: { enterprise_id: 'E1' } } });

    expect(await ask()).toMatchObject({ standing: 'member' });
  });
});

describe('who reads along', () => {
  it.each<[string, object, string]>([
    ['nobody else', { is_shared: false }, 'own'],
    ['other workspaces of the same organisation', { is_shared: true, is_org_shared: true }, 'own'],
    ['another organisation', { is_shared: true, is_ext_shared: true }, 'shared'],
    ['an organisation that was invited', { is_pending_ext_shared: true }, 'shared'],
  ])('%s', async (_, channel, reach) => {
    slack.answer('conversations.info', { ok: true, channel });

    expect(await ask()).toMatchObject({ channel: reach });
  });

  it('nobody in a channel that is closed to us, which is asked again each time', async () => {
    slack.answer('conversations.info', { ok: false, error: 'channel_not_found' });
    const closed = await ask();
    slack.answer('conversations.info', { ok: true, channel: { is_ext_shared: true } });

    expect([closed.channel, (await ask()).channel]).toEqual(['own', 'shared']);
  });

  it('nobody in a direct message, which is not asked about', async () => {
    expect(await reader.readReach('D0123456789')).toBe('own');
    expect(called()).toEqual([]);
  });
});

it('in which of the groups somebody is', async () => {
  slack.answer('usergroups.users.list', { ok: true, users: ['U0OTHER', slack.userId] });

  expect((await ask({ userGroups: ['S0NET', 'S0SHOP'] })).userGroups).toEqual(['S0NET', 'S0SHOP']);
});

describe('asks no more than it must', () => {
  it('only what the policy needs', async () => {
    await ask({ channel: false });

    expect(called()).toEqual(['auth.test', 'users.info']);
  });

  it('each thing once in five minutes, however many ask', async () => {
    slack.answer('usergroups.users.list', { ok: true, users: [] });
    await Promise.all([ask({ userGroups: ['S0NET'] }), ask({ userGroups: ['S0NET'] })]);
    time += 299;
    await ask({ userGroups: ['S0NET'] });
    const once = ['auth.test', 'conversations.info', 'usergroups.users.list', 'users.info'];
    expect(called()).toEqual(once);

    time += 2;
    await ask({ userGroups: ['S0NET'] });
    expect(called()).toEqual([...once, ...once].toSorted());
  });
});

it.each([
  ['fails', { kind: 'status', status: 500 }],
  ['hangs up', { kind: 'reset' }],
  ['breaks off', { kind: 'answer-cut' }],
] as const)('a Slack that %s twice is asked again at once', async (_, fault) => {
  for (const method of ['auth.test', 'users.info', 'conversations.info']) slack.fail(method, fault, fault);

  expect(await ask()).toMatchObject({ standing: 'member', channel: 'own' });
  expect(reports).toEqual([]);
});

describe('what Slack does not tell is unknown', () => {
  it.each([
    ['without the scope', [{ kind: 'error', error: 'missing_scope' }]],
    ['when it limits us', [{ kind: 'rate-limited', retryAfter: 30 }]],
    ['when it keeps failing', Array.from({ length: 3 }, () => ({ kind: 'status', status: 500 }) as const)],
  ] as const)('%s, and is asked again the next time', async (_, faults) => {
    for (const method of ['users.info', 'conversations.info', 'usergroups.users.list']) slack.fail(method, ...faults);
    slack.answer('usergroups.users.list', { ok: true, users: [] });

    expect(await ask({ userGroups: ['S0NET'] })).toMatchObject({
      standing: 'unknown',
      channel: 'unknown',
      userGroups: 'unknown',
    });
    expect(reports).toHaveLength(3);
    expect(await ask({ userGroups: ['S0NET'] })).toMatchObject({ standing: 'member', channel: 'own', userGroups: [] });
  });

  it('when it takes its time, long before the acknowledgement is due', async () => {
    slack.fail('users.info', { kind: 'silence' });
    const started = performance.now();

    expect(await ask()).toMatchObject({ standing: 'unknown', channel: 'own' });
    expect(performance.now() - started).toBeLessThan(1_800);
  });
});

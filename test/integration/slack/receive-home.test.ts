import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { eventEnvelope, sendEvent } from '../../../demo/slack/send-event.ts';
import { SIGNING_SECRET, startSlack, type LocalSlack } from '../../../demo/slack/start-slack.ts';
import { ExpectedError } from '../../../src/failure/expected-error.ts';
import type { SlackDesk } from '../../../src/slack/create-app.ts';
import { startSlackEntry, type SlackEntry } from '../../support/slack-entry.ts';
import { startSocketMode } from '../../support/socket-mode.ts';

let slack: LocalSlack;
let app: SlackEntry;

beforeAll(async () => {
  slack = await startSlack();
  slack.answer('views.publish', { ok: true });
});
afterAll(() => slack.close());
afterEach(() => app.stop());

const opened = (tab: string | undefined) => ({
  type: 'app_home_opened',
  user: slack.userId,
  channel: 'D000000001',
  event_ts: '1790000000.000100',
  tab,
});

const open = async (tab: string | undefined, desk: Partial<SlackDesk> = {}): Promise<void> => {
  app = await startSlackEntry({ slack, desk });
  await sendEvent({ botUrl: app.url, signingSecret: SIGNING_SECRET, eventId: randomUUID(), event: opened(tab) });
};

let seen = 0;

const published = async (): Promise<{ type: string; words: string }> => {
  const page = () => slack.calls.slice(seen).find(({ method }) => method === 'views.publish')?.body;
  await expect.poll(page).toMatchObject({ user_id: slack.userId });
  const { type, blocks } = JSON.parse(String(page()?.['view'])) as { type: string; blocks: unknown };
  seen = slack.calls.length;
  return { type, words: JSON.stringify(blocks) };
};

const homeOf: SlackDesk['homeOf'] = async () => ({
  recent: [
    { text: 'why-rejected eni-1', askedAt: 1_790_000_000, channelId: 'C1', permalink: 'https://a.slack.com/p1' },
  ],
  watches: [],
  health: { queue: { waiting: 1, active: 2 }, scope: { accounts: 3, regions: ['eu-west-1'] } },
});

it('shows what this person asked, the audits, and how the bot is', async () => {
  const asked: unknown[] = [];
  await open('home', {
    homeOf: async (user) => {
      asked.push(user);
      return homeOf(user);
    },
  });

  const { type, words } = await published();
  expect(type).toBe('home');
  for (const shown of ['why-rejected eni-1', 'https://a.slack.com/p1', 'audits: list', '1 waiting', '3 other'])
    expect(words).toContain(shown);
  expect(asked).toMatchObject([{ userId: slack.userId, teamId: 'T000000001' }]);
});

it('keeps audits from those who may not manage them', async () => {
  await open('home', {
    homeOf,
    admit: async (_, { deed }) =>
      deed === 'question'
        ? { kind: 'allowed', accounts: 'all', audience: 'inside' }
        : { kind: 'refused', because: 'not-for-audits' },
  });

  const { words } = await published();
  expect(words).toContain('why-rejected eni-1');
  expect(words).not.toContain('audits: list');
});

it('shows a guest nothing but that', async () => {
  await open('home', { homeOf, admit: async () => ({ kind: 'refused', because: 'guest' }) });

  expect((await published()).words).not.toContain('eni-1');
});

it('says so when the store is away', async () => {
  await open('home', {
    homeOf: async () => {
      throw new ExpectedError({ kind: 'unreachable', service: 'the store', detail: 'ECONNREFUSED' });
    },
  });

  expect((await published()).words).toContain('the store did not answer');
});

it('publishes nothing for the other tab', async () => {
  const asked: string[] = [];
  const noting: SlackDesk['homeOf'] = async (user) => {
    asked.push(user.via);
    return homeOf(user);
  };
  await open('messages', { homeOf: noting });
  await app.stop();
  await open('home', { homeOf: noting });
  await published();

  expect(asked).toEqual(['home']);
});

it('is published over Socket Mode, too', async () => {
  const end = await startSocketMode(slack);
  app = await startSlackEntry({ slack, desk: { homeOf }, transport: { kind: 'socket-mode', appToken: 'xapp-1' } });
  await end.connected;
  await end.send('events_api', eventEnvelope({ event: opened('home'), eventId: randomUUID() }));

  expect((await published()).words).toContain('why-rejected eni-1');
  await end.close();
});

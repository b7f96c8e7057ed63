import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sendSlashCommand, type Acknowledgement } from '../../../demo/slack/send-slash-command.ts';
import type { Admit } from '../../../src/access/admission.ts';
import { SIGNING_SECRET, startSlack, type LocalSlack } from '../../../demo/slack/start-slack.ts';
import { ExpectedError } from '../../../src/failure/expected-error.ts';
import type { AskedQuestion, TakeQuestion } from '../../../src/slack/entry-desk.ts';
import type { SlackTransport } from '../../../src/slack/slack-settings.ts';
import { parseAccountId } from '../../../src/vpc/ids.ts';
import { startSlackEntry, type SlackEntry } from '../../support/slack-entry.ts';
import { listenToWhispers, type Whispers } from '../../support/whispers.ts';
import { startSocketMode, type SocketModeEnd } from '../../support/socket-mode.ts';

const ENI = 'eni-0a1b2c3d4e5f60718';

let slack: LocalSlack;
let app: SlackEntry;
let taken: AskedQuestion[];
let take: TakeQuestion;
let admit: Admit;

beforeAll(async () => {
  slack = await startSlack();
});
afterAll(() => slack.close());

beforeEach(() => {
  taken = [];
  admit = async () => ({ kind: 'allowed', accounts: 'all', audience: 'inside' });
  take = async (question) => {
    taken.push(question);
    return { kind: 'added' };
  };
});
afterEach(() => app.stop());

async function start(transport?: SlackTransport) {
  const desk = {
    admit: (...asked: Parameters<Admit>) => admit(...asked),
    take: (question: AskedQuestion) => take(question),
  };
  app = await startSlackEntry({ slack, desk, ...(transport !== undefined && { transport }) });
}

const startHttp = () => start();

const ask = (text: string, more: { responseUrl?: string } = {}): Promise<Acknowledgement> =>
  sendSlashCommand({
    botUrl: app.url,
    signingSecret: SIGNING_SECRET,
    text,
    channelId: slack.channelId,
    userId: slack.userId,
    ...more,
  });

const failLate: TakeQuestion = () =>
  new Promise((_, reject) => {
    const failure = { kind: 'unreachable', service: 'the queue', detail: 'no answer' } as const;
    setTimeout(() => reject(new ExpectedError(failure)), 2_500);
  });

const command = (text: string) => ({
  command: '/vpc',
  text,
  team_id: 'T000000001',
  user_id: slack.userId,
  channel_id: slack.channelId,
});

describe('a question over HTTP', () => {
  beforeEach(startHttp);

  it('is acknowledged to the asker alone and taken in', async () => {
    const acknowledgement = await ask(`why-rejected ${ENI}`);

    expect(acknowledgement).toMatchObject({
      status: 200,
      text: expect.stringMatching(`Looking at ${ENI}: 60 min of flow logs`),
    });
    expect(taken).toMatchObject([
      { text: `why-rejected ${ENI}`, channelId: slack.channelId, userId: slack.userId, teamId: 'T000000001' },
    ]);
  });

  it('that is being answered already points to its thread', async () => {
    take = async () => ({ kind: 'duplicate', permalink: 'https://demo.slack.com/archives/C1/p1' });
    const { text, blocks } = await ask(`why-rejected ${ENI}`);

    expect(text).toMatch(/asked here a moment ago/);
    expect(JSON.stringify(blocks)).toContain('https://demo.slack.com/archives/C1/p1');
  });

  it('is refused honestly when the queue is down', async () => {
    take = async () => {
      throw new ExpectedError({ kind: 'unreachable', service: 'the queue', detail: 'ECONNREFUSED' });
    };

    expect(await ask(`why-rejected ${ENI}`)).toMatchObject({ status: 200, text: expect.stringMatching(/queue/i) });
  });

  it('is refused honestly when we have a fault, which is reported', async () => {
    take = async () => {
      throw new TypeError('a defect');
    };

    expect(await ask(`why-rejected ${ENI}`)).toMatchObject({ status: 200, text: expect.stringMatching(/queue/i) });
    expect(app.reports).toMatchObject([[expect.any(String), { message: 'a defect' }]]);
  });
});

describe('somebody who may not ask', () => {
  beforeEach(async () => {
    admit = async () => ({ kind: 'refused', because: 'no-rule', askInstead: '#netsec' });
    await startHttp();
  });

  it.each([`why-rejected ${ENI}`, `path ${ENI} internet tcp/443`, 'audit run', 'audits'])(
    'is told so alone, and whom to ask: %s',
    async (text) => {
      const before = slack.calls.length;
      const refusal = await ask(text);

      expect(refusal).toMatchObject({ status: 200, text: expect.stringMatching(/may not ask/) });
      expect(JSON.stringify(refusal.blocks)).toContain('#netsec');
      expect(JSON.stringify(refusal)).not.toContain(ENI);
      const posts = slack.calls.slice(before).filter(({ method }) => method.startsWith('chat.'));
      expect([taken, posts]).toEqual([[], []]);
    },
  );

  it('is helped all the same', async () => {
    expect((await ask('help')).text).toMatch(/why-rejected/);
  });
});

it('what was asked and what may be seen goes with the question', async () => {
  const requests: unknown[] = [];
  admit = async (approach, request) => {
    requests.push({ approach, request });
    return { kind: 'allowed', accounts: [parseAccountId('111122223333')!], audience: 'shared' };
  };
  await startHttp();
  await ask(`why-rejected ${ENI} --account 111122223333`);

  expect(requests).toMatchObject([
    {
      approach: { teamId: 'T000000001', userId: slack.userId, channelId: slack.channelId },
      request: { deed: 'question', kind: 'why-rejected', accounts: ['111122223333'], via: 'command' },
    },
  ]);
  expect(taken).toMatchObject([{ access: { accounts: ['111122223333'], audience: 'shared' } }]);
});

describe('a queue that does not answer in time', () => {
  beforeEach(startHttp);

  it('and then fails is told to the asker, by direct message when the response_url has expired', async () => {
    take = failLate;
    const before = slack.calls.length;
    const { text } = await ask(`why-rejected ${ENI}`, { responseUrl: `${slack.apiUrl}expired` });

    expect(text).toMatch(/taking longer than usual/);
    await expect
      .poll(() => slack.calls.slice(before).find(({ method }) => method === 'chat.postMessage')?.body, {
        timeout: 5_000,
      })
      .toMatchObject({ channel: slack.userId, text: expect.stringMatching(/queue/i) });
  });
});

/** Slack signs the payload, so a forged one takes the signing secret; even then nothing goes to a host of others. */
describe('a response_url', () => {
  let whispers: Whispers;

  beforeEach(async () => {
    whispers = await listenToWhispers();
    take = failLate;
    await startHttp();
  });
  afterEach(() => whispers.close());

  it('of Slack is where late news is told', async () => {
    await ask(`why-rejected ${ENI}`, { responseUrl: whispers.url });

    await expect.poll(whispers.heard, { timeout: 5_000 }).toEqual([expect.stringMatching(/queue/i)]);
  });

  it('of another host gets nothing: the asker is told in a direct message', async () => {
    const before = slack.calls.length;
    await ask(`why-rejected ${ENI}`, { responseUrl: whispers.url.replace('127.0.0.1', 'localhost') });

    await expect
      .poll(() => slack.calls.slice(before).find(({ method }) => method === 'chat.postMessage')?.body, {
        timeout: 5_000,
      })
      .toMatchObject({ channel: slack.userId, text: expect.stringMatching(/queue/i) });
    expect(whispers.heard()).toEqual([]);
  });
});

describe('what cannot be used gets a helpful answer, and is not taken in', () => {
  beforeEach(startHttp);

  it.each([
    ['', /why-rejected/],
    ['help', /why-rejected/],
    ['why-blocked eni-1', /why-rejected, path/],
    ['why-rejected eni-xyz', /eni-0123456789abcdef0/],
    [`why-rejected ${ENI} --until 2099-01-01T00:00Z`, /not in the future/],
    ['why-rejected <!channel> *bold* `code`', /eni-0123456789abcdef0/],
    ['x'.repeat(1_000_000), /1000 characters/],
  ])('%.60j', async (text, answer) => {
    const acknowledgement = await ask(text);

    expect(acknowledgement.status).toBe(200);
    expect(`${acknowledgement.text} ${JSON.stringify(acknowledgement.blocks)}`).toMatch(answer);
    expect(JSON.stringify(acknowledgement)).not.toContain('<!channel>');
    expect(taken).toEqual([]);
  });
});

/** Requests that are not genuine: hostile-requests.test.ts. */
it('a path that is not ours is not found', async () => {
  await startHttp();

  expect((await fetch(`${app.url}/elsewhere`)).status).toBe(404);
});

describe('over Socket Mode', () => {
  let end: SocketModeEnd;

  beforeEach(async () => {
    end = await startSocketMode(slack);
    await start({ kind: 'socket-mode', appToken: 'xapp-1' });
    await end.connected;
  });
  afterEach(() => end.close());

  it('a question is acknowledged and taken in', async () => {
    const acknowledgement = await end.sendCommand(command(`why-rejected ${ENI}`));

    expect(acknowledgement).toMatchObject({ text: expect.stringMatching(`Looking at ${ENI}`) });
    expect(taken).toMatchObject([{ text: `why-rejected ${ENI}`, channelId: slack.channelId }]);
  });

  it('a lost connection is made again', async () => {
    end.drop();
    await expect.poll(() => end.connections(), { timeout: 20_000 }).toBe(2);

    expect(await end.sendCommand(command('help'))).toMatchObject({ text: expect.stringMatching(/why-rejected/) });
  });
});

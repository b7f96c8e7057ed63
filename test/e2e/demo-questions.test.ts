import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoAccount, type DemoQuestion } from '../../demo/account/demo-account.ts';
import { resourceId } from '../../demo/account/ids.ts';
import type { PostedThread } from '../../demo/slack/read-channel.ts';
import { checkMessage } from '../support/check-blocks.ts';
import { haveRedis, startRedis, type RedisServer } from '../support/redis.ts';
import { onlyThread, replyNamed, startStage, wordsOf, type Stage } from '../support/stage.ts';

interface Expected {
  /** The message in the channel begins with this: all that a notification shows. */
  readonly verdict: string;
  /** Ids that the message in the channel names as what blocks, the first met first. */
  readonly blockers?: readonly string[];
}

const acl = (name: string): string => resourceId('acl', name);
const sg = (name: string): string => resourceId('sg', name);

/** What a person reads in the channel, by the row that the demo account promises. */
const EXPECTED: Readonly<Record<string, Expected>> = {
  'T-1': { verdict: '🔴 Blocked: tcp/8443 from 10.20.4.200 to ledger-api', blockers: [sg('ledger-api')] },
  'T-2': { verdict: '🔴 Blocked: tcp/8080 from 10.40.2.8 to staging-api', blockers: [acl('staging-staging-app')] },
  'T-3': {
    verdict: '🔴 Blocked: tcp/5432 from 10.20.4.17 to payments-db',
    blockers: [acl('prod-data'), sg('payments-db')],
  },
  'T-4': { verdict: '🟢 Not blocked: tcp/8080 from 10.20.4.17 to invoice-api' },
  'T-5': { verdict: '🟢 Not blocked: tcp/6379 from 10.20.4.17 to session-cache' },
  'T-6': { verdict: "⚠️ Couldn't check: tcp/3128 from 10.20.4.99 to build-cache" },
  'T-7': { verdict: '🔴 Blocked: tcp/22 from 203.0.113.9 to jump-host' },
  'T-12': { verdict: '🔴 Blocked: tcp/8443 from 192.0.2.77 to partner-api', blockers: [sg('partner-api')] },
  'T-13': {
    verdict:
      '🔴 Blocked: tcp/8081 from 10.20.0.80 (Application Load Balancer app/storefront/50dc6c495c0c9188) to catalog-api',
    blockers: [sg('catalog-api')],
  },
  'T-21': { verdict: '🔴 Blocked: tcp/9200 from 2001:db8:20:4::17 to search-api', blockers: [sg('search-api')] },
  'T-22': { verdict: '🔴 Blocked: tcp/5439 from 10.60.2.77 to warehouse', blockers: [sg('warehouse')] },
  'T-25': { verdict: '🔴 Blocked: tcp/8443 from webhook-sender to 203.0.113.40', blockers: [sg('webhook-sender')] },
  'T-29': {
    verdict: '🔴 Blocked: replies from reports-api (tcp/443) to 10.20.4.31',
    blockers: [acl('prod-reports')],
  },
  'T-31': { verdict: '🟢 Not blocked: replies from license-server (tcp/27000) to 10.20.4.17' },
  'T-39': {
    verdict: '🟢 Not blocked: tcp/2049 from 10.20.4.17 to media-store: requests reach the host, and it answers by',
  },
  'T-47': { verdict: '🟠 Likely blocked: tcp/9000 from orders-export to 10.60.2.90' },
  'T-58': { verdict: '⚪ No evidence: sandbox-runner: no flow log covers this interface' },
  'T-61': { verdict: '⚪ No evidence: partner-gateway: its flow logs cannot be read' },
};

const { accounts, questions } = demoAccount(new Date());

/** What came of a question, in the form of `wanted`. */
async function ask(stage: Stage, question: DemoQuestion): Promise<object> {
  const asked = await stage.ask(question.command);
  const thread = onlyThread(asked);
  const messages = [thread.parent, ...thread.replies];
  return {
    acknowledgement: asked.acknowledgement.text,
    verdict: thread.parent.text.slice(0, EXPECTED[question.expectRow ?? '']?.verdict.length),
    blockers: blockersIn(thread),
    rows: stage.log.findLast(({ msg }) => msg === 'diagnosed')?.['rows'],
    couldNotSee: replyNamed(thread, "Couldn't see"),
    tooManyReplies: thread.replies.slice(3),
    notForSlack: messages.flatMap(checkMessage),
    markup: thread.parent.text.match(/[<>`]/g) ?? [],
  };
}

function wanted({ interfaceId, expectRow = '' }: DemoQuestion): object {
  const { verdict, blockers = [] } = EXPECTED[expectRow]!;
  return {
    acknowledgement: expect.stringContaining(`Looking at ${interfaceId}`),
    verdict: verdict,
    blockers,
    // The first finding is the one that the message in the channel tells.
    rows: expect.objectContaining({ 0: expect.objectContaining({ row: expectRow }) }),
    couldNotSee: expect.stringMatching(/./),
    tooManyReplies: [],
    notForSlack: [],
    markup: [],
  };
}

/** Every group and ACL that the message in the channel names, in its order. */
function blockersIn({ parent }: PostedThread): readonly string[] {
  return [...new Set(wordsOf(parent).match(/\b(?:acl|sg)-\w+/g))];
}

describe('every question of the demo, asked by slash command', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage({ accounts });
  });
  afterAll(() => stage.close());

  it.each(questions)('$expectRow: $title', async (question) => {
    expect(await ask(stage, question)).toEqual(wanted(question));
  });

  it('takes three rounds of AWS calls at most, one more for lists of files, as many again for a second look, one each for CloudTrail and for what a fix opens', () => {
    const costs = stage.log
      .filter(({ msg }) => msg === 'diagnosed')
      .map(({ interfaceId, cost }) => ({ interfaceId, cost }));
    const more = new Map([
      [resourceId('eni', 'warehouse'), 4],
      [resourceId('eni', 'catalog-api'), 4],
      [resourceId('eni', 'orders-export'), 6],
      [resourceId('eni', 'media-store'), 6],
    ]);
    const most = costs.map(({ interfaceId }) => (more.get(String(interfaceId)) ?? 3) + 2);
    expect(costs).toHaveLength(questions.length);
    expect(costs.filter(({ cost }, index) => (cost as { rounds: number }).rounds > most[index]!)).toEqual([]);
  });
});

describe.runIf(haveRedis())('the same with Redis', () => {
  let server: RedisServer;
  let stage: Stage;
  beforeAll(async () => {
    server = await startRedis();
    stage = await startStage({ accounts, redisUrl: server.url });
  });
  afterAll(async () => {
    await stage.close();
    await server.stop();
  });

  it.each(questions.slice(0, 1))('$expectRow: $title', async (question) => {
    expect(await ask(stage, question)).toEqual(wanted(question));
  });
});

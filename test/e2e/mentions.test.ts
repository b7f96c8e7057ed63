import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoAccount } from '../../demo/account/demo-account.ts';
import { resourceId } from '../../demo/account/ids.ts';
import { sendEvent } from '../../demo/slack/send-event.ts';
import { sendInteraction } from '../../demo/slack/send-interaction.ts';
import { SIGNING_SECRET } from '../../demo/slack/start-slack.ts';
import { checkMessage } from '../support/check-blocks.ts';
import { mention, threadAt } from '../support/mention.ts';
import { haveRedis, startRedis, type RedisServer } from '../support/redis.ts';
import { startStage, wordsOf, type Stage } from '../support/stage.ts';

const { accounts } = demoAccount(new Date());

/** What a monitor says of the story of the database: everything in attachments. */
const ALERT = {
  text: 'FIRING: orders-api cannot reach its database',
  attachments: JSON.stringify([
    {
      color: 'danger',
      title: 'ConnectTimeout',
      text: 'checkout is waiting for its connection pool',
      fields: [
        { title: 'Source', value: '10.20.4.17', short: true },
        { title: 'Destination', value: '10.20.9.40:5432', short: true },
      ],
    },
  ]),
};

const BLOCKED = /^🔴 Blocked: tcp\/5432 from 10\.20\.4\.17 to payments-db/;

function suite(start: () => Promise<Stage>): void {
  let stage: Stage;

  beforeAll(async () => {
    stage = await start();
    stage.slack.answer('assistant.threads.setStatus', { ok: true });
    stage.slack.answer('views.publish', { ok: true });
    stage.slack.answer('views.open', { ok: true });
  });
  afterAll(() => stage.close());

  it('a mention under an alert is answered in that thread, and says what it took', async () => {
    const threadTs = await stage.slack.say('monitoring', ALERT);
    const { replies } = await mention(stage, '', { threadTs });

    const [asked, answer, details] = replies;
    expect(replies).toHaveLength(3);
    expect(asked?.text).toContain(stage.slack.botUserId);
    expect(answer?.text).toMatch(BLOCKED);
    expect(wordsOf(answer!)).toMatch(/Took from the message above: .*10\.20\.4\.17.*10\.20\.9\.40.*5432/);
    expect(wordsOf(details!)).toMatch(/Why.*Smallest fix.*Couldn't see/);
    for (const message of replies.slice(1)) expect(checkMessage(message)).toEqual([]);
  });

  it('repeated deliveries bring no second answer', async () => {
    const { replies } = await mention(stage, "why can't 10.20.4.17 reach 10.20.9.40:5432?", {
      repeats: 3,
    });

    expect(replies).toHaveLength(2);
    expect(replies[0]?.text).toMatch(BLOCKED);
  });

  it('the same question in two threads has an answer in each', async () => {
    const first = await mention(stage, `${resourceId('eni', 'payments-db')} please`);
    const second = await mention(stage, `${resourceId('eni', 'payments-db')} please`);

    expect(first.replies[0]?.text).toMatch(BLOCKED);
    expect(second.replies[0]?.text).toMatch(BLOCKED);
    expect(second.parent.ts).not.toBe(first.parent.ts);
  });

  it('a mention that names nothing is told how to ask, once', async () => {
    const { replies } = await mention(stage, 'hello there', { repeats: 1 });

    expect(replies).toHaveLength(1);
    expect(wordsOf(replies[0]!)).toMatch(/nothing here that I could ask about.*@vpc-why eni-/);
  });

  it('the shortcut on the alert answers in its thread', async () => {
    const ts = await stage.slack.say('monitoring', ALERT);
    await interact(stage, {
      type: 'message_action',
      callback_id: 'why_rejected_message',
      message_ts: ts,
      channel: { id: stage.slack.channelId, name: 'incidents' },
      message: { type: 'message', ts, text: ALERT.text, attachments: JSON.parse(ALERT.attachments) as unknown },
    });

    await expect.poll(async () => (await threadAt(stage, ts)).replies[0]?.text, WAIT).toMatch(BLOCKED);
    await stage.untilIdle();
  });

  it('the form asks in the thread it was opened from', async () => {
    const threadTs = await stage.slack.say('dana', { text: 'payments are slow' });
    const answered = await interact(stage, {
      type: 'view_submission',
      view: {
        id: 'V1',
        type: 'modal',
        callback_id: 'ask_vpc_why',
        private_metadata: JSON.stringify({ channelId: stage.slack.channelId, threadTs }),
        state: { values: { what: { what: { value: '10.20.9.40' } }, port: { port: { value: '5432' } } } },
      },
    });

    expect(answered.status).toBe(200);
    await expect.poll(async () => (await threadAt(stage, threadTs)).replies[0]?.text, WAIT).toMatch(BLOCKED);
    await stage.untilIdle();
  });

  it('and all of it stands on the asker’s page, with links', async () => {
    const { slack } = stage;
    const event = { type: 'app_home_opened', tab: 'home', user: slack.userId, channel: 'D0', event_ts: '1.2' };
    const before = slack.calls.length;
    await sendEvent({ botUrl: stage.url(), signingSecret: SIGNING_SECRET, event, eventId: 'Ev-home' });

    const page = () => String(slack.calls.slice(before).find(({ method }) => method === 'views.publish')?.body['view']);
    await expect.poll(page).toContain('why-rejected');
    expect(page()).toContain('the answer');
    expect(page()).not.toContain('no answer yet');
    expect(page()).toContain('0 waiting');
  });
}

const WAIT = { timeout: 20_000 };

const interact = (stage: Stage, payload: object) =>
  sendInteraction({
    botUrl: stage.url(),
    signingSecret: SIGNING_SECRET,
    payload: {
      user: { id: stage.slack.userId, name: 'dana', username: 'dana', team_id: 'T000000001' },
      team: { id: 'T000000001', domain: 'demo' },
      trigger_id: 'trigger-1',
      token: 'not-used',
      response_url: 'http://127.0.0.1:9/response',
      ...payload,
    },
  });

describe('mentions, shortcut, form and page in the embedded home', () => {
  suite(() => startStage({ accounts }));
});

describe.runIf(haveRedis())('mentions, shortcut, form and page on Redis', () => {
  let redis: RedisServer;
  suite(async () => {
    redis = await startRedis();
    return startStage({ accounts, redisUrl: redis.url });
  });
  afterAll(() => redis.stop());
});

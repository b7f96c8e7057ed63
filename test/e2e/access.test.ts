import { afterEach, describe, expect, it, vi } from 'vitest';
import { demoAccount } from '../../demo/account/demo-account.ts';
import { EXPORT_PATH } from '../../demo/account/stories/orders-export.ts';
import { ACCOUNT_ID } from '../../demo/account/ids.ts';
import { fieldsOf } from '../../demo/slack/fields-of.ts';
import { sendEvent } from '../../demo/slack/send-event.ts';
import { SIGNING_SECRET } from '../../demo/slack/start-slack.ts';
import { checkMessage } from '../support/check-blocks.ts';
import { mention } from '../support/mention.ts';
import { leaksIn, textsIn } from '../support/secrets-of.ts';
import { onlyThread, startStage, threadWords, type Stage, type StageOptions } from '../support/stage.ts';

const { accounts, questions } = demoAccount(new Date());
const [payments] = questions.map(({ command }) => command);

let stage: Stage;
afterEach(() => stage.close());

const start = async (access?: StageOptions['access']): Promise<void> => {
  stage = await startStage({ accounts, ...(access !== undefined && { access }) });
};

const newChannel = async (name: string): Promise<string> => {
  const { channel } = await stage.slack.call('conversations.create', { name });
  return String(fieldsOf(channel)['id']);
};

const shareChannel = (): void =>
  stage.slack.answer('conversations.info', { ok: true, channel: { id: stage.slack.channelId, is_ext_shared: true } });

const accessLines = (): readonly Record<string, unknown>[] =>
  stage.log.flatMap((line) => (line.msg === 'access' ? [fieldsOf(line['access'])] : []));

/** Every tag, name, description, address, block and account id of the demo account. */
function fixtureSecrets(): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string' && SECRET_KEYS.test(key) && !OF_EVERYBODY.has(value)) found.add(value);
    if (typeof value !== 'object' || value === null) return;
    for (const [name, each] of Object.entries(value)) visit(each, Array.isArray(value) ? key : name);
  };
  for (const { snapshot } of accounts) visit(snapshot, '');
  return found;
}

const SECRET_KEYS =
  /^(Value|Description|GroupName|.*Ip(v6)?Address|PublicIp|.*Cidr(Ipv[46])?|.*CidrBlock|CidrIp.*|.*OwnerId|UserId|accountId|LoadBalancerName|TargetGroupName|LogGroupName|PrefixListName|.*Arn)$/;
/** Also a group's name that is a word of our sentences, too. */
const OF_EVERYBODY = new Set(['', '0.0.0.0/0', '::/0', 'default', 'local', 'requests']);

/** What everybody in the channel can read, files and notifications included. */
/** What those read who don't see a picture. */
function alternativeTexts(): readonly string[] {
  return stage.slack.calls.flatMap(({ method, body }) =>
    method === 'files.getUploadURLExternal' ? [String(body['alt_txt'])] : [],
  );
}

function postedTexts(): string {
  const posts = stage.slack.calls.filter(({ method }) => /^(chat\.(post|update)|files\.|assistant\.)/.test(method));
  return posts.map(({ body }) => textsIn(Object.values(body).map(decoded))).join('\n');
}

const decoded = (value: unknown): unknown =>
  typeof value === 'string' && /^[[{]/.test(value) ? JSON.parse(value) : value;

describe('a channel that is shared with another organisation', () => {
  it('is told verdicts, and no account, address, tag or principal of the whole demo account', async () => {
    await start();
    shareChannel();
    const commands = [
      ...questions.map(({ command }) => command),
      `path ${EXPORT_PATH.from} ${EXPORT_PATH.to} tcp/9000`,
    ];
    for (const command of commands) {
      const { threads } = await stage.ask(command);
      expect(onlyThread({ threads }).parent.text).toMatch(/^(?:🔴|🟠|🟢|⚪|⚠️) /u);
      expect(threads.flatMap(({ parent, replies }) => [parent].concat(replies)).flatMap(checkMessage)).toEqual([]);
    }
    await stage.type('audit run');
    await vi.waitFor(() => expect(stage.log.some(({ msg }) => msg === 'audited')).toBe(true), { timeout: 60_000 });
    // A wrong question is answered in words of its own.
    await stage.ask('why-rejected 10.99.99.99');

    expect(leaksIn(postedTexts(), fixtureSecrets())).toEqual([]);
    expect(postedTexts()).toMatch(/direct message to me/);
    expect(postedTexts()).not.toMatch(/console\.aws|aws ec2 /);
  }, 120_000);

  it('is told no more by mentions and buttons', async () => {
    await start();
    shareChannel();
    await mention(stage, 'is it 10.20.4.17 or 10.20.9.40 or 10.20.4.31 that is down?');
    await mention(stage, "why can't 10.20.4.17 reach 10.20.9.40:5432?");
    const { parent } = onlyThread(await stage.ask(payments!));
    await stage.press(parent, 'evidence');
    await stage.press(parent, 'watch');
    await stage.press(parent, 'picture');
    await vi.waitFor(() => expect(postedTexts()).toMatch(/Evidence[^]*Watching/), { timeout: 20_000, interval: 200 });
    await vi.waitFor(() => expect(alternativeTexts()).toHaveLength(1), { timeout: 20_000, interval: 200 });
    const ours = `${postedTexts()} ${alternativeTexts().join(' ')}`;

    expect(leaksIn(ours, fixtureSecrets())).toEqual([]);
    expect(leaksIn(ours, ['10.20.4.17', '10.20.9.40', '10.20.4.31'])).toEqual([]);
  }, 60_000);

  it('nor by the status line and what was taken from an alert', async () => {
    await start();
    shareChannel();
    stage.slack.answer('assistant.threads.setStatus', { ok: true });
    const threadTs = await stage.slack.say('monitoring', { text: 'Source: 10.20.4.17\nDestination: 10.20.9.40:5432' });
    const { replies } = await mention(stage, '', { threadTs });

    expect(replies[1]?.text).toMatch(/^🔴 /u);
    expect(stage.slack.calls.map(({ method }) => method)).toContain('assistant.threads.setStatus');
    expect(postedTexts()).toMatch(/Took from the message above/);
    expect(leaksIn(postedTexts(), fixtureSecrets())).toEqual([]);
  });

  it('is told everything where the configuration says so', async () => {
    await start(({ channelId }) => `{openChannels: [${channelId}]}`);
    shareChannel();

    expect(threadWords(onlyThread(await stage.ask(payments!)))).toMatch(/10\.20\.4\.17[^]*aws ec2/);
  });

  it('gets no answer where the configuration says so, and its asker is told alone', async () => {
    await start(() => `{sharedChannels: refuse, askInstead: '#netsec'}`);
    shareChannel();
    const { acknowledgement, threads } = await stage.ask(payments!);

    expect(acknowledgement.text).toMatch(/shared with other organisations/);
    expect(JSON.stringify(acknowledgement.blocks)).toContain('#netsec');
    expect(threads).toEqual([]);
    expect(accessLines()).toMatchObject([{ event: 'refusal', outcome: 'shared-channel', userId: stage.slack.userId }]);
  });
});

it('guests and people of other organisations are refused', async () => {
  await start();
  for (const user of [{ team_id: 'T000000001', is_restricted: true }, { team_id: 'T0THEIRS' }]) {
    stage.slack.answer('users.info', { ok: true, user });
    const { acknowledgement, threads } = await stage.ask(payments!, { userId: `U${JSON.stringify(user).length}` });

    expect(acknowledgement.text).toMatch(/guests of this workspace can’t|members of the organisation/);
    expect(threads).toEqual([]);
  }
  expect(accessLines().map(({ outcome }) => outcome)).toEqual(['guest', 'outsider']);
});

describe('accounts by channel', () => {
  it('answer from their own channel alone, in the same words as what does not exist', async () => {
    await start(
      ({ channelId }) =>
        `{rules: [{channels: [${channelId}], accounts: ['${ACCOUNT_ID}']}, {everybody: true, accounts: ['999988887777']}]}`,
    );
    const elsewhere = { channelId: await newChannel('tenant') };
    const here = onlyThread(await stage.ask(payments!));
    const there = onlyThread(await stage.ask(payments!, elsewhere));
    const gone = onlyThread(await stage.ask('why-rejected eni-0123456789abcdef0', elsewhere));
    const named = await stage.ask(`${payments!} --account ${ACCOUNT_ID}`, elsewhere);

    expect(here.parent.text).toContain('payments-db');
    expect(there.parent.text).toMatch(/of the accounts that you may ask about, this bot reads none/);
    expect([there.parent.text, there.replies]).toEqual([gone.parent.text, gone.replies]);
    expect(named.acknowledgement.text).toMatch(/you may not ask about that account/);
    expect(named.threads).toEqual([]);
  });

  it('are not told by the buttons of an answer that another may read', async () => {
    await start(
      ({ userId }) =>
        `{rules: [{users: [${userId}], accounts: ['${ACCOUNT_ID}']}, {everybody: true, accounts: ['999988887777']}]}`,
    );
    stage.slack.answer('users.info', { ok: true, user: { team_id: 'T000000001' } });
    const { parent } = onlyThread(await stage.ask(payments!));
    for (const action of ['evidence', 'watch', 'picture'] as const)
      await stage.press(parent, action, { userId: 'U0000OTHER' });
    await vi.waitFor(() => expect(stage.whispers()).toHaveLength(3), { timeout: 20_000, interval: 100 });

    expect(stage.whispers()).toEqual(Array(3).fill(expect.stringMatching(/an account that you may not ask about/)));
    expect(await stage.homes.store.read('watches')).toBeUndefined();
    expect(accessLines().slice(2)).toMatchObject(
      ['evidence', 'watch', 'picture'].map((kind) => ({ event: 'refusal', kind, userId: 'U0000OTHER' })),
    );
  });

  it('every question, answer and refusal is a line of the log', async () => {
    await start(
      ({ channelId, userId }) =>
        `{rules: [{channels: [${channelId}], users: [${userId}], accounts: ['${ACCOUNT_ID}']}]}`,
    );
    const { parent } = onlyThread(await stage.ask(payments!));
    await stage.type('audit run');
    await stage.press(parent, 'evidence');
    await vi.waitFor(() => expect(accessLines()).toHaveLength(5), { timeout: 20_000, interval: 100 });

    expect(accessLines()).toMatchObject([
      {
        event: 'question',
        kind: 'why-rejected',
        text: payments,
        via: 'command',
        accounts: [ACCOUNT_ID],
        outcome: 'added',
      },
      { event: 'answer', kind: 'why-rejected', accounts: [ACCOUNT_ID], outcome: 'answered', audience: 'inside' },
      { event: 'refusal', kind: 'audit', text: 'audit run', outcome: 'not-for-audits' },
      { event: 'question', kind: 'evidence', text: payments, via: 'button', accounts: [ACCOUNT_ID] },
      { event: 'answer', kind: 'evidence', via: 'button', accounts: [ACCOUNT_ID], outcome: 'answered' },
    ]);
    const [asked, answered] = accessLines();
    expect(asked!['questionId']).toBe(answered!['questionId']);
  });

  it('opening the page of the app is none, though not everybody may manage audits', async () => {
    await start(({ userId }) => `{rules: [{users: [${userId}], accounts: ['${ACCOUNT_ID}']}]}`);
    const { userId } = stage.slack;
    const event = { type: 'app_home_opened', tab: 'home', user: userId, channel: 'D0', event_ts: '1.2' };
    await sendEvent({ botUrl: stage.url(), signingSecret: SIGNING_SECRET, event, eventId: 'Ev-home' });
    await vi.waitFor(() => expect(stage.slack.calls.some(({ method }) => method === 'views.publish')).toBe(true), {
      timeout: 20_000,
    });

    expect(accessLines()).toEqual([]);
  });
});

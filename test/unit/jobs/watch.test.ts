import { beforeEach, describe, expect, it } from 'vitest';
import { checkWatch, type WatchDesk } from '../../../jobs/watch.ts';
import type { Change } from '../../../src/changes/change.ts';
import type { FlowNews, WatchedFlow } from '../../../src/engine/watched-flow.ts';
import type { Document } from '../../../src/explain/document.ts';
import { plainText } from '../../../src/explain/plain-text.ts';
import { ExpectedError } from '../../../src/failure/expected-error.ts';
import type { ErrandPayload } from '../../../src/queue/errand-contract.ts';
import type { Watch } from '../../../src/store/watches.ts';
import { diagnosis } from '../../support/build-diagnosis.ts';
import { clock } from '../../support/flow-lines.ts';
import { eni } from '../../support/ids.ts';

const QUESTION = '0123456789abcdef0123456789abcdef';
const place = {
  questionId: QUESTION,
  teamId: 'T0ACME',
  channelId: 'C0NETSEC',
  threadTs: '1795132800.000100',
  userId: 'U0DANA',
};
const errand = (check: number): ErrandPayload => ({ version: 1, kind: 'watch', ...place, check });

const { target } = diagnosis([]);
const flow: WatchedFlow = {
  interfaceId: eni('payments-db'),
  accountId: target.accountId,
  region: target.region,
  direction: 'ingress',
  protocol: 6,
  remote: '10.20.4.17',
  servicePort: 5432,
  lastRejected: clock('12:03:40'),
};
const BLOCKED = 'tcp/5432 from 10.20.4.17 to payments-db: no rule matches';
const parent: Document = {
  summary: BLOCKED,
  blocks: [{ kind: 'headline', tone: 'blocked', spans: [{ kind: 'words', text: BLOCKED }] }],
};

let watch: Watch | undefined;
let now: number;
let news: FlowNews | Error;
let messages: Document[];
let replies: Document[];
let waiting: { check: number; delayMs: number }[];
let deleted: boolean;

beforeEach(() => {
  now = clock('12:10:00');
  watch = { ...place, summary: BLOCKED, startedAt: now, until: now + 3_600, checks: 0 };
  news = { kind: 'silent' };
  messages = [];
  replies = [];
  waiting = [];
  deleted = false;
});

const desk: WatchDesk = {
  watches: {
    find: async () => watch,
    advance: async (_, checks) => {
      watch = watch && { ...watch, checks };
    },
    end: async () => {
      watch = undefined;
    },
  },
  recall: async () => ({
    teamId: 'T0ACME',
    command: 'why-rejected eni-1',
    parent,
    followUp: { accounts: [], watched: flow },
  }),
  lookAgain: async () => {
    if (news instanceof Error) throw news;
    return news;
  },
  amendAnswer: async (_, document) => {
    if (!deleted) messages.push(document);
    return !deleted;
  },
  showAnswer: async (_, thread) => {
    replies.push(thread.parent);
    return {};
  },
  addErrand: async ({ check }, delayMs) => {
    waiting.push({ check, delayMs });
  },
  everyMs: 60_000,
  now: () => now,
};

const check = (n: number): Promise<boolean> => checkWatch(errand(n), new AbortController().signal, desk);
const words = ({ blocks }: Document): string =>
  blocks.flatMap((block) => ('spans' in block ? [plainText(block.spans)] : [])).join(' | ');
const buttons = ({ blocks }: Document): readonly string[] =>
  blocks.flatMap((block) => (block.kind === 'buttons' ? block.actions : []));

describe('a watch', () => {
  it('says that it is on, takes its button away and looks again in a minute', async () => {
    await check(0);

    expect(words(messages[0]!)).toMatch(/Watching the flow logs until 2026-11-20 13:10:00Z for U0DANA/);
    expect(buttons(messages[0]!)).toEqual(['again']);
    expect(waiting).toEqual([{ check: 1, delayMs: 60_000 }]);
  });

  it.each<[string, FlowNews]>([
    ['nothing new', { kind: 'silent' }],
    ['still rejected', { kind: 'rejected', last: clock('12:09:00'), records: 3 }],
  ])('says nothing and goes on while there is %s', async (_, seen) => {
    news = seen;
    await check(1);

    expect([messages, replies]).toEqual([[], []]);
    expect(waiting).toEqual([{ check: 2, delayMs: 60_000 }]);
    expect(watch?.checks).toBe(2);
  });

  it('changes the message when the traffic passes, tells who waited once, and ends', async () => {
    news = { kind: 'accepted', at: clock('12:14:44'), records: 2 };
    await check(1);

    expect(messages[0]?.summary).toMatch(/passes, first ACCEPT at 2026-11-20 12:14:44Z/);
    expect(messages[0]?.blocks[0]).toMatchObject({ kind: 'headline', tone: 'resolved' });
    expect(words(messages[0]!)).toContain(`Before: ${BLOCKED}`);
    expect(replies.map(words)).toEqual([expect.stringMatching(/^U0DANA: the traffic you watched passes/)]);
    expect([watch, waiting]).toEqual([undefined, []]);
  });

  it('says with the news whose change let the traffic through', async () => {
    const openedBy: Change = {
      id: 'e-1',
      at: clock('12:12:00'),
      event: 'AuthorizeSecurityGroupIngress',
      objects: ['sg-1'],
      by: { kind: 'role', name: 'deploy' },
      edits: [],
    };
    news = { kind: 'accepted', at: clock('12:14:44'), records: 2, openedBy };
    await check(1);

    const change =
      'Changed: AuthorizeSecurityGroupIngress on sg-1 by role deploy at 2026-11-20 12:12:00Z (CloudTrail), which let this traffic through.';
    expect(words(messages[0]!)).toContain(`${change} | Before: ${BLOCKED}`);
    expect(words(replies[0]!)).toContain(change);
  });

  it.each<[string, FlowNews | Error, RegExp]>([
    [
      'still rejected',
      { kind: 'rejected', last: clock('13:08:00'), records: 88 },
      /still rejected, 88 records, last at/,
    ],
    ['silent', { kind: 'silent' }, /no newer record of this traffic was delivered/],
    ['unreadable', new ExpectedError({ kind: 'throttled', service: 'ec2' }), /could not be read at last/],
  ])('says once, when its time is over, that it was %s', async (_, seen, said) => {
    news = seen;
    now = clock('13:10:00');
    await check(40);

    expect(words(messages[0]!)).toMatch(said);
    expect(buttons(messages[0]!)).toEqual(['watch', 'again']);
    expect(replies.map(words)).toEqual([expect.stringMatching(said)]);
    expect([watch, waiting]).toEqual([undefined, []]);
  });

  it('looks for the last time when its time is over, not a minute later', async () => {
    now = clock('13:09:40');
    await check(39);

    expect(waiting).toEqual([{ check: 40, delayMs: 20_000 }]);
  });

  it('goes on through trouble with AWS', async () => {
    news = new ExpectedError({ kind: 'throttled', service: 'ec2' });
    await check(1);

    expect(waiting).toEqual([{ check: 2, delayMs: 60_000 }]);
  });

  it('does not hide a defect', async () => {
    news = new TypeError('a defect');

    await expect(check(1)).rejects.toThrow('a defect');
  });

  it('does nothing for a check that ran before', async () => {
    await check(1);
    await check(1);

    expect(waiting).toEqual([{ check: 2, delayMs: 60_000 }]);
  });

  it('does nothing once it has ended', async () => {
    watch = undefined;
    await check(3);

    expect([messages, replies, waiting]).toEqual([[], [], []]);
  });

  it.each([0, 5])('ends in silence with the message that a person deleted, at check %i', async (n) => {
    deleted = true;
    news = { kind: 'accepted', at: clock('12:14:44'), records: 2 };
    await check(n);

    expect([replies, waiting, watch]).toEqual([[], [], undefined]);
  });
});

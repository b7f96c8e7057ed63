import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createAnswerLinks } from '../../../src/store/answer-links.ts';
import { openEmbeddedInMemory } from '../../../src/queue/embedded.ts';
import { createPgliteStore } from '../../../src/store/pglite.ts';
import { createPostLedger } from '../../../src/store/post-ledger.ts';
import type { Store } from '../../../src/store/store.ts';
import { HOMES, type RunningHome } from '../queue/homes.ts';

describe.each(HOMES)('the store in $name', ({ start }) => {
  let home: RunningHome;
  let store: Store;

  beforeAll(async () => {
    home = await start();
    store = await home.openStore();
  });
  afterAll(() => home.close());

  it('gives back what was written last', async () => {
    await store.write('key', 'first', 60);
    await store.write('key', 'last', 60);

    expect(await store.read('key')).toBe('last');
  });

  it('knows nothing of what was never written', async () => {
    expect(await store.read('never')).toBeUndefined();
  });

  it('forgets what was removed', async () => {
    await store.write('removed', 'value', 60);
    await store.remove('removed');

    expect(await store.read('removed')).toBeUndefined();
  });

  it('forgets what has expired', async () => {
    await store.write('brief', 'value', 1);
    expect(await store.read('brief')).toBe('value');

    await eventually(async () => expect(await store.read('brief')).toBeUndefined());
  });

  it('keeps any text, as a key and as a value', async () => {
    const text = `"'; DROP TABLE vpc_why_store; -- \r\n é 漢 🔴`;

    await store.write(text, text, 60);

    expect(await store.read(text)).toBe(text);
  });

  describe('writing if absent', () => {
    it('lets the first win, and leaves its value', async () => {
      const wrote = await Promise.all(['a', 'b', 'c'].map((value) => store.writeIfAbsent('contested', value, 60)));

      expect(wrote.filter(Boolean)).toHaveLength(1);
      expect(await store.read('contested')).toBe(['a', 'b', 'c'][wrote.indexOf(true)]);
    });

    it('takes the place of what has expired', async () => {
      await store.writeIfAbsent('expiring', 'old', 1);
      expect(await store.writeIfAbsent('expiring', 'new', 60)).toBe(false);

      await eventually(async () => expect(await store.writeIfAbsent('expiring', 'new', 60)).toBe(true));
      expect(await store.read('expiring')).toBe('new');
    });
  });

  it('answers a ping', async () => {
    await expect(store.ping()).resolves.toBeUndefined();
  });

  describe('the ledger of what was posted', () => {
    it('gives back the record as it was', async () => {
      const ledger = createPostLedger(store);
      const record = {
        channelId: 'C0NETSEC',
        parentTs: '1790000000.000100',
        replyTs: ['1790000001.000100', null],
        intent: { slot: 1, at: 1_790_000_002 },
      } as const;

      await ledger.write('q1', record);

      expect(await ledger.read('q1')).toEqual(record);
      expect(await ledger.read('q2')).toBeUndefined();
    });

    it.each([['no JSON'], ['{"channelId":1}'], ['null']])('takes %s for no record', async (text) => {
      await store.write('posted:q3', text, 60);

      expect(await createPostLedger(store).read('q3')).toBeUndefined();
    });

    it('lets one run at a time post for a question, and others for other questions', async () => {
      const ledger = createPostLedger(store);
      const order: string[] = [];
      const post = (name: string, questionId: string) =>
        ledger.exclusively(questionId, async () => {
          order.push(`${name} begins`);
          await sleep(100);
          order.push(`${name} ends`);
        });

      await Promise.all([
        post('first', 'q4'),
        post('second', 'q4'),
        ledger.exclusively('q5', async () => order.push('other')),
      ]);

      const ofQ4 = order.filter((step) => step !== 'other');
      expect(ofQ4.map((step) => step.split(' ')[1])).toEqual(['begins', 'ends', 'begins', 'ends']);
      expect(order.indexOf('other')).toBeLessThan(order.length - 2);
    });

    it('hands the question on when posting fails', async () => {
      const ledger = createPostLedger(store);

      await expect(ledger.exclusively('q6', () => Promise.reject(new Error('Slack is away')))).rejects.toThrow('Slack');

      expect(await ledger.exclusively('q6', async () => 'posted')).toBe('posted');
    });
  });

  it('remembers where an answer stands', async () => {
    const links = createAnswerLinks(store);
    await links.keep('q7', 'https://slack.example/q7');

    expect(await links.find('q7')).toBe('https://slack.example/q7');
    expect(await links.find('q8')).toBeUndefined();
  });
});

it('an embedded database that fails, as on a full disk, is trouble that may pass', async () => {
  const { db, close } = await openEmbeddedInMemory();
  const store = await createPgliteStore(db);
  await db.exec('DROP TABLE public.vpc_why_store');
  const asking = [
    () => store.read('a'),
    () => store.write('a', 'b', 1),
    () => store.writeIfAbsent('a', 'b', 1),
    () => store.remove('a'),
  ];

  for (const ask of asking) {
    await expect(ask()).rejects.toMatchObject({ failure: { kind: 'unreachable', service: 'the store' } });
  }
  await close();
});

function eventually(assertion: () => Promise<void>): Promise<void> {
  return vi.waitFor(assertion, { timeout: 10_000, interval: 50 });
}

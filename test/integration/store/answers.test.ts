import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RememberedAnswer } from '../../../src/explain/answer.ts';
import { createAnswerMemory, type AnswerMemory } from '../../../src/store/answer-memory.ts';
import type { Store } from '../../../src/store/store.ts';
import { createWatches, type Watch, type Watches } from '../../../src/store/watches.ts';
import { parseAccountId, parseNetworkInterfaceId, parseRegion } from '../../../src/vpc/ids.ts';
import { HOMES, type RunningHome } from '../queue/homes.ts';

const NOON = 1_795_176_000;

const answer: RememberedAnswer = {
  teamId: 'T0ACME',
  command: 'why-rejected eni-0a1b2c3d4e5f60718',
  parent: { summary: 'no rule matches', blocks: [{ kind: 'note', spans: [{ kind: 'time', at: NOON }] }] },
  followUp: {
    accounts: [parseAccountId('123456789012')!],
    evidence: { summary: 'Evidence', blocks: [{ kind: 'evidence', lines: ['2 123456789012 eni-…'] }] },
    watched: {
      interfaceId: parseNetworkInterfaceId('eni-0a1b2c3d4e5f60718')!,
      accountId: parseAccountId('123456789012')!,
      region: parseRegion('eu-west-1')!,
      direction: 'ingress',
      protocol: 6,
      remote: '10.20.4.17',
      servicePort: 5432,
      lastRejected: NOON,
    },
  },
};

const watch = (questionId: string, startedAt = NOON): Watch => ({
  questionId,
  teamId: 'T0ACME',
  channelId: 'C0NETSEC',
  threadTs: '1795132800.000100',
  userId: 'U0DANA',
  summary: 'no rule matches',
  startedAt,
  until: startedAt + 3_600,
  checks: 0,
});

describe.each(HOMES)('what buttons need, kept in $name', ({ start }) => {
  let home: RunningHome;
  let store: Store;
  let memory: AnswerMemory;
  let watches: Watches;

  beforeAll(async () => {
    home = await start();
    store = await home.openStore();
    [memory, watches] = [createAnswerMemory(store), createWatches(store)];
  });
  afterAll(() => home.close());

  it('comes back as it was kept', async () => {
    await memory.keep('q1', answer);

    expect(await memory.find('q1')).toEqual(answer);
    expect(await memory.find('q2')).toBeUndefined();
  });

  it.each(['not JSON', '{}', JSON.stringify({ ...answer, parent: { summary: 'x', blocks: [{ kind: 'script' }] } })])(
    'is nothing when nobody can read it: %.40s',
    async (text) => {
      await store.write('answer:strange', text, 60);

      expect(await memory.find('strange')).toBeUndefined();
    },
  );

  describe('as watches', () => {
    it('is one a question, however often and wherever it is begun', async () => {
      const begun = await Promise.all([
        watches.begin(watch('a')),
        watches.begin(watch('a')),
        watches.begin(watch('b')),
      ]);

      expect(begun.map(({ kind }) => kind).toSorted()).toEqual(['already', 'begun', 'begun']);
      expect((await watches.list()).map(({ questionId }) => questionId).toSorted()).toEqual(['a', 'b']);
    });

    it('counts its checks and ends', async () => {
      await watches.advance('a', 3);
      expect(await watches.find('a')).toMatchObject({ checks: 3 });

      await watches.end('a');
      expect(await watches.find('a')).toBeUndefined();
      expect(await watches.find('b')).toMatchObject({ checks: 0 });
    });

    it('makes room for new ones when old ones were lost, and has an end', async () => {
      const [late, many] = [NOON + 2 * 3_600 + 1, Array.from({ length: 60 }, (_, index) => `many-${index}`)];
      const kinds: string[] = [];
      for (const id of many) kinds.push((await watches.begin(watch(id, late))).kind);

      expect(await watches.find('b')).toBeUndefined();
      expect(kinds.filter((kind) => kind === 'begun')).toHaveLength(50);
      expect(kinds.at(-1)).toBe('too-many');
    });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHandledEvents } from '../../../src/store/handled-events.ts';
import { createRecentQuestions, type RecentQuestions } from '../../../src/store/recent-questions.ts';
import type { Store } from '../../../src/store/store.ts';
import { HOMES, type RunningHome } from '../queue/homes.ts';

const fail = async (): Promise<void> => {
  throw new Error('no');
};

const NOW = 1_790_000_000;
const DAY = 86_400;

const asked = (questionId: string, askedAt = NOW) => ({
  questionId,
  text: `why ${questionId}`,
  askedAt,
  channelId: 'C1',
});

describe.each(HOMES)('what the ways in keep in mind in $name', ({ start }) => {
  let home: RunningHome;
  let store: Store;
  let recent: RecentQuestions;

  beforeAll(async () => {
    home = await start();
    store = await home.openStore();
    recent = createRecentQuestions(store);
  });
  afterAll(() => home.close());

  const ids = async (userId: string) =>
    (await recent.list({ teamId: 'T1', userId })).map(({ questionId }) => questionId);

  it('what somebody asked comes back to them alone, newest first, each once', async () => {
    const dana = { teamId: 'T1', userId: 'U0DANA' };
    for (const id of ['a', 'b', 'a']) await recent.note(dana, asked(id));

    expect(await ids('U0DANA')).toEqual(['a', 'b']);
    expect(await ids('U0SAM')).toEqual([]);
    expect(await recent.list({ ...dana, teamId: 'T2' })).toEqual([]);
  });

  it('noted at the same time, nothing is lost', async () => {
    const sam = { teamId: 'T1', userId: 'U0SAM' };
    await Promise.all(['a', 'b', 'c'].map((id) => recent.note(sam, asked(id))));

    expect((await ids('U0SAM')).toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('twenty at most, and none older than a month', async () => {
    const kim = { teamId: 'T1', userId: 'U0KIM' };
    await recent.note(kim, asked('old', NOW - 31 * DAY));
    for (let index = 0; index < 25; index += 1) await recent.note(kim, asked(`q${index}`));

    const kept = await ids('U0KIM');
    expect(kept).toHaveLength(20);
    expect(kept[0]).toBe('q24');
    expect(kept).not.toContain('old');
  });

  describe('an event', () => {
    it('is worked on once', async () => {
      const { once } = createHandledEvents(store);
      let worked = 0;
      for (const id of ['Ev1', 'Ev1', 'Ev2']) await once(id, async () => void (worked += 1));

      expect(worked).toBe(2);
    });

    it('whose work failed may be worked on again', async () => {
      const { once } = createHandledEvents(store);
      await expect(once('Ev3', fail)).rejects.toThrow('no');
      let worked = false;
      await once('Ev3', async () => void (worked = true));

      expect(worked).toBe(true);
    });

    it('is worked on even when nobody remembers', async () => {
      const away: Store = {
        ...store,
        read: () => Promise.reject(new Error('away')),
        write: () => Promise.reject(new Error('away')),
      };
      let worked = false;
      await createHandledEvents(away).once('Ev4', async () => void (worked = true));

      expect(worked).toBe(true);
    });
  });
});

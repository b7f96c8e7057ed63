import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditHistory } from '../../../src/audit/audit-history.ts';
import { createAuditHistories, type AuditHistories } from '../../../src/store/audit-histories.ts';
import { createMutes, type Mutes } from '../../../src/store/mutes.ts';
import type { Store } from '../../../src/store/store.ts';
import { DAY, runOver } from '../../support/audit-runs.ts';
import { accepter, NOON, requester } from '../../support/peered-vpcs.ts';
import { HOMES, type RunningHome } from '../queue/homes.ts';

const mute = (findingId: string, until = NOON + DAY) => ({ findingId, reason: 'known', by: 'U0DANA', until });

describe.each(HOMES)('what audits keep in mind in $name', ({ start }) => {
  let home: RunningHome;
  let store: Store;
  let histories: AuditHistories;
  let mutes: Mutes;
  let history: AuditHistory;

  beforeAll(async () => {
    home = await start();
    store = await home.openStore();
    [histories, mutes] = [createAuditHistories(store), createMutes(store)];
    ({ history } = await runOver([requester(), accepter([])]));
  });
  afterAll(() => home.close());

  it('comes back as it was kept', async () => {
    const troubled = { ...history, trouble: 'AWS said no' };
    await histories.write('prod', troubled);

    expect(await histories.read('prod')).toEqual(troubled);
    expect(await histories.read('another')).toBeUndefined();
  });

  it('comes back when there is a lot of it', async () => {
    const [finding] = history.findings;
    const findings = Array.from({ length: 2_000 }, (_, index) => ({ ...finding!, id: `${finding!.id}:${index}` }));
    await histories.write('large', { ...history, findings });

    expect((await histories.read('large'))?.findings).toEqual(findings);
  });

  it('is gone when it is forgotten', async () => {
    await histories.write('brief', history);
    await histories.forget('brief');

    expect(await histories.read('brief')).toBeUndefined();
  });

  it.each(['not JSON', '{"ranAt":"yesterday"}', '[]'])('is nothing when nobody can read it: %s', async (text) => {
    await store.write('audit:strange', text, 60);

    expect(await histories.read('strange')).toBeUndefined();
  });

  describe('as mutes', () => {
    it('lasts until its time, one for each finding', async () => {
      await mutes.add(mute('a:1', NOON + 10), NOON);
      await mutes.add(mute('b:1', NOON + 10), NOON);
      await mutes.add(mute('b:1'), NOON);

      expect((await mutes.list(NOON)).map(({ findingId }) => findingId)).toEqual(['a:1', 'b:1']);
      expect(await mutes.list(NOON + 11)).toEqual([mute('b:1')]);
    });

    it('ends when it is taken back', async () => {
      await mutes.add(mute('c:1'), NOON);

      expect(await mutes.remove('c:1', NOON)).toBe(true);
      expect(await mutes.remove('c:1', NOON)).toBe(false);
    });

    it('loses none when several are made at once', async () => {
      const ids = ['d:1', 'd:2', 'd:3', 'd:4'];
      await Promise.all(ids.map((id) => mutes.add(mute(id), NOON)));

      expect((await mutes.list(NOON)).map(({ findingId }) => findingId)).toEqual(expect.arrayContaining(ids));
    });

    it('is refused beyond what anybody needs', async () => {
      const many = Array.from({ length: 500 }, (_, index) => mute(`e:${index}`));
      await store.write('audit-mutes', JSON.stringify(many), 60);

      expect(await mutes.add(mute('e:500'), NOON)).toBe(false);
      expect(await mutes.add(mute('e:0', NOON + 2 * DAY), NOON)).toBe(true);
    });
  });
});

import { describe, expect, it } from 'vitest';
import type { Mute } from '../../../src/audit/audit-history.ts';
import { ExpectedError } from '../../../src/failure/expected-error.ts';
import { parseAccountId } from '../../../src/vpc/ids.ts';
import { runAudit } from '../../../src/workflow/run-audit.ts';
import { DAY, headOf, PROD, readAt, runOver, sourcesOf } from '../../support/audit-runs.ts';
import { accepter, NOON, requester, toMain, toShared } from '../../support/peered-vpcs.ts';

const healthy = [requester(), accepter()];
/** The answer has no way back. */
const oneSided = [requester(), accepter([])];
/** And a route leads nowhere. */
const worseStill = [requester([toShared(), toShared('100.65.0.0/16')]), accepter([])];

describe('a run tells', () => {
  it('everything, the first time', async () => {
    const first = await runOver(oneSided);

    expect(headOf(first)).toBe('Audit prod, first run: 1 finding');
    expect(first.history).toMatchObject({ judgedAt: NOON, postedAt: NOON, findings: [{ firstSeen: NOON }] });
  });

  it('that all is well, the first time', async () => {
    expect(headOf(await runOver(healthy))).toBe('Audit prod, first run: 0 findings');
  });

  it('nothing when nothing changed', async () => {
    const { history } = await runOver(oneSided);
    const second = await runOver(oneSided, { history, now: NOON + DAY });

    expect(second.thread).toBeUndefined();
    expect(second.history).toMatchObject({
      ranAt: NOON + DAY,
      postedAt: NOON,
      findings: [{ firstSeen: NOON, lastSeen: NOON + DAY }],
    });
  });

  it('only what is new', async () => {
    const { history } = await runOver(oneSided);
    const second = await runOver(worseStill, { history, now: NOON + DAY });

    expect(headOf(second)).toBe('Audit prod: 1 new, 1 unchanged');
    expect(second.thread?.replies.map(({ summary }) => summary)).toEqual([expect.stringContaining('100.65.0.0/16')]);
  });

  it('what is resolved, in the words it was told with', async () => {
    const { history } = await runOver(oneSided);
    const second = await runOver(healthy, { history, now: NOON + DAY });

    expect(headOf(second)).toBe('Audit prod: 1 resolved, 0 unchanged');
    expect(JSON.stringify(second.thread?.parent)).toContain('routes exist on one side only');
  });

  it('somebody who asked for it that nothing changed', async () => {
    const { history } = await runOver(oneSided);
    const asked = await runOver(oneSided, { history, now: NOON + DAY, isAsked: true });

    expect(headOf(asked)).toBe('Audit prod: 1 unchanged');
  });
});

describe('a sign of life comes', () => {
  it.each([
    ['not after six days', 6 * DAY, false],
    ['after a week', 7 * DAY, true],
    ['after a week though the run is a minute early', 7 * DAY - 60, true],
  ])('%s', async (_, later, isTold) => {
    const { history } = await runOver(oneSided);
    const next = await runOver(oneSided, { history, now: NOON + later });

    expect(next.thread !== undefined).toBe(isTold);
  });

  it('a week after the last post, whatever that said', async () => {
    const { history } = await runOver(oneSided);
    const changed = await runOver(healthy, { history, now: NOON + 3 * DAY });
    const later = await runOver(healthy, { history: changed.history, now: NOON + 7 * DAY });

    expect(later.thread).toBeUndefined();
  });

  it('when a trouble has passed', async () => {
    const { history } = await runOver(oneSided);
    const after = await runOver(oneSided, { history: { ...history, trouble: 'AWS said no' }, now: NOON + DAY });

    expect(headOf(after)).toBe('Audit prod: 1 unchanged');
    expect(after.history.trouble).toBeUndefined();
  });
});

/** Each finding of the one-sided network, for as long. */
async function mutesOf(until = NOON + 10 * DAY): Promise<readonly Mute[]> {
  const { history } = await runOver(oneSided);
  return history.findings.map(({ id }) => ({ findingId: id, reason: 'known', by: 'U0DANA', until }));
}

describe('a muted finding', () => {
  it('is counted, and not told', async () => {
    const first = await runOver(oneSided, { mutes: await mutesOf() });

    expect(headOf(first)).toBe('Audit prod, first run: 0 findings (1 muted)');
    expect(first.thread?.replies).toEqual([]);
  });

  it('is heard of again when the mute has ended', async () => {
    const first = await runOver(oneSided, { mutes: await mutesOf(NOON + 2 * DAY) });
    const during = await runOver(oneSided, {
      history: first.history,
      mutes: await mutesOf(NOON + 2 * DAY),
      now: NOON + DAY,
    });
    const after = await runOver(oneSided, {
      history: during.history,
      mutes: await mutesOf(NOON + 2 * DAY),
      now: NOON + 3 * DAY,
    });

    expect(during.thread).toBeUndefined();
    expect(headOf(after)).toBe('Audit prod: 1 back, 0 unchanged');
  });
});

describe('what could not be read', () => {
  const blind = [
    requester()
      .refused({ action: 'ec2:DescribeRouteTables', because: 'access-denied' })
      .raw({ RouteTables: undefined }),
    accepter([]),
  ];

  it('is news when it could be read before, and hides no finding', async () => {
    const { history } = await runOver(oneSided);
    const second = await runOver(blind, { history, now: NOON + DAY });
    const third = await runOver(blind, { history: second.history, now: NOON + 2 * DAY });

    expect(JSON.stringify(second.thread?.parent)).toMatch(/AWS denied ec2:DescribeRouteTables in \d{12} eu-west-1/);
    expect(second.news.resolved).toEqual([]);
    expect(second.history.findings).toContainEqual(history.findings[0]);
    expect(third.thread).toBeUndefined();
  });

  it('is forgotten after a month', async () => {
    const { history } = await runOver(oneSided);
    const later = await runOver(blind, { history, now: NOON + 31 * DAY });

    expect(later.history.findings.map(({ id }) => id)).not.toContain(history.findings[0]?.id);
  });
});

describe('several places', () => {
  const [ours, theirs] = ['123456789012', '210987654321'].map((id) => parseAccountId(id)!);
  const both = { ...PROD, scope: { families: ['peering'] as const, accounts: [ours!, theirs!] } };
  const noCredentials = new ExpectedError({ kind: 'no-credentials', detail: 'AssumeRole was denied' });
  const never = new AbortController().signal;

  it('are read one by one, and one that refuses is said', async () => {
    const [raw] = readAt(NOON, requester());
    const sources = {
      ...sourcesOf(() => []),
      collectNetwork: async ({ scope }: { scope: { accountId?: string } }) => {
        if (scope.accountId === theirs) throw noCredentials;
        return { snapshots: [raw!], cost: { calls: 3, rounds: 1, milliseconds: 20 } };
      },
    };
    const result = await runAudit(both, sources, never);

    expect(result.unread).toEqual([{ place: `account ${theirs}`, failure: noCredentials.failure }]);
    expect(result.blindSpots).toContain(`everything in account ${theirs}`);
  });

  it('that all refuse are a failure', async () => {
    const sources = { ...sourcesOf(() => []), collectNetwork: () => Promise.reject(noCredentials) };

    await expect(runAudit(both, sources, never)).rejects.toBe(noCredentials);
  });
});

it('judges a network as of the day it was read', async () => {
  const [raw] = readAt(NOON - 400 * DAY, requester());
  const result = await runAudit(
    PROD,
    sourcesOf(() => [raw!]),
    new AbortController().signal,
  );

  expect(result.now).toBe(NOON - 400 * DAY);
});

it('looks for expectations only where somebody wrote some', async () => {
  const everything = { ...PROD, scope: {} };
  const sources = sourcesOf(() => readAt(NOON, requester([toShared()]), accepter([toMain()])));
  const signal = new AbortController().signal;
  const without = await runAudit(everything, sources, signal);
  const withSome = await runAudit(everything, { ...sources, readExpectations: async () => [] }, signal);

  expect(without.report.families).not.toContain('expectations');
  expect(withSome.report.families).toContain('expectations');
});

import { describe, expect, it } from 'vitest';
import { readCron } from '../../../src/queue/cron.ts';

/** Monday, 23 November 2026, noon UTC. */
const NOON = 1_795_435_200;

describe('a cron expression that can be read', () => {
  it.each([
    ['0 7 * * 1', 'UTC', ['Mon 2026-11-30 07:00', 'Mon 2026-12-07 07:00', 'Mon 2026-12-14 07:00']],
    ['30 6 * * MON-FRI', 'UTC', ['Tue 2026-11-24 06:30', 'Wed 2026-11-25 06:30', 'Thu 2026-11-26 06:30']],
    ['0 7 L * *', 'UTC', ['Mon 2026-11-30 07:00', 'Thu 2026-12-31 07:00', 'Sun 2027-01-31 07:00']],
    ['@daily', 'Europe/Berlin', ['Tue 2026-11-24 00:00', 'Wed 2026-11-25 00:00', 'Thu 2026-11-26 00:00']],
  ])('%s in %s tells its next runs', (cron, timezone, expected) => {
    const reading = readCron({ cron, timezone }, NOON, 3);

    expect(reading.kind === 'runs' && reading.next.map(({ local }) => local)).toEqual(expected);
  });

  it('keeps its hour when the clocks change', () => {
    const reading = readCron({ cron: '0 7 27,28 3 *', timezone: 'Europe/Berlin' }, NOON, 2);

    const [before, after] = reading.kind === 'runs' ? reading.next : [];
    expect([before?.local, after?.local]).toEqual(['Sat 2027-03-27 07:00', 'Sun 2027-03-28 07:00']);
    expect((after?.at ?? 0) - (before?.at ?? 0)).toBe(23 * 3_600);
  });
});

describe('a cron expression that cannot be used says why', () => {
  it.each([
    ['every day', 'UTC', /2 fields instead of 5/],
    ['* * * * * *', 'UTC', /6 fields instead of 5/],
    ['61 7 * * *', 'UTC', /61/],
    ['0 7 * * funday', 'UTC', /\S/],
    ['0 0 30 2 *', 'UTC', /day/],
    ['*/2 * * * *', 'UTC', /every five minutes/],
    ['0,1 7 * * *', 'UTC', /every five minutes/],
    ['H 7 * * *', 'UTC', /name one/],
    ['0 7 * * 1', 'Mars/Olympus', /Mars\/Olympus is no time zone/],
  ])('%s in %s', (cron, timezone, why) => {
    expect(readCron({ cron, timezone }, NOON)).toEqual({ kind: 'unreadable', why: expect.stringMatching(why) });
  });
});

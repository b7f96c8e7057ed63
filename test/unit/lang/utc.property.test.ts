import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { epochOf, formatUtc, utcOf } from '../../../src/lang/utc.ts';

const UNTIL_9999 = 253_402_300_799;

test.prop([fc.integer({ min: 0, max: UNTIL_9999 })])('agrees with the platform and comes back', (time) => {
  expect(formatUtc(time)).toBe(new Date(time * 1000).toISOString().replace('.000Z', 'Z'));
  expect(epochOf(utcOf(time))).toBe(time);
});

it.each([
  ['a 30th of February', { year: 2024, month: 2, day: 30, hour: 0, minute: 0, second: 0 }],
  ['a 29th of February in a common year', { year: 2026, month: 2, day: 29, hour: 0, minute: 0, second: 0 }],
  ['a 13th month', { year: 2026, month: 13, day: 1, hour: 0, minute: 0, second: 0 }],
  ['an hour 24', { year: 2026, month: 1, day: 1, hour: 24, minute: 0, second: 0 }],
])('knows no %s', (_, time) => {
  expect(epochOf(time)).toBeUndefined();
});

import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { parseTimestamp, timestampField } from '../../../../src/vpc/parse/timestamp.ts';

it.each([
  ['1970-01-01T00:00:00Z', 0],
  ['2026-11-23T14:03:10Z', 1_795_442_590],
  ['2026-11-23T14:03:10.999Z', 1_795_442_590],
  ['2026-11-23 14:03:10+00:00', 1_795_442_590],
  ['2026-11-23T16:03:10+02:00', 1_795_442_590],
  ['2026-11-23T08:33:10-0530', 1_795_442_590],
])('reads %s', (text, expected) => {
  expect(parseTimestamp(text)).toBe(expected);
});

it.each(['', '2026-11-23', '2026-02-30T00:00:00Z', '2026-11-23T24:00:00Z', '2026-11-23T14:03:10', '1795442590'])(
  'does not take %j for a time',
  (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  },
);

test.prop([fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })])(
  'text and date object of one moment mean the same',
  (date) => {
    expect(timestampField.parse(date.toISOString())).toBe(timestampField.parse(date));
  },
);

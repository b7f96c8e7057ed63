import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { ALL_PORTS, CLIENT_PORTS, intersectRanges, rangeContains } from '../../../src/net/port-range.ts';
import { ports } from '../../support/arbitraries.ts';

const ranges = fc.tuple(ports(), ports()).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));

it.each([
  [{ from: 80, to: 90 }, 79, false],
  [{ from: 80, to: 90 }, 80, true],
  [{ from: 80, to: 90 }, 90, true],
  [{ from: 80, to: 90 }, 91, false],
  [ALL_PORTS, 0, true],
  [ALL_PORTS, 65535, true],
  [CLIENT_PORTS, 1023, false],
  [CLIENT_PORTS, 1024, true],
])('%o holds %i: %s', (range, port, expected) => {
  expect(rangeContains(range, port)).toBe(expected);
});

test.prop([ranges, ranges, ports()])('a port is in what two ranges share when it is in both', (a, b, port) => {
  const shared = intersectRanges(a, b);

  expect(shared !== undefined && rangeContains(shared, port)).toBe(rangeContains(a, port) && rangeContains(b, port));
});

test.prop([ranges, ranges])('two ranges share something when one begins inside the other', (a, b) => {
  expect(intersectRanges(a, b) !== undefined).toBe(rangeContains(a, b.from) || rangeContains(b, a.from));
});

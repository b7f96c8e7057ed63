import { expect, it } from 'vitest';
import { DEFAULT_PRICES } from '../../../src/audit/prices.ts';
import { chooseWay, type KnownLog } from '../../../src/aws/choose-way.ts';
import { DEFAULT_LARGE_LOGS, type LargeLogs } from '../../../src/aws/large-logs.ts';

const READ: LargeLogs = { queryMilliseconds: 1_000, prices: DEFAULT_PRICES };
const QUERIED: LargeLogs = { ...READ, insights: { ...DEFAULT_LARGE_LOGS.insights, fromBytes: 1_000 } };
const GROUP: KnownLog = { kind: 'cloud-watch-logs' };

it.each<[string, { readonly log: KnownLog; readonly with?: LargeLogs }, string]>([
  ['a small log group', { log: { ...GROUP, bytes: 999 }, with: QUERIED }, 'read'],
  ['a large one', { log: { ...GROUP, bytes: 1_000 }, with: QUERIED }, 'ask-insights'],
  ['one of unknown size', { log: GROUP, with: QUERIED }, 'read'],
  ['one that is only queried', { log: { ...GROUP, isOnlyQueried: true }, with: QUERIED }, 'ask-insights'],
  ['a large one, Insights not being configured', { log: { ...GROUP, bytes: 1e12 }, with: READ }, 'read'],
  [
    'one that is only queried, Insights not being configured',
    { log: { ...GROUP, isOnlyQueried: true }, with: READ },
    'read',
  ],
  ['a large one, nothing being configured', { log: { ...GROUP, bytes: 1e12 } }, 'read'],
  ['a large bucket', { log: { kind: 's3', bytes: 1e12 }, with: QUERIED }, 'read'],
])('%s', (_, { log, with: largeLogs }, way) => {
  expect(chooseWay(log, largeLogs)).toBe(way);
});

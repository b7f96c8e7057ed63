import { expect, it } from 'vitest';
import { DEFAULT_PRICES } from '../../../src/audit/prices.ts';
import { chooseWay, type KnownLog } from '../../../src/aws/choose-way.ts';
import type { LargeLogs } from '../../../src/aws/large-logs.ts';

const READ: LargeLogs = { queryMilliseconds: 1_000, prices: DEFAULT_PRICES };
const GROUPS_QUERIED: LargeLogs = { ...READ, insights: { fromBytes: 1_000, scanBytes: 1e9 } };
const TABLE = { bucket: 'flows', database: 'd', table: 't', partitions: 'date', workgroup: 'primary' } as const;
const BUCKETS_QUERIED: LargeLogs = { ...READ, athena: { fromBytes: 1_000, tables: [TABLE] } };

const group = (known: Omit<Extract<KnownLog, { kind: 'cloud-watch-logs' }>, 'kind'>): KnownLog => ({
  kind: 'cloud-watch-logs',
  ...known,
});
const bucket = (name: string, bytes: number): KnownLog => ({ kind: 's3', bucket: name, bytes });

it.each<[string, { readonly log: KnownLog; readonly with?: LargeLogs }, string]>([
  ['a small log group', { log: group({ bytes: 999 }), with: GROUPS_QUERIED }, 'read'],
  ['a large one', { log: group({ bytes: 1_000 }), with: GROUPS_QUERIED }, 'ask-insights'],
  ['one of unknown size', { log: group({}), with: GROUPS_QUERIED }, 'read'],
  ['one that is only queried', { log: group({ isOnlyQueried: true }), with: GROUPS_QUERIED }, 'ask-insights'],
  ['a large one, only Athena being configured', { log: group({ bytes: 1e12 }), with: BUCKETS_QUERIED }, 'read'],
  ['one that is only queried, nothing being configured', { log: group({ isOnlyQueried: true }), with: READ }, 'read'],
  ['a large one, nothing being configured', { log: group({ bytes: 1e12 }) }, 'read'],
  ['a small bucket', { log: bucket('flows', 999), with: BUCKETS_QUERIED }, 'read'],
  ['a large one', { log: bucket('flows', 1_000), with: BUCKETS_QUERIED }, 'ask-athena'],
  ['a large one without a table', { log: bucket('others', 1e12), with: BUCKETS_QUERIED }, 'read'],
  ['a large one, only Insights being configured', { log: bucket('flows', 1e12), with: GROUPS_QUERIED }, 'read'],
  ['a large one, nothing being configured', { log: bucket('flows', 1e12) }, 'read'],
])('%s', (_, { log, with: largeLogs }, way) => {
  expect(chooseWay(log, largeLogs).kind).toBe(way);
});

it('asks Athena in the table of the bucket', () => {
  expect(chooseWay(bucket('flows', 1_000), BUCKETS_QUERIED)).toEqual({ kind: 'ask-athena', table: TABLE });
});

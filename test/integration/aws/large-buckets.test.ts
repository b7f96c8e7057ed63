import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { StandInAccount, StandInTable } from '../../../demo/aws/stand-in-account.ts';
import { DEFAULT_PRICES } from '../../../src/audit/prices.ts';
import type { AwsLimits } from '../../../src/aws/aws-settings.ts';
import type { ConfiguredTable, LargeLogs } from '../../../src/aws/large-logs.ts';
import { accept, nodata, reject } from '../../support/flow-lines.ts';
import { eni, flowLog } from '../../support/ids.ts';
import { PLAIN_VPC } from './accounts.ts';
import { BUCKET, bucketOf, keyOf, ofWeb, textFile, TO_BUCKET } from './log-world.ts';
import { byEni, connect, failureOf, type World } from './world.ts';

const LINES = Array.from({ length: 12 }, (_, index) =>
  (index % 3 === 0 ? reject : accept)(
    `192.0.2.9:${40_000 + index} -> 10.0.1.10:${index % 3 === 0 ? 22 : 443} tcp`,
    ofWeb(`12:${String(index * 5).padStart(2, '0')}:10`),
  ),
);
const REJECTS = LINES.filter((line) => line.includes('REJECT')).length;
const OTHER = reject('192.0.2.9:40000 -> 10.0.1.20:22 tcp', { eni: eni('db'), at: '12:05:10' });
const SILENCE = nodata({ eni: eni('web'), from: '12:50:00', until: '12:51:00' });

type Layout = Omit<Parameters<typeof keyOf>[0], 'at'>;

const filesIn = (layout: Layout) => ({
  [keyOf({ ...layout, at: '12:05:00' })]: textFile([...LINES.slice(0, 6), OTHER]),
  [keyOf({ ...layout, at: '12:40:00' })]: textFile([...LINES.slice(6), SILENCE]),
});

/** What a question about the hour should not touch: the same bucket yesterday, and what another flow log wrote. */
const elsewhere = (layout: Layout) => ({
  [keyOf({ ...layout, at: '12:05:00' }).replaceAll(/(?<=[/=T])20(?=[/T])|20(?=T1205)/g, '19')]: textFile(LINES),
  [keyOf({ ...layout, at: '12:05:00', log: 'another' })]: textFile(LINES),
});

const sizeOf = (files: Readonly<Record<string, Buffer>>) =>
  Object.values(files).reduce((sum, { length }) => sum + length, 0);

const TABLE: StandInTable = { database: 'logs', table: 'vpc_flow_logs', bucket: BUCKET };

const account = (
  files: Readonly<Record<string, Buffer>>,
  table: Partial<StandInTable> = {},
  hive = {},
): StandInAccount => {
  const snapshot = PLAIN_VPC.flowLog(TO_BUCKET).build().raw;
  const flowLogs = (snapshot['FlowLogs'] as object[]).map((log) => Object.assign(log, { DestinationOptions: hive }));
  return {
    snapshot: { ...snapshot, FlowLogs: flowLogs },
    buckets: [bucketOf(files)],
    tables: [{ ...TABLE, ...table }],
  };
};

const CONFIGURED: ConfiguredTable = {
  bucket: BUCKET,
  database: 'logs',
  table: 'vpc_flow_logs',
  partitions: 'date',
  workgroup: 'primary',
};

const largeLogs = (table: Partial<ConfiguredTable> = {}, more: Partial<LargeLogs> = {}): LargeLogs => ({
  athena: { fromBytes: 100, tables: [{ ...CONFIGURED, ...table }] },
  queryMilliseconds: 20_000,
  prices: DEFAULT_PRICES,
  ...more,
});

const queried = (accounts: StandInAccount, settings = largeLogs(), limits: Partial<AwsLimits> = {}) =>
  connect([accounts], { settings: { largeLogs: settings }, limits });

const asked = ({ aws }: World, operation: string) => aws.calls.filter((call) => call.operation === operation).length;

const readingOf = async ({ collect }: World, request = {}) => {
  const { observations, logReadings, snapshots } = await collect(byEni('web'), request);
  return { ...observations.reading, log: logReadings.get(flowLog('flow-log')), refusals: snapshots[0]?.refusals };
};

const HIVE = { HiveCompatiblePartitions: true };
const HOURLY = { layout: { hive: true, hourly: true }, options: { ...HIVE, PerHourPartition: true } };

describe('files that are too large to be read', () => {
  it.each([
    { over: 'dates', partitions: 'date', layout: {}, options: {} },
    { over: 'projected days', partitions: 'projection', layout: {}, options: {} },
    { over: 'Hive folders', partitions: 'hive', layout: { hive: true }, options: HIVE },
    { over: 'Hive folders by the hour', partitions: 'hive-hourly', ...HOURLY },
  ] as const)('are told the same by one query over $over as by reading', async ({ partitions, layout, options }) => {
    const files = account({ ...filesIn(layout), ...elsewhere(layout) }, {}, options);
    const [byQuery, byReading] = [await queried(files, largeLogs({ partitions })), await connect([files])];
    byQuery.aws.setPaging({ pageSize: 5, runningLooks: 2 });

    const [asking, reading] = [await byQuery.collect(byEni('web')), await byReading.collect(byEni('web'))];

    expect(withoutBytes(asking)).toEqual(withoutBytes(reading));
    expect(asked(byQuery, 'StartQueryExecution')).toBe(1);
    expect(asked(byQuery, 'GetObject')).toBe(0);
    expect(asked(byReading, 'StartQueryExecution')).toBe(0);
  });

  it('cost what was scanned: the partitions of the window', async () => {
    const files = filesIn({});
    const world = await queried(account({ ...files, ...elsewhere({}) }));

    expect((await readingOf(world)).log).toEqual({
      kind: 'read',
      records: LINES.length,
      query: {
        service: 'athena',
        size: sizeOf(files),
        scanned: sizeOf(files),
        cost: (10e6 / 1e12) * 5,
        price: { amount: 5, currency: 'USD', per: 'TB' },
      },
    });
  });

  it('have their rejects told first where there is more than is taken', async () => {
    const world = await queried(account(filesIn({})), largeLogs(), { logRecords: 6 });

    const { records, rejected, stoppedEarly } = await readingOf(world);

    expect({ records, rejected, stoppedEarly }).toEqual({
      records: 6,
      rejected: REJECTS,
      stoppedEarly: 'record-limit',
    });
  });

  it('are asked about in the workgroup that is configured, which may say itself where results go', async () => {
    const [own, told] = [{ workgroup: 'netsec' }, { workgroup: 'netsec', outputLocation: 's3://results/vpc-why/' }];
    const inputs = await Promise.all(
      [own, told].map(async (table) => {
        const world = await queried(account(filesIn({})), largeLogs(table));
        await readingOf(world);
        return world.aws.calls.find(({ operation }) => operation === 'StartQueryExecution')?.input;
      }),
    );

    expect(inputs.map((input) => [input?.['WorkGroup'], input?.['ResultConfiguration']])).toEqual([
      ['netsec', undefined],
      ['netsec', { OutputLocation: 's3://results/vpc-why/' }],
    ]);
  });
});

it.each([
  ['files that are small enough', largeLogs({}, { athena: { fromBytes: 1e9, tables: [CONFIGURED] } }), {}],
  ['a bucket without a table', largeLogs({ bucket: 'others' }), {}],
  ['what nobody waits for', largeLogs(), { withoutQueries: true }],
])('%s: they are read', async (_, settings, request) => {
  const world = await queried(account(filesIn({})), settings);

  expect(await readingOf(world, request)).toMatchObject({ log: { kind: 'read', records: LINES.length } });
  expect(asked(world, 'StartQueryExecution')).toBe(0);
});

describe('a query', () => {
  it.each([
    ['is refused', { action: 'athena:StartQueryExecution', kind: { kind: 'deny' } }, 'access-denied'],
    ['meets a full workgroup', { action: 'athena:StartQueryExecution', kind: { kind: 'throttle' } }, 'throttled'],
    ['cannot be looked at', { action: 'athena:GetQueryExecution', kind: { kind: 'deny' } }, 'access-denied'],
  ] as const)('that %s is named, and the files are read', async (_, fault, because) => {
    const world = await queried(account(filesIn({})));
    world.aws.faults.add(fault);

    const { records, refusals, log } = await readingOf(world);

    expect(records).toBe(LINES.length);
    expect(log).not.toHaveProperty('query');
    expect(refusals).toContainEqual(expect.objectContaining({ because, about: BUCKET }));
  });

  it.each([
    ['has no table to ask', { table: 'gone' }],
    ['would scan more than the workgroup lets it', { scanLimit: 1 }],
  ])('that %s has failed, and the files are read', async (_, table) => {
    const { records, refusals } = await readingOf(await queried(account(filesIn({}), table)));

    expect(records).toBe(LINES.length);
    expect(refusals).toContainEqual(expect.objectContaining({ because: 'unreachable', about: BUCKET }));
  });

  it('whose results cannot be read to their end has told what it has told', async () => {
    const world = await queried(account(filesIn({})));
    world.aws.setPaging({ pageSize: 5 });
    world.aws.faults.add({ action: 'athena:GetQueryResults', kind: { kind: 'deny' }, calls: [2] });

    const { records, rejected, refusals } = await readingOf(world);

    expect({ records, rejected }).toEqual({ records: 4, rejected: REJECTS });
    expect(refusals).toContainEqual({ action: 'athena:GetQueryResults', because: 'access-denied', about: BUCKET });
  });

  it('that runs too long is stopped, and the log has not answered in time', async () => {
    const world = await queried(account(filesIn({})), largeLogs({}, { queryMilliseconds: 1_000 }), {
      logMilliseconds: 900,
    });
    world.aws.setPaging({ runningLooks: 1_000 });

    const { records, log } = await readingOf(world);

    expect({ records, log }).toMatchObject({ records: 0, log: { kind: 'unreachable' } });
    expect(asked(world, 'StopQueryExecution')).toBe(1);
  });

  it('is stopped when the question is withdrawn', async () => {
    const world = await queried(account(filesIn({})));
    world.aws.setPaging({ runningLooks: 1_000 });
    const withdrawal = new AbortController();

    const question = failureOf(world.collect(byEni('web'), {}, withdrawal.signal));
    while (asked(world, 'GetQueryExecution') === 0) await sleep(20);
    withdrawal.abort();

    expect(await question).toMatchObject({ kind: 'cancelled' });
    await expect.poll(() => asked(world, 'StopQueryExecution')).toBe(1);
  });
});

/** A query tells less than whole files hold. */
function withoutBytes({ observations }: Awaited<ReturnType<World['collect']>>): unknown {
  return { ...observations, reading: { ...observations.reading, bytes: 0 } };
}

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { accept, reject, rich } from '../../support/flow-lines.ts';
import { eni, flowLog } from '../../support/ids.ts';
import { REGION } from '../../support/vpc-plan.ts';
import { PLAIN_VPC } from './accounts.ts';
import { BUCKET, bucketOf, keyOf, ofWeb, parquetFile, textFile, TO_BUCKET } from './log-world.ts';
import { byEni, connect, type World } from './world.ts';

const EARLY = [
  reject('192.0.2.9:40000 -> 10.0.1.10:22 tcp', ofWeb('12:05:10')),
  accept('192.0.2.9:40001 -> 10.0.1.10:443 tcp', ofWeb('12:06:00')),
];
const LATE = [
  accept('192.0.2.9:40002 -> 10.0.1.10:443 tcp', ofWeb('12:40:00')),
  reject('192.0.2.9:40003 -> 10.0.1.10:22 tcp', ofWeb('12:41:00')),
];
const READ_ALL = { records: 4, accepted: 2, rejected: 2 };

type Files = Parameters<typeof bucketOf>[0];

const account = (files: Files, options: object = {}) => ({
  snapshot: PLAIN_VPC.flowLog({ ...TO_BUCKET, options }).build().raw,
  buckets: [bucketOf(files)],
});

const FILES = {
  [keyOf({ at: '12:05:00' })]: textFile(EARLY),
  [keyOf({ at: '12:40:00' })]: textFile(LATE),
};

const readingOf = async ({ collect }: World) => {
  const { observations, logReadings, snapshots, cost } = await collect(byEni('web'));
  return {
    ...observations.reading,
    cost,
    log: logReadings.get(flowLog('flow-log')),
    refusals: snapshots[0]?.refusals,
  };
};

const keysRead = ({ aws }: World) =>
  aws.calls.filter(({ operation }) => operation === 'GetObject').map(({ input }) => String(input['key']));

describe('files', () => {
  it.each([
    ['in folders of a day', {}, {}],
    ['in folders of an hour', { PerHourPartition: true }, { hourly: true }],
    ['in folders as Hive names them', { HiveCompatiblePartitions: true }, { hive: true }],
    ['in both', { HiveCompatiblePartitions: true, PerHourPartition: true }, { hive: true, hourly: true }],
  ])('are found %s, in three rounds', async (_where, options, layout) => {
    const files = {
      [keyOf({ at: '12:05:00', ...layout })]: textFile(EARLY),
      [keyOf({ at: '12:40:00', ...layout })]: textFile(LATE),
    };
    const world = await connect([account(files, options)]);

    expect(await readingOf(world)).toMatchObject({
      ...READ_ALL,
      log: { kind: 'read', records: 4 },
      cost: { rounds: 3, calls: world.aws.calls.length },
    });
  });

  it('take a round more when there are several places to look in', async () => {
    const { collect } = await connect([account(FILES)], { settings: { regions: [REGION, 'us-east-1'] } });

    expect((await collect(byEni('web'))).cost.rounds).toBe(4);
  });

  it('take a round more for each page of a listing', async () => {
    const world = await connect([account(FILES)]);
    world.aws.setPaging({ pageSize: 1 });

    // Both listings go on beside each other: flow logs have one page, files have two.
    expect(await readingOf(world)).toMatchObject({ ...READ_ALL, cost: { rounds: 4 } });
  });

  it('are read under the prefix that the flow log names', async () => {
    const prefix = 'network/logs/';
    const files = { [keyOf({ at: '12:05:00', prefix })]: textFile(EARLY) };
    const snapshot = PLAIN_VPC.flowLog({ s3: `arn:aws:s3:::${BUCKET}/network/logs/` }).build().raw;
    const world = await connect([{ snapshot, buckets: [bucketOf(files)] }]);

    expect(await readingOf(world)).toMatchObject({ records: 2 });
  });

  it.each([
    { FileFormat: 'plain-text', write: textFile, extension: 'log.gz' as const },
    { FileFormat: 'parquet', write: parquetFile, extension: 'log.parquet' as const },
  ])('may be $FileFormat', async ({ FileFormat, write, extension }) => {
    const files = {
      [keyOf({ at: '12:05:00', extension })]: write(EARLY),
      [keyOf({ at: '12:40:00', extension })]: write(LATE),
    };
    const world = await connect([account(files, { FileFormat })]);

    expect(await readingOf(world)).toMatchObject(READ_ALL);
  });

  it('of other times, other interfaces and other flow logs are left alone', async () => {
    const files = {
      ...FILES,
      [keyOf({ at: '10:00:00' })]: textFile(EARLY),
      [keyOf({ at: '14:00:00' })]: textFile(EARLY),
      [keyOf({ at: '12:10:00', log: 'another' })]: textFile(EARLY),
    };
    const world = await connect([account(files)]);

    expect(await readingOf(world)).toMatchObject(READ_ALL);
    expect(keysRead(world).toSorted()).toEqual(Object.keys(FILES).toSorted());
  });

  it('are read newest first', async () => {
    const world = await connect([account(FILES)], { limits: { objectsAtOnce: 1 } });

    await readingOf(world);

    expect(keysRead(world)).toEqual(Object.keys(FILES).toReversed());
  });

  it('name their own fields, whatever the flow log says now', async () => {
    const line = rich.reject('192.0.2.9:40000 -> 10.0.1.10:22 tcp', ofWeb('12:05:10', { flags: 2 }));
    const files = { [keyOf({ at: '12:05:00' })]: gzipSync(`${rich.header()}\n${line}\n`) };
    const { collect } = await connect([account(files)]);

    const { observations } = await collect(byEni('web'));

    expect(observations.groups[0]?.ingress.rejected?.flags).toEqual([2]);
  });

  it('of a bucket in another region are read there', async () => {
    const { snapshot, buckets } = account(FILES);
    const elsewhere = { snapshot: { accountId: snapshot.accountId, region: 'us-east-1' }, buckets };
    const world = await connect([{ snapshot }, elsewhere]);

    expect(await readingOf(world)).toMatchObject(READ_ALL);
  });
});

describe('what stands in the way', () => {
  it.each([
    ['to list the bucket', 's3:ListBucket'],
    ['to read its files', 's3:GetObject'],
  ])('is a missing permission %s', async (_what, action) => {
    const world = await connect([{ ...account(FILES), denied: [action] }]);

    expect(await readingOf(world)).toMatchObject({ records: 0, log: { kind: 'refused', action } });
  });

  it('is a bucket of somebody who does not let us in', async () => {
    const { snapshot, buckets } = account(FILES);
    const theirs = { snapshot: { accountId: '999999999999', region: REGION }, buckets };
    const world = await connect([{ snapshot }, theirs]);

    expect(await readingOf(world)).toMatchObject({ log: { kind: 'refused', action: 's3:ListBucket' } });
  });

  it('is a bucket that is gone', async () => {
    const { snapshot } = account(FILES);
    const world = await connect([{ snapshot }]);

    expect(await readingOf(world)).toMatchObject({ log: { kind: 'destination-missing', what: BUCKET } });
  });

  it.each([
    ['cut off', textFile(EARLY).subarray(0, 60)],
    ['not packed at all', Buffer.from(EARLY.join('\n'))],
  ])('is a file that is %s: it costs itself and is named', async (_how, spoilt) => {
    const world = await connect([account({ ...FILES, [keyOf({ at: '12:05:00' })]: spoilt })]);

    expect(await readingOf(world)).toMatchObject({
      accepted: 1,
      rejected: 1,
      log: { kind: 'read' },
      refusals: [{ action: 's3:GetObject', because: 'unreachable', about: BUCKET }],
    });
  });

  it.each([
    ['is not one', Buffer.from('PAR1 and then nothing of the kind')],
    ['is empty', Buffer.alloc(0)],
    ['is cut off', parquetFile(EARLY).subarray(0, 200)],
  ])('is a Parquet file that %s', async (_how, spoilt) => {
    const files = {
      [keyOf({ at: '12:05:00', extension: 'log.parquet' })]: spoilt,
      [keyOf({ at: '12:40:00', extension: 'log.parquet' })]: parquetFile(LATE),
    };
    const world = await connect([account(files, { FileFormat: 'parquet' })]);

    expect(await readingOf(world)).toMatchObject({ records: 2, malformed: { count: 1 }, log: { kind: 'read' } });
  });

  it('is a Parquet file too large to hold', async () => {
    const file = parquetFile(EARLY);
    const files = { [keyOf({ at: '12:05:00', extension: 'log.parquet' })]: file };
    const world = await connect([account(files, { FileFormat: 'parquet' })], {
      limits: { parquetBytes: file.length - 1 },
    });

    expect(await readingOf(world)).toMatchObject({
      records: 0,
      log: { kind: 'unreachable', detail: `file larger than ${file.length - 1} bytes` },
    });
  });

  it('is a connection that ends in the middle of a file', async () => {
    const world = await connect([account(FILES)], { limits: { objectsAtOnce: 1 } });
    world.aws.faults.add({ action: 's3:GetObject', kind: { kind: 'truncate' }, calls: [2] });

    expect(await readingOf(world)).toMatchObject({
      accepted: 1,
      rejected: 1,
      refusals: [{ action: 's3:GetObject', because: 'unreachable' }],
    });
  });

  it('is a line that cannot be read: it is counted', async () => {
    const spoilt = `2 123456789012 ${eni('web')} nonsense`;
    const world = await connect([account({ [keyOf({ at: '12:05:00' })]: textFile([...EARLY, spoilt]) })]);

    expect(await readingOf(world)).toMatchObject({ records: 2, malformed: { count: 1, samples: [spoilt] } });
  });
});

it('stops when it has read enough bytes, and says so', async () => {
  const world = await connect([account(FILES)], { limits: { logBytes: 300, objectsAtOnce: 1 } });

  const { records, stoppedEarly } = await readingOf(world);

  expect(stoppedEarly).toBe('byte-limit');
  expect(records).toBeLessThan(4);
});

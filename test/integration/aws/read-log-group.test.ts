import { describe, expect, it } from 'vitest';
import type { StandInAccount, StandInLogGroup } from '../../../demo/aws/stand-in-account.ts';
import type { VpcBuilder } from '../../support/build-vpc.ts';
import { accept, reject } from '../../support/flow-lines.ts';
import { eni, flowLog } from '../../support/ids.ts';
import { PLAIN_VPC } from './accounts.ts';
import { logGroupOf, ofWeb } from './log-world.ts';
import { byEni, connect, type World } from './world.ts';

const MIXED = [
  reject('192.0.2.9:40000 -> 10.0.1.10:22 tcp', ofWeb('12:05:00')),
  accept('192.0.2.9:40001 -> 10.0.1.10:443 tcp', ofWeb('12:10:00')),
  accept('192.0.2.9:40002 -> 10.0.1.10:443 tcp', ofWeb('12:20:00')),
  reject('192.0.2.9:40003 -> 10.0.1.10:22 tcp', ofWeb('12:30:00')),
];

const logged = (group?: StandInLogGroup, vpc: VpcBuilder = PLAIN_VPC.flowLog()): StandInAccount => ({
  snapshot: vpc.build().raw,
  ...(group && { logGroups: [group] }),
});

const READ_ALL = { records: 4, accepted: 2, rejected: 2 };

/** The filter pattern of every call to read events, in order. */
const patterns = ({ aws }: World) =>
  aws.calls.filter(({ operation }) => operation === 'FilterLogEvents').map(({ input }) => input['filterPattern']);

const readingOf = async ({ collect }: World) => {
  const { observations, logReadings } = await collect(byEni('web'));
  return { ...observations.reading, log: logReadings.get(flowLog('flow-log')) };
};

describe('records', () => {
  it('come with one call when they fit a page', async () => {
    const world = await connect([logged(logGroupOf(MIXED))]);

    expect(await readingOf(world)).toMatchObject({ ...READ_ALL, log: { kind: 'read', records: 4 } });
    expect(patterns(world)).toEqual([undefined]);
  });

  it('come once each when rejects have a pass of their own', async () => {
    const world = await connect([logged(logGroupOf(MIXED))]);
    world.aws.setPaging({ pageSize: 1 });

    expect(await readingOf(world)).toMatchObject({ ...READ_ALL, log: { kind: 'read', records: 4 } });
    expect(patterns(world)).toContain('REJECT');
  });

  it('come after empty pages too', async () => {
    const world = await connect([logged(logGroupOf(MIXED))]);
    world.aws.setPaging({ emptyPages: 3 });

    expect(await readingOf(world)).toMatchObject(READ_ALL);
  });

  it('are found by the id in them where streams are named otherwise', async () => {
    const world = await connect([logged(logGroupOf(MIXED, { stream: 'delivery-7' }))]);

    expect(await readingOf(world)).toMatchObject(READ_ALL);
    expect(patterns(world)).toEqual([undefined, `"${eni('web')}"`]);
  });

  it('are looked for as long as there are pages to look through, and what is left is said', async () => {
    const world = await connect([logged(logGroupOf(MIXED, { stream: 'delivery-7' }))], { limits: { pages: 3 } });
    world.aws.setPaging({ pageSize: 1 });

    expect(await readingOf(world)).toMatchObject({ records: 3, stoppedEarly: 'byte-limit' });
  });

  it('of one action are read in one pass, however many pages there are', async () => {
    const rejects = MIXED.filter((line) => line.includes('REJECT'));
    const world = await connect([logged(logGroupOf(rejects), PLAIN_VPC.flowLog({ trafficType: 'REJECT' }))]);
    world.aws.setPaging({ pageSize: 1 });

    expect(await readingOf(world)).toMatchObject({ accepted: 0, rejected: 2 });
    expect(patterns(world)).toEqual([undefined, undefined]);
  });

  it.each<[60 | 600, number]>([
    [60, 0],
    [600, 1],
  ])('that began before the window are read as far as they can reach in: with %i s, %i', async (interval, records) => {
    const early = reject('192.0.2.9:40000 -> 10.0.1.10:22 tcp', ofWeb('11:52:00', { lasting: 590 }));
    const world = await connect([logged(logGroupOf([early]), PLAIN_VPC.flowLog({ interval }))]);

    expect(await readingOf(world)).toMatchObject({ rejected: records });
  });

  it('that cannot be read are counted, with examples', async () => {
    const spoilt = `2 123456789012 ${eni('web')} 10.0.0.300 10.0.1.10 x 22 6 1 52 1795176000 1795176001 REJECT OK`;
    const world = await connect([logged(logGroupOf([...MIXED, spoilt]))]);

    expect(await readingOf(world)).toMatchObject({ ...READ_ALL, malformed: { count: 1, samples: [spoilt] } });
  });
});

describe('what stands in the way', () => {
  it('is a log group of the Infrequent Access class', async () => {
    const world = await connect([logged({ ...logGroupOf(MIXED), class: 'INFREQUENT_ACCESS' })]);

    expect(await readingOf(world)).toMatchObject({
      records: 0,
      log: { kind: 'unreadable-destination', type: 'INFREQUENT_ACCESS log group' },
    });
  });

  it('is a log group that is gone', async () => {
    const world = await connect([logged()]);

    expect(await readingOf(world)).toMatchObject({ log: { kind: 'destination-missing', what: 'vpc-flow-logs' } });
  });

  it('is a missing permission', async () => {
    const world = await connect([{ ...logged(logGroupOf(MIXED)), denied: ['logs:FilterLogEvents'] }]);

    expect(await readingOf(world)).toMatchObject({ log: { kind: 'refused', action: 'logs:FilterLogEvents' } });
  });

  it('is a destination that nobody can read', async () => {
    const snapshot = PLAIN_VPC.flowLog().build().raw;
    const flowLogs = (snapshot['FlowLogs'] as object[]).map((log) =>
      Object.assign(log, { LogDestinationType: 'kinesis-data-firehose' }),
    );
    const world = await connect([{ snapshot: { ...snapshot, FlowLogs: flowLogs } }]);

    expect(await readingOf(world)).toMatchObject({
      log: { kind: 'unreadable-destination', type: 'kinesis-data-firehose' },
    });
  });

  it('is a delivery that fails, though older records may be there', async () => {
    const failing = PLAIN_VPC.flowLog({ failure: 'Access error' });
    const world = await connect([logged(logGroupOf(MIXED), failing)]);

    expect(await readingOf(world)).toMatchObject({
      ...READ_ALL,
      log: { kind: 'delivery-failed', error: 'Access error' },
    });
  });

  it('in the middle costs what comes after and is named', async () => {
    const world = await connect([logged(logGroupOf(MIXED), PLAIN_VPC.flowLog())]);
    world.aws.setPaging({ pageSize: 1 });
    world.aws.faults.add({ action: 'logs:FilterLogEvents', kind: { kind: 'deny' }, calls: [3, 4, 5, 6, 7, 8] });

    const { observations, snapshots } = await world.collect(byEni('web'));

    expect(observations.reading.records).toBeGreaterThan(0);
    expect(observations.reading.records).toBeLessThan(4);
    expect(snapshots[0]?.refusals).toContainEqual({
      action: 'logs:FilterLogEvents',
      because: 'access-denied',
      about: 'vpc-flow-logs',
    });
  });
});

describe('enough', () => {
  const MANY = Array.from({ length: 40 }, (_, index) =>
    (index % 2 === 0 ? reject : accept)(`192.0.2.9:${40_000 + index} -> 10.0.1.10:22 tcp`, ofWeb('12:05:00')),
  );

  it.each([
    ['records', { logRecords: 10 }, 'record-limit'],
    ['bytes', { logBytes: 2_000 }, 'byte-limit'],
  ])('is said when there are more %s than are read', async (_what, limits, stoppedEarly) => {
    const world = await connect([logged(logGroupOf(MANY))], { limits });
    world.aws.setPaging({ pageSize: 4 });

    const { records, stoppedEarly: reason } = await readingOf(world);

    expect(reason).toBe(stoppedEarly);
    expect(records).toBeLessThan(MANY.length);
  });

  it('is said when time is up, and what was read counts', async () => {
    const world = await connect([logged(logGroupOf(MANY))], { limits: { logMilliseconds: 1_500 } });
    world.aws.setPaging({ pageSize: 4 });
    world.aws.faults.add({ action: 'logs:FilterLogEvents', kind: { kind: 'hang' }, calls: [3, 4, 5] });

    const { records, stoppedEarly, log } = await readingOf(world);

    expect(stoppedEarly).toBe('time-limit');
    expect(records).toBeGreaterThan(0);
    expect(log).toMatchObject({ kind: 'read' });
  });
});

describe('several logs over one interface', () => {
  const THREE = PLAIN_VPC.flowLog({ trafficType: 'ALL', logGroup: 'all' }, 'all')
    .flowLog({ trafficType: 'REJECT', logGroup: 'rejects', on: { interface: 'web' } }, 'rejects')
    .flowLog({ trafficType: 'ACCEPT', logGroup: 'accepts', on: { subnet: 'app' } }, 'accepts');
  const rejects = MIXED.filter((line) => line.includes('REJECT'));
  const accepts = MIXED.filter((line) => line.includes('ACCEPT'));
  const groups = [
    logGroupOf(MIXED, { name: 'all' }),
    logGroupOf(rejects, { name: 'rejects', stream: `${eni('web')}-reject` }),
    logGroupOf(accepts, { name: 'accepts', stream: `${eni('web')}-accept` }),
  ];
  const account = { snapshot: THREE.build().raw };

  it('are not read twice over when one tells everything', async () => {
    const { collect } = await connect([{ ...account, logGroups: groups }]);

    const { logReadings, observations } = await collect(byEni('web'));

    expect(observations.reading).toMatchObject(READ_ALL);
    expect(Object.fromEntries(logReadings)).toEqual({
      [flowLog('all')]: { kind: 'read', records: 4 },
      [flowLog('rejects')]: { kind: 'not-needed' },
      [flowLog('accepts')]: { kind: 'not-needed' },
    });
  });

  it('stand in for one that cannot be read', async () => {
    const { collect } = await connect([{ ...account, logGroups: groups.slice(1) }]);

    const { logReadings, observations } = await collect(byEni('web'));

    expect(observations.reading).toMatchObject(READ_ALL);
    expect(Object.fromEntries(logReadings)).toEqual({
      [flowLog('all')]: { kind: 'destination-missing', what: 'all' },
      [flowLog('rejects')]: { kind: 'read', records: 2 },
      [flowLog('accepts')]: { kind: 'read', records: 2 },
    });
  });
});

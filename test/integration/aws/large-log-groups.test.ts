import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { StandInAccount, StandInLogGroup } from '../../../demo/aws/stand-in-account.ts';
import { DEFAULT_PRICES } from '../../../src/audit/prices.ts';
import type { LargeLogs } from '../../../src/aws/large-logs.ts';
import { accept, reject } from '../../support/flow-lines.ts';
import { eni, flowLog } from '../../support/ids.ts';
import { PLAIN_VPC } from './accounts.ts';
import { logGroupOf, ofWeb } from './log-world.ts';
import { byEni, connect, failureOf, type World } from './world.ts';

const LINES = Array.from({ length: 40 }, (_, index) =>
  (index % 4 === 0 ? reject : accept)(
    `192.0.2.9:${40_000 + index} -> 10.0.1.10:${index % 4 === 0 ? 22 : 443} tcp`,
    ofWeb(`12:${String(index).padStart(2, '0')}:00`),
  ),
);
const REJECTS = LINES.filter((line) => line.includes('REJECT')).length;

/** Other interfaces of the VPC log into the same group: a query scans them, too. */
const OTHERS = LINES.map((line) => line.replace(eni('web'), eni('db')));

const account = (group: Partial<StandInLogGroup> = {}): StandInAccount => {
  const web = logGroupOf(LINES);
  const streams = [...web.streams, ...logGroupOf(OTHERS, { stream: `${eni('db')}-all` }).streams];
  return { snapshot: PLAIN_VPC.flowLog().build().raw, logGroups: [{ ...web, streams, ...group }] };
};

const INSIGHTS = { fromBytes: 2_000, scanBytes: 1e9 };
const LARGE_LOGS: LargeLogs = { insights: INSIGHTS, queryMilliseconds: 20_000, prices: DEFAULT_PRICES };

interface Options {
  readonly limits?: Parameters<typeof connect>[1] & object extends { limits?: infer Limits } ? Limits : never;
  readonly largeLogs?: Partial<LargeLogs>;
}

async function worldOf(accounts: StandInAccount = account(), { limits, largeLogs }: Options = {}): Promise<World> {
  const world = await connect([accounts], {
    ...(limits !== undefined && { limits }),
    settings: { largeLogs: { ...LARGE_LOGS, ...largeLogs } },
  });
  world.aws.setPaging({ pageSize: 7 });
  return world;
}

const asked = ({ aws }: World, operation: string) => aws.calls.filter((call) => call.operation === operation).length;

const readingOf = async ({ collect }: World, request = {}) => {
  const { observations, logReadings, snapshots } = await collect(byEni('web'), request);
  return { ...observations.reading, log: logReadings.get(flowLog('flow-log')), refusals: snapshots[0]?.refusals };
};

describe('a busy interface', () => {
  it('is told the same by one query as by reading', async () => {
    const [queried, read] = [await worldOf(), await connect([account()])];
    queried.aws.setPaging({ pageSize: 7, runningLooks: 2 });
    read.aws.setPaging({ pageSize: 7 });

    const [byQuery, byReading] = [await queried.collect(byEni('web')), await read.collect(byEni('web'))];

    expect(byQuery.observations).toEqual(byReading.observations);
    expect(asked(queried, 'StartQuery')).toBe(1);
    expect(asked(read, 'StartQuery')).toBe(0);
  });

  it('costs what the query scanned, of the whole group', async () => {
    const scanned = [...LINES, ...OTHERS].join('').length;
    const { log } = await readingOf(await worldOf());

    expect(log).toEqual({
      kind: 'read',
      records: LINES.length,
      query: {
        service: 'logs-insights',
        size: expect.any(Number),
        scanned,
        cost: (scanned / 1e9) * 0.005,
        price: { amount: 0.005, currency: 'USD', per: 'GB' },
      },
    });
  });

  it('has its rejects told first where there is more than a query gives', async () => {
    const { records, rejected, stoppedEarly } = await readingOf(
      await worldOf(account(), { limits: { logRecords: 15 } }),
    );

    expect({ records, rejected, stoppedEarly }).toEqual({
      records: 15,
      rejected: REJECTS,
      stoppedEarly: 'record-limit',
    });
  });

  it.each([
    ['below the size that is set', { insights: { ...INSIGHTS, fromBytes: 1_000_000 } }, {}],
    ['where nobody waits for an answer', {}, { withoutQueries: true }],
  ])('is read %s', async (_, largeLogs, request) => {
    const world = await worldOf(account(), { largeLogs });

    expect(await readingOf(world, request)).toMatchObject({ log: { kind: 'read', records: LINES.length } });
    expect(asked(world, 'StartQuery')).toBe(0);
  });

  it('whose records fit a page is read', async () => {
    const world = await worldOf();
    world.aws.setPaging({});

    await readingOf(world);

    expect(asked(world, 'StartQuery')).toBe(0);
  });
});

describe('a log group of the Infrequent Access class', () => {
  it('is asked about by a query, whatever its size', async () => {
    const world = await worldOf(account({ class: 'INFREQUENT_ACCESS' }), {
      largeLogs: { insights: { ...INSIGHTS, fromBytes: 1e12 } },
    });

    const { log } = await readingOf(world);

    expect(log).toMatchObject({ kind: 'read', records: LINES.length, query: { service: 'logs-insights' } });
    expect(log).not.toHaveProperty('query.size');
  });

  it('cannot be read at all where the query is refused', async () => {
    const denied = ['logs:StartQuery'];

    expect(await readingOf(await worldOf({ ...account({ class: 'INFREQUENT_ACCESS' }), denied }))).toMatchObject({
      records: 0,
      log: { kind: 'refused', action: 'logs:StartQuery' },
    });
  });
});

const TOO_MANY = { kind: 'error', code: 'LimitExceededException', status: 400 } as const;

describe('a query', () => {
  it.each([
    ['is refused', { action: 'logs:StartQuery', kind: { kind: 'deny' } }, 'access-denied'],
    ['is one too many at once', { action: 'logs:StartQuery', kind: TOO_MANY }, 'throttled'],
    ['cannot be looked at', { action: 'logs:GetQueryResults', kind: { kind: 'deny' } }, 'access-denied'],
  ] as const)('that %s is named, and the log is read', async (_, fault, because) => {
    const world = await worldOf();
    world.aws.faults.add(fault);

    const { records, refusals } = await readingOf(world);

    expect(records).toBe(LINES.length);
    expect(refusals).toContainEqual(expect.objectContaining({ because, about: 'vpc-flow-logs' }));
    expect(asked(world, 'StopQuery')).toBe(fault.action === 'logs:GetQueryResults' ? 1 : 0);
  });

  it('is looked at again where AWS is too busy to tell', async () => {
    const world = await worldOf();
    world.aws.faults.add({ action: 'logs:GetQueryResults', kind: { kind: 'throttle' }, calls: [1, 2, 3] });

    expect(await readingOf(world)).toMatchObject({ records: LINES.length, refusals: [] });
  });

  it('whose results cannot be read to their end has told what it has told', async () => {
    const world = await worldOf();
    world.aws.faults.add({ action: 'logs:GetQueryResults', kind: { kind: 'deny' }, calls: [3] });

    const { records, refusals, log } = await readingOf(world);

    expect({ records, log }).toMatchObject({ records: 14, log: { kind: 'read', query: { service: 'logs-insights' } } });
    expect(refusals).toContainEqual({
      action: 'logs:GetQueryResults',
      because: 'access-denied',
      about: 'vpc-flow-logs',
    });
  });

  it.each([
    ['runs too long', { queryMilliseconds: 1_000 }, 'time-limit'],
    ['scans too much', { insights: { ...INSIGHTS, scanBytes: 3_000 } }, 'byte-limit'],
  ])('that %s is stopped, and what it found counts', async (_, largeLogs, stoppedEarly) => {
    const world = await worldOf(account(), { largeLogs });
    world.aws.setPaging({ pageSize: 7, runningLooks: 1_000 });

    const reading = await readingOf(world);

    expect(reading).toMatchObject({ stoppedEarly, records: LINES.length / 2, log: { kind: 'read', query: {} } });
    expect(asked(world, 'StopQuery')).toBe(1);
  });

  it('is stopped when the question is withdrawn', async () => {
    const world = await worldOf();
    world.aws.setPaging({ pageSize: 7, runningLooks: 1_000 });
    const withdrawal = new AbortController();

    const question = failureOf(world.collect(byEni('web'), {}, withdrawal.signal));
    while (asked(world, 'GetQueryResults') === 0) await sleep(20);
    withdrawal.abort();

    expect(await question).toMatchObject({ kind: 'cancelled' });
    await expect.poll(() => asked(world, 'StopQuery')).toBe(1);
  });
});

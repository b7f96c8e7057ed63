import { describe, expect, it } from 'vitest';
import { coverageOf, lostRecords } from '../../../src/engine/coverage.ts';
import type { LogReading } from '../../../src/engine/diagnosis.ts';
import { inputOf, linesOf, RICH_FIELDS } from '../../support/ask-why.ts';
import { buildVpc, type VpcBuilder } from '../../support/build-vpc.ts';
import { clock } from '../../support/flow-lines.ts';
import { flowLog } from '../../support/ids.ts';

const read: LogReading = { kind: 'read', records: 7 };
const refused: LogReading = { kind: 'refused', action: 'logs:FilterLogEvents' };

function network(): VpcBuilder {
  return buildVpc()
    .subnet('db', '10.0.2.0/24')
    .subnet('app', '10.0.1.0/24')
    .securityGroup('db')
    .interface('db', { subnet: 'db', address: '10.0.2.9', groups: ['db'] })
    .interface('app', { subnet: 'app', address: '10.0.1.5', groups: ['db'] });
}

/** The coverage of the database, at 12:30. */
function coverage(vpc: VpcBuilder, readings?: ReadonlyMap<string, LogReading>) {
  const built = vpc.build();
  const lines = [linesOf('db').accept('10.0.1.5:40000 -> 10.0.2.9:5432 tcp', { flags: 2 })];
  const input = inputOf(built, { of: 'db', lines });
  const logReadings = new Map(
    built.snapshot.flowLogs.map(({ id }) => [id, readings === undefined ? read : readings.get(id)!] as const),
  );
  return coverageOf(readings === undefined ? input : { ...input, logReadings }, built.interface('db'));
}

describe('which logs cover an interface (FLOW-84)', () => {
  it.each([
    ['its own', { interface: 'db' }, 1],
    ["its subnet's", { subnet: 'db' }, 1],
    ["its VPC's", 'vpc', 1],
    ["another interface's", { interface: 'app' }, 0],
    ["another subnet's", { subnet: 'app' }, 0],
  ] as const)('%s', (_, on, logs) => {
    expect(coverage(network().flowLog({ on, fields: RICH_FIELDS })).logs).toHaveLength(logs);
  });

  it('names one that nobody read', () => {
    const vpc = network().flowLog({ fields: RICH_FIELDS });
    const built = vpc.build();
    const input = { ...inputOf(built, { of: 'db' }), logReadings: new Map() };

    expect(coverageOf(input, built.interface('db')).logs).toMatchObject([{ reading: { kind: 'unreachable' } }]);
  });
});

describe('what they see (FLOW-85)', () => {
  it.each([
    ['ALL', true, true],
    ['ACCEPT', true, false],
    ['REJECT', false, true],
  ] as const)('a log of %s', (trafficType, accept, reject) => {
    expect(coverage(network().flowLog({ trafficType, fields: RICH_FIELDS })).sees).toEqual({ accept, reject });
  });

  it('one log of each action see as much as one of both', () => {
    const vpc = network()
      .flowLog({ trafficType: 'ACCEPT', fields: RICH_FIELDS })
      .flowLog({ trafficType: 'REJECT', fields: RICH_FIELDS }, 'second');

    expect(coverage(vpc).sees).toEqual({ accept: true, reject: true });
  });

  it('a log that could not be read sees nothing', () => {
    const vpc = network()
      .flowLog({ trafficType: 'ACCEPT', fields: RICH_FIELDS })
      .flowLog({ trafficType: 'REJECT', fields: RICH_FIELDS }, 'second');
    const readings = new Map<string, LogReading>([
      [flowLog('flow-log'), read],
      [flowLog('second'), refused],
    ]);

    expect(coverage(vpc, readings).sees).toEqual({ accept: true, reject: false });
  });
});

describe('up to when they were delivered (FLOW-54)', () => {
  it('is the latest of what the slowest log that was read has', () => {
    const vpc = network().flowLog({ interval: 60, fields: RICH_FIELDS });
    const slow = vpc.flowLog({ interval: 600, fields: RICH_FIELDS }, 'slow');

    expect(coverage(vpc).freshUntil).toBe(clock('12:23:00'));
    expect(coverage(slow).freshUntil).toBe(clock('12:14:00'));
  });

  it('is unknown where no log was read', () => {
    const vpc = network().flowLog({ fields: RICH_FIELDS });

    expect(coverage(vpc, new Map([[flowLog('flow-log'), refused]]))).not.toHaveProperty('freshUntil');
  });
});

describe('which fields they lack (FLOW-110)', () => {
  it('none of the recommended format', () => {
    expect(coverage(network().flowLog({ fields: RICH_FIELDS })).missingFields).toEqual([]);
  });

  it('those that nobody logs', () => {
    const fields = RICH_FIELDS.replace(' tcp-flags', '').replace(' reject-reason', '');

    expect(coverage(network().flowLog({ fields })).missingFields).toEqual(['tcp-flags', 'reject-reason']);
  });

  it('none that matter where no log was read: then everything is missing', () => {
    const vpc = network().flowLog({ fields: RICH_FIELDS });

    const built = vpc.build();
    const { observations, ...input } = inputOf(built, { of: 'db' });
    const unread = { ...input, observations: { ...observations, fields: new Set<string>() } };
    const logReadings = new Map([[flowLog('flow-log'), refused]]);

    expect(coverageOf({ ...unread, logReadings }, built.interface('db')).missingFields).toEqual([]);
  });
});

const observationsOf = (lines: readonly string[]) =>
  inputOf(network().flowLog({ fields: RICH_FIELDS }), { of: 'db', lines }).observations;

it('tells of records that AWS lost (FLOW-56)', () => {
  const lines = [linesOf('db').skipdata('12:00:00', '12:01:00')];

  expect(lostRecords(observationsOf(lines))).toMatchObject([{ fact: 'flow-log-records', about: 'SKIPDATA' }]);
  expect(lostRecords(observationsOf([]))).toEqual([]);
});

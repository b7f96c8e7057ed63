import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../src/config/parse-configuration.ts';
import { awsSettings } from '../../../src/config/read-settings.ts';

const settings = (...lines: readonly string[]) =>
  awsSettings(parseConfiguration(['aws:', '  largeLogs:', ...lines].join('\n'), 'vpc-why.yaml')).largeLogs;

it('nothing is queried unless the file says so', () => {
  expect(awsSettings(parseConfiguration('', 'vpc-why.yaml'))).not.toHaveProperty('largeLogs');
  expect(settings('    queryMilliseconds: 30000')).not.toHaveProperty('insights');
});

it('queries are on with their defaults and with the prices of the file', () => {
  expect(settings('    insights: {}', 'prices: {currency: EUR, logsInsightsPerGb: 0.0057}')).toEqual({
    insights: { fromBytes: 50_000_000, scanBytes: 200_000_000_000 },
    queryMilliseconds: 60_000,
    prices: expect.objectContaining({ currency: 'EUR', logsInsightsPerGb: 0.0057, athenaPerTb: 5 }),
  });
});

it('takes sizes and a time', () => {
  const lines = ['    insights: {fromBytes: 1000000, scanBytes: 5000000000}', '    queryMilliseconds: 120000'];

  expect(settings(...lines)).toMatchObject({
    insights: { fromBytes: 1_000_000, scanBytes: 5_000_000_000 },
    queryMilliseconds: 120_000,
  });
});

it('takes tables of Athena by bucket', () => {
  const table = '{bucket: acme-flow-logs, database: logs, table: vpc_flow_logs, partitions: hive-hourly}';

  expect(settings(`    athena: {tables: [${table}]}`)?.athena).toEqual({
    fromBytes: 50_000_000,
    tables: [
      {
        bucket: 'acme-flow-logs',
        database: 'logs',
        table: 'vpc_flow_logs',
        partitions: 'hive-hourly',
        workgroup: 'primary',
      },
    ],
  });
});

const athena = (table: string) =>
  `    athena: {tables: [{bucket: acme-flow-logs, database: logs, table: flows, partitions: date, ${table}}]}`;

describe('a mistake is named with its line', () => {
  it.each([
    ['a size that is none', '    insights: {fromBytes: 5 GB}', /:3: aws.largeLogs.insights.fromBytes/],
    ['a size too small', '    insights: {scanBytes: 10}', /:3: aws.largeLogs.insights.scanBytes/],
    ['no table', '    athena: {tables: []}', /:3: aws.largeLogs.athena.tables: .*at least one/],
    ['a key of a table that is none', athena('partition: weekly'), /:3: aws.largeLogs.athena.tables.0: .*partition/],
    ['a workgroup that is no name', athena("workgroup: 'a b'"), /:3: aws.largeLogs.athena.tables.0.workgroup: /],
    [
      'a place that is none',
      athena('outputLocation: results'),
      /:3: aws.largeLogs.athena.tables.0.outputLocation: .*s3:/,
    ],
    [
      'a table that is more than a name',
      `    athena: {tables: [{bucket: acme-flow-logs, database: logs, table: 'a" --', partitions: date}]}`,
      /:3: aws.largeLogs.athena.tables.0.table: .*lower-case/,
    ],
    ['an unknown key', '    insights: {from: 1}', /:3: aws.largeLogs.insights: .*from/],
  ])('%s', (_, line, message) => {
    expect(() => settings(line)).toThrow(message);
  });
});

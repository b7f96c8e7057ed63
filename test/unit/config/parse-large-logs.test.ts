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

describe('a mistake is named with its line', () => {
  it.each([
    ['a size that is none', '    insights: {fromBytes: 5 GB}', /:3: aws.largeLogs.insights.fromBytes/],
    ['a size too small', '    insights: {scanBytes: 10}', /:3: aws.largeLogs.insights.scanBytes/],
    ['an unknown key', '    insights: {from: 1}', /:3: aws.largeLogs.insights: .*from/],
  ])('%s', (_, line, message) => {
    expect(() => settings(line)).toThrow(message);
  });
});

import { describe, expect, it } from 'vitest';
import { athenaQuery, type AthenaQuestion, type Partitions } from '../../../src/flowlog/athena-query.ts';
import { parseFlowLogId, parseNetworkInterfaceId } from '../../../src/vpc/ids.ts';

/** 2026-11-23 23:00 to 23:50 in UTC: files of it may be stamped on the next day (FLOW-95). */
const LATE = { start: 1_795_474_800, end: 1_795_477_800 };
const NOON = { start: 1_795_435_200, end: 1_795_435_800 };

const question = (partitions: Partitions, window = NOON): AthenaQuestion => ({
  table: { database: 'logs', table: 'vpc_flow_logs', partitions },
  interfaceId: parseNetworkInterfaceId('eni-0a1b2c3d4e5f60718')!,
  flowLogId: parseFlowLogId('fl-0123456789abcdef0')!,
  accountId: '123456789012',
  region: 'eu-west-1',
  window,
  aggregationInterval: 60,
  mostRows: 500,
});

it('is one text with question marks, and a value for each', () => {
  const { text, values } = athenaQuery(question('date'));

  expect(text.split('\n')).toEqual([
    'SELECT * FROM "logs"."vpc_flow_logs"',
    'WHERE "date" BETWEEN CAST(? AS date) AND CAST(? AS date)',
    '  AND "interface_id" = ?',
    '  AND "end" >= ?',
    '  AND "start" <= ?',
    '  AND "$path" LIKE ?',
    `ORDER BY CASE WHEN "action" = 'REJECT' THEN 0 ELSE 1 END, "start" DESC`,
    'LIMIT 500',
  ]);
  expect(values).toEqual([
    "'2026-11-23'",
    "'2026-11-23'",
    "'eni-0a1b2c3d4e5f60718'",
    '1795435200',
    '1795435800',
    "'%/123456789012_vpcflowlogs_eu-west-1_fl-0123456789abcdef0_%'",
  ]);
});

it('asks for no more rows than can be read in time', () => {
  expect(athenaQuery({ ...question('date'), mostRows: 500_000 }).text).toMatch(/LIMIT 100000$/);
});

describe('partitions', () => {
  it.each<[Partitions, string, readonly string[]]>([
    ['date', '"date" BETWEEN CAST(? AS date) AND CAST(? AS date)', ["'2026-11-23'", "'2026-11-24'"]],
    [
      'projection',
      '"accid" = ?\n  AND "region" = ?\n  AND "day" BETWEEN ? AND ?',
      ["'123456789012'", "'eu-west-1'", "'2026/11/23'", "'2026/11/24'"],
    ],
    [
      'hive',
      '"aws-account-id" = ?\n  AND "aws-region" = ?\n  AND (("year" = ? AND "month" = ? AND "day" = ?) OR ("year" = ? AND "month" = ? AND "day" = ?))',
      ["'123456789012'", "'eu-west-1'", "'2026'", "'11'", "'23'", "'2026'", "'11'", "'24'"],
    ],
  ])('%s: the days in which files of the window may lie', (partitions, text, values) => {
    const query = athenaQuery(question(partitions, LATE));

    expect(query.text).toContain(`WHERE ${text}\n`);
    expect(query.values.slice(0, values.length)).toEqual(values);
  });

  it.each([
    ['an hour: by the hour', LATE, 2],
    ['a week: by the day', { ...LATE, start: LATE.end - 7 * 86_400 }, 9],
  ])('hive-hourly of %s', (_, window, count) => {
    const { text, values } = athenaQuery(question('hive-hourly', window));

    expect(text.match(/"day" = \?/g)).toHaveLength(count);
    expect(text.includes('"hour" = ?')).toBe(count === 2);
    expect(values).toHaveLength(text.split('?').length - 1);
  });
});

it('no value can be more than a value', () => {
  const { text, values } = athenaQuery({ ...question('hive'), region: "x' OR '1'='1" });

  expect(text).not.toContain("'x");
  expect(values[1]).toBe("'x'' OR ''1''=''1'");
});

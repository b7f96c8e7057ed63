import { describe, expect, it } from 'vitest';
import { objectInWindow, parseObjectKey, s3Prefixes, type S3Layout } from '../../../src/flowlog/s3-layout.ts';
import { clock, DAY } from '../../support/flow-lines.ts';

const layout: S3Layout = {
  prefix: '',
  accountId: '123456789012',
  region: 'eu-west-1',
  hiveCompatible: false,
  perHour: false,
};
const noon = { start: clock('12:00:00'), end: clock('12:30:00') };

describe('folders of a flow log (FLOW-96)', () => {
  it.each<{ what: string; layout: Partial<S3Layout>; folders: string[] }>([
    { what: 'by day', layout: {}, folders: ['AWSLogs/123456789012/vpcflowlogs/eu-west-1/2026/11/20/'] },
    {
      what: 'under a prefix',
      layout: { prefix: 'logs/vpc/' },
      folders: ['logs/vpc/AWSLogs/123456789012/vpcflowlogs/eu-west-1/2026/11/20/'],
    },
    {
      what: 'by hour',
      layout: { perHour: true },
      folders: ['AWSLogs/123456789012/vpcflowlogs/eu-west-1/2026/11/20/12/'],
    },
    {
      what: 'for Hive, by day',
      layout: { hiveCompatible: true },
      folders: [
        'AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/aws-region=eu-west-1/year=2026/month=11/day=20/',
      ],
    },
    {
      what: 'for Hive, by hour',
      layout: { hiveCompatible: true, perHour: true, prefix: 'x/' },
      folders: [
        'x/AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/aws-region=eu-west-1/year=2026/month=11/day=20/hour=12/',
      ],
    },
  ])('$what', ({ layout: more, folders }) => {
    expect(s3Prefixes({ ...layout, ...more }, noon)).toEqual(folders);
  });

  it('go on to the next day or hour where late files of the window may lie', () => {
    const evening = { start: clock('23:50:00'), end: clock('23:55:00') };

    expect(s3Prefixes(layout, evening).map((folder) => folder.slice(-6))).toEqual(['11/20/', '11/21/']);
    expect(s3Prefixes({ ...layout, perHour: true }, evening).map((folder) => folder.slice(-9))).toEqual([
      '11/20/23/',
      '11/21/00/',
    ]);
  });

  it('cross months, years and leap days', () => {
    const day = 86_400;
    const span = (start: number, days: number) =>
      s3Prefixes(layout, { start, end: start + days * day }).map((folder) => folder.slice(-11, -1));

    expect(span(DAY + 9 * day, 2)).toEqual(['2026/11/29', '2026/11/30', '2026/12/01']);
    expect(span(DAY + 41 * day, 1)).toEqual(['2026/12/31', '2027/01/01']);
    expect(span(1_835_308_800, 2)).toEqual(['2028/02/28', '2028/02/29', '2028/03/01']);
  });
});

const key = (stamp: string, rest = 'log.gz') =>
  `AWSLogs/123456789012/vpcflowlogs/eu-west-1/2026/11/20/123456789012_vpcflowlogs_eu-west-1_fl-0a1b2c3d_${stamp}_1a2b3c4d.${rest}`;

describe('a file is read (FLOW-95, FLOW-99, API-54)', () => {
  it.each([
    { stamp: '20261120T1154Z', interval: 60, read: false },
    { stamp: '20261120T1155Z', interval: 60, read: false },
    { stamp: '20261120T1200Z', interval: 60, read: true },
    { stamp: '20261120T1230Z', interval: 60, read: true },
    { stamp: '20261120T1240Z', interval: 60, read: true },
    { stamp: '20261120T1245Z', interval: 60, read: false },
    { stamp: '20261120T1245Z', interval: 600, read: true },
    { stamp: '20261120T1255Z', interval: 600, read: false },
    { stamp: '20261119T1200Z', interval: 600, read: false },
  ])('stamped $stamp, with intervals of $interval s: $read', ({ stamp, interval, read }) => {
    expect(objectInWindow(key(stamp), noon, interval)).toBe(read);
  });

  it('when the window begins within its five minutes', () => {
    expect(objectInWindow(key('20261120T1200Z'), { start: clock('12:04:59'), end: clock('12:30:00') }, 60)).toBe(true);
    expect(objectInWindow(key('20261120T1155Z'), { start: clock('12:04:59'), end: clock('12:30:00') }, 60)).toBe(false);
  });

  it('if it is Parquet as well', () => {
    expect(objectInWindow(key('20261120T1200Z', 'log.parquet'), noon, 60)).toBe(true);
  });

  it.each([
    'AWSLogs/123456789012/vpcflowlogs/eu-west-1/2026/11/20/',
    'AWSLogs/aws4_request',
    '123456789012_CloudTrail_eu-west-1_20261120T1200Z_1a2b.json.gz',
    key('20261320T1200Z'),
    key('20260231T1200Z'),
    key('20261120T2460Z'),
    key('2026112T1200Z'),
    `${'a/'.repeat(500)}fl-`,
  ])('never with a name no flow log gives: %s', (name) => {
    expect(objectInWindow(name, { start: 0, end: 4e9 }, 60)).toBe(false);
  });
});

describe('the name of a file', () => {
  it('tells which flow log wrote it, and when', () => {
    expect(parseObjectKey(key('20261120T1405Z'))).toEqual({ flowLogId: 'fl-0a1b2c3d', stamp: clock('14:05:00') });
  });
});

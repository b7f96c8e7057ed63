import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readFreeText } from '../../src/command/free-text/read-free-text.ts';
import { parseCommand } from '../../src/command/parse-command.ts';
import { parseQuestionLine } from '../../src/command/parse-question-line.ts';
import { parseConfiguration } from '../../src/config/parse-configuration.ts';
import { parseExpectations } from '../../src/config/parse-expectations.ts';
import { parseLogFormat } from '../../src/flowlog/format.ts';
import { readParquet } from '../../src/flowlog/parquet.ts';
import { parseSnapshot } from '../../src/vpc/parse-snapshot.ts';
import { formatSnapshotFile, parseSnapshotFile } from '../../src/vpc/snapshot-file.ts';
import { buildVpc } from '../support/build-vpc.ts';
import { ENI, observerFor, rich, RICH_FORMAT, RICH_TEMPLATE } from '../support/flow-lines.ts';
import { nearly, nearlyBytes } from './mutations.ts';
import { lyingParquet, nearlyParquet } from './parquet-inputs.ts';
import { firstFall, RUNS, type Fall } from './first-fall.ts';

const NOW = 1_795_176_000;
/** A million inputs take minutes each. */
const TIMEOUT_MS = Math.max(60_000, RUNS * 10);

const COMMANDS = [
  'why-rejected eni-0a1b2c3d4e5f60718 --from 10.0.1.5 --port 5432 --protocol tcp --since 2h',
  'why-rejected 2001:db8::5 --since 2026-11-20T12:00Z --until 2026-11-20T13:00:00+01:00 --account 123456789012',
  'path i-0123456789abcdef0 internet tcp/443 --src-port 1024',
  'path 10.0.0.1 10.0.0.2 icmp/8',
  'audit schedule prod "0 7 * * 1-5" Europe/Berlin #network',
  'audit mute peering:pcx-1:x 14d "known, ticket 5"',
  'audits',
  'help path',
];

const MESSAGES = [
  "why can't 10.0.1.5 reach 10.0.2.9:5432?",
  'Caused by: java.net.ConnectException: Connection timed out: ledger.internal/10.0.2.9:5432',
  'dial tcp [2001:db8::9]:443: i/o timeout',
  `[FIRING:1] TargetDown (eni-0a1b2c3d4e5f60718 i-0123456789abcdef0 10.0.1.5) <https://grafana.example|view>`,
  rich.reject('10.0.0.5:49152 -> 10.0.1.9:5432 tcp', { flags: 2 }),
  '2 123456789012 eni-0a1b2c3d4e5f60718 10.0.0.5 10.0.1.9 49152 5432 6 3 180 1795176000 1795176058 REJECT OK',
];

const LINES = [
  rich.reject('10.0.0.5:49152 -> 10.0.1.9:5432 tcp', { flags: 2, direction: 'ingress' }),
  rich.accept('[2001:db8::5]:49152 -> [2001:db8::9]:443 tcp', { flags: 2, packets: 12 }),
  rich.nodata({ from: '15:00:00', until: '15:00:58' }),
  rich.reject('203.0.113.7 -> 10.0.1.9 icmp', { reason: 'BPA', bytes: '-' }),
];

const CONFIGURATIONS = [
  'slack: {transport: http, command: /vpc, port: 3000}\naws:\n  regions: [eu-west-1]\n',
  "aws:\n  accounts:\n    - id: '123456789012'\n      roleArn: arn:aws:iam::123456789012:role/vpc-why\n      externalId: a-long-random-text\n      regions: [eu-west-1]\n",
  "audits:\n  - name: prod\n    cron: '0 7 * * 1-5'\n    timezone: Europe/Berlin\n    channel: C0123456789\n    families: [peering]\n",
];

const EXPECTATIONS = [
  'must reach:\n  - { name: orders pay, from: orders-api, to: payments-db, port: 5432 }\nmust not reach:\n  - { from: internet, to: tag:Tier=data }\n',
];

const SNAPSHOTS = [
  formatSnapshotFile(
    buildVpc()
      .cidr('10.0.0.0/16')
      .subnet('app', '10.0.1.0/24')
      .securityGroup('web')
      .interface('web', { subnet: 'app', address: '10.0.1.9', groups: ['web'] })
      .flowLog({ fields: RICH_TEMPLATE.replaceAll(/[${}]/g, '') })
      .build().raws,
  ),
];

const JSON_PIECES = ['null', '[]', '{}', '"x"', '1e400'];

const PATH_QUESTIONS = ['{"from":"10.0.0.1","to":"internet","protocol":"tcp","dstPort":443}'];

function feedText(lines: string): void {
  const feed = observerFor().open(RICH_FORMAT);
  for (const line of lines.split('\n')) feed.line(line);
  feed.end();
}

function gunzip(packed: Uint8Array, length: number): Uint8Array {
  return gunzipSync(packed, { maxOutputLength: Math.min(length, 1_000_000) });
}

/** What is not packed is the business of whoever unpacks. */
function feedPacked(packed: Uint8Array): void {
  let unpacked: Uint8Array;
  try {
    unpacked = gunzip(packed, Infinity);
  } catch {
    return;
  }
  feedText(Buffer.from(unpacked).toString('utf8'));
}

function feedParquet(input: Uint8Array): unknown {
  return readParquet(new Uint8Array(input).buffer, observerFor(), { interfaceId: ENI, gunzip });
}

const READERS: readonly (readonly [string, () => Promise<Fall | undefined>])[] = [
  ['commands', () => firstFall(nearly(COMMANDS), (input) => parseCommand(input, NOW))],
  ['free text', () => firstFall(nearly(MESSAGES), (input) => readFreeText(input, NOW))],
  ['flow-log lines', () => firstFall(nearly([...LINES, LINES.join('\n')]), feedText)],
  ['log formats', () => firstFall(nearly([RICH_TEMPLATE]), parseLogFormat)],
  ['packed flow logs', () => firstFall(nearlyBytes(gzipSync(LINES.join('\n'))), feedPacked)],
  ['Parquet files', () => firstFall(nearlyParquet, feedParquet)],
  ['Parquet files that lie', () => firstFall(lyingParquet, feedParquet)],
  [
    'recorded networks',
    () => firstFall(nearly(SNAPSHOTS, JSON_PIECES), (input) => parseSnapshot(parseSnapshotFile(input))),
  ],
  ['questions about paths', () => firstFall(nearly(PATH_QUESTIONS, JSON_PIECES), parseQuestionLine)],
  ['configurations', () => firstFall(nearly(CONFIGURATIONS), (input) => parseConfiguration(input, 'x'))],
  ['expectations', () => firstFall(nearly(EXPECTATIONS), (input) => parseExpectations(input, 'x'))],
];

it.each(READERS)(
  'whoever reads %s withstands what is nearly right',
  async (_, fall) => {
    expect(await fall()).toBeUndefined();
  },
  TIMEOUT_MS,
);

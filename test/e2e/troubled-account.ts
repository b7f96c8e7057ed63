import { gzipSync } from 'node:zlib';
import type { StandInAccount, StandInLogGroup } from '../../demo/aws/stand-in-account.ts';
import { buildVpc, type VpcBuilder } from '../support/build-vpc.ts';
import { fileOf, header, reject } from '../support/flow-lines.ts';
import { eni, flowLog, pl } from '../support/ids.ts';
import { allow, anything, group, peerGroup, prefixList, tcp } from '../support/rules.ts';
import { ACCOUNT, PEER_ACCOUNT, REGION, type FlowLogPlan } from '../support/vpc-plan.ts';

/** What an attacker types into every box of the console. XML has no room for lower control characters. */
export const HOSTILE = '<!channel> *bold* `code` <https://evil.example|console> & \u{202E}etar\u{200B}\u{9F}';

/** The same as one field of a log line: no blanks. */
const HOSTILE_FIELD = '<!here>`&\u{202E}\u{7}\u{1B}[31m';

const SECOND_REGION = 'us-east-1';

/** Two interfaces of different regions have it. */
export const SHARED_ADDRESS = '10.0.1.77';

/** Interfaces, each named for the trouble that is in the way of its answer. */
const ADDRESSES = {
  healthy: '10.0.1.9',
  unlogged: '10.0.1.11',
  'group-gone': '10.0.1.12',
  'bucket-closed': '10.0.1.13',
  'bucket-gone': '10.0.1.14',
  garbled: '10.0.1.15',
  odd: '10.0.1.16',
  expired: '10.0.1.17',
  undelivered: '10.0.1.18',
  unusable: '10.0.1.20',
  'file-cut': '10.0.1.21',
} as const;
type Name = keyof typeof ADDRESSES;

const FIELDS =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status';

const FLOW_LOGS: Readonly<Partial<Record<Name, FlowLogPlan>>> = {
  healthy: { logGroup: 'healthy' },
  'group-gone': { logGroup: 'deleted-by-somebody' },
  'bucket-closed': { s3: 'arn:aws:s3:::closed-bucket' },
  'bucket-gone': { s3: 'arn:aws:s3:::no-such-bucket' },
  garbled: { logGroup: 'garbled' },
  odd: { logGroup: 'odd', fields: `${FIELDS} field-of-2031 tcp-flags` },
  expired: { logGroup: 'expired' },
  undelivered: { logGroup: 'undelivered', failure: 'Access error' },
  unusable: { logGroup: 'unusable' },
  'file-cut': { s3: 'arn:aws:s3:::files' },
};

/** An account with everything that can be wrong about an interface's flow logs, and one whose bucket is closed to it. */
export function troubledAccounts(now: number): readonly StandInAccount[] {
  return [
    {
      snapshot: vpcOfTroubles().build().raw,
      logGroups: logGroups(now),
      buckets: [{ name: 'files', objects: files(now) }],
    },
    { snapshot: { ...secondVpc().build().raw, region: SECOND_REGION } },
    {
      snapshot: { accountId: PEER_ACCOUNT, region: REGION },
      buckets: [{ name: 'closed-bucket', objects: new Map() }],
    },
  ];
}

function logGroups(now: number): readonly StandInLogGroup[] {
  const recently = now - RECENTLY;
  const daysAgo = now - 3 * 86_400;
  const own = (name: Name, at = recently): readonly string[] => rejects(name, `${ADDRESSES[name]}:5432`, at);
  return [
    logGroup('healthy', own('healthy'), recently),
    logGroup('garbled', garbled(own('garbled')), recently),
    logGroup('expired', own('expired', daysAgo), daysAgo),
    logGroup(
      'odd',
      own('odd').map((line) => `${line} 42 2`),
      recently,
    ),
    logGroup('undelivered', [], recently),
    logGroup('unusable', rejects('unusable', '10.0.200.1:5432', recently), recently),
    logGroup('referring', rejects('referring', '10.0.1.19:443', recently), recently),
    logGroup(HOSTILE, hostileLines(recently), recently),
  ];
}

const RECENTLY = 20 * 60;

function rejects(name: string, to: string, at: number): readonly string[] {
  return Array.from({ length: 8 }, (_, index) =>
    reject(`10.0.9.${index + 1}:${50_000 + index} -> ${to} tcp`, { eni: eni(name), at: at + index }),
  );
}

/** Two files of five minutes each (FLOW-95); the later one ends in the middle of its compressed data. */
function files(now: number): ReadonlyMap<string, Buffer> {
  const at = now - RECENTLY;
  const file = gzipSync(fileOf(header(), ...rejects('file-cut', `${ADDRESSES['file-cut']}:5432`, at)));
  return new Map([
    [keyOf(at + 60, 'whole'), file],
    [keyOf(at + 360, 'cut'), file.subarray(0, file.length - 40)],
  ]);
}

/** FLOW-96. */
function keyOf(stamp: number, name: string): string {
  const time = new Date(stamp * 1000).toISOString();
  const folder = `AWSLogs/${ACCOUNT}/vpcflowlogs/${REGION}/${time.slice(0, 10).replaceAll('-', '/')}`;
  const minute = time.slice(0, 16).replaceAll(/[-:]/g, '');
  return `${folder}/${ACCOUNT}_vpcflowlogs_${REGION}_${flowLog('file-cut')}_${minute}Z_${name}.log.gz`;
}

/** Cut off, with words behind, with words for numbers, and things that are no records at all. */
function garbled(good: readonly string[]): readonly string[] {
  const [line = ''] = good;
  return [
    ...good,
    line.slice(0, 40),
    `${line} and more`,
    line.replace(' 5432 ', ' five '),
    '{"this":"is JSON"}',
    '\u{0}\u{1}\u{2}',
    'x'.repeat(5_000),
  ];
}

/** The first line can be read, whatever its last field; the control characters of the second one make it unreadable. */
function hostileLines(at: number): readonly string[] {
  const line = reject('10.0.9.9:50001 -> 10.0.1.66:22 tcp', { eni: eni(HOSTILE), at });
  return [`${line} <!here>\`*&`, `${line} ${HOSTILE_FIELD}`, `${line} ${HOSTILE_FIELD}\u{0}\n${HOSTILE}`];
}

function vpcOfTroubles(): VpcBuilder {
  return Object.entries(ADDRESSES).reduce(withTrouble, vpcOfOthers());
}

function withTrouble(vpc: VpcBuilder, [name, address]: readonly [string, string]): VpcBuilder {
  const plan = new Map(Object.entries(FLOW_LOGS)).get(name);
  const withInterface = vpc.interface(name, { subnet: 'app', groups: ['web'], address });
  return plan === undefined ? withInterface : withInterface.flowLog({ on: { interface: name }, ...plan }, name);
}

/** One whose rules refer to all there is to refer to, one with a namesake elsewhere, and those named by an attacker. */
function vpcOfOthers(): VpcBuilder {
  return buildVpc()
    .subnet('app', '10.0.1.0/24')
    .subnet(HOSTILE, '10.0.9.0/24')
    .securityGroup('web', { ingress: [allow(tcp(443), '10.0.0.0/16')] })
    .securityGroup('clients')
    .securityGroup('referring', {
      ingress: [
        allow(tcp(443), prefixList('offices')),
        allow(tcp(443), group('clients')),
        allow(tcp(443), peerGroup('partner', 'their-clients')),
      ],
    })
    .securityGroup(HOSTILE, { ingress: [allow(tcp(443), '10.0.0.0/16', HOSTILE)] })
    .peering('partner', { cidrs: ['10.8.0.0/16'] })
    .raw({
      ManagedPrefixListEntries: [{ PrefixListId: pl('offices'), Entries: [{ Cidr: '192.0.2.0/24' }] }],
    })
    .interface('twin', { subnet: 'app', groups: ['web'], address: SHARED_ADDRESS })
    .interface('referring', { subnet: 'app', groups: ['referring'], address: '10.0.1.19' })
    .flowLog({ on: { interface: 'referring' }, logGroup: 'referring' }, 'referring')
    .interface(HOSTILE, { subnet: 'app', groups: [HOSTILE], address: '10.0.1.66', description: HOSTILE })
    .interface(`client ${HOSTILE}`, { subnet: HOSTILE, groups: [HOSTILE], address: '10.0.9.9' })
    .flowLog({ on: { interface: HOSTILE }, logGroup: HOSTILE, fields: `${FIELDS} az-id` }, HOSTILE);
}

function secondVpc(): VpcBuilder {
  return buildVpc()
    .subnet('app', '10.0.1.0/24')
    .securityGroup('web', { ingress: [allow(anything, '10.0.0.0/8')] })
    .interface('other-twin', { subnet: 'app', groups: ['web'], address: SHARED_ADDRESS });
}

function logGroup(name: string, lines: readonly string[], at: number): StandInLogGroup {
  const stream = { name: `${eni(name)}-all`, events: lines.map((message) => ({ timestampMs: at * 1000, message })) };
  return { name, streams: [stream] };
}

import { roleIdentity, trailEvent } from '../../../demo/account/trail-events.ts';
import type { Change } from '../../../src/changes/change.ts';
import { parseEvent } from '../../../src/changes/parse-event.ts';
import type { Diagnosis } from '../../../src/engine/diagnosis.ts';
import { proveFixes } from '../../../src/engine/fix/prove-fixes.ts';

import { ask, change, inputOf, linesOf, RICH_FIELDS, type Asked } from '../../support/ask-why.ts';
import { byGroups, diagnosis, finding } from '../../support/build-diagnosis.ts';
import { buildVpc, type VpcBuilder } from '../../support/build-vpc.ts';
import { clock } from '../../support/flow-lines.ts';
import { acl, flowLog, sg } from '../../support/ids.ts';
import {
  allow,
  anything,
  egress,
  group,
  icmp,
  ingress,
  peerGroup,
  tcp,
  type AclEntry,
  type GroupRule,
} from '../../support/rules.ts';

const anywhere = '0.0.0.0/0';
const { accept, reject, nodata } = linesOf('payments-db');

/** The default format: no flags, no packet addresses, no reject reason. */
const DEFAULT_FIELDS =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status';
const plain = linesOf('payments-db', DEFAULT_FIELDS);

interface Setting {
  readonly rules?: readonly GroupRule[];
  readonly outbound?: readonly GroupRule[];
  readonly entries?: readonly AclEntry[];
  readonly fields?: string;
}

/** A payments database that orders-api wants to reach; each thread says only what differs. */
function payments({ rules = [], outbound, entries, fields = RICH_FIELDS }: Setting): VpcBuilder {
  const vpc = withoutFlowLog({ rules, ...(outbound && { outbound }), ...(entries && { entries }) });
  return vpc.flowLog({ fields });
}

function withoutFlowLog({ rules = [], outbound, entries }: Setting): VpcBuilder {
  const vpc = buildVpc()
    .cidr('10.20.0.0/16', '2001:db8:20::/56')
    .subnet('data', '10.20.9.0/24', '2001:db8:20:9::/64')
    .subnet('orders', '10.20.4.0/24', '2001:db8:20:4::/64')
    .securityGroup('payments-db', { ingress: rules, ...(outbound && { egress: outbound }) })
    .securityGroup('orders-api')
    .interface('payments-db', {
      subnet: 'data',
      address: '10.20.9.40',
      ipv6: '2001:db8:20:9::40',
      groups: ['payments-db'],
    })
    .interface('orders-api', {
      subnet: 'orders',
      address: '10.20.4.17',
      ipv6: '2001:db8:20:4::17',
      groups: ['orders-api'],
    });
  return entries === undefined ? vpc : vpc.acl('data', entries);
}

const PAYMENTS = { of: 'payments-db', changes: [] } as const;

function thread(setting: Setting, asked: Omit<Asked, 'of'>): Diagnosis {
  return ask(payments(setting), { ...PAYMENTS, ...asked });
}

/** One attempt a minute from three minutes past twelve, each from a port of its own. */
function everyMinute(times: number, line: (at: number, port: number) => readonly string[]): string[] {
  return Array.from({ length: times }, (_, minute) => line(clock('12:03:10') + minute * 60, 49_152 + minute)).flat();
}

const postgres = (times = 20, remote = '10.20.4.17'): string[] =>
  everyMinute(times, (at, port) => [
    reject(`${remote}:${port} -> 10.20.9.40:5432 tcp`, { at, lasting: 40, flags: 2, packets: 6 }),
  ]);

const fromOldOrders = allow(tcp(5432), '10.20.0.0/22', 'orders, before the move');
const open = [allow(tcp(5432), '10.20.0.0/16')];
const allIn = ingress(100).allow(anything, anywhere);
const allOut = egress(100).allow(anything, anywhere);

/** A deny of an incident, seen with the records of a day: the subnet has other hosts, and the group another carrier. */
function deniedOnPurpose(): Diagnosis {
  const entries = [ingress(90).deny(tcp(5432), '10.20.4.0/24'), allIn, ingress(110).allow(tcp(6379), anywhere), allOut];
  const vpc = payments({ rules: [fromOldOrders], entries })
    .securityGroup('cache', { ingress: [allow(tcp(6379), '10.20.0.0/16')] })
    .interface('cache', { subnet: 'data', address: '10.20.9.41', groups: ['cache'] })
    .interface('payments-replica', { subnet: 'orders', address: '10.20.4.50', groups: ['payments-db'] });
  const Tags = [
    { Key: 'Reason', Value: 'incident-221 containment' },
    { Key: 'Owner', Value: '#netsec' },
  ];
  const { raw } = vpc.build();
  const acls = (raw['NetworkAcls'] as readonly { readonly NetworkAclId: string }[]).map((each) =>
    each.NetworkAclId === acl('data') ? Object.assign({}, each, { Tags }) : each,
  );
  const tagged = vpc.raw({ NetworkAcls: acls });
  const asked = { ...PAYMENTS, port: 5432, lines: postgres() };
  const day = {
    ...asked,
    window: { start: '00:00:00', end: '24:00:00' },
    lines: [
      ...asked.lines,
      ...[1, 2, 3].map((minute) => reject(`10.20.4.17:5000${minute} -> 10.20.9.40:22 tcp`, { at: `03:0${minute}:00` })),
      reject('203.0.113.9:40000 -> 10.20.9.40:23 tcp', { at: '04:00:00', flags: 2 }),
    ],
  };
  const changes = [
    { ...change('ReplaceNetworkAclEntry', '12:02:11', acl('data')), by: { kind: 'role', name: 'deploy' } as const },
  ];
  const { snapshot, observations } = inputOf(tagged, day);
  return proveFixes(ask(tagged, { ...asked, changes }), { snapshot, day: observations });
}

/** Events of CloudTrail about the rule that lets the database's clients in. */
const ruleEvent =
  (name: string, role: string) =>
  (at: string): Change =>
    parseEvent(
      trailEvent({
        id: `${name} ${at}`,
        name,
        atMs: clock(at) * 1000,
        accountId: '123456789012',
        region: 'eu-west-1',
        resources: [],
        identity: roleIdentity('123456789012', role, 'pipeline-214'),
        request: {
          groupId: sg('payments-db'),
          ipPermissions: {
            items: [
              { ipProtocol: 'tcp', fromPort: 5432, toPort: 5432, ipRanges: { items: [{ cidrIp: '10.20.0.0/16' }] } },
            ],
          },
        },
      }).text,
    )!;
const revokedIn = ruleEvent('RevokeSecurityGroupIngress', 'deploy');
const restored = ruleEvent('AuthorizeSecurityGroupIngress', 'netops');

/** Threads as people see them: each is read as the engineer on call would read it. */
export const SCENARIOS: ReadonlyMap<string, Diagnosis> = new Map<string, Diagnosis>([
  ['t-1-no-security-group-rule', thread({ rules: [fromOldOrders] }, { lines: postgres() })],
  [
    't-2-acl-deny-before-the-allow',
    thread(
      { rules: open, entries: [ingress(90).deny(tcp(5432), '10.20.4.0/24'), allIn, allOut] },
      { lines: postgres() },
    ),
  ],
  [
    't-3-acl-deny-before-the-allow-and-no-group-rule-behind-it',
    thread(
      { rules: [fromOldOrders], entries: [ingress(90).deny(tcp(5432), '10.20.4.0/24'), allIn, allOut] },
      {
        lines: postgres(),
        changes: [
          {
            ...change('ReplaceNetworkAclEntry', '12:02:11', acl('data')),
            by: { kind: 'role', name: 'deploy-network' },
          },
        ],
      },
    ),
  ],
  ['t-3-a-deny-that-is-meant-and-who-else-gains', deniedOnPurpose()],
  [
    't-3-nothing-allows-it-in-acl-or-groups',
    thread({ entries: [ingress(100).allow(tcp(5432), '10.20.0.0/22'), allOut] }, { lines: postgres() }),
  ],
  [
    't-4-was-blocked',
    thread(
      { rules: open },
      {
        lines: [...postgres(), accept('10.20.4.17:50111 -> 10.20.9.40:5432 tcp', { at: '12:27:20', flags: 2 })],
        changes: [
          {
            ...change('AuthorizeSecurityGroupIngress', '12:26:40', sg('payments-db')),
            by: { kind: 'role', name: 'netops' },
          },
        ],
      },
    ),
  ],
  [
    't-4-what-the-rules-were-and-who-changed-them',
    thread(
      { rules: open },
      {
        lines: postgres(),
        changes: [revokedIn('11:59:11'), restored('12:26:40')],
      },
    ),
  ],
  [
    't-1-a-rule-was-revoked-a-minute-before',
    thread({ rules: [] }, { lines: postgres(), changes: [revokedIn('12:02:11')] }),
  ],
  [
    't-5-late-packets',
    thread(
      { rules: open },
      {
        lines: everyMinute(7, (at, port) => [
          accept(`10.20.4.17:${port} -> 10.20.9.40:5432 tcp`, { at, lasting: 20, flags: 3, packets: 40 }),
          accept(`10.20.9.40:5432 -> 10.20.4.17:${port} tcp`, { at, lasting: 20, flags: 19, packets: 40 }),
          reject(`10.20.4.17:${port} -> 10.20.9.40:5432 tcp`, { at: at + 24, flags: 4 }),
        ]),
      },
    ),
  ],
  [
    't-7-block-public-access',
    ask(payments({ rules: [allow(tcp(443), anywhere)] }).blockPublicAccess('block-ingress', 'declarative-policy'), {
      ...PAYMENTS,
      lines: everyMinute(12, (at, port) => [
        reject(`203.0.113.7:${port} -> 10.20.9.40:443 tcp`, { at, flags: 2, bytes: '-', reason: 'BPA' }),
      ]),
    }),
  ],
  [
    't-10-group-of-another-account',
    ask(
      payments({ rules: [allow(tcp(5432), peerGroup('orders-account', 'orders'))] }).peering('orders-account', {
        cidrs: ['10.44.0.0/16'],
        accountId: '444455556666',
      }),
      { ...PAYMENTS, lines: postgres(20, '10.44.1.8') },
    ),
  ],
  ['t-11-nothing-but-scanning', thread({ rules: open }, { lines: scanning(60) })],
  [
    't-12-a-client-with-a-new-address-among-t-11-scanning',
    thread(
      { rules: [allow(tcp(443), '198.51.100.20/32', 'partner')] },
      {
        lines: [
          ...scanning(60),
          ...everyMinute(22, (at, port) => [
            reject(`198.51.100.23:${port} -> 10.20.9.40:443 tcp`, { at, lasting: 30, flags: 2, packets: 6 }),
          ]),
        ],
      },
    ),
  ],
  [
    't-18-icmp-type-unknown',
    thread(
      { rules: [allow(icmp(3, 4), anywhere)] },
      { lines: everyMinute(20, (at) => [reject('10.20.4.17 -> 10.20.9.40 icmp', { at, lasting: 50, packets: 50 })]) },
    ),
  ],
  [
    't-21-ipv6-forgotten',
    thread(
      { rules: [allow(tcp(443), anywhere)] },
      {
        lines: everyMinute(9, (at, port) => [
          reject(`[2001:db8:20:4::17]:${port} -> [2001:db8:20:9::40]:443 tcp`, { at, flags: 2, packets: 4 }),
        ]),
      },
    ),
  ],
  [
    't-25-no-outbound-rule',
    thread(
      { outbound: [allow(tcp(5432), '10.20.0.0/16')] },
      {
        lines: everyMinute(15, (at, port) => [
          reject(`10.20.9.40:${port} -> 10.30.1.9:443 tcp`, { at, flags: 2, packets: 3 }),
        ]),
      },
    ),
  ],
  [
    't-29-replies-denied-on-their-way-out',
    thread(
      { rules: open, entries: [allIn, egress(100).allow(tcp(49_152, 65_535), anywhere)] },
      {
        lines: everyMinute(18, (at, port) => [
          accept(`10.20.4.17:${port - 12_000} -> 10.20.9.40:5432 tcp`, { at, flags: 2, packets: 5 }),
          reject(`10.20.9.40:5432 -> 10.20.4.17:${port - 12_000} tcp`, { at, flags: 18, packets: 5 }),
        ]),
      },
    ),
  ],
  [
    't-31-idle-connection-forgotten',
    ask(
      payments({ rules: open, outbound: [] }).interface('idle', {
        subnet: 'data',
        address: '10.20.9.41',
        groups: ['payments-db'],
        idleTimeouts: { tcpEstablished: 350 },
      }),
      {
        of: 'idle',
        changes: [],
        lines: [
          linesOf('idle').accept('10.20.4.17:50111 -> 10.20.9.41:5432 tcp', { at: '12:00:00', flags: 2 }),
          linesOf('idle').accept('10.20.9.41:5432 -> 10.20.4.17:50111 tcp', { at: '12:00:00', flags: 18 }),
          linesOf('idle').reject('10.20.9.41:5432 -> 10.20.4.17:50111 tcp', { at: '12:21:00', lasting: 30, flags: 0 }),
        ],
      },
    ),
  ],
  ['t-54-never-arrived', thread({ rules: open }, { lines: talk(), from: '10.20.4.99', port: 5432 })],
  ['t-56-silence', thread({ rules: open }, { lines: [nodata('11:29:00', '12:31:00')] })],
  ['t-58-no-flow-log', ask(withoutFlowLog({ rules: open }), { ...PAYMENTS })],
  [
    't-58-no-flow-log-and-a-rule-that-denies',
    ask(withoutFlowLog({ rules: [fromOldOrders] }), { ...PAYMENTS, from: '10.20.4.17', port: 5432 }),
  ],
  [
    't-61-flow-log-not-delivered',
    ask(payments({ rules: open }), {
      ...PAYMENTS,
      readings: new Map([[flowLog('flow-log'), { kind: 'delivery-failed', error: 'Access error' }]]),
    }),
  ],
  [
    'default-log-format-and-many-clients',
    thread(
      { rules: [fromOldOrders], fields: DEFAULT_FIELDS },
      {
        lines: Array.from({ length: 9 }, (_, host) =>
          plain.reject(`10.20.4.${host + 17}:49152 -> 10.20.9.40:5432 tcp`),
        ),
      },
    ),
  ],
  [
    't-3-three-clients-and-one-fix',
    thread(
      { rules: [fromOldOrders], entries: [ingress(100).allow(tcp(443), anywhere), allOut] },
      { lines: ['10.20.4.17', '10.20.4.18', '10.20.4.19'].flatMap((client) => postgres(2, client)) },
    ),
  ],
  [
    'several-findings',
    thread(
      { rules: [fromOldOrders, allow(tcp(5432), group('orders-api'))] },
      {
        lines: [
          ...postgres(20, '10.20.5.20'),
          ...[22, 80, 443, 3306, 6379, 8080, 9200].flatMap((port, index) => [
            reject(`10.20.4.17:50000 -> 10.20.9.40:${port} tcp`, { at: clock('12:10:00') + index, flags: 2 }),
          ]),
        ],
      },
    ),
  ],
  ['all-accepted', thread({ rules: open }, { lines: talk() })],
  ['names-that-would-be-markup', hostile()],
]);

function talk(): string[] {
  return everyMinute(20, (at, port) => [
    accept(`10.20.4.17:${port} -> 10.20.9.40:5432 tcp`, { at, flags: 3, packets: 30 }),
    accept(`10.20.9.40:5432 -> 10.20.4.17:${port} tcp`, { at, flags: 19, packets: 30 }),
  ]);
}

/** One packet each, from many addresses to the ports that everybody tries. */
function scanning(sources: number): string[] {
  return Array.from({ length: sources }, (_, index) =>
    reject(`203.0.113.${index + 1}:${40_000 + index} -> 10.20.9.40:${[23, 22, 3389, 8728][index % 4]} tcp`, {
      at: clock('12:00:00') + index * 20,
      flags: 2,
    }),
  );
}

/** Everything that people and services may write, as an attacker would. */
function hostile(): Diagnosis {
  const name = '<!channel> `rm -rf` <https://evil.example|console>';
  const one = finding({
    rejected: 2,
    blockedBy: [byGroups()],
    reasons: [
      { kind: 'owner', side: 'remote', owner: { kind: 'instance', name, interfaceId: 'eni-0bb2c3d4e5f607182' } },
    ],
    samples: ['<!here> 2 \u{202E}REJECT\u{7}'],
  });
  const { target } = diagnosis([]);
  return diagnosis([one], { target: { ...target, name: '*<@U012ABCDEF>* db\u{202E}' } });
}

import { describe, expect, it } from 'vitest';
import { blockersOf } from '../../../../src/engine/blockers.ts';
import { evaluateInterface } from '../../../../src/engine/evaluate-interface.ts';
import type { Blocker, Finding } from '../../../../src/engine/finding.ts';
import { applyFix } from '../../../../src/engine/fix/apply-fix.ts';
import type { Fix } from '../../../../src/engine/fix/fix.ts';
import { smallestFix } from '../../../../src/engine/fix/smallest-fix.ts';
import { compileInterfaceFilters } from '../../../../src/engine/interface-filters.ts';
import type { Direction } from '../../../../src/net/direction.ts';
import type { Packet } from '../../../../src/net/packet.ts';
import { buildVpc, type VpcBuilder } from '../../../support/build-vpc.ts';
import { inWords } from '../../../support/fix-words.ts';
import { acl, eni, sg, vpc } from '../../../support/ids.ts';
import { packet } from '../../../support/packets.ts';
import { allow, anything, egress, ingress, tcp, type AclEntry, type GroupRule } from '../../../support/rules.ts';

const OPEN: readonly AclEntry[] = [ingress(100).allow(anything, '0.0.0.0/0'), egress(100).allow(anything, '0.0.0.0/0')];

interface Plan {
  readonly ingress?: readonly GroupRule[];
  readonly egress?: readonly GroupRule[];
  readonly acl?: readonly AclEntry[];
}

const network = ({ acl: entries = OPEN, ...rules }: Plan): VpcBuilder =>
  buildVpc()
    .subnet('app', '10.0.0.0/24')
    .subnet('db', '10.0.1.0/24')
    .acl('app', entries)
    .securityGroup('web', rules)
    .interface('web', { subnet: 'app', groups: ['web'], address: '10.0.0.10' });

interface Rejected {
  readonly direction?: Direction;
  readonly leg?: 'forward' | 'return';
  readonly records?: number;
  /** Client ports that were seen. */
  readonly ports?: readonly number[];
  /** How many there were, when more than are listed. */
  readonly distinct?: number;
}

/** The finding that an engine would make of a rejected packet, with what blocks it today. */
function findingFor(network_: VpcBuilder, text: string, rejected: Rejected): Finding {
  const { direction = 'ingress', leg = 'forward' } = rejected;
  const flow = packet(text);
  const filters = compileInterfaceFilters(network_.build().snapshot, eni('web'));
  const blockedBy = blockersOf(evaluateInterface(filters, direction, flow));
  return {
    row: 'T-1',
    alternatives: [],
    verdict: 'blocked',
    confidence: 'certain',
    flow: { direction, leg, ...flow },
    blockedBy: leg === 'return' ? blockedBy.filter(({ kind }) => kind === 'network-acl') : blockedBy,
    reasons: [],
    gaps: [],
    ...(rejected.records !== undefined && {
      group: groupOf(flow, direction, { ...rejected, records: rejected.records }),
    }),
  };
}

function groupOf(
  flow: Packet,
  direction: Direction,
  { records, leg = 'forward', ports = [], distinct = ports.length }: Rejected & { records: number },
) {
  const tally = {
    records,
    packets: records,
    bytes: 0,
    firstSeen: 0,
    lastSeen: 0,
    overTime: [],
    flags: [],
    rejectReasons: [],
    samples: [],
  };
  return {
    protocol: flow.protocol,
    local: flow.destination,
    remote: flow.source,
    opener: { side: 'remote', because: 'flags' },
    serviceSide: (direction === 'ingress') === (leg === 'forward') ? 'local' : 'remote',
    clientPorts: { listed: ports, distinct },
    conversations: distinct,
    ingress: direction === 'ingress' ? { rejected: tally } : {},
    egress: direction === 'egress' ? { rejected: tally } : {},
    order: { acceptedBefore: false, acceptedAfter: false, overlapping: false },
    spread: { portsTriedByRemote: 1, remotesTryingPort: 1 },
    trafficPaths: [],
  } as const;
}

function fixFor(network_: VpcBuilder, text: string, rejected: Rejected = {}): Fix | undefined {
  const finding = findingFor(network_, text, rejected);
  return smallestFix({ snapshot: network_.build().snapshot, interfaceId: eni('web'), finding });
}

/** `sg ingress 6 443-443 198.51.100.7/32`, `acl egress 90 6 1024-65535 198.51.100.7/32`. */
const HTTPS = 'tcp 10.0.1.20:50000 > 10.0.0.10:443';

describe('one obstacle', () => {
  it('opens the group to one address on one port', () => {
    const fix = fixFor(network({}), HTTPS, { records: 12, ports: [50000, 50001] });

    expect(inWords(fix)).toEqual(['sg ingress 6 443-443 10.0.1.20/32']);
    expect(fix).toMatchObject({ changes: [{ groupId: sg('web') }], passes: 12, of: 12, alone: [], cautions: [] });
  });

  it('an IPv6 address gets a /128', () => {
    const ipv6 = network({})
      .cidr('10.0.0.0/16', '2001:db8::/56')
      .subnet('app6', '10.0.2.0/24', '2001:db8::/64')
      .interface('web', { subnet: 'app6', groups: ['web'], address: '10.0.2.10', ipv6: '2001:db8::10' });

    expect(inWords(fixFor(ipv6, 'tcp [2001:db8:0:1::5]:50000 > [2001:db8::10]:443'))).toEqual([
      'sg ingress 6 443-443 2001:db8:0:1::5/128',
    ]);
  });

  it.each([
    ['ICMP: the protocol, all types', 'icmp 10.0.1.20 > 10.0.0.10', 'sg ingress 1 all 10.0.1.20/32'],
    ['another protocol: its number', '50 10.0.1.20 > 10.0.0.10', 'sg ingress 50 all 10.0.1.20/32'],
  ])('%s', (_, text, expected) => {
    expect(inWords(fixFor(network({}), text))).toEqual([expected]);
  });

  it('an outbound rule names the remote address and port', () => {
    const closed = network({ egress: [] });

    expect(inWords(fixFor(closed, 'tcp 10.0.0.10:40000 > 10.0.1.30:5432', { direction: 'egress' }))).toEqual([
      'sg egress 6 5432-5432 10.0.1.30/32',
    ]);
  });

  it('goes into the group whose rule came nearest', () => {
    const two = network({})
      .securityGroup('admin', { ingress: [allow(tcp(443), '10.9.0.0/16')] })
      .interface('web', { subnet: 'app', groups: ['web', 'admin'], address: '10.0.0.10' });

    expect(fixFor(two, HTTPS)).toMatchObject({ changes: [{ groupId: sg('admin') }] });
  });

  it('goes into the group that fewest carry when none came near, and says who else gets the rule', () => {
    const own = network({})
      .securityGroup('base')
      .interface('web', { subnet: 'app', groups: ['base', 'web'], address: '10.0.0.10' })
      .interface('other', { subnet: 'db', groups: ['base'], address: '10.0.1.9' });
    const shared = own.interface('third', { subnet: 'db', groups: ['base', 'web'], address: '10.0.1.8' });

    expect(fixFor(own, HTTPS)).toMatchObject({ changes: [{ groupId: sg('web') }], cautions: [] });
    expect(fixFor(shared, HTTPS)).toMatchObject({
      changes: [{ groupId: sg('web') }],
      cautions: [{ kind: 'group-shared', interfaces: 2 }],
    });
  });

  it('warns where the source is an internet address', () => {
    expect(fixFor(network({}), 'tcp 198.51.100.7:50000 > 10.0.0.10:443')?.cautions).toEqual([
      { kind: 'public-source' },
    ]);
    expect(
      fixFor(network({ egress: [] }), 'tcp 10.0.0.10:50000 > 198.51.100.7:443', { direction: 'egress' })?.cautions,
    ).toEqual([]);
  });
});

describe('the number of a new ACL entry', () => {
  const web = { ingress: [allow(tcp(443), '0.0.0.0/0')] };
  const out = egress(100).allow(anything, '0.0.0.0/0');

  it.each<[string, readonly AclEntry[], string]>([
    ['before the final deny: the next round one', [ingress(105).allow(tcp(80), '0.0.0.0/0'), out], '110'],
    ['in an empty ACL: 100', [out], '100'],
    ['before a numbered deny: the next lower free one', [ingress(50).deny(tcp(443), '0.0.0.0/0'), out], '49'],
    [
      'past taken numbers',
      [
        ingress(50).deny(tcp(443), '0.0.0.0/0'),
        ingress(49).allow(tcp(80), '0.0.0.0/0'),
        ingress(48).deny(tcp(22), '0.0.0.0/0'),
        out,
      ],
      '47',
    ],
    ['at the upper end: a free one below', [ingress(32766).allow(tcp(80), '0.0.0.0/0'), out], '32765'],
  ])('%s', (_, entries, number) => {
    expect(inWords(fixFor(network({ ...web, acl: entries }), HTTPS))).toEqual([
      `acl ingress ${number} 6 443-443 10.0.1.20/32`,
    ]);
  });

  it('a numbered deny was meant by somebody', () => {
    const fix = fixFor(network({ ...web, acl: [ingress(50).deny(tcp(443), '0.0.0.0/0'), out] }), HTTPS);

    expect(fix?.cautions).toEqual([{ kind: 'deliberate-deny', ruleNumber: 50 }]);
  });

  it('says so when no number is free', () => {
    const fix = fixFor(network({ ...web, acl: [ingress(1).deny(tcp(443), '0.0.0.0/0'), out] }), HTTPS, { records: 3 });

    expect(fix).toMatchObject({
      changes: [],
      passes: 0,
      of: 3,
      cautions: [{ kind: 'no-free-rule-number', before: 1 }],
    });
  });
});

describe('several obstacles in a row', () => {
  it('needs both, in the order the packet meets them, and neither alone is enough', () => {
    const fix = fixFor(network({ acl: [egress(100).allow(anything, '0.0.0.0/0')] }), HTTPS, {
      records: 7,
      ports: [50000],
    });

    expect(inWords(fix)).toEqual(['acl ingress 100 6 443-443 10.0.1.20/32', 'sg ingress 6 443-443 10.0.1.20/32']);
    expect(fix).toMatchObject({ passes: 7, of: 7, alone: [0, 0] });
  });

  it('NACL-5: the answer must pass the ACL as well, to the ports clients use', () => {
    const fix = fixFor(network({ acl: [ingress(100).allow(anything, '0.0.0.0/0')] }), HTTPS, {
      records: 7,
      ports: [40000, 45000],
    });

    expect(inWords(fix)).toEqual(['sg ingress 6 443-443 10.0.1.20/32', 'acl egress 100 6 32768-61000 10.0.1.20/32']);
    expect(fix).toMatchObject({ passes: 7, of: 7, alone: [0, 0] });
  });

  it('EVAL-4: within one subnet no answer meets an ACL', () => {
    expect(inWords(fixFor(network({ acl: [] }), 'tcp 10.0.0.20:50000 > 10.0.0.10:443'))).toEqual([
      'sg ingress 6 443-443 10.0.0.20/32',
    ]);
  });
});

const answer = (port: number): string => `tcp 10.0.0.10:443 > 198.51.100.7:${port}`;

describe('a rejected answer', () => {
  const noAnswers = network({
    ingress: [allow(tcp(443), '0.0.0.0/0')],
    egress: [],
    acl: [ingress(100).allow(anything, '0.0.0.0/0')],
  });

  it.each([
    ['Linux', [40000, 60000], '32768-61000'],
    ['Windows', [50000, 65000], '49152-65535'],
    ['Linux or Windows', [50000], '32768-65535'],
    ['both', [40000, 65000], '32768-65535'],
    ['a load balancer or NAT gateway', [2000, 50000], '1024-65535'],
    ['a client below 1024', [600], '600-65535'],
  ])('NACL-17: opens the range of %s', (_, ports, range) => {
    const fix = fixFor(noAnswers, answer(ports[0]!), { direction: 'egress', leg: 'return', records: 4, ports });

    expect(inWords(fix)).toEqual([`acl egress 100 6 ${range} 198.51.100.7/32`]);
    expect(fix).toMatchObject({ passes: 4, of: 4, cautions: [] });
  });

  it('opens the whole range where there were more ports than anybody listed', () => {
    const rejected = { direction: 'egress', leg: 'return', records: 900, ports: [40000], distinct: 800 } as const;

    expect(inWords(fixFor(noAnswers, answer(40000), rejected))).toEqual([
      'acl egress 100 6 1024-65535 198.51.100.7/32',
    ]);
  });

  it('leaves out no port that was seen, however many there were', () => {
    const rejected = { direction: 'egress', leg: 'return', records: 900, ports: [600], distinct: 800 } as const;

    expect(inWords(fixFor(noAnswers, answer(600), rejected))).toEqual(['acl egress 100 6 600-65535 198.51.100.7/32']);
  });

  it('one entry stands before every entry that denies a port', () => {
    const spotted = network({
      ingress: [allow(tcp(443), '0.0.0.0/0')],
      acl: [ingress(100).allow(anything, '0.0.0.0/0'), egress(60).deny(tcp(40000), '0.0.0.0/0')],
    });
    const rejected = { direction: 'egress', leg: 'return', records: 2, ports: [40000, 41000] } as const;

    expect(inWords(fixFor(spotted, answer(41000), rejected))).toEqual(['acl egress 59 6 32768-61000 198.51.100.7/32']);
  });
});

describe('no fix', () => {
  const inTheWay: Blocker = { kind: 'block-public-access', id: vpc('main') };
  const finding = findingFor(network({}), HTTPS, {});
  const { snapshot } = network({}).build();

  it.each<[string, Partial<Finding>]>([
    ['where nothing blocks', { blockedBy: [] }],
    ['for what rules cannot open', { blockedBy: [inTheWay] }],
    ['while something else stands there too', { blockedBy: [inTheWay, ...finding.blockedBy] }],
  ])('%s', (_, change) => {
    expect(smallestFix({ snapshot, interfaceId: eni('web'), finding: { ...finding, ...change } })).toBeUndefined();
  });

  it('where the port is not known', () => {
    expect(fixFor(network({}), 'tcp 10.0.1.20 > 10.0.0.10')).toBeUndefined();
  });

  it('where today’s configuration lets it through already', () => {
    const open = network({ ingress: [allow(tcp(443), '0.0.0.0/0')] }).build();

    expect(smallestFix({ snapshot: open.snapshot, interfaceId: eni('web'), finding })).toBeUndefined();
  });

  it('that cannot be proven, for the ACL was not read', () => {
    expect(fixFor(network({}).raw({ NetworkAcls: undefined }), HTTPS)).toBeUndefined();
  });
});

it('counts the packets it is given, each as often as it was logged', () => {
  const spotted = network({
    acl: [ingress(100).allow(anything, '0.0.0.0/0'), egress(100).allow(tcp(32768, 65535), '0.0.0.0/0')],
  });
  const packets = [
    { packet: packet('tcp 10.0.1.20:50000 > 10.0.0.10:443'), records: 5 },
    { packet: packet('tcp 10.0.1.20:50001 > 10.0.0.10:443'), records: 2 },
  ];
  const fix = smallestFix({
    snapshot: spotted.build().snapshot,
    interfaceId: eni('web'),
    finding: findingFor(spotted, HTTPS, {}),
    packets,
  });

  expect(fix).toMatchObject({ passes: 7, of: 7 });
});

it('changes a copy of the configuration only', () => {
  const { snapshot } = network({}).build();
  const changes = fixFor(network({ acl: [] }), HTTPS)!.changes;
  const after = applyFix(snapshot, changes);

  expect(after.securityGroups.get(sg('web'))!.rules).toHaveLength(
    snapshot.securityGroups.get(sg('web'))!.rules.length + 1,
  );
  expect(after.networkAcls.get(acl('app'))!.entries).toHaveLength(
    snapshot.networkAcls.get(acl('app'))!.entries.length + 2,
  );
  expect(applyFix({ ...snapshot, securityGroups: new Map(), networkAcls: new Map() }, changes)).toMatchObject({
    securityGroups: new Map(),
    networkAcls: new Map(),
  });
});

it('adds exactly what it says', () => {
  const { snapshot } = network({}).build();
  const fix = fixFor(network({ acl: [egress(100).allow(anything, '0.0.0.0/0')] }), HTTPS)!;
  const after = applyFix(snapshot, fix.changes);
  const rule = after.securityGroups.get(sg('web'))!.rules.at(-1)!;
  const entry = after.networkAcls.get(acl('app'))!.entries.at(-1)!;
  const asked = { protocol: 6, ports: { from: 443, to: 443 }, direction: 'ingress' } as const;
  const cidr = { family: 'ipv4', base: 0x0a000114n, prefixLength: 32 } as const;

  expect(rule).toEqual({ ...asked, groupId: sg('web'), peer: { kind: 'cidr', cidr } });
  expect(entry).toEqual({ ...asked, aclId: acl('app'), action: 'allow', ruleNumber: 100, cidr });
});

describe('the way back of a flow that nobody logged', () => {
  const noAnswers = network({ acl: [ingress(100).allow(anything, '0.0.0.0/0')] });

  it.each([
    [
      'its own port tells the range',
      'tcp 10.0.1.20:40000 > 10.0.0.10:443',
      'acl egress 100 6 32768-61000 10.0.1.20/32',
    ],
    ['without a port all ranges count', 'tcp 10.0.1.20 > 10.0.0.10:443', 'acl egress 100 6 1024-65535 10.0.1.20/32'],
    ['ICMP is answered too', 'icmp 10.0.1.20 > 10.0.0.10', 'acl egress 100 1 all 10.0.1.20/32'],
  ])('%s', (_, text, expected) => {
    expect(inWords(fixFor(noAnswers, text))?.at(-1)).toBe(expected);
  });

  it('without a port, an ACL that lets some clients through is not enough', () => {
    const some = network({
      acl: [ingress(100).allow(anything, '0.0.0.0/0'), egress(100).allow(tcp(32768, 65535), '0.0.0.0/0')],
    });

    expect(inWords(fixFor(some, 'tcp 10.0.1.20 > 10.0.0.10:443'))).toHaveLength(2);
    expect(inWords(fixFor(some, HTTPS))).toHaveLength(1);
  });

  it('an outbound flow is answered inbound', () => {
    const closed = network({ egress: [], acl: [egress(100).allow(anything, '0.0.0.0/0')] });

    expect(inWords(fixFor(closed, 'tcp 10.0.0.10:40000 > 10.0.1.30:5432', { direction: 'egress' }))).toEqual([
      'sg egress 6 5432-5432 10.0.1.30/32',
      'acl ingress 100 6 32768-61000 10.0.1.30/32',
    ]);
  });

  it('an answer that was rejected tells the range by its destination', () => {
    const text = 'tcp 10.0.0.10:443 > 10.0.1.20:40000';

    expect(inWords(fixFor(noAnswers, text, { direction: 'egress', leg: 'return' }))).toEqual([
      'acl egress 100 6 32768-61000 10.0.1.20/32',
    ]);
  });
});

it('CT-3: the answer of an untracked flow needs an outbound rule for the client’s ports', () => {
  const narrowed = network({ ingress: [allow(tcp(443), '0.0.0.0/0')], egress: [] });
  const text = 'tcp 10.0.0.10:443 > 198.51.100.7:40000';
  const rejected = findingFor(narrowed, text, { direction: 'egress', leg: 'return' });
  const blockedBy: readonly Blocker[] = [
    { kind: 'security-group', direction: 'egress', ids: [sg('web')], nearMisses: [] },
  ];
  const { snapshot } = narrowed.build();

  expect(inWords(smallestFix({ snapshot, interfaceId: eni('web'), finding: { ...rejected, blockedBy } }))).toEqual([
    'sg egress 6 32768-61000 198.51.100.7/32',
  ]);
});

it('an entry that denies the other direction has no say in the number', () => {
  const both = network({ ingress: [allow(tcp(443), '0.0.0.0/0')], acl: [egress(5).deny(anything, '0.0.0.0/0')] });

  expect(inWords(fixFor(both, HTTPS))).toEqual([
    'acl ingress 100 6 443-443 10.0.1.20/32',
    'acl egress 4 6 32768-65535 10.0.1.20/32',
  ]);
});

it('each change alone is replayed with nothing but that change', () => {
  const half = network({
    acl: [ingress(100).allow(anything, '0.0.0.0/0'), egress(100).allow(tcp(32768, 65535), '0.0.0.0/0')],
  });
  const packets = [
    { packet: packet(HTTPS), records: 4 },
    { packet: packet('tcp 10.0.1.20:2000 > 10.0.0.10:443'), records: 1 },
  ];
  const finding = findingFor(half, HTTPS, {});

  expect(smallestFix({ snapshot: half.build().snapshot, interfaceId: eni('web'), finding, packets })).toMatchObject({
    changes: [{ kind: 'add-security-group-rule' }, { kind: 'add-network-acl-entry' }],
    passes: 5,
    of: 5,
    alone: [4, 0],
  });
});

it('an answer to the internet warns of no source', () => {
  const noAnswers = network({
    ingress: [allow(tcp(443), '0.0.0.0/0')],
    acl: [ingress(100).allow(anything, '0.0.0.0/0')],
  });
  const text = 'tcp 10.0.0.10:443 > 198.51.100.7:40000';

  expect(fixFor(noAnswers, text, { direction: 'egress', leg: 'return' })?.cautions).toEqual([]);
});

it('an answer from the internet that was rejected warns of no source either', () => {
  const deaf = network({ acl: [egress(100).allow(anything, '0.0.0.0/0')] });
  const text = 'tcp 198.51.100.7:443 > 10.0.0.10:40000';

  expect(fixFor(deaf, text, { leg: 'return' })?.cautions).toEqual([]);
});

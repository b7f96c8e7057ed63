import { describe, expect, it } from 'vitest';
import { parseLogFormat } from '../../../src/flowlog/format.ts';
import type { FlowGroup } from '../../../src/flowlog/observations.ts';
import { formatAddress } from '../../../src/net/address.ts';
import {
  accept,
  clock,
  ENI,
  fileOf,
  header,
  nodata,
  observe,
  observerFor,
  reject,
  rich,
  RICH_FORMAT,
  skipdata,
  type ObserveOptions,
} from '../../support/flow-lines.ts';

const REQUEST = '10.0.0.5:49152 -> 10.0.1.9:5432 tcp';
const ANSWER = '10.0.1.9:5432 -> 10.0.0.5:49152 tcp';

/** The groups of a day, as short as they can be told. */
const told = (lines: readonly string[], options?: ObserveOptions) => observe(lines, options).groups.map(tell);

function tell(group: FlowGroup) {
  const service = group.servicePort === undefined ? '' : ` on ${group.servicePort}`;
  const fates = (['ingress', 'egress'] as const).flatMap((direction) =>
    (['accepted', 'rejected'] as const)
      .filter((fate) => group[direction][fate])
      .map((fate) => `${direction} ${fate} ${group[direction][fate]!.records}`),
  );
  return `${formatAddress(group.remote)}${service}, ${group.opener.side} opened by ${group.opener.because}: ${fates.join(', ')}`;
}

/** Each log is a text file of its own. */
function tellLogs(...logs: readonly (readonly string[])[]) {
  const observer = observerFor();
  const results = logs.map((lines) => {
    const feed = observer.open('header-first');
    feed.bytes(fileOf(...lines));
    return feed.end();
  });
  return { results, ...observer.finish() };
}

describe('who opened a conversation', () => {
  it.each([
    {
      sign: 'a SYN proves its sender (FLOW-64)',
      lines: [rich.reject('10.0.0.5:5432 -> 10.0.1.9:49152 tcp', { flags: 2 })],
      is: { opener: { side: 'remote', because: 'flags' }, servicePort: 49152 },
    },
    {
      sign: 'a SYN-ACK proves the other side (FLOW-64)',
      lines: [rich.reject('10.0.1.9:49152 -> 10.0.0.5:80 tcp', { flags: 18 })],
      is: { opener: { side: 'remote', because: 'flags' }, servicePort: 49152 },
    },
    {
      sign: 'flags added up over the interval prove as much (FLOW-63)',
      lines: [rich.accept(ANSWER, { flags: 19 }), rich.accept(REQUEST, { flags: 3, lasting: 20 })],
      is: { opener: { side: 'remote', because: 'flags' }, servicePort: 5432 },
    },
    {
      sign: 'a flag of UDP proves nothing',
      lines: [rich.accept('10.0.1.9:53 -> 10.0.0.5:49152 udp', { flags: 2 })],
      is: { opener: { side: 'remote', because: 'port' }, servicePort: 53 },
    },
    {
      sign: 'the first one opened, where ports agree',
      lines: [accept(ANSWER, { at: '12:00:02' }), accept(REQUEST, { at: '12:00:01' })],
      is: { opener: { side: 'remote', because: 'order' }, servicePort: 5432 },
    },
    {
      sign: 'the first one opened, where ports say nothing',
      lines: [
        accept('10.0.1.9:50000 -> 10.0.0.5:50010 tcp', { at: 5 + clock('12:00:00') }),
        accept('10.0.0.5:50010 -> 10.0.1.9:50000 tcp'),
      ],
      is: { opener: { side: 'remote', because: 'order' }, servicePort: 50000 },
    },
    {
      sign: 'clear ports decide where a connection is older than the window',
      lines: [accept(ANSWER), accept(REQUEST, { at: '12:00:01' })],
      is: { opener: { side: 'remote', because: 'port' }, servicePort: 5432 },
    },
    {
      sign: 'clear ports decide where both start in one second',
      lines: [accept(ANSWER), accept(REQUEST)],
      is: { opener: { side: 'remote', because: 'port' }, servicePort: 5432 },
    },
    {
      sign: 'a known service is clear against a registered port (NAT clients start at 1024, NACL-17)',
      lines: [accept('10.0.1.9:6379 -> 10.0.0.5:2000 tcp'), accept('10.0.0.5:2000 -> 10.0.1.9:6379 tcp')],
      is: { opener: { side: 'remote', because: 'port' }, servicePort: 6379 },
    },
    {
      sign: 'nothing tells of two like ports in one second: the lower stands for the service',
      lines: [accept('10.0.1.9:50010 -> 10.0.0.5:50000 tcp'), accept('10.0.0.5:50000 -> 10.0.1.9:50010 tcp')],
      is: {
        opener: { side: 'unknown', because: 'nothing' },
        servicePort: 50000,
        serviceSide: 'remote',
        clientPorts: { listed: [50010], distinct: 1 },
      },
    },
    {
      sign: 'ICMP has order only (FLOW-81)',
      lines: [accept('10.0.0.5 -> 10.0.1.9 icmp'), reject('10.0.1.9 -> 10.0.0.5 icmp', { at: '12:00:01' })],
      is: { opener: { side: 'remote', because: 'order' }, clientPorts: { listed: [], distinct: 0 } },
    },
    {
      sign: 'so have protocols without ports',
      lines: [reject('10.0.1.9 -> 10.0.0.5 esp')],
      is: { protocol: 50, opener: { side: 'local', because: 'order' } },
    },
  ])('$sign', ({ lines, is }) => {
    const { groups } = observe(lines);

    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject(is);
  });
});

it('keeps conversations apart whose lower port is on different sides', () => {
  const { groups } = observe([
    accept('10.0.1.9:50010 -> 10.0.0.5:50000 tcp'),
    accept('10.0.0.5:50000 -> 10.0.1.9:50010 tcp'),
    accept('10.0.1.9:50000 -> 10.0.0.5:50010 tcp'),
    accept('10.0.0.5:50010 -> 10.0.1.9:50000 tcp'),
  ]);

  expect(groups.map(({ serviceSide }) => serviceSide).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
    'local',
    'remote',
  ]);
});

describe('records of a row of the decision table', () => {
  it('T-1: a rejected SYN stands alone', () => {
    const [group] = observe([rich.reject(REQUEST, { flags: 2, direction: 'ingress', packets: 3 })]).groups;

    expect(group).toMatchObject({
      ingress: { rejected: { records: 1, packets: 3, bytes: 156, flags: [2] } },
      egress: {},
      order: { acceptedBefore: false, acceptedAfter: false, overlapping: false },
      spread: { portsTriedByRemote: 1, remotesTryingPort: 1 },
    });
  });

  it('T-4: the same flow was accepted after the last reject, on another client port', () => {
    const later = rich.accept('10.0.0.5:49999 -> 10.0.1.9:5432 tcp', { flags: 2, at: '15:00:00' });
    const { groups } = observe([rich.reject(REQUEST, { flags: 2 }), later]);

    expect(groups.map((group) => group.order.acceptedAfter)).toEqual([true, false]);
  });

  it('T-4: an accept of the other direction or of another service is no accept after', () => {
    const others = [
      rich.accept('10.0.0.5:49999 -> 10.0.1.9:5433 tcp', { flags: 2, at: '15:00:00' }),
      rich.accept('10.0.1.9:5432 -> 10.0.0.5:49998 tcp', { flags: 18, at: '15:00:00' }),
    ];

    expect(observe([rich.reject(REQUEST, { flags: 2 }), ...others]).groups[0]?.order.acceptedAfter).toBe(false);
  });

  it('T-4: what was rejected both ways must have been accepted since both ways', () => {
    const rejects = [reject(REQUEST), reject(ANSWER)];
    const wayIn = accept('10.0.0.5:49999 -> 10.0.1.9:5432 tcp', { at: '15:00:00' });
    const wayOut = accept('10.0.1.9:5432 -> 10.0.0.5:49999 tcp', { at: '15:00:00' });
    const isAcceptedAfter = (...later: readonly string[]) =>
      observe([...rejects, ...later]).groups.find((group) => group.ingress.rejected)?.order.acceptedAfter;

    expect([isAcceptedAfter(wayIn), isAcceptedAfter(wayOut), isAcceptedAfter(wayIn, wayOut)]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('T-5: a FIN that comes after the end', () => {
    const lines = [
      rich.accept(REQUEST, { flags: 3, lasting: 30 }),
      rich.accept(ANSWER, { flags: 19, lasting: 30 }),
      rich.reject(REQUEST, { flags: 1, at: '12:00:40' }),
    ];

    expect(observe(lines).groups).toMatchObject([
      {
        opener: { side: 'remote', because: 'flags' },
        ingress: { accepted: { flags: [3] }, rejected: { flags: [1] } },
        order: { acceptedBefore: true, acceptedAfter: false, idleBeforeReject: 10, overlapping: false },
      },
    ]);
  });

  it('T-5: an accept of the same second is none before', () => {
    const lines = [rich.accept(ANSWER, { flags: 19 }), rich.reject(REQUEST, { flags: 1 })];

    expect(observe(lines).groups[0]?.order).toEqual({
      acceptedBefore: false,
      acceptedAfter: false,
      overlapping: false,
    });
  });

  it('T-5: late packets and turned away SYNs of one service are never one group', () => {
    const lines = [
      rich.reject('10.0.0.5:49152 -> 10.0.1.9:5432 tcp', { flags: 2 }),
      rich.reject('10.0.0.5:49153 -> 10.0.1.9:5432 tcp', { flags: 4 }),
      rich.reject('10.0.0.5:49154 -> 10.0.1.9:5432 tcp', { flags: 2 }),
    ];

    expect(told(lines)).toEqual([
      '10.0.0.5 on 5432, remote opened by flags: ingress rejected 2',
      '10.0.0.5 on 5432, remote opened by order: ingress rejected 1',
    ]);
  });

  it('T-7: the reason of a reject divides groups', () => {
    const lines = [
      rich.reject('10.0.0.5:49152 -> 10.0.1.9:443 tcp', { flags: 2, reason: 'BPA', bytes: '-' }),
      rich.reject('10.0.0.5:49153 -> 10.0.1.9:443 tcp', { flags: 2 }),
    ];
    const rejects = observe(lines).groups.map((group) => group.ingress.rejected);

    expect(rejects).toMatchObject([{ rejectReasons: [] }, { rejectReasons: ['BPA'], bytes: 0 }]);
  });

  it('T-20: a late UDP answer belongs to the question', () => {
    const lines = [
      accept('10.0.1.9:40000 -> 10.0.0.2:53 udp'),
      reject('10.0.0.2:53 -> 10.0.1.9:40000 udp', { at: '12:00:45' }),
    ];

    expect(observe(lines).groups).toMatchObject([
      {
        opener: { side: 'local', because: 'order' },
        servicePort: 53,
        order: { acceptedBefore: true, idleBeforeReject: 45 },
        spread: { portsTriedByRemote: 0, remotesTryingPort: 0 },
      },
    ]);
  });

  it('T-29: accepted in, rejected out', () => {
    const clients = [49152, 49153, 60000].flatMap((port) => [
      rich.accept(`10.0.0.5:${port} -> 10.0.1.9:5432 tcp`, { flags: 2 }),
      rich.reject(`10.0.1.9:5432 -> 10.0.0.5:${port} tcp`, { flags: 18 }),
    ]);
    const [group, ...others] = observe(clients).groups;

    expect(others).toEqual([]);
    expect(tell(group!)).toBe('10.0.0.5 on 5432, remote opened by flags: ingress accepted 3, egress rejected 3');
    expect(group).toMatchObject({ conversations: 3, clientPorts: { listed: [49152, 49153, 60000], distinct: 3 } });
  });

  it('T-31: the server speaks after a long silence', () => {
    const lines = [
      rich.accept(REQUEST, { flags: 2, at: '12:00:00' }),
      rich.accept(ANSWER, { flags: 18, at: '12:00:00', lasting: 5 }),
      rich.reject(ANSWER, { flags: 0, at: '12:06:45' }),
      rich.reject(ANSWER, { flags: 0, at: '12:10:00' }),
    ];

    expect(observe(lines).groups[0]?.order).toEqual({
      acceptedBefore: true,
      acceptedAfter: false,
      idleBeforeReject: 400,
      overlapping: false,
    });
  });

  it('T-32: sent out, the answer rejected on its way in', () => {
    const lines = [
      rich.accept('10.0.1.9:40000 -> 198.51.100.4:443 tcp', { flags: 2, fields: { 'traffic-path': 8 } }),
      rich.reject('198.51.100.4:443 -> 10.0.1.9:40000 tcp', { flags: 18, fields: { 'pkt-src-aws-service': 'AMAZON' } }),
    ];
    const [group] = observe(lines).groups;

    expect(tell(group!)).toBe('198.51.100.4 on 443, local opened by flags: ingress rejected 1, egress accepted 1');
    expect(group).toMatchObject({ trafficPaths: [8], remoteService: 'AMAZON', clientPorts: { listed: [40000] } });
  });

  it('T-34: the longest of several silences counts', () => {
    const lines = ['12:00:00', '13:00:00'].flatMap((at, index) => [
      accept('10.0.1.9:40000 -> 10.0.0.5:5432 tcp', { at }),
      reject('10.0.0.5:5432 -> 10.0.1.9:40000 tcp', { at: clock(at) + 350 + index * 100 }),
    ]);

    expect(observe(lines).groups[0]?.order).toMatchObject({ acceptedBefore: true, idleBeforeReject: 450 });
  });

  it('T-65: accepted and rejected in one interval', () => {
    const both = [accept(REQUEST, { lasting: 50 }), reject(REQUEST, { at: '12:00:30', lasting: 28 })];

    expect(observe(both).groups[0]).toMatchObject({
      order: { overlapping: true },
      ingress: { accepted: { samples: [both[0]] }, rejected: { samples: [both[1]] } },
    });
  });

  it.each([
    { reject: 'in the last second of the accept', at: '12:00:50', overlapping: true },
    { reject: 'a second later', at: '12:00:51', overlapping: false },
  ])('T-65: a reject $reject, overlapping: $overlapping', ({ at, overlapping }) => {
    const lines = [accept(REQUEST, { lasting: 50 }), reject(REQUEST, { at })];

    expect(observe(lines).groups[0]?.order.overlapping).toBe(overlapping);
  });

  it('T-65: neither one after the other nor one in each direction overlap', () => {
    const lines = [
      accept(REQUEST, { lasting: 20 }),
      reject(REQUEST, { at: '12:00:30', lasting: 20 }),
      accept(ANSWER, { lasting: 50 }),
    ];

    expect(observe(lines).groups[0]?.order.overlapping).toBe(false);
  });

  it('T-67: addresses are those of the packet, and what the log says instead is kept (FLOW-69)', () => {
    const lines = [
      rich.accept('10.0.0.5:49152 -> 10.0.1.9:443 tcp', { flags: 2, packetDestination: '198.51.100.4' }),
      rich.accept('10.0.1.9:443 -> 10.0.0.5:49152 tcp', { flags: 18, packetSource: '198.51.100.4' }),
    ];
    const [group, ...others] = observe(lines).groups;

    expect(others).toEqual([]);
    expect(formatAddress(group!.local)).toBe('198.51.100.4');
    expect(formatAddress(group!.loggedAs!.source)).toBe('10.0.0.5');
    expect(formatAddress(group!.loggedAs!.destination)).toBe('10.0.1.9');
  });
});

describe('the direction of a record (FLOW-47)', () => {
  const none: ObserveOptions = { addresses: [] };

  it.each([
    { told: 'by the record', line: rich.reject(REQUEST, { direction: 'ingress' }), options: none, is: 'ingress' },
    { told: 'by the record', line: rich.reject(REQUEST, { direction: 'egress' }), options: none, is: 'egress' },
    { told: 'by the destination', line: reject(REQUEST), options: {}, is: 'ingress' },
    { told: 'by the source', line: reject(ANSWER), options: {}, is: 'egress' },
    { told: 'by the source', line: reject('[2001:db8:0::9]:1 -> [2001:db8::5]:2 udp'), options: {}, is: 'egress' },
  ] as const)('is told $told: $is', ({ line, options, is }) => {
    const { groups, reading } = observe([line], options);

    expect(groups[0]?.[is].rejected?.records).toBe(1);
    expect(reading.undirected.count).toBe(0);
  });

  it.each([
    { what: 'neither end', line: reject('10.0.0.5:1 -> 10.0.0.6:2 tcp') },
    { what: 'both ends', line: reject('10.0.1.9:1 -> 10.0.1.9:2 tcp') },
  ])('is not told when $what is the interface: counted, shown, in no group', ({ line }) => {
    const { groups, reading } = observe([line]);

    expect(groups).toEqual([]);
    expect(reading).toMatchObject({ records: 1, rejected: 1, undirected: { count: 1, samples: [line] } });
  });

  it('to a secondary address is that of the packet, and no middlebox (FLOW-43)', () => {
    const line = rich.reject(REQUEST, { flags: 2, packetDestination: '10.0.1.77' });
    const [group] = observe([line], { addresses: ['10.0.1.9', '10.0.1.77'] }).groups;

    expect(formatAddress(group!.local)).toBe('10.0.1.77');
    expect(group).not.toHaveProperty('loggedAs');
  });
});

describe('what is read', () => {
  const window: ObserveOptions = { window: { from: '12:00:00', until: '13:00:00' } };

  it.each([
    { when: 'ends before the window', at: '11:59:00', lasting: 59, counts: 0 },
    { when: 'ends as the window begins', at: '11:59:00', lasting: 60, counts: 1 },
    { when: 'begins as the window ends', at: '13:00:00', lasting: 60, counts: 1 },
    { when: 'begins after the window', at: '13:00:01', lasting: 0, counts: 0 },
  ])('a record that $when counts $counts times (FLOW-93)', ({ at, lasting, counts }) => {
    expect(observe([reject(REQUEST, { at, lasting })], window).reading.records).toBe(counts);
  });

  it('other interfaces are passed by', () => {
    const other = reject(REQUEST, { eni: 'eni-0ffffffffffffffff' });

    expect(observe([other, nodata({ from: 1, until: 2, eni: 'eni-0ffffffffffffffff' })])).toMatchObject({
      groups: [],
      nodata: [],
      reading: { records: 0, malformed: { count: 0 } },
    });
  });

  it('an interface named in another field only is another one', () => {
    const line = rich.reject(REQUEST, { eni: 'eni-0ffffffffffffffff', fields: { 'resource-id': ENI } });
    const observer = observerFor();
    const feed = observer.open('header-first');
    feed.bytes(fileOf(rich.header(), line));

    expect(feed.end()).toEqual({ records: 0, malformed: 0 });
  });

  it('silence and loss are kept apart, merged and sorted (FLOW-56, FLOW-57)', () => {
    const {
      nodata: silent,
      skipdata: lost,
      reading,
    } = observe([
      nodata({ from: '12:02:00', until: '12:02:58' }),
      nodata({ from: '12:00:00', until: '12:00:58' }),
      nodata({ from: '12:01:00', until: '12:01:58' }),
      nodata({ from: '12:10:00', until: '12:10:58' }),
      skipdata({ from: '12:05:00', until: '12:06:00' }),
    ]);

    expect(silent).toEqual([
      { start: clock('12:00:00'), end: clock('12:02:58') },
      { start: clock('12:10:00'), end: clock('12:10:58') },
    ]);
    expect(lost).toEqual([{ start: clock('12:05:00'), end: clock('12:06:00') }]);
    expect(reading).toMatchObject({ records: 0, newestEnd: clock('12:10:58') });
  });

  it('silence outside the window says nothing', () => {
    expect(observe([nodata({ from: '10:00:00', until: '10:01:00' })], window)).toMatchObject({ nodata: [] });
  });

  it('malformed lines are counted and shown, five of them at most', () => {
    const { malformed } = observe(Array.from({ length: 9 }, (_, index) => `bad line ${index}`)).reading;

    expect(malformed).toEqual({ count: 9, samples: [0, 1, 2, 3, 4].map((index) => `bad line ${index}`) });
  });

  it('no control or formatting character gets into a sample, and no more than a person reads', () => {
    const { samples } = observe([`\u001B[2J\u202Eevil\u0000\r\nline\u2028${'x'.repeat(5000)}`]).reading.malformed;

    expect(samples[0]).toMatch(/^\uFFFD\[2J\uFFFDevil\uFFFD{3}line\uFFFDx+$/);
    expect(samples[0]).toHaveLength(1000);
  });

  it('fields are those of all formats read, known ones only', () => {
    const observer = observerFor();
    observer.open(parseLogFormat('${start} ${moon-phase} ${tcp-flags}')).line('');
    observer.open('header-first').bytes(fileOf('end log-status'));
    observer.open(parseLogFormat('${reject-reason}'));

    expect([...observer.finish().fields]).toEqual(['start', 'tcp-flags', 'end', 'log-status']);
  });

  it('the earliest five lines stand for all, whatever order they came in', () => {
    const lines = Array.from({ length: 8 }, (_, index) => reject(REQUEST, { at: `12:0${index}:00` }));

    expect(observe(lines.toReversed()).groups[0]?.ingress.rejected?.samples).toEqual(lines.slice(0, 5));
  });

  it('of lines of one second the first by text stand for all', () => {
    const lines = Array.from({ length: 8 }, (_, index) => reject(REQUEST, { packets: index + 1 }));
    const [forward, backward] = [lines, lines.toReversed()].map((read) => observe(read).groups[0]?.ingress.rejected);

    expect(forward?.samples).toEqual(lines.slice(0, 5));
    expect(backward?.samples).toEqual(lines.slice(0, 5));
  });

  it.each([
    ['packets', '1e3'],
    ['bytes', '-7'],
    ['start', '99999999999'],
    ['end', '1'],
    ['action', 'accept'],
    ['log-status', 'OKAY'],
    ['tcp-flags', '256'],
    ['traffic-path', '128'],
    ['reject-reason', '<!here>'],
  ])('a line of a known flow is malformed with %s = %s', (field, value) => {
    const good = rich.reject(REQUEST, { flags: 2, direction: 'ingress' });
    const words = good.split(' ');
    words[RICH_FORMAT.fields.indexOf(field)] = value;
    const bad = words.join(' ');

    expect(observe([good, bad]).reading).toMatchObject({ records: 1, malformed: { count: 1, samples: [bad] } });
  });

  it('256 client ports are listed, more are counted', () => {
    const lines = Array.from({ length: 300 }, (_, index) => reject(`10.0.0.5:${60000 - index} -> 10.0.1.9:22 tcp`));
    const { clientPorts } = observe(lines).groups[0]!;

    expect(clientPorts.distinct).toBe(300);
    expect(clientPorts.listed).toHaveLength(256);
    expect(clientPorts.listed[0]).toBe(59701);
  });

  it('nothing gives nothing', () => {
    expect(observe([])).toMatchObject({ groups: [], nodata: [], skipdata: [], reading: { records: 0, bytes: 0 } });
    expect(observe([]).reading).not.toHaveProperty('newestEnd');
    expect(observe([]).reading).not.toHaveProperty('stoppedEarly');
  });
});

describe('formats that leave things out', () => {
  it('CloudWatch tells the start where the format does not (FLOW-93)', () => {
    const observer = observerFor();
    const feed = observer.open(parseLogFormat('${interface-id} ${srcaddr} ${dstaddr} ${protocol} ${action}'));
    feed.line(`${ENI} 10.0.0.5 10.0.1.9 6 REJECT`, clock('12:34:56') + 0.789);
    feed.line(`${ENI} 10.0.0.5 10.0.1.9 6 REJECT`, clock('12:34:59'));
    feed.end();

    expect(observer.finish().groups[0]?.ingress.rejected).toMatchObject({
      records: 2,
      firstSeen: clock('12:34:56'),
      lastSeen: clock('12:34:59'),
    });
  });

  it('the log that takes rejects only needs no action (FLOW-85)', () => {
    const observer = observerFor();
    const format = parseLogFormat('${interface-id} ${srcaddr} ${dstaddr} ${protocol} ${start}');
    observer.open(format, { action: 'REJECT' }).line(`${ENI} 10.0.0.5 10.0.1.9 6 ${clock('12:00:00')}`);

    expect(observer.finish().reading).toMatchObject({ rejected: 1, accepted: 0 });
  });

  it('without an interface the addresses tell which records are ours', () => {
    const observer = observerFor();
    const feed = observer.open('header-first');
    feed.bytes(
      fileOf(
        'srcaddr dstaddr protocol start end action log-status',
        `10.0.0.5 10.0.1.9 6 ${clock('12:00:00')} ${clock('12:00:10')} REJECT OK`,
        `10.0.0.5 10.0.0.6 6 ${clock('12:00:00')} ${clock('12:00:10')} REJECT OK`,
      ),
    );

    expect(feed.end()).toEqual({ records: 1, malformed: 0 });
    expect(observer.finish().reading).toMatchObject({ records: 1, undirected: { count: 0 } });
  });

  it('silence without log-status is neither NODATA nor SKIPDATA', () => {
    const observer = observerFor();
    const format = parseLogFormat('${interface-id} ${srcaddr} ${protocol} ${start} ${end} ${action}');
    observer.open(format).line(`${ENI} - - ${clock('12:00:00')} ${clock('12:01:00')} -`);

    expect(observer.finish()).toMatchObject({
      nodata: [],
      skipdata: [],
      reading: { malformed: { count: 0 }, newestEnd: clock('12:01:00') },
    });
  });
});

describe('several logs of one interface (FLOW-84)', () => {
  const plain = [header(), accept(REQUEST), reject(ANSWER)];
  const full = [
    rich.header(),
    rich.accept(REQUEST, { flags: 2, direction: 'ingress' }),
    rich.reject(ANSWER, { flags: 18, direction: 'egress', reason: 'BPA', fields: { 'traffic-path': 8 } }),
  ];

  it.each([
    { first: 'the plain one', logs: [plain, full] },
    { first: 'the full one', logs: [full, plain] },
    { first: 'the full one, twice', logs: [full, full, plain] },
  ])('tell a record once, with all that either knows; $first is read first', ({ logs }) => {
    const { reading, results, groups } = tellLogs(...logs);

    expect(reading).toMatchObject({ records: 2, accepted: 1, rejected: 1 });
    expect(results).toEqual(logs.map(() => ({ records: 2, malformed: 0 })));
    expect(groups).toMatchObject([
      {
        opener: { side: 'remote', because: 'flags' },
        ingress: { accepted: { records: 1, flags: [2] } },
        egress: { rejected: { records: 1, flags: [18], rejectReasons: ['BPA'] } },
        trafficPaths: [8],
      },
    ]);
  });

  it.each([{ order: 'before' }, { order: 'after' }])(
    'agree on a packet whose addresses only one tells, read $order the other',
    ({ order }) => {
      const behind = [rich.header(), rich.reject(REQUEST, { flags: 2, packetDestination: '198.51.100.4' })];
      const logged = [header(), reject(REQUEST)];
      const { groups, reading } = order === 'before' ? tellLogs(behind, logged) : tellLogs(logged, behind);

      expect(reading.records).toBe(1);
      expect(groups).toHaveLength(1);
      expect(formatAddress(groups[0]!.local)).toBe('198.51.100.4');
      expect(groups[0]!.ingress.rejected?.samples).toContain(behind[1]);
    },
  );

  it.each([
    ['packets', { packets: 2, bytes: 52 }],
    ['bytes', { bytes: 60 }],
    ['start', { at: '12:00:01' }],
    ['end', { lasting: 1 }],
  ])('tell two records where %s differs', (_, difference) => {
    expect(tellLogs([header(), reject(REQUEST)], [header(), reject(REQUEST, difference)]).reading.records).toBe(2);
  });

  it('tell two records where the action differs (FLOW-50)', () => {
    expect(tellLogs([header(), reject(REQUEST)], [header(), accept(REQUEST)]).reading.records).toBe(2);
  });
});

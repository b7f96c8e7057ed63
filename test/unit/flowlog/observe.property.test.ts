import { fc, it } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { DEFAULT_FORMAT, parseLogFormat, type LogFormat } from '../../../src/flowlog/format.ts';
import type { FlowGroup, Observations } from '../../../src/flowlog/observations.ts';
import { parseRecord } from '../../../src/flowlog/parse-record.ts';
import type { FlowRecord } from '../../../src/flowlog/record.ts';
import { formatAddress } from '../../../src/net/address.ts';
import { ACCOUNT, DAY, ENI, observerFor, RICH_FORMAT } from '../../support/flow-lines.ts';

const SHUFFLED = parseLogFormat(
  '${action} ${end} ${flow-direction} ${moon-phase} ${dstaddr} ${log-status} ${interface-id} ${dstport} ${start} ' +
    '${pkt-dstaddr} ${protocol} ${srcaddr} ${bytes} ${tcp-flags} ${packets} ${srcport} ${pkt-srcaddr} ${reject-reason}',
);
const OWN = ['10.0.1.9', '2001:db8::9'];

const often = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 19, arbitrary: usual }, { weight: 1, arbitrary: odd });

const port = fc.constantFrom(0, 22, 53, 443, 1024, 5432, 32768, 49152, 65535).map(String);
const ends = fc.oneof(
  fc.tuple(fc.constantFrom('10.0.0.5', '10.0.1.9', '203.0.113.7'), fc.constantFrom('10.0.0.6', '10.0.1.9')),
  fc.tuple(fc.constantFrom('2001:db8::5', '2001:db8::9'), fc.constantFrom('2001:DB8:0::9', '2001:db8::6')),
);

/** The words of one line; most are a record of ours, some are silent, some of other interfaces, some malformed. */
const wordsOfLine = fc
  .record({
    ends,
    ports: fc.tuple(port, port),
    protocol: fc.constantFrom('1', '6', '6', '17', '58', '50'),
    packets: often(fc.integer({ min: 1, max: 1e9 }).map(String), fc.constantFrom('-', '1e9', '')),
    bytes: often(fc.integer({ min: 40, max: 1e12 }).map(String), fc.constantFrom('-', '-5')),
    start: fc.integer({ min: DAY, max: DAY + 86_399 }),
    lasting: often(fc.integer({ min: 0, max: 60 }), fc.constantFrom(-1, 600)),
    action: often(fc.constantFrom('ACCEPT', 'REJECT'), fc.constantFrom('-', 'DROP')),
    status: often(fc.constant('OK'), fc.constantFrom('NODATA', 'SKIPDATA', '-', 'BAD')),
    eni: often(fc.constant(ENI), fc.constantFrom('eni-0ffffffffffffffff', '-')),
    flags: often(fc.constantFrom('0', '1', '2', '3', '4', '18', '19'), fc.constantFrom('-', '256')),
    direction: fc.constantFrom('ingress', 'egress', '-'),
    middlebox: often(fc.constant(false), fc.constant(true)),
    reason: often(fc.constant('-'), fc.constantFrom('BPA', '<BPA>')),
    odd: often(
      fc.constant(''),
      fc.constantFrom('srcaddr', 'dstport', 'protocol', 'start', 'pkt-dstaddr', 'log-status'),
    ),
  })
  .map((line): Record<string, string> => {
    const [source, destination] = line.ends;
    return {
      'account-id': ACCOUNT,
      'interface-id': line.eni,
      srcaddr: source,
      dstaddr: destination,
      srcport: line.ports[0],
      dstport: line.ports[1],
      protocol: line.protocol,
      packets: line.packets,
      bytes: line.bytes,
      start: String(line.start),
      end: String(line.start + line.lasting),
      action: line.action,
      'log-status': line.status,
      'tcp-flags': line.flags,
      'flow-direction': line.direction,
      'pkt-srcaddr': source,
      'pkt-dstaddr': line.middlebox && source.includes('.') ? '198.51.100.4' : destination,
      'reject-reason': line.reason,
      [line.odd]: 'x',
    };
  });

const blanks = often(fc.constant(' '), fc.constantFrom('  ', '\t', ' \t '));
const lineEnd = often(fc.constant(''), fc.constantFrom('\r', ' ', ' extra'));

const format = fc.constantFrom(DEFAULT_FORMAT, RICH_FORMAT, SHUFFLED);

const lineIn = (of: LogFormat) =>
  often(
    fc
      .tuple(wordsOfLine, blanks, lineEnd)
      .map(([words, blank, ending]) => of.fields.map((field) => words[field] ?? '-').join(blank) + ending),
    fc.oneof(fc.string(), fc.constantFrom('', ' ', ENI, `2 ${ACCOUNT} ${ENI} 10.0.0.5`)),
  );

const log = format.chain((of) =>
  fc.record({ format: fc.constant(of), lines: fc.array(lineIn(of), { maxLength: 80 }) }),
);

describe('the observer', () => {
  it.prop([log, fc.boolean()], { numRuns: 600 })(
    'adds up what the plain reader reads, line by line',
    (given, twice) => {
      const lines = given.lines.map((line) => line.replaceAll('\n', ' '));
      const observer = observerFor({ addresses: OWN });
      const results = (twice ? [lines, lines] : [lines]).map((each) => {
        const feed = observer.open(given.format);
        for (const line of each) feed.line(line);
        return feed.end();
      });

      const plain = readPlainly(lines, given.format);
      expect(tellSums(observer.finish(), twice)).toEqual(plain);
      expect(results[0]!.malformed).toBe(plain.malformed);
    },
  );

  it.prop(
    [log, fc.array(fc.nat(), { maxLength: 40 }), fc.tuple(fc.constantFrom('\n', '\r\n'), fc.constantFrom('', '\n'))],
    { numRuns: 300 },
  )('sees the same whatever pieces a file comes in', (given, cuts, [newline, ending]) => {
    const file = Buffer.from([given.format.fields.join(' '), ...given.lines].join(newline) + ending);

    expect(readFile(file, cuts)).toEqual(readFile(file, []));
  });

  it.prop([log], { numRuns: 20 })('sees the same when a file comes byte by byte', (given) => {
    const file = Buffer.from([given.format.fields.join(' '), ...given.lines.slice(0, 12)].join('\n'));

    expect(readFile(file, [...file.keys()])).toEqual(readFile(file, []));
  });

  it.prop([log, fc.infiniteStream(fc.nat())], { numRuns: 200 })(
    'says the same of lines in any order',
    (given, numbers) => {
      const shuffled = given.lines
        .map((line) => ({ line, place: numbers.next().value as number }))
        .sort((a, b) => a.place - b.place)
        .map(({ line }) => line);

      expect(withoutSamples(readLines(shuffled, given.format))).toEqual(
        withoutSamples(readLines(given.lines, given.format)),
      );
    },
  );

  it.prop([fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 })], { numRuns: 300 })(
    'takes any bytes',
    (chunks) => {
      const observer = observerFor();
      const feed = observer.open('header-first');
      for (const chunk of chunks) feed.bytes(chunk);

      expect(feed.end().records).toBe(0);
      expect(observer.finish().groups).toEqual([]);
    },
  );

  it.prop([log], { numRuns: 100 })('counts every record of a tally in one stretch of the window', (given) => {
    const { groups, window } = readLines(given.lines, given.format);

    for (const tally of groups.flatMap(tallies).filter((each) => each !== undefined)) {
      expect(tally.overTime.reduce((sum, { records }) => sum + records, 0)).toBe(tally.records);
      expect(tally.overTime.every(({ at }) => at >= window.start && at <= window.end)).toBe(true);
    }
  });

  it.prop([log], { numRuns: 100 })('puts every conversation in exactly one group, with one fate', (given) => {
    const { groups, reading } = readLines(given.lines, given.format);
    const inGroups = groups.flatMap(tallies).reduce((sum, tally) => sum + (tally?.records ?? 0), 0);

    expect(inGroups + reading.undirected.count).toBe(reading.records);
    for (const group of groups) expect(new Set(tallies(group).filter(Boolean)).size).toBeGreaterThan(0);
  });
});

function readFile(file: Buffer, cuts: readonly number[]): Observations {
  const observer = observerFor({ addresses: OWN });
  const feed = observer.open('header-first');
  const places = [...new Set(cuts.map((cut) => cut % (file.length + 1)))].sort((a, b) => a - b);
  let from = 0;
  for (const to of [...places, file.length]) {
    feed.bytes(Buffer.from(file.subarray(from, to)));
    from = to;
  }
  feed.end();
  return observer.finish();
}

function readLines(lines: readonly string[], of: LogFormat): Observations {
  const observer = observerFor({ addresses: OWN });
  const feed = observer.open(of);
  for (const line of lines) feed.line(line);
  feed.end();
  return observer.finish();
}

const tallies = ({ ingress, egress }: FlowGroup) => [
  ingress.accepted,
  ingress.rejected,
  egress.accepted,
  egress.rejected,
];

/** Sums that do not depend on how conversations are grouped, by direction, action, protocol and addresses. */
interface Sums {
  readonly records: number;
  readonly accepted: number;
  readonly malformed: number;
  readonly undirected: number;
  readonly silent: number;
  readonly newestEnd: number | undefined;
  readonly packets: Record<string, number>;
}

function tellSums(seen: Observations, twice: boolean): Sums {
  const packets: Record<string, number> = {};
  for (const { key, tally } of seen.groups.flatMap(keyedTallies)) packets[key] = (packets[key] ?? 0) + tally.packets;
  return {
    records: seen.reading.records,
    accepted: seen.reading.accepted,
    malformed: seen.reading.malformed.count / (twice ? 2 : 1),
    undirected: seen.reading.undirected.count,
    silent: Math.min(1, seen.nodata.length + seen.skipdata.length),
    newestEnd: seen.reading.newestEnd,
    packets,
  };
}

function keyedTallies(group: FlowGroup) {
  const { ingress, egress } = group;
  const all = [
    { key: keyOf('ingress', 'ACCEPT', group), tally: ingress.accepted },
    { key: keyOf('ingress', 'REJECT', group), tally: ingress.rejected },
    { key: keyOf('egress', 'ACCEPT', group), tally: egress.accepted },
    { key: keyOf('egress', 'REJECT', group), tally: egress.rejected },
  ];
  return all.flatMap(({ key, tally }) => (tally === undefined ? [] : [{ key, tally }]));
}

function keyOf(direction: string, action: string, of: Pick<FlowGroup, 'protocol' | 'local' | 'remote'>): string {
  return `${direction} ${action} ${of.protocol} ${formatAddress(of.local)} ${formatAddress(of.remote)}`;
}

/** The same by one plain loop over objects. */
function readPlainly(lines: readonly string[], of: LogFormat): Sums {
  const told = new Set<string>();
  const sums = { records: 0, accepted: 0, malformed: 0, undirected: 0, silent: 0 };
  const packets: Record<string, number> = {};
  let newestEnd: number | undefined;
  for (const line of lines) {
    const words = line.split(/[^!-\u{10FFFF}]+/u).filter(Boolean);
    if (words.length === 0) continue;
    const isWhole = words.length === of.fields.length;
    if (isWhole && words[of.fields.indexOf('interface-id')] !== ENI) continue;
    const parsed = parseRecord(line, of);
    if (parsed.kind === 'malformed') {
      sums.malformed += 1;
      continue;
    }
    const { end } = parsed.kind === 'record' ? parsed.record : parsed.interval;
    newestEnd = Math.max(newestEnd ?? end, end);
    if (parsed.kind === 'nodata' || parsed.kind === 'skipdata') sums.silent = 1;
    if (parsed.kind !== 'record') continue;
    const { record } = parsed;
    const identity = identityOf(record);
    if (told.has(identity)) continue;
    told.add(identity);
    sums.records += 1;
    sums.accepted += record.action === 'ACCEPT' ? 1 : 0;
    const direction = directionOf(record);
    if (direction === undefined) {
      sums.undirected += 1;
      continue;
    }
    const [from, to] = [record.packetSource ?? record.source, record.packetDestination ?? record.destination];
    const sides = direction === 'egress' ? { local: from, remote: to } : { local: to, remote: from };
    const key = keyOf(direction, record.action, { protocol: record.protocol, ...sides });
    packets[key] = (packets[key] ?? 0) + (record.packets ?? 0);
  }
  return { ...sums, newestEnd, packets };
}

function identityOf(record: FlowRecord): string {
  const { source, destination, packetSource, packetDestination, protocol } = record;
  const hasPorts = protocol === 6 || protocol === 17;
  return [
    ...[source, destination, packetSource ?? source, packetDestination ?? destination].map(formatAddress),
    ...(hasPorts ? [record.sourcePort, record.destinationPort] : []),
    protocol,
    record.action,
    directionOf(record),
    record.start,
    record.end,
    record.packets ?? 0,
    record.bytes ?? 0,
  ].join(' ');
}

function directionOf({ direction, source, destination }: FlowRecord): 'ingress' | 'egress' | undefined {
  if (direction !== undefined) return direction;
  const [from, to] = [OWN.includes(formatAddress(source)), OWN.includes(formatAddress(destination))];
  if (from === to) return undefined;
  return from ? 'egress' : 'ingress';
}

/** Of malformed and undirected lines the first ones read are shown, so samples depend on the order. */
function withoutSamples(seen: Observations) {
  const { malformed, undirected, ...reading } = seen.reading;
  return { ...seen, reading: { ...reading, malformed: malformed.count, undirected: undirected.count } };
}

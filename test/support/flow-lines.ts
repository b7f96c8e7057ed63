import { DEFAULT_FORMAT, parseLogFormat, type FieldName, type LogFormat } from '../../src/flowlog/format.ts';
import type { Limits } from '../../src/flowlog/ledger.ts';
import type { Observations } from '../../src/flowlog/observations.ts';
import { createObserver, type Observer } from '../../src/flowlog/observe.ts';
import { parseAddress } from '../../src/net/address.ts';
import { parseProtocol } from '../../src/net/protocol.ts';
import { parseNetworkInterfaceId } from '../../src/vpc/ids.ts';

/** The interface that lines speak of unless told otherwise. */
export const ENI = 'eni-0a1b2c3d4e5f60718';

export const ACCOUNT = '123456789012';

/** 2026-11-20T00:00:00Z: the day on which everything in tests happens. */
export const DAY = 1_795_132_800;

/** The custom format that this product recommends (FLOW-110). */
export const RICH_TEMPLATE =
  '${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ' +
  '${bytes} ${start} ${end} ${action} ${log-status} ${vpc-id} ${subnet-id} ${instance-id} ${tcp-flags} ${type} ' +
  '${pkt-srcaddr} ${pkt-dstaddr} ${az-id} ${pkt-src-aws-service} ${pkt-dst-aws-service} ${flow-direction} ' +
  '${traffic-path} ${reject-reason} ${resource-id}';

export const RICH_FORMAT = parseLogFormat(RICH_TEMPLATE);

export interface LineOptions {
  /** Time of day of the first packet: `14:03:10`, or epoch seconds. Default 12:00:00. */
  readonly at?: string | number;
  /** Seconds from first to last packet. Default 0. */
  readonly lasting?: number;
  readonly flags?: number;
  readonly packets?: number;
  /** `-` for the rejects of Block Public Access (FLOW-58). */
  readonly bytes?: number | '-';
  readonly direction?: 'ingress' | 'egress';
  readonly reason?: 'BPA' | 'EC';
  /** The packet's own addresses where they are not the logged ones (FLOW-43 to FLOW-46). */
  readonly packetSource?: string;
  readonly packetDestination?: string;
  readonly eni?: string;
  /** Any other field, by AWS's name. */
  readonly fields?: Partial<Record<FieldName, string | number>>;
}

export interface IntervalOptions {
  readonly from: string | number;
  readonly until: string | number;
  readonly eni?: string;
}

/**
 * Writers of lines in one format; fields that the format does not have are left out, as AWS does.
 *
 *     const { accept, reject } = linesIn(RICH_FORMAT);
 *     reject('10.0.0.5:49152 -> 10.0.1.9:5432 tcp', { flags: 2, at: '14:03:10' });
 *     accept('[2001:db8::5]:49152 -> [2001:db8::9]:443 tcp');
 *     reject('10.0.0.5 -> 10.0.1.9 icmp');
 */
export function linesIn(format: LogFormat) {
  return {
    accept: (flow: string, options: LineOptions = {}) => recordLine(format, flow, { ...options, action: 'ACCEPT' }),
    reject: (flow: string, options: LineOptions = {}) => recordLine(format, flow, { ...options, action: 'REJECT' }),
    nodata: (options: IntervalOptions) => silentLine(format, 'NODATA', options),
    skipdata: (options: IntervalOptions) => silentLine(format, 'SKIPDATA', options),
    /** The first line of a text file in S3. */
    header: () => format.fields.join(' '),
  };
}

/** Lines in the default format: no flags, no packet addresses, no reject reason. */
export const { accept, reject, nodata, skipdata, header } = linesIn(DEFAULT_FORMAT);

/** Lines in the recommended custom format. */
export const rich = linesIn(RICH_FORMAT);

/** `14:03:10` on the day of the tests, as epoch seconds. */
export function clock(time: string | number): number {
  if (typeof time === 'number') return time;
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return DAY + hours * 3600 + minutes * 60 + seconds;
}

/** The file that lines make: each ended by a newline. */
export function fileOf(...lines: readonly string[]): Buffer {
  return Buffer.from(lines.map((line) => `${line}\n`).join(''));
}

export interface ObserveOptions {
  readonly eni?: string;
  /** The interface's own addresses. Default: 10.0.1.9 and 2001:db8::9. */
  readonly addresses?: readonly string[];
  readonly window?: { readonly from: string | number; readonly until: string | number };
  readonly format?: LogFormat;
  readonly limits?: Partial<Limits>;
}

/** What the observer makes of these lines; the window is the whole day unless told otherwise. */
export function observe(lines: readonly string[], options: ObserveOptions = {}): Observations {
  const observer = observerFor(options);
  const feed = observer.open(options.format ?? formatOf(lines));
  for (const line of lines) feed.line(line);
  feed.end();
  return observer.finish();
}

export function observerFor(options: ObserveOptions = {}): Observer {
  const { from, until } = options.window ?? { from: '00:00:00', until: '23:59:59' };
  return createObserver({
    interfaceId: parseNetworkInterfaceId(options.eni ?? ENI)!,
    addresses: (options.addresses ?? ['10.0.1.9', '2001:db8::9']).map((text) => parseAddress(text)!),
    window: { start: clock(from), end: clock(until) },
    ...(options.limits && { limits: options.limits }),
  });
}

/** Lines written here are in one of two formats, which differ in length. */
function formatOf(lines: readonly string[]): LogFormat {
  return lines[0]?.split(' ').length === RICH_FORMAT.fields.length ? RICH_FORMAT : DEFAULT_FORMAT;
}

const END = /^(?:\[([^\]]+)\]|([^:\s]+))(?::(\d+))?$/;

function recordLine(format: LogFormat, flow: string, options: LineOptions & { action: string }): string {
  const [from = '', arrow, to = '', protocol = ''] = flow.split(/\s+/);
  const source = END.exec(from);
  const destination = END.exec(to);
  if (arrow !== '->' || !source || !destination) throw new Error(`not a flow: ${flow}`);
  const start = clock(options.at ?? '12:00:00');
  const packets = options.packets ?? 1;
  const address = { source: source[1] ?? source[2]!, destination: destination[1] ?? destination[2]! };
  return write(format, {
    'interface-id': options.eni ?? ENI,
    srcaddr: address.source,
    dstaddr: address.destination,
    srcport: source[3] ?? 0,
    dstport: destination[3] ?? 0,
    protocol: parseProtocol(protocol) ?? protocol,
    packets,
    bytes: options.bytes ?? packets * 52,
    start,
    end: start + (options.lasting ?? 0),
    action: options.action,
    'log-status': 'OK',
    type: address.source.includes(':') ? 'IPv6' : 'IPv4',
    'tcp-flags': options.flags ?? 0,
    'pkt-srcaddr': options.packetSource ?? address.source,
    'pkt-dstaddr': options.packetDestination ?? address.destination,
    'flow-direction': options.direction ?? '-',
    'reject-reason': options.reason ?? '-',
    ...options.fields,
  });
}

function silentLine(format: LogFormat, status: string, { from, until, eni }: IntervalOptions): string {
  return write(format, {
    'interface-id': eni ?? ENI,
    start: clock(from),
    end: clock(until),
    'log-status': status,
  });
}

function write(format: LogFormat, told: Partial<Record<FieldName, string | number>>): string {
  const values: Record<string, string | number> = {
    version: format === DEFAULT_FORMAT ? 2 : 8,
    'account-id': ACCOUNT,
    ...told,
  };
  return format.fields.map((field) => String(values[field] ?? '-')).join(' ');
}

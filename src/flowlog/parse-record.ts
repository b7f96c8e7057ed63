import type { EpochSeconds, TimeWindow } from '../lang/time.ts';
import { parseAddress, type Address } from '../net/address.ts';
import type { Direction } from '../net/direction.ts';
import { type FieldName, type LogFormat, positionOf } from './format.ts';
import type { Action, FlowRecord } from './record.ts';

/** What one line of a flow log turned out to be. */
export type ParsedLine =
  | { readonly kind: 'record'; readonly record: FlowRecord }
  /** The interface was silent (FLOW-57). */
  | { readonly kind: 'nodata'; readonly interfaceId: string; readonly interval: TimeWindow }
  /** AWS lost records (FLOW-56). */
  | { readonly kind: 'skipdata'; readonly interfaceId: string; readonly interval: TimeWindow }
  /** No packets and no `log-status` to say why: proof neither of silence nor of loss. */
  | { readonly kind: 'unstated'; readonly interfaceId: string; readonly interval: TimeWindow }
  | { readonly kind: 'malformed' };

/** What is known of a line from elsewhere, for formats that leave the field out. */
export interface Assumed {
  /** From the flow log's traffic type, where it is ACCEPT or REJECT (FLOW-85). */
  readonly action?: Action;
  /** A CloudWatch event's timestamp is its record's start (FLOW-93). */
  readonly at?: EpochSeconds;
}

/** Largest values of numbers that we read; anything above is no flow record. */
export const LARGEST = {
  port: 65_535,
  protocol: 255,
  flags: 255,
  trafficPath: 127,
  time: 0xffff_ffff,
  count: 999_999_999_999_999,
} as const;

/**
 * Reads one line. The plain reader: the observer uses it once for each five-tuple and reads what changes from the
 * bytes; the tests hold the two against each other.
 * A `-` means not applicable or not computable, in number fields too (FLOW-48); words stand any number of blanks
 * apart (FLOW-51).
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
 */
export function parseRecord(line: string, format: LogFormat, assumed: Assumed = {}): ParsedLine {
  const words = line.split(BLANKS).filter((word) => word !== '');
  if (words.length !== format.fields.length || !isReadable(words, format)) return MALFORMED;
  const told: Told = (name) => {
    const word = words[positionOf(format, name)];
    return word === '-' ? undefined : word;
  };
  const interval = readInterval(told, assumed);
  if (interval === undefined) return MALFORMED;
  const interfaceId = told('interface-id') ?? '-';
  const silence = readSilence(told);
  if (silence !== undefined) return { kind: silence, interfaceId, interval };
  const record = readRecord(told, assumed);
  return record === undefined ? MALFORMED : { kind: 'record', record: { interfaceId, ...interval, ...record } };
}

/** The space and all below it. */
const BLANKS = /[^!-\u{10FFFF}]+/u;

const MALFORMED: ParsedLine = { kind: 'malformed' };

/** The word of a field; `undefined` when the format has no such field or the line a `-` in it. */
type Told = (name: FieldName) => string | undefined;

/** `S3`, `BPA`: names that AWS chose, so nothing but letters, digits, `_` and `-`. */
export const NAME = /^[A-Za-z0-9_-]{1,64}$/;

const numberUpTo =
  (largest: number) =>
  (word: string): boolean =>
    /^\d{1,15}$/.test(word) && Number(word) <= largest;
const oneOf =
  (...words: readonly string[]) =>
  (word: string): boolean =>
    words.includes(word);
const isAddress = (word: string): boolean => parseAddress(word) !== undefined;
const isName = (word: string): boolean => NAME.test(word);

/** What a field may hold besides `-`. A line with one field that holds anything else is malformed as a whole. */
const READABLE: ReadonlyMap<string, (word: string) => boolean> = new Map<FieldName, (word: string) => boolean>([
  ['srcaddr', isAddress],
  ['dstaddr', isAddress],
  ['pkt-srcaddr', isAddress],
  ['pkt-dstaddr', isAddress],
  ['srcport', numberUpTo(LARGEST.port)],
  ['dstport', numberUpTo(LARGEST.port)],
  ['protocol', numberUpTo(LARGEST.protocol)],
  ['packets', numberUpTo(LARGEST.count)],
  ['bytes', numberUpTo(LARGEST.count)],
  ['start', numberUpTo(LARGEST.time)],
  ['end', numberUpTo(LARGEST.time)],
  ['tcp-flags', numberUpTo(LARGEST.flags)],
  ['traffic-path', numberUpTo(LARGEST.trafficPath)],
  ['action', oneOf('ACCEPT', 'REJECT')],
  ['log-status', oneOf('OK', 'NODATA', 'SKIPDATA')],
  ['flow-direction', oneOf('ingress', 'egress')],
  ['reject-reason', isName],
  ['pkt-src-aws-service', isName],
  ['pkt-dst-aws-service', isName],
]);

function isReadable(words: readonly string[], format: LogFormat): boolean {
  return words.every((word, position) => {
    const isGood = READABLE.get(format.fields[position] ?? '');
    return word === '-' || isGood === undefined || isGood(word);
  });
}

function readInterval(told: Told, assumed: Assumed): TimeWindow | undefined {
  const last = numberOf(told('end'));
  const start = numberOf(told('start')) ?? last ?? assumed.at;
  if (start === undefined) return undefined;
  const end = last ?? start;
  return end < start ? undefined : { start, end };
}

function readSilence(told: Told): 'nodata' | 'skipdata' | 'unstated' | undefined {
  const status = told('log-status');
  if (status === 'NODATA') return 'nodata';
  if (status === 'SKIPDATA') return 'skipdata';
  return status === undefined && told('protocol') === undefined ? 'unstated' : undefined;
}

function readRecord(told: Told, assumed: Assumed): ToldRecord | undefined {
  const ends = readEnds(told);
  const protocol = numberOf(told('protocol'));
  const action = told('action') === undefined ? assumed.action : actionOf(told('action'));
  if (ends === undefined || protocol === undefined || action === undefined) return undefined;
  const { source, destination, packetSource, packetDestination } = ends;
  const record: Draft<ToldRecord> = { source, destination, protocol, action };
  if (packetSource !== undefined) record.packetSource = packetSource;
  if (packetDestination !== undefined) record.packetDestination = packetDestination;
  noteNumbers(record, told);
  noteWords(record, told);
  return record;
}

type ToldRecord = Omit<FlowRecord, 'interfaceId' | keyof TimeWindow>;

/** A record in the making, field by field: to lay many small objects together takes four times as long. */
type Draft<Fields> = { -readonly [Key in keyof Fields]: Fields[Key] };

function noteNumbers(record: Draft<ToldRecord>, told: Told): void {
  const sourcePort = numberOf(told('srcport'));
  const destinationPort = numberOf(told('dstport'));
  const packets = numberOf(told('packets'));
  const bytes = numberOf(told('bytes'));
  const tcpFlags = numberOf(told('tcp-flags'));
  const trafficPath = numberOf(told('traffic-path'));
  if (sourcePort !== undefined) record.sourcePort = sourcePort;
  if (destinationPort !== undefined) record.destinationPort = destinationPort;
  if (packets !== undefined) record.packets = packets;
  if (bytes !== undefined) record.bytes = bytes;
  if (tcpFlags !== undefined) record.tcpFlags = tcpFlags;
  if (trafficPath !== undefined) record.trafficPath = trafficPath;
}

function noteWords(record: Draft<ToldRecord>, told: Told): void {
  const direction = directionOf(told('flow-direction'));
  const rejectReason = told('reject-reason');
  const sourceService = told('pkt-src-aws-service');
  const destinationService = told('pkt-dst-aws-service');
  if (direction !== undefined) record.direction = direction;
  if (rejectReason !== undefined) record.rejectReason = rejectReason;
  if (sourceService !== undefined) record.sourceService = sourceService;
  if (destinationService !== undefined) record.destinationService = destinationService;
}

type Ends = Pick<FlowRecord, 'source' | 'destination'> & {
  readonly packetSource: Address | undefined;
  readonly packetDestination: Address | undefined;
};

/** Both ends of the flow; a format may hold the logged addresses, the packet's, or both (FLOW-43 to FLOW-46). */
function readEnds(told: Told): Ends | undefined {
  const packetSource = addressOf(told('pkt-srcaddr'));
  const packetDestination = addressOf(told('pkt-dstaddr'));
  const source = addressOf(told('srcaddr')) ?? packetSource;
  const destination = addressOf(told('dstaddr')) ?? packetDestination;
  if (source === undefined || destination === undefined) return undefined;
  const isOneFamily = [destination, packetSource, packetDestination].every(
    (end) => end === undefined || end.family === source.family,
  );
  return isOneFamily ? { source, destination, packetSource, packetDestination } : undefined;
}

const numberOf = (word: string | undefined): number | undefined => (word === undefined ? undefined : Number(word));
const addressOf = (word: string | undefined): Address | undefined =>
  word === undefined ? undefined : parseAddress(word);
const actionOf = (word: string | undefined): Action => (word === 'ACCEPT' ? 'ACCEPT' : 'REJECT');
const directionOf = (word: string | undefined): Direction | undefined =>
  word === 'ingress' || word === 'egress' ? word : undefined;

import { DEFAULT_FORMAT, parseHeader, type LogFormat } from '../../flowlog/format.ts';
import { parseRecord, type ParsedLine } from '../../flowlog/parse-record.ts';
import type { TimeWindow } from '../../lang/time.ts';
import type { Direction } from '../../net/direction.ts';
import { parseAddress } from '../../net/address.ts';
import { parseNetworkInterfaceId, type NetworkInterfaceId } from '../../vpc/ids.ts';

/** What a flow log line in a text tells; of a line in a format of its own at least whose it is, and when. */
export interface ReadLine {
  readonly interfaceId: NetworkInterfaceId;
  readonly parsed?: Exclude<ParsedLine, { kind: 'malformed' }>;
  readonly direction?: Direction;
  readonly interval?: TimeWindow;
  readonly isReject: boolean;
}

/** The lines of a text that AWS wrote, in the default format, under a header, or in any other order of fields. */
export function readFlowLogLines(text: string): readonly ReadLine[] {
  const read: ReadLine[] = [];
  let format: LogFormat | undefined;
  for (const line of text.split('\n')) {
    const words = wordsOf(line);
    const header = words.length < FEWEST_FIELDS ? undefined : parseHeader(words.join(' ').replaceAll('_', '-'));
    format = header ?? format;
    if (header === undefined) read.push(...readLine(words, format));
  }
  return read;
}

const FEWEST_FIELDS = 4;
const MOST_FIELDS = 100;

/** Tables print lines between bars. */
function wordsOf(line: string): readonly string[] {
  return line
    .replace(/[|"'`,\t]/g, ' ')
    .split(/\s+/, MOST_FIELDS)
    .filter((word) => word !== '');
}

function readLine(words: readonly string[], format: LogFormat | undefined): readonly ReadLine[] {
  const eni = words.findIndex((word) => parseNetworkInterfaceId(word) !== undefined);
  if (eni < 0) return [];
  const known = format === undefined ? undefined : recordOf(words, format);
  const read = known ?? readDefault(words, eni);
  return read === undefined ? readShape(words) : [read];
}

/** `version account-id interface-id …`: also formats that only add fields behind. */
function readDefault(words: readonly string[], eni: number): ReadLine | undefined {
  const start = eni - DEFAULT_FORMAT.fields.indexOf('interface-id');
  if (start < 0) return undefined;
  const [version = '', account = ''] = words.slice(start);
  if (!/^\d{1,2}$/.test(version) || !/^(?:\d{12}|unknown)$/.test(account)) return undefined;
  return recordOf(words.slice(start, start + DEFAULT_FORMAT.fields.length), DEFAULT_FORMAT, directionIn(words));
}

/** What a line told says of it, in a format that is known. */
export function recordOf(words: readonly string[], format: LogFormat, direction?: Direction): ReadLine | undefined {
  const parsed = parseRecord(words.join(' '), format);
  if (parsed.kind === 'malformed') return undefined;
  const { interfaceId: id, ...interval } =
    parsed.kind === 'record' ? parsed.record : { interfaceId: parsed.interfaceId, ...parsed.interval };
  const interfaceId = parseNetworkInterfaceId(id);
  const told = parsed.kind === 'record' ? (parsed.record.direction ?? direction) : undefined;
  return interfaceId === undefined
    ? undefined
    : {
        interfaceId,
        parsed,
        interval: { start: interval.start, end: interval.end },
        isReject: parsed.kind === 'record' && parsed.record.action === 'REJECT',
        ...(told !== undefined && { direction: told }),
      };
}

/** Only `flow-direction` holds one of these words. */
function directionIn(words: readonly string[]): Direction | undefined {
  const [only, ...more] = words.filter((word) => word === 'ingress' || word === 'egress');
  return more.length === 0 && (only === 'ingress' || only === 'egress') ? only : undefined;
}

/** An unknown order of fields: which address is the source, and which number a port, cannot be told. */
function readShape(words: readonly string[]): readonly ReadLine[] {
  const actions = words.filter((word) => word === 'ACCEPT' || word === 'REJECT');
  const addresses = words.filter((word) => parseAddress(word) !== undefined);
  const interval = intervalIn(words);
  if (actions.length !== 1 || addresses.length < 2 || interval === undefined) return [];
  const ids = new Set(words.flatMap((word) => parseNetworkInterfaceId(word) ?? []));
  return [...ids].map((interfaceId) => ({ interfaceId, interval, isReject: actions[0] === 'REJECT' }));
}

/** Start and end stand side by side, in seconds of this century. */
function intervalIn(words: readonly string[]): TimeWindow | undefined {
  const at = words.findIndex((word, index) => isTime(word) && isTime(words[index + 1]));
  const [a, b] = [Number(words[at]), Number(words[at + 1])];
  return at < 0 || Math.abs(a - b) > LONGEST_INTERVAL ? undefined : { start: Math.min(a, b), end: Math.max(a, b) };
}

/** Ten minutes, and what long-lived intervals were seen to exceed it by. */
const LONGEST_INTERVAL = 3600;

function isTime(word: string | undefined): boolean {
  return /^1[4-9]\d{8}$|^2\d{9}$/.test(word ?? '');
}

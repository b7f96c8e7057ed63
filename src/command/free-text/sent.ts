import { parseProtocol, type Protocol } from '../../net/protocol.ts';
import { PORT } from '../options.ts';
import { AND, PORT_WORDS } from './attach-ports.ts';
import type { Said } from './candidate.ts';
import { DASH_P_TOOLS, PROTOCOL_OF, SERVICES } from './services.ts';
import { wordsOf, type Clause } from './token.ts';
import { wordSet } from './word-set.ts';

/** What the words of a clause tell of what is sent, apart from the ports that belong to one end. */
export interface Sent {
  readonly ports: readonly SaidPort[];
  readonly protocols: readonly Said<Protocol>[];
  /** Services by name; they count only where there is no number. */
  readonly services: readonly string[];
}

export type SaidPort = Said<number> & { readonly service?: string };

export function readSent(clause: Clause): Sent {
  const words = wordsOf(clause);
  const found = words.map((_, at) => SENT_READINGS.map((read) => read(words, at)).find((sent) => sent !== undefined));
  return {
    ports: distinct(found.flatMap((sent) => sent?.ports ?? [])),
    protocols: distinct(found.flatMap((sent) => sent?.protocols ?? [])),
    services: [...new Set(words.filter((word, at) => isService(word, words[at + 1], words[at - 1])))],
  };
}

export function distinct<Item extends Said<unknown>>(items: readonly Item[]): readonly Item[] {
  return [...new Map([...items].reverse().map((item) => [item.value, item])).values()].reverse();
}

type Found = Partial<Pick<Sent, 'ports' | 'protocols'>>;
type ReadAt = (words: readonly string[], at: number) => Found | undefined;

const SENT_READINGS: readonly ReadAt[] = [
  readPair,
  readPortWord,
  readDashP,
  readOnPort,
  readKeyedProtocol,
  readProtocolWord,
];

/** `tcp/5432`, `5432/tcp`, `tcp:5432`. */
function readPair(words: readonly string[], at: number): Found | undefined {
  const text = words[at] ?? '';
  const [, a = '', b = ''] = /^([a-z0-9]{1,5})[/:]([a-z0-9]{1,5})$/.exec(text) ?? [];
  const [name, number] = /^\d/.test(a) ? [b, a] : [a, b];
  const [port, protocol] = [readPort(number), NAMED_PROTOCOLS.get(name)];
  if (port === undefined || protocol === undefined) return undefined;
  return { ports: [{ value: port, words: text }], protocols: [{ value: protocol, words: text }] };
}

/** `port 5432`, `ports 80 and 443`; a client's port is nobody's service. */
function readPortWord(words: readonly string[], at: number): Found | undefined {
  const word = words[at] ?? '';
  const glued = /^ports?[:#]?(\d{1,5})$/.exec(word)?.[1];
  if (!PORT_WORDS.has(word) && glued === undefined) return undefined;
  if (CLIENTS.has(words[at - 1] ?? '')) return undefined;
  const ports = glued === undefined ? numbersFrom(words, at + 1) : [glued];
  return { ports: ports.flatMap((text) => saidPort(text, `port ${text}`)) };
}

const CLIENTS = wordSet('source src client local ephemeral remote');

/** More are a range or a list of something else. */
const MOST_PORTS = 5;

/** Behind `port` one, or several that are joined by a word; behind `ports` all. */
function numbersFrom(words: readonly string[], start: number): readonly string[] {
  const behind = words.slice(start, start + 2 * MOST_PORTS).filter((word) => !BEFORE_NUMBER.has(word));
  const numbers = behind.filter((word) => !AND.has(word));
  const isJoined = words[start - 1] === 'ports' || AND.has(behind[1] ?? '');
  const stop = numbers.findIndex((word) => readPort(word) === undefined);
  return numbers.slice(0, stop < 0 ? undefined : stop).slice(0, isJoined ? undefined : 1);
}

const BEFORE_NUMBER = wordSet('number is nr');

/** `psql -h 10.0.2.9 -p 5433`. */
function readDashP(words: readonly string[], at: number): Found | undefined {
  const [option, glued = ''] = /^-p(\d{0,5})$/.exec(words[at] ?? '') ?? [];
  if (option === undefined) return undefined;
  const isOfTool = words.slice(Math.max(0, at - WORDS_OF_A_LINE), at).some((word) => DASH_P_TOOLS.has(word));
  const text = glued === '' ? words[at + 1] : glued;
  return isOfTool && text !== undefined ? { ports: saidPort(text, `-p ${text}`) } : undefined;
}

const WORDS_OF_A_LINE = 12;

/** `unreachable on 443`, at the end and of a known service: `on 3 nodes` is no port. */
function readOnPort(words: readonly string[], at: number): Found | undefined {
  if (words[at] !== 'on' && words[at] !== 'auf') return undefined;
  const text = words[at + 1] ?? '';
  const isLast = at + 2 === words.length;
  return isLast && PROTOCOL_OF.has(Number(text)) ? { ports: saidPort(text, text) } : undefined;
}

function readKeyedProtocol(words: readonly string[], at: number): Found | undefined {
  if (!['protocol', 'proto', '--protocol', 'protokoll'].includes(words[at] ?? '')) return undefined;
  const text = words[at + 1] ?? '';
  const value = parseProtocol(text);
  return value === undefined ? undefined : { protocols: [{ value, words: `protocol ${text}` }] };
}

/** `tcp`, `tcp 5432`, `ping`. */
function readProtocolWord(words: readonly string[], at: number): Found | undefined {
  const text = words[at] ?? '';
  const value = NAMED_PROTOCOLS.get(text);
  if (value === undefined) return undefined;
  const behind = words[at + 1] ?? '';
  const ports = text === 'tcp' || text === 'udp' ? saidPort(behind, `${text} ${behind}`) : [];
  return { ports, protocols: [{ value, words: text }] };
}

const ICMP = 1;

const NAMED_PROTOCOLS: ReadonlyMap<string, Protocol> = new Map(
  ['tcp', 'udp', 'icmp', 'icmpv6']
    .flatMap((name): [string, Protocol][] => {
      const protocol = parseProtocol(name);
      return protocol === undefined ? [] : [[name, protocol]];
    })
    .concat(['ping', 'pingen', 'pinging', 'ping6', 'traceroute'].map((name) => [name, ICMP])),
);

function saidPort(text: string, words: string): readonly SaidPort[] {
  const value = readPort(text);
  return value === undefined ? [] : [{ value, words }];
}

function readPort(text: string): number | undefined {
  const port = PORT.read(text);
  return port === 0 ? undefined : port;
}

/** `HTTP 503` tells of an answer, not of a port. */
function isService(word: string, next: string | undefined, before: string | undefined): boolean {
  if (!SERVICES.has(word)) return false;
  return !(word.startsWith('http') && (/^\d/.test(next ?? '') || NO_HTTP.has(next ?? '') || before === 'got'));
}

const NO_HTTP = wordSet('status error code request response get post method');

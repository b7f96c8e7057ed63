import { PORT } from '../options.ts';
import { BARE_PORT_TOOLS } from './services.ts';
import { wordsOf, type Clause, type EndToken, type Token } from './token.ts';
import { wordSet } from './word-set.ts';

/** The clause with the ports that stand behind an end as part of that end: `10.0.2.9 port 5432`, `('10.0.2.9', 5432)`. */
export function attachPorts(clause: Clause): Clause {
  const attached: Token[] = [];
  for (let at = 0; at < clause.length; at += 1) {
    const token = clause[at];
    if (token === undefined) break;
    const found = token.kind === 'end' && token.port === undefined ? portBehind(clause, at) : undefined;
    attached.push(found === undefined || token.kind !== 'end' ? token : withPort(token, found.port));
    if (found !== undefined) at = found.at;
  }
  return attached;
}

function withPort(token: EndToken, port: number): EndToken {
  return { ...token, port, isPortApart: true };
}

interface Found {
  readonly port: number;
  /** Where it stands. */
  readonly at: number;
}

/** As much as may stand between an end and its port. */
const NEAR = 7;

function portBehind(clause: Clause, end: number): Found | undefined {
  const behind = clause.slice(end + 1, end + 1 + NEAR);
  const number = behind.findIndex((token) => token.kind === 'word' && PORT.read(token.text) !== undefined);
  const token = behind[number];
  if (token?.kind !== 'word' || behind.slice(0, number).some(({ kind }) => kind === 'end')) return undefined;
  const port = PORT.read(token.text);
  const between = { clause, end, tokens: behind.slice(0, number), next: behind[number + 1] };
  if (goesOn(clause.slice(end + number + 2, end + number + 4))) return undefined;
  return port !== undefined && port > 0 && READINGS.some((isPort) => isPort(between))
    ? { port, at: end + 1 + number }
    : undefined;
}

/** `on ports 80 and 443`: none of them is the one. */
function goesOn([word, number]: Clause): boolean {
  return word?.kind === 'word' && AND.has(word.text) && number?.kind === 'word' && PORT.read(number.text) !== undefined;
}

/** Between two ports. */
export const AND = wordSet('and or und oder');

interface Between {
  readonly clause: Clause;
  readonly end: number;
  /** Between the end and the number. */
  readonly tokens: Clause;
  readonly next: Token | undefined;
}

const READINGS: readonly ((between: Between) => boolean)[] = [
  isNamedPort,
  isBehindColon,
  isSecondOfTuple,
  isArgument,
  isOnPort,
];

/** `10.0.2.9, port 5432`, `10.0.2.9) port=5432`, `10.0.2.9 on tcp port 5432`. */
function isNamedPort({ tokens }: Between): boolean {
  const words = wordsOf(tokens);
  return (
    !hasMark(tokens, '{}') &&
    words.at(-1) !== 'ports' &&
    PORT_WORDS.has(words.at(-1) ?? '') &&
    words.slice(0, -1).every((word) => BEFORE_PORT.has(word))
  );
}

export const PORT_WORDS = wordSet(
  'port ports portnr --port dport dstport dst_port destport dest_port destinationport destination_port',
  'destination.port server_port dpt',
);

const BEFORE_PORT = wordSet('on at auf an und and tcp udp via over the its');

/** `10.0.2.9 :5432`. */
function isBehindColon({ tokens }: Between): boolean {
  return tokens.length === 1 && hasMark(tokens, ':');
}

/** Python's `('10.0.2.9', 5432)`. */
function isSecondOfTuple({ clause, end, tokens, next }: Between): boolean {
  const isOpened = end > 0 && hasMark(clause.slice(end - 1, end), '([');
  return isOpened && tokens.length === 1 && hasMark(tokens, ',') && next !== undefined && hasMark([next], '),');
}

/** `nc -zv 10.0.2.9 5432`, and a question of nothing but ends and a port. */
function isArgument({ clause, end, tokens, next }: Between): boolean {
  if (tokens.length > 0) return false;
  const before = clause.slice(Math.max(0, end - NEAR), end);
  if (wordsOf(before).some((word) => BARE_PORT_TOOLS.has(word))) return true;
  return (
    next === undefined && clause.length <= BAREST && before.every(({ kind }) => kind === 'end' || kind === 'arrow')
  );
}

const BAREST = 4;

/** `10.0.2.9 on 5432`, but not `10.0.2.9 on 3 nodes`. */
function isOnPort({ tokens, next }: Between): boolean {
  const [only, ...more] = tokens;
  const isOn = only?.kind === 'word' && ['on', 'auf'].includes(only.text) && more.length === 0;
  return isOn && (next?.kind !== 'word' || BEHIND_PORT.has(next.text));
}

const BEHIND_PORT = wordSet(
  'from since anymore any tcp udp and but at in again today with when after over using via von seit',
  'nicht and or is fails times timed',
);

function hasMark(tokens: Clause, marks: string): boolean {
  return tokens.some((token) => token.kind === 'mark' && marks.includes(token.text));
}

import type { IcmpType } from '../net/packet.ts';
import { hasPorts, isIcmp, parseProtocol, ICMP, TCP, type Protocol } from '../net/protocol.ts';
import { checkPath } from './check-path.ts';
import type { AskedEnd, PathCommand } from './command.ts';
import { notUnderstood } from './not-understood.ts';
import { PORT, readOption, scopeOf, splitOptions, type Options } from './options.ts';
import { parsePathEnd, PATH_ENDS } from './path-end.ts';

/** What stands behind `path`: two ends, what is sent as `tcp/443` or as options, and where to look. */
export function parsePath(tokens: readonly string[]): PathCommand {
  const { words, options } = splitOptions(tokens, OPTIONS);
  const [first, second, service, surplus] = inRoles(words);
  if (first === undefined) throw notUnderstood('', `two ends of the path, each ${PATH_ENDS}`);
  const ends = [readEnd(first.word), readSecondEnd(first.word, second?.word)] as const;
  if (surplus !== undefined) throw notUnderstood(surplus.word, 'two ends, a service such as tcp/443, and options');
  const [from, to] = isSourceFirst(first, second) ? ends : [ends[1], ends[0]];
  const asked = checkPath({ from, to, ...sentOf(options, service?.word) });
  return { kind: 'path', asked, scope: scopeOf(options) };
}

const OPTIONS = ['protocol', 'port', 'src-port', 'icmp', 'account', 'region'] as const;
type PathOptions = Options<(typeof OPTIONS)[number]>;

type Role = 'source' | 'destination';

/** Words that people put before an end. */
const ROLES: ReadonlyMap<string, Role> = new Map<string, Role>([
  ['from', 'source'],
  ['to', 'destination'],
  ['->', 'destination'],
  ['→', 'destination'],
]);

interface InRole {
  readonly word: string;
  readonly role: Role | undefined;
}

/** The words without those that give a role, each with the role that the one before it gives. */
function inRoles(words: readonly string[]): readonly InRole[] {
  return words.flatMap((word, at) => {
    const role = roleOf(words[at - 1] ?? '');
    return roleOf(word) === undefined ? [{ word, role }] : [];
  });
}

function roleOf(word: string): Role | undefined {
  return ROLES.get(word.toLowerCase());
}

/** `A B`, `from A to B`; the other way round in `to B from A` and `B from A`. */
function isSourceFirst({ word, role }: InRole, second: InRole | undefined): boolean {
  if (role !== 'destination' && second?.role !== 'source') return true;
  if (role !== 'source' && second?.role === 'source') return false;
  throw notUnderstood(`${word} ${second?.word ?? ''}`, 'the source behind "from", the destination behind "to"');
}

function readEnd(text: string): AskedEnd {
  const end = parsePathEnd(text);
  if (end === undefined) throw notUnderstood(text, PATH_ENDS);
  return end;
}

function readSecondEnd(from: string, to: string | undefined): AskedEnd {
  if (to === undefined) throw notUnderstood(from, `a second end behind it: ${PATH_ENDS}`);
  return readEnd(to);
}

/** What is sent, apart from where it goes. */
interface Sent {
  readonly protocol: Protocol;
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  readonly icmp?: IcmpType;
}

function sentOf(options: PathOptions, service: string | undefined): Sent {
  const named = service === undefined ? undefined : readService(service);
  const sourcePort = readOption(options, 'src-port', PORT);
  const destinationPort = readOption(options, 'port', PORT);
  const icmp = readOption(options, 'icmp', ICMP_TYPE);
  if (named !== undefined && SAID_BY_SERVICE.some((name) => options.has(name))) {
    throw notUnderstood(service ?? '', 'the service either so or by --protocol, --port and --icmp');
  }
  const protocol = readOption(options, 'protocol', PROTOCOL) ?? (icmp === undefined ? TCP : ICMP);
  return {
    protocol,
    ...(sourcePort !== undefined && { sourcePort }),
    ...(destinationPort !== undefined && { destinationPort }),
    ...(icmp !== undefined && { icmp }),
    ...named,
  };
}

const SAID_BY_SERVICE = ['protocol', 'port', 'icmp'] as const;

const PROTOCOL = { read: parseProtocol, expected: 'tcp, udp, icmp, icmpv6 or a protocol number' };

/** `8` or `8/0`; an absent code is 0, as in an echo request. */
const ICMP_TYPE = { read: readIcmpType, expected: 'an ICMP type from 0 to 255, or type/code such as 3/4' };

function readIcmpType(text: string): IcmpType | undefined {
  const parts = /^(\d{1,3})(?:\/(\d{1,3}))?$/.exec(text);
  if (parts === null) return undefined;
  const [type, code] = [Number(parts[1]), Number(parts[2] ?? 0)];
  return type <= 255 && code <= 255 ? { type, code } : undefined;
}

/** `tcp/443`, `udp`, `icmp/8`, `47`. */
function readService(text: string): Sent {
  const [name = '', ...rest] = text.split('/');
  const protocol = parseProtocol(name);
  const detail = rest.join('/');
  if (protocol !== undefined && detail === '') return { protocol };
  if (protocol !== undefined && hasPorts(protocol)) {
    const destinationPort = PORT.read(detail);
    if (destinationPort !== undefined) return { protocol, destinationPort };
  }
  if (protocol !== undefined && isIcmp(protocol)) {
    const icmp = readIcmpType(detail);
    if (icmp !== undefined) return { protocol, icmp };
  }
  throw notUnderstood(text, 'a service such as tcp/443, udp/53, icmp or a protocol number');
}

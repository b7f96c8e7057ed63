import { formatAddress, parseAddress } from '../net/address.ts';
import { formatCidr, isAnywhere, parseCidr } from '../net/cidr.ts';
import type { Secret, SecretKind } from './secrets.ts';

export type RedactText = (text: string) => string;

/**
 * Puts stand-ins where secrets stand: `address A`, `account B`, `name C`. Equal things stay equal as long as one
 * redactor is used. Addresses, blocks, account ids and ARNs are known by their shape; the rest is what was handed over.
 * Ids of AWS objects stay: they say nothing to those outside, and those inside find the object by them.
 */
export function createRedactor(secrets: readonly Secret[]): RedactText {
  const named = secrets.filter(({ text }) => text !== '' && !isShaped(text));
  const kinds = new Map(named.map(({ text, as }) => [text, as]));
  const standIn = createStandIns();
  const names = namesPattern(named.map(({ text }) => text));
  const shapes = new RegExp([...names, ID, ARN, HOST, IPV4, ACCOUNT].join('|'), 'gu');
  const all = new RegExp([...names, ID, ARN, HOST, IPV6, IPV4, ACCOUNT].join('|'), 'gu');
  const replaceKnown = (found: string): string => {
    const kind = kinds.get(found);
    return kind === undefined ? replaceShape(found, standIn) : standIn(kind, found);
  };
  const replace = (found: string): string => {
    const isTime = !kinds.has(found) && IPV6_ALONE.test(found) && addressIn(trimmed(found)) === undefined;
    return isTime ? found.replace(shapes, replaceKnown) : replaceKnown(found);
  };
  return (text) => text.replace(all, replace).replaceAll(/\b(account|role) (?=\1 [A-Z])/g, '');
}

/** Names of AWS objects: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
const ID =
  '(?<![\\w-])(?:eni|i|sg|sgr|acl|subnet|vpc|pl|rtb|igw|eigw|nat|vpce|vpce-svc|tgw|tgw-attach|tgw-rtb|pcx|fl|vgw|vpn|cgw|eipalloc)-[0-9a-f]{8,32}(?![\\w-])';
const ARN = 'arn:aws[\\w-]*:[^\\s,;)"\'`]*';
/** A private or public DNS name of EC2 spells the address out. */
const HOST = '(?:ip|ec2)-\\d{1,3}(?:-\\d{1,3}){3}[\\w.-]*';
/** Also times of day, which are told apart by parsing. */
const IPV6 = '(?<![\\w:.])(?:[0-9a-fA-F]{1,4}:|::)[0-9a-fA-F:.]*(?:/\\d{1,3})?';
const IPV4 = '(?<![\\d.])\\d{1,3}(?:\\.\\d{1,3}){3}(?!\\d|\\.\\d)(?:/\\d{1,2})?';
const ACCOUNT = '(?<!\\d)\\d{12}(?!\\d)';

const IPV6_ALONE = new RegExp(`^${IPV6}$`, 'u');
const SHAPES_ALONE = [ID, IPV6, IPV4, ACCOUNT].map((shape) => new RegExp(`^(?:${shape})$`, 'u'));

/** What is known by its shape need not be known by name. */
function isShaped(text: string): boolean {
  return SHAPES_ALONE.some((shape) => shape.test(text)) && !isUnparsed(text);
}

function isUnparsed(text: string): boolean {
  return IPV6_ALONE.test(text) && addressIn(text) === undefined;
}

function replaceShape(found: string, standIn: StandIn): string {
  const text = trimmed(found);
  const address = addressIn(text);
  if (address !== undefined) return `${standInFor(address, standIn)}${found.slice(text.length)}`;
  if (ACCOUNT_ALONE.test(found)) return standIn('account', found);
  if (ID_ALONE.test(found)) return found;
  const host = /^(?:ip|ec2)-(\d+)-(\d+)-(\d+)-(\d+)/.exec(found);
  return host === null ? standIn('name', found) : standIn('address', host.slice(1).join('.'));
}

const ACCOUNT_ALONE = new RegExp(`^${ACCOUNT}$`, 'u');
const ID_ALONE = new RegExp(`^${ID}$`, 'u');

/** The end of a sentence is no part of an address, but the two colons of `2600:1f00::` are. */
function trimmed(text: string): string {
  return text.replace(/(?<!:):$|(?<=::):$|\.+$/, '');
}

interface Located {
  readonly as: 'address' | 'block' | 'anywhere';
  readonly text: string;
}

function addressIn(text: string): Located | undefined {
  const address = parseAddress(text);
  if (address !== undefined) return { as: 'address', text: formatAddress(address) };
  const block = parseCidr(text);
  if (block === undefined) return undefined;
  if (isAnywhere(block)) return { as: 'anywhere', text };
  const written = formatCidr(block);
  const host = /^(.*)\/(?:32|128)$/.exec(written)?.[1];
  const alone = host === undefined ? undefined : parseAddress(host);
  const isHost = alone !== undefined && (alone.family === 'ipv6') === written.endsWith('/128');
  return isHost ? { as: 'address', text: formatAddress(alone) } : { as: 'block', text: written };
}

/** `0.0.0.0/0` is the same for everybody. */
function standInFor({ as, text }: Located, standIn: StandIn): string {
  return as === 'anywhere' ? text : standIn(as, text);
}

/** The longest first, so that no part of a name is taken for another; within words nothing is a name. */
function namesPattern(names: readonly string[]): readonly string[] {
  return [...new Set(names)]
    .sort((a, b) => b.length - a.length)
    .map((name) => `${edge('<!', name.slice(0, 1))}${escapeRegExp(name)}${edge('!', name.slice(-1))}(?!-[0-9a-f]{8})`);
}

function edge(look: '<!' | '!', character: string): string {
  return /[\p{L}\p{N}]/u.test(character) ? `(?${look}[\\p{L}\\p{N}])` : '';
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

type StandIn = (as: SecretKind, text: string) => string;

function createStandIns(): StandIn {
  const given = new Map<string, string>();
  const counts = new Map<SecretKind, number>();
  return (as, text) => {
    const known = given.get(text);
    if (known !== undefined) return known;
    const count = counts.get(as) ?? 0;
    counts.set(as, count + 1);
    const standIn = `${as} ${letters(count)}`;
    given.set(text, standIn);
    return standIn;
  };
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A to Z, then AA. */
function letters(index: number): string {
  const rest = Math.floor(index / ALPHABET.length);
  return (rest === 0 ? '' : letters(rest - 1)) + (ALPHABET[index % ALPHABET.length] ?? '');
}

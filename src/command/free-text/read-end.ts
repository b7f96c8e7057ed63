import { addressSpace } from '../../engine/address-kind.ts';
import { parseAddress, type Address } from '../../net/address.ts';
import { parseCidr } from '../../net/cidr.ts';
import { parseInstanceId, parseNetworkInterfaceId } from '../../vpc/ids.ts';
import { PORT } from '../options.ts';
import type { AskedEnd } from '../command.ts';
import { PROTOCOL_OF } from './services.ts';
import { wordSet } from './word-set.ts';

/** What one word of a text names. */
export interface WordEnd {
  readonly end: Exclude<AskedEnd, { kind: 'service' }> | HostName;
  readonly port?: number;
  /** Of a URL: `postgres`, `https`. */
  readonly scheme?: string;
}

/** A name cannot be asked about: nobody here looks it up. */
interface HostName {
  readonly kind: 'host';
  readonly name: string;
}

/** The end that a word without punctuation around it names; `undefined` for blocks, versions and everything else. */
export function readEnd(word: string): WordEnd | undefined {
  const url = splitUrl(word);
  if (url !== undefined) return withScheme(readHost(url.authority), url.scheme);
  return readResource(word) ?? readPlace(word);
}

function withScheme(end: WordEnd | undefined, scheme: string): WordEnd | undefined {
  return end === undefined ? undefined : { ...end, scheme };
}

/** `jdbc:postgresql://app:secret@10.0.2.9:5432/ledger`. */
function splitUrl(word: string): { readonly scheme: string; readonly authority: string } | undefined {
  const start = word.indexOf('://');
  if (start < 0) return undefined;
  const [authority = ''] = word.slice(start + '://'.length).split(/[/?#]/, 1);
  const scheme = /[a-z][a-z0-9-]{0,15}$/i.exec(word.slice(Math.max(0, start - LONGEST_SCHEME), start));
  return { scheme: scheme?.[0].toLowerCase() ?? '', authority: authority.slice(authority.lastIndexOf('@') + 1) };
}

const LONGEST_SCHEME = 16;

/** Ids alone, in ARNs, in names of log streams and in the private names that AWS gives to instances. */
function readResource(word: string): WordEnd | undefined {
  const [id = ''] = word.toLowerCase().split(/[/:]/).slice(-1);
  const bare = id.replace(/-(?:all|accept|reject)$/, '').replace(/(?:\.[a-z0-9-]{1,20}){1,3}\.internal$/, '');
  const eni = parseNetworkInterfaceId(bare);
  if (eni !== undefined) return { end: { kind: 'interface', id: eni } };
  const instance = parseInstanceId(bare);
  return instance === undefined ? undefined : { end: { kind: 'instance', id: instance } };
}

/** An address with what people and programs write around it. */
function readPlace(word: string): WordEnd | undefined {
  const host = word.slice(word.lastIndexOf('@') + 1).replace(/^\/\//, '');
  if (parseCidr(host) !== undefined) return undefined;
  const slash = host.indexOf('/');
  return slash < 0 ? (readHost(host) ?? readKeyed(host)) : readAroundSlash(host.slice(0, slash), host.slice(slash + 1));
}

/** Java writes `name/address:port`, a browser `Chrome/120.0.0.0`; `10.0.2.9:8080/health` is an address with a path. */
function readAroundSlash(left: string, right: string): WordEnd | undefined {
  const [before, behind] = [readHost(left), readHost(right)];
  if (before?.end.kind === 'address') return /^\d+$/.test(right) ? undefined : before;
  return behind?.end.kind === 'address' && (isNameLike(left) || behind.port !== undefined) ? behind : before;
}

function isNameLike(text: string): boolean {
  return text === '' || text === 'localhost' || text.includes('.');
}

/** `client:10.0.1.5`. What else stands before a colon makes no address of it: `nginx:1.25.3.1` is an image. */
function readKeyed(word: string): WordEnd | undefined {
  const colon = word.indexOf(':');
  return colon > 0 && KEYS.has(word.slice(0, colon).toLowerCase()) ? readHost(word.slice(colon + 1)) : undefined;
}

const KEYS = wordSet(
  'ip addr address host client server peer target upstream remote local src dst source destination dest',
  'from to instance node backend private_ip',
);

const BRACKETED = /^\[([0-9a-f:.]{2,45})\](?::(\d{1,5}))?$/i;
/** Behind the port an Oracle URL has its database. */
const DOTTED = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})(?::(\d{1,5}))?(?::[a-z]\w{0,30})?$/i;
const NAMED = /^((?:[a-z0-9_-]{1,63}\.){1,8}[a-z]{2,24}|localhost)(?::(\d{1,5}))?$/i;

function readHost(text: string): WordEnd | undefined {
  const parts = BRACKETED.exec(text) ?? DOTTED.exec(text);
  if (parts !== null) return addressEnd(parts[1] ?? '', parts[2]);
  return text.includes(':') && !NAMED.test(text) ? readBareIpv6(text) : readName(text);
}

/** Without brackets a port can be told only behind eight groups; `2001:db8::9:443` may be meant either way. */
function readBareIpv6(text: string): WordEnd | undefined {
  const colon = text.lastIndexOf(':');
  const [head, tail] = [text.slice(0, colon), text.slice(colon + 1)];
  if (!text.includes('::')) return addressEnd(text) ?? addressEnd(head, tail);
  const isEither = PROTOCOL_OF.has(Number(tail)) && parseAddress(head) !== undefined;
  return isEither ? undefined : addressEnd(text);
}

function addressEnd(text: string, portText?: string): WordEnd | undefined {
  const address = parseAddress(text);
  const port = portText === undefined ? undefined : PORT.read(portText);
  if (address === undefined || !isEnd(address, text) || (portText !== undefined && port === undefined))
    return undefined;
  return { end: { kind: 'address', address }, ...(port !== undefined && port > 0 && { port }) };
}

/** Loopback, link-local, masks and multicast are no ends of VPC traffic; eight pairs of digits are a hardware address. */
function isEnd(address: Address, text: string): boolean {
  const space = addressSpace(address);
  if (space !== 'private' && space !== 'public') return false;
  if (address.family === 'ipv4') return true;
  return !/^[0-9a-f]{2}(?::[0-9a-f]{2}){7}$/i.test(text) && (space === 'private' || address.bits >> 125n === 1n);
}

function readName(text: string): WordEnd | undefined {
  const parts = NAMED.exec(text);
  const [, name = '', portText] = parts ?? [];
  const port = portText === undefined ? undefined : PORT.read(portText);
  if (name === '' || name === 'localhost' || FILES.test(name)) return undefined;
  return { end: { kind: 'host', name: name.toLowerCase() }, ...(port !== undefined && { port }) };
}

/** `Main.java:42` is a place in a program. */
const FILES =
  /\.(?:java|kt|scala|go|js|mjs|cjs|ts|tsx|jsx|py|rb|rs|php|cs|cpp|cc|c|h|lua|sh|json|yaml|yml|log|conf|html|txt)$/i;

import { addressSpace } from '../../engine/address-kind.ts';
import type { Choice } from '../../explain/reading.ts';
import { ExpectedError } from '../../failure/expected-error.ts';
import type { EpochSeconds } from '../../lang/time.ts';
import { formatUtc } from '../../lang/utc.ts';
import { formatProtocol, hasPorts, ICMP, ICMPV6, type Protocol } from '../../net/protocol.ts';
import type { AskedEnd } from '../command.ts';
import { parseCommand } from '../parse-command.ts';
import { formatPathEnd } from '../path-end.ts';
import type { Candidate, Said } from './candidate.ts';
import { tookOf } from './took-of.ts';
import type { EndToken } from './token.ts';

export interface Wish {
  readonly askedAt: EpochSeconds;
  /** Whether it could get there, not why it did not. */
  readonly wantsPath: boolean;
}

/** The candidate as one would type it; `undefined` where there is nothing that could be asked about. */
export function writeCommand(candidate: Candidate, { askedAt, wantsPath }: Wish): Choice | undefined {
  const ready = withUsableSent(candidate);
  const words = (wantsPath ? pathWords(ready) : undefined) ?? whyWords(ready) ?? pathWords(ready);
  if (words === undefined) return undefined;
  const isPath = words[0] === 'path';
  const window = isPath ? [] : windowWords(ready, askedAt);
  const command = [...words, ...window].join(' ');
  return isCommand(command, askedAt) ? { command, took: tookOf(ready, isPath) } : undefined;
}

function isCommand(command: string, askedAt: EpochSeconds): boolean {
  try {
    return parseCommand(command, askedAt).kind !== 'help';
  } catch (error) {
    if (error instanceof ExpectedError) return false;
    throw error;
  }
}

/** ICMP has no ports, and is another protocol over IPv6. */
function withUsableSent(candidate: Candidate): Candidate {
  const { port, protocol, ...rest } = candidate;
  if (protocol === undefined) return candidate;
  const ends = [candidate.source, candidate.destination, candidate.named];
  const isIpv6 = ends.some((token) => token?.end.kind === 'address' && token.end.address.family === 'ipv6');
  const value = protocol.value === ICMP && isIpv6 ? ICMPV6 : protocol.value;
  const kept = port !== undefined && hasPorts(value) ? { port } : {};
  return { ...rest, ...kept, protocol: { ...protocol, value } };
}

/** `why-rejected` looks at one interface, and the other end is an address. */
function whyWords({ source, destination, named, port, protocol }: Candidate): readonly string[] | undefined {
  const ends = targetOf(askable(source), askable(destination), askable(named));
  if (ends === undefined) return undefined;
  return [
    'why-rejected',
    ...ends,
    ...(port === undefined ? [] : ['--port', String(port.value)]),
    ...(protocol === undefined ? [] : ['--protocol', protocolWord(protocol.value)]),
  ];
}

type End = AskedEnd | undefined;

function targetOf(source: End, destination: End, named: End): readonly string[] | undefined {
  if (source !== undefined && destination !== undefined) return targetOfPair(source, destination);
  const only = destination ?? named ?? (source === undefined || isOnInternet(source) ? undefined : source);
  return only !== undefined && isTarget(only) ? [formatPathEnd(only)] : undefined;
}

/** Where the rejects are looked for: at the destination, or at the source when only that can be one of ours. */
function targetOfPair(source: AskedEnd, destination: AskedEnd): readonly string[] | undefined {
  const [from, to] = [formatPathEnd(source), formatPathEnd(destination)];
  const isOurs = isTarget(destination) && !isOutside(source, destination);
  if (isOurs && source.kind === 'address') return [to, '--from', from];
  return isTarget(source) && destination.kind === 'address' ? [from, '--to', to] : undefined;
}

/** Who calls from the internet has no interface here. */
function isOnInternet(end: AskedEnd): boolean {
  return end.kind === 'address' && end.address.family === 'ipv4' && !isPrivate(end);
}

function isOutside(source: AskedEnd, destination: AskedEnd): boolean {
  return destination.kind === 'address' && isPrivate(source) && !isPrivate(destination);
}

function isPrivate(end: AskedEnd): boolean {
  return end.kind === 'address' && addressSpace(end.address) === 'private';
}

function isTarget({ kind }: AskedEnd): boolean {
  return kind === 'interface' || kind === 'instance' || kind === 'address';
}

function askable(token: EndToken | undefined): AskedEnd | undefined {
  return token === undefined || token.end.kind === 'host' ? undefined : token.end;
}

function pathWords({ source, destination, port, protocol }: Candidate): readonly string[] | undefined {
  const [from, to] = [askable(source), askable(destination)];
  if (from === undefined || to === undefined) return undefined;
  return ['path', formatPathEnd(from), formatPathEnd(to), ...serviceWords(port, protocol)];
}

function serviceWords(port: Said<number> | undefined, protocol: Said<Protocol> | undefined): readonly string[] {
  const name = protocol === undefined ? 'tcp' : protocolWord(protocol.value);
  if (port !== undefined) return [`${name}/${port.value}`];
  return protocol === undefined ? [] : [name];
}

/** As `parseProtocol` reads it. */
function protocolWord(protocol: Protocol): string {
  const name = formatProtocol(protocol);
  return name.includes(' ') ? String(protocol) : name;
}

function windowWords({ window }: Candidate, askedAt: EpochSeconds): readonly string[] {
  if (window === undefined) return [];
  const { start, end } = window.value;
  return ['--since', formatUtc(start), ...(end === askedAt ? [] : ['--until', formatUtc(end)])];
}

import { ExpectedError } from '../failure/expected-error.ts';
import type { EpochSeconds } from '../lang/time.ts';
import type { FlowFilter } from '../engine/question.ts';
import { parseAddress } from '../net/address.ts';
import { parseCidr } from '../net/cidr.ts';
import { parseProtocol } from '../net/protocol.ts';
import { parseAccountId, parseInstanceId, parseNetworkInterfaceId, parseRegion } from '../vpc/ids.ts';
import type { Command, Scope, Target, WhyRejectedCommand } from './command.ts';
import { parseWindow } from './parse-window.ts';
import { tokenize } from './tokenize.ts';

/** Longer texts are no questions; Slack itself allows more. */
const LONGEST_TEXT = 1_000;

/**
 * Reads what stands behind `/vpc` or `vpc-why`: a verb, a target and options, in any order of options.
 * `askedAt` is the "now" of relative times, so that a text read again later means the same.
 * Throws `ExpectedError` (`not-understood`) that says what was expected.
 */
export function parseCommand(text: string, askedAt: EpochSeconds): Command {
  if (text.length > LONGEST_TEXT) throw notUnderstood(text, `at most ${LONGEST_TEXT} characters`);
  const [verb, ...rest] = tokenize(text);
  if (verb === undefined || HELP.has(verb.toLowerCase())) return { kind: 'help' };
  if (verb.toLowerCase() === 'why-rejected') return parseWhyRejected(rest, askedAt);
  if (readTarget(verb) !== undefined) return parseWhyRejected([verb, ...rest], askedAt);
  throw notUnderstood(verb, 'why-rejected or help');
}

const HELP = new Set(['help', '--help', '-h', '?']);

function parseWhyRejected(tokens: readonly string[], askedAt: EpochSeconds): Command {
  if (tokens.some((token) => HELP.has(token))) return { kind: 'help', topic: 'why-rejected' };
  const { words, options } = splitOptions(tokens);
  const [named, surplus] = words;
  if (named === undefined) throw notUnderstood('', 'a network interface (eni-…), an instance (i-…) or an IP address');
  const target = parseTarget(named);
  if (surplus !== undefined) throw notUnderstood(surplus, 'one target, and then only options such as --port 443');
  return {
    kind: 'why-rejected',
    target,
    scope: scopeOf(options),
    filter: filterOf(options),
    window: parseWindow(options.get('since'), options.get('until'), askedAt),
  } satisfies WhyRejectedCommand;
}

const OPTIONS = ['from', 'to', 'port', 'protocol', 'since', 'until', 'account', 'region'] as const;
type Option = (typeof OPTIONS)[number];
type Options = ReadonlyMap<Option, string>;

function splitOptions(tokens: readonly string[]): { words: string[]; options: Options } {
  const words: string[] = [];
  const options = new Map<Option, string>();
  const left = [...tokens];
  for (let token = left.shift(); token !== undefined; token = left.shift()) {
    if (!token.startsWith('--')) {
      words.push(token);
      continue;
    }
    const [name = '', ...glued] = token.slice(2).split('=');
    const option = OPTIONS.find((known) => known === name);
    if (option === undefined) throw notUnderstood(token, `one of ${OPTIONS.map((known) => `--${known}`).join(', ')}`);
    const value = glued.length > 0 ? glued.join('=') : left.shift();
    if (value === undefined || value === '') throw notUnderstood(token, `a value behind --${option}`);
    if (options.has(option)) throw notUnderstood(token, `--${option} only once`);
    options.set(option, value);
  }
  return { words, options };
}

function parseTarget(text: string): Target {
  const target = readTarget(text);
  if (target === undefined) {
    throw notUnderstood(text, 'a network interface (eni-0123456789abcdef0), an instance (i-…) or an IP address');
  }
  return target;
}

function readTarget(text: string): Target | undefined {
  const lower = text.toLowerCase();
  const eni = parseNetworkInterfaceId(lower);
  if (eni !== undefined) return { kind: 'network-interface', id: eni };
  const instance = parseInstanceId(lower);
  if (instance !== undefined) return { kind: 'instance', id: instance };
  const address = parseAddress(lower);
  return address === undefined ? undefined : { kind: 'address', address };
}

function scopeOf(options: Options): Scope {
  const accountId = readOption(options, 'account', { read: parseAccountId, expected: 'a 12-digit account id' });
  const region = readOption(options, 'region', { read: parseRegion, expected: 'a region such as eu-west-1' });
  return { ...(accountId !== undefined && { accountId }), ...(region !== undefined && { region }) };
}

function filterOf(options: Options): FlowFilter {
  const otherEnd = {
    read: (text: string) => parseAddress(text) ?? parseCidr(text),
    expected: 'an IP address or a CIDR block',
  };
  const from = readOption(options, 'from', otherEnd);
  const to = readOption(options, 'to', otherEnd);
  if (from !== undefined && to !== undefined) {
    throw notUnderstood('--from --to', 'one of --from and --to: both name the other end of the flow');
  }
  const remote = from ?? to;
  const port = readOption(options, 'port', { read: readPort, expected: 'a port from 0 to 65535' });
  const protocol = readOption(options, 'protocol', {
    read: parseProtocol,
    expected: 'tcp, udp, icmp, icmpv6 or a protocol number',
  });
  return {
    ...(remote !== undefined && { remote }),
    ...(port !== undefined && { port }),
    ...(protocol !== undefined && { protocol }),
  };
}

function readPort(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65535 ? Number(text) : undefined;
}

interface Reader<Value> {
  readonly read: (text: string) => Value | undefined;
  readonly expected: string;
}

function readOption<Value>(options: Options, name: Option, reader: Reader<Value>): Value | undefined {
  const text = options.get(name);
  if (text === undefined) return undefined;
  const value = reader.read(text);
  if (value === undefined) throw notUnderstood(`--${name} ${text}`, reader.expected);
  return value;
}

function notUnderstood(input: string, expected: string): ExpectedError {
  return new ExpectedError({ kind: 'not-understood', input: input.slice(0, 80), expected });
}

import type { EpochSeconds } from '../lang/time.ts';
import type { FlowFilter } from '../engine/question.ts';
import { parseAddress } from '../net/address.ts';
import { parseCidr } from '../net/cidr.ts';
import { parseProtocol } from '../net/protocol.ts';
import { parseInstanceId, parseNetworkInterfaceId } from '../vpc/ids.ts';
import type { Target, WhyRejectedCommand } from './command.ts';
import { notUnderstood } from './not-understood.ts';
import { PORT, readOption, scopeOf, splitOptions, type Options } from './options.ts';
import { parseWindow } from './parse-window.ts';

/** What stands behind `why-rejected`: a target and options. */
export function parseWhyRejected(tokens: readonly string[], askedAt: EpochSeconds): WhyRejectedCommand {
  const { words, options } = splitOptions(tokens, OPTIONS);
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
  };
}

const OPTIONS = ['from', 'to', 'port', 'protocol', 'since', 'until', 'account', 'region'] as const;

function parseTarget(text: string): Target {
  const target = readTarget(text);
  if (target === undefined) {
    throw notUnderstood(text, 'a network interface (eni-0123456789abcdef0), an instance (i-…) or an IP address');
  }
  return target;
}

export function readTarget(text: string): Target | undefined {
  const lower = text.toLowerCase();
  const eni = parseNetworkInterfaceId(lower);
  if (eni !== undefined) return { kind: 'network-interface', id: eni };
  const instance = parseInstanceId(lower);
  if (instance !== undefined) return { kind: 'instance', id: instance };
  const address = parseAddress(lower);
  return address === undefined ? undefined : { kind: 'address', address };
}

function filterOf(options: Options<(typeof OPTIONS)[number]>): FlowFilter {
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
  const port = readOption(options, 'port', PORT);
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

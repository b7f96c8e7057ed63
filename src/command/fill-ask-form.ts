import { ExpectedError } from '../failure/expected-error.ts';
import type { EpochSeconds } from '../lang/time.ts';
import { formatAddress } from '../net/address.ts';
import { formatCidr } from '../net/cidr.ts';
import { formatProtocol, type Protocol } from '../net/protocol.ts';
import type { FlowFilter } from '../engine/question.ts';
import type { AskForm } from './ask-form.ts';
import type { Command, PathCommand, WhyRejectedCommand } from './command.ts';
import { formatTarget } from './format-target.ts';
import { parseCommand } from './parse-command.ts';
import { readTarget } from './parse-why-rejected.ts';
import { formatPathEnd } from './path-end.ts';
import { tokenize } from './tokenize.ts';

/** The form as far as a command fills it: what a message may have meant, for the asker to mend. */
export function fillAskForm(command: string, askedAt: EpochSeconds): AskForm {
  const parsed = parsedOrHelp(command, askedAt);
  if (parsed.kind === 'why-rejected') return fromWhyRejected(parsed, command);
  return parsed.kind === 'path' ? fromPath(parsed) : {};
}

function parsedOrHelp(command: string, askedAt: EpochSeconds): Command {
  try {
    return parseCommand(command, askedAt);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return { kind: 'help' };
  }
}

function fromWhyRejected({ target, filter }: WhyRejectedCommand, command: string): AskForm {
  const since = valueOf('--since', command);
  const remote = remoteOf(filter);
  return {
    what: formatTarget(target),
    ...(remote !== undefined && { remote }),
    ...portAndProtocol(filter.port, filter.protocol),
    ...(since !== undefined && { since }),
  };
}

/** The end that is asked is the one whose rules are looked at, where it can be named. */
function fromPath({ asked }: PathCommand): AskForm {
  const [from, to] = [formatPathEnd(asked.from), formatPathEnd(asked.to)];
  const [what, other] = readTarget(to) === undefined ? [from, to] : [to, from];
  const isAddress = readTarget(other)?.kind === 'address';
  return {
    what,
    ...(isAddress && { remote: other }),
    ...portAndProtocol(asked.destinationPort, asked.protocol),
  };
}

function portAndProtocol(port: number | undefined, protocol: Protocol | undefined): AskForm {
  return {
    ...(port !== undefined && { port: String(port) }),
    ...(protocol !== undefined && { protocol: formatProtocol(protocol) }),
  };
}

function remoteOf({ remote }: FlowFilter): string | undefined {
  if (remote === undefined) return undefined;
  return 'bits' in remote ? formatAddress(remote) : formatCidr(remote);
}

function valueOf(option: string, command: string): string | undefined {
  const words = tokenize(command);
  const at = words.indexOf(option);
  return at < 0 ? undefined : words[at + 1];
}

import type { Diagnosis } from '../engine/diagnosis.ts';
import type { Finding } from '../engine/finding.ts';
import { formatAddress, type Address } from '../net/address.ts';
import { resource } from './console-link.ts';
import type { Span } from './document.ts';
import { formatOwner } from './explain-owner.ts';
import { count, formatService, shortName } from './phrase.ts';
import { sentence, type Sentence } from './sentence.ts';
import type { Telling } from './telling.ts';

/** `tcp/5432 from 10.20.4.17 to payments-db`; for the way back `replies from payments-db (tcp/443) to 10.20.4.17`. */
export function explainFlow({ finding, diagnosis }: Telling): Sentence {
  const { direction, leg } = finding.flow;
  const service = serviceOf(finding);
  const [local, remote] = [targetName(diagnosis), remoteName(finding)];
  const [from, to] = direction === 'ingress' ? [remote, local] : [local, remote];
  return leg === 'forward'
    ? sentence`${service} from ${from} to ${to}`
    : sentence`replies from ${from} (${service}) to ${to}`;
}

/** The same where the interface was named before: `tcp/22 from 10.20.7.1`, `replies (tcp/443) to 10.20.4.17`. */
export function explainFlowBriefly(finding: Finding): string {
  const { direction, leg } = finding.flow;
  const service = leg === 'forward' ? serviceOf(finding) : `replies (${serviceOf(finding)})`;
  return `${service} ${direction === 'ingress' ? 'from' : 'to'} ${remoteName(finding)}`;
}

/** The interface asked about, by its name where it has one. */
export function targetName({ target }: Diagnosis): Span {
  return resource(target.region, target.id, target.name === undefined ? undefined : shortName(target.name));
}

/** The port of the side that was called. */
export function servicePort(finding: Finding): number | undefined {
  const { leg, sourcePort, destinationPort } = finding.flow;
  return finding.group?.servicePort ?? (leg === 'forward' ? destinationPort : sourcePort);
}

export function remoteAddress({ flow }: Finding): Address {
  return flow.direction === 'ingress' ? flow.source : flow.destination;
}

/** A finding from silence has no other end: all bits zero stand for any address. */
function namesRemote(finding: Finding): boolean {
  return finding.group !== undefined || remoteAddress(finding).bits !== 0n;
}

function serviceOf(finding: Finding): string {
  return formatService(finding.flow.protocol, servicePort(finding));
}

/** The other end by address and name, those of equal fate counted: `10.20.4.17 (orders-api) and 2 other addresses`. */
export function remoteName(finding: Finding): string {
  if (!namesRemote(finding)) return 'anywhere';
  const address = formatAddress(remoteAddress(finding));
  const owner = finding.reasons.find((reason) => reason.kind === 'owner' && reason.side === 'remote');
  const name = owner?.kind === 'owner' ? formatOwner(owner.owner) : finding.group?.remoteService;
  const others = finding.alike?.length ?? 0;
  const more = others === 0 ? '' : ` and ${count(others, 'other address', 'other addresses')}`;
  return `${name === undefined ? address : `${address} (${shortName(name)})`}${more}`;
}

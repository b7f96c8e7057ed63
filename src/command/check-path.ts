import type { Family } from '../net/address.ts';
import { formatProtocol, hasPorts, ICMP, ICMPV6, isIcmp } from '../net/protocol.ts';
import type { AskedEnd, AskedPath } from './command.ts';
import { notUnderstood } from './not-understood.ts';
import { formatPathEnd } from './path-end.ts';

/** The question itself when somebody could answer it. Throws `ExpectedError` (`not-understood`) that says why not. */
export function checkPath(asked: AskedPath): AskedPath {
  checkEnds(asked);
  checkPorts(asked);
  checkIcmp(asked);
  return asked;
}

function checkEnds({ from, to }: AskedPath): void {
  const [source, destination] = [formatPathEnd(from), formatPathEnd(to)];
  if (isService(from))
    throw notUnderstood(source, 'a service only as the end that is asked: services open no connections');
  if (source === destination) throw notUnderstood(source, 'two different ends');
  if (from.kind === 'internet' && isService(to)) {
    throw notUnderstood(
      `${source} ${destination}`,
      'one end at least inside a VPC: nothing between these two is seen here',
    );
  }
  const [ours, theirs] = [familyOf(from), familyOf(to)];
  if (ours !== undefined && theirs !== undefined && ours !== theirs) {
    throw notUnderstood(`${source} ${destination}`, 'two IPv4 addresses or two IPv6 addresses');
  }
}

function checkPorts({ protocol, sourcePort, destinationPort }: AskedPath): void {
  if (hasPorts(protocol) || (sourcePort === undefined && destinationPort === undefined)) return;
  const expected = `no port with ${formatProtocol(protocol)}: only tcp and udp have ports`;
  throw notUnderstood(`port ${destinationPort ?? sourcePort}`, expected);
}

function checkIcmp({ from, to, protocol, icmp }: AskedPath): void {
  if (icmp !== undefined && !isIcmp(protocol)) {
    throw notUnderstood(`ICMP type ${icmp.type}`, `no ICMP type with ${formatProtocol(protocol)}`);
  }
  const family = familyOf(from) ?? familyOf(to);
  if (protocol === ICMP && family === 'ipv6') throw notUnderstood('icmp', 'icmpv6 between IPv6 addresses');
  if (protocol === ICMPV6 && family === 'ipv4') throw notUnderstood('icmpv6', 'icmp between IPv4 addresses');
}

function isService({ kind }: AskedEnd): boolean {
  return kind === 'service' || kind === 'named-service';
}

function familyOf(end: AskedEnd): Family | undefined {
  return end.kind === 'address' ? end.address.family : undefined;
}
